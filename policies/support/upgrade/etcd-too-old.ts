import type { Finding } from "../../../cluster/outcome";
import { parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import { minimumExternalEtcd } from "../../../kubeadm/config/kubeadm-versions";
import { legibleConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import { messageTemplate } from "../policy";
import type { DeclaredUpgrade } from "./declared-upgrade";
import { isOlder } from "./release-order";

export const etcdTooOld = messageTemplate<{
  readonly version: string;
  readonly minimum: string;
  readonly release: string;
}>("etcdTooOld", ([{ data }]) =>
  [
    `External etcd ${data.version} is older than ${data.minimum}, the oldest that kubeadm ${data.release} supports.`,
    `kubeadm init would fail: this version of kubeadm only supports external etcd version >= ${data.minimum}. An upgrade does not look.`,
    "Fix: upgrade etcd first.",
  ].join("\n"),
);

/** Only `kubeadm init` looks (ExternalEtcdVersion), so it never stops an upgrade. */
export function etcdFindings({ reading, etcd, to, from }: DeclaredUpgrade): readonly Finding[] {
  const release = parseKubeadmRelease(to ?? from ?? "");
  const external = legibleConfiguration(reading)?.configuration.etcd.external !== undefined;
  if (etcd === undefined || release === undefined || !external) return [];
  const minimum = minimumExternalEtcd(release);
  const { minor, patch } = release;
  const data = { version: etcd, minimum, release: patch === undefined ? `1.${minor}` : `1.${minor}.${patch}` };
  return isOlder(etcd, minimum) ? [etcdTooOld.finding({ level: "advisory", data })] : [];
}
