import type { Cluster } from "../../../cluster/cluster";
import { externalEtcdFiles } from "../../../cluster/external-etcd-files";
import { NodeNames } from "../../../cluster/node-names";
import type { Finding } from "../../../cluster/outcome";
import { BROKEN_KUBESPRAY_RELEASES } from "../../../kubeadm/config/kubeadm-versions";
import { legibleConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import { isAmong } from "../is-among";
import { inOneLine } from "../lists";
import { messageTemplate } from "../policy";
import type { DeclaredUpgrade } from "./declared-upgrade";
import { withV } from "./release-order";

export const brokenKubespray = messageTemplate<{
  readonly release: string;
  readonly fixedIn: string;
  readonly hosts: readonly string[];
  readonly missing: readonly string[];
}>("brokenKubespray", ([{ data }]) =>
  [
    `Kubespray ${data.release} breaks the upgrade of clusters whose etcd hosts are not control-plane nodes (${inOneLine(data.hosts)}).`,
    data.missing.length > 0
      ? `kubeadm then uses the files that the ConfigMap names, but no node gets the files of another node; they are missing on ${inOneLine(data.missing)} (kubespray 11500).`
      : "kubeadm then uses the files that the ConfigMap names, but no node gets the files of another node; nothing here shows that every node has them (kubespray 11500).",
    `Fix: upgrade with Kubespray ${data.fixedIn} instead, or give the files one name that every control-plane node has.`,
  ].join("\n"),
);

/** Only for separate etcd, and not where every node is known to have the files already. */
export function kubesprayFindings(cluster: Cluster, { reading, kubespray }: DeclaredUpgrade): readonly Finding[] {
  const broken = BROKEN_KUBESPRAY_RELEASES.find(({ release }) => release === withV(kubespray));
  const { controlPlane, etcdHosts } = cluster;
  if (broken === undefined || controlPlane.kind !== "known") return [];
  const names = new NodeNames(controlPlane.nodes);
  const hosts = etcdHosts.filter((host) => !isAmong(names, host)).map((host) => host.name);
  const files = externalEtcdFiles(legibleConfiguration(reading));
  if (hosts.length === 0 || files.length === 0) return [];
  const without = (kind: "missing" | "undecided") =>
    controlPlane.nodes
      .filter((node) => files.some(({ path }) => node.files.presence(path).kind === kind))
      .map((node) => node.name);
  const missing = without("missing");
  if (missing.length === 0 && without("undecided").length === 0) return [];
  const finding = { data: { ...broken, hosts, missing } };
  return [brokenKubespray.finding(missing.length > 0 ? finding : { ...finding, level: "advisory" })];
}
