import type { Finding } from "../../../cluster/outcome";
import { parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import {
  KUBEADM_GROUP,
  KUBEADM_VERSIONS,
  REMOVED_API_VERSIONS,
  readableApiVersions,
} from "../../../kubeadm/config/kubeadm-versions";
import { refusalText } from "../../../kubeadm/config/refusal";
import { messageTemplate } from "../policy";
import type { DeclaredUpgrade } from "./declared-upgrade";

export const apiVersionGone = messageTemplate<{
  readonly place: string;
  readonly version: string;
  readonly to: string;
  readonly migrateWith: string | undefined;
  readonly error: string | undefined;
}>("apiVersionGone", ([{ data }]) =>
  [
    `${data.place}: kubeadm ${data.to} cannot read ${KUBEADM_GROUP}/${data.version}.`,
    ...(data.error === undefined ? [] : [`kubeadm would fail on every node: ${data.error}`]),
    data.migrateWith === undefined
      ? `Fix: write an API version that both releases read.`
      : `Fix: run kubeadm config migrate of ${data.migrateWith} on the text, and put the result into the ConfigMap before the upgrade.`,
  ].join("\n"),
);

/** That the target does not read the API version of the text. */
export function apiVersionFindings({ reading, apiVersion, to, place }: DeclaredUpgrade): readonly Finding[] {
  const target = to === undefined ? undefined : parseKubeadmRelease(to);
  if (apiVersion === undefined || to === undefined || target === undefined) return [];
  const known = Math.min(target.minor, KUBEADM_VERSIONS.newestMinor);
  if (readableApiVersions(known).some((version) => version === apiVersion)) return [];
  const removed = REMOVED_API_VERSIONS.find(({ version }) => version === apiVersion);
  const isKubeadms =
    removed !== undefined || readableApiVersions(KUBEADM_VERSIONS.newestMinor).some((one) => one === apiVersion);
  if (!isKubeadms) return [];
  const refusal = reading.kind === "refused" ? reading.refusal : undefined;
  const error = refusal?.id === "kindNotRegistered" ? refusalText(refusal) : undefined;
  const data = { place: place("apiVersion"), version: apiVersion, to, migrateWith: removed?.migrateWith, error };
  return [apiVersionGone.finding({ data })];
}
