import type { SharedPair } from "./shared-pair";

/** What to name instead, as the beginning of a sentence; only a condition where the files are not shown. */
export function sharedPairFix({ files, certain }: SharedPair): string {
  const fields = files.map(({ field, path }) => `${field} ${path}`).join(", ");
  return certain
    ? `name the files in the kubeadm-config that every control-plane node already has, before the upgrade: ${fields}`
    : `every control-plane node already has files for ${fields}; if they match on each node and etcd's CA signed the certificate (nothing here shows their content), name them in the kubeadm-config before the upgrade`;
}
