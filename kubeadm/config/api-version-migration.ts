import { REMOVED_API_VERSIONS, readableApiVersions } from "./kubeadm-versions";

/** What to do before kubeadm of this minor release reads a kubeadm-config of this API version; null where it reads it. */
export function apiVersionMigration(minor: number, apiVersion: string): string | null {
  if (readableApiVersions(minor).some((version) => version === apiVersion)) return null;
  const removed = REMOVED_API_VERSIONS.find(({ version }) => version === apiVersion);
  const by = removed === undefined ? "" : ` with kubeadm ${removed.migrateWith}`;
  return `kubeadm 1.${minor} cannot read ${apiVersion}: run kubeadm config migrate${by} before`;
}
