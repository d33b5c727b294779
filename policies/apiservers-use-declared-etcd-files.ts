import type { Cluster } from "../cluster/cluster";
import type { ExternalEtcdField } from "../cluster/external-etcd-files";
import type { ApiServer } from "../cluster/live-cluster";
import { NodeNames } from "../cluster/node-names";
import { outcomeOf } from "../cluster/outcome";
import type { Presence } from "../cluster/presence";
import { publicEndpoint, publicPath } from "../machine/public-text";
import { unlessUnread } from "./support/applicability";
import { declaredEtcdFlags, isSameServers } from "./support/declared-etcd-flags";
import { inLines, inOneLine } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";

interface OtherFile {
  readonly field: ExternalEtcdField;
  /** What kube-apiserver runs with; empty where it is given no such flag. */
  readonly running: string;
  readonly declared: string;
}

interface OtherFilesData {
  readonly files: readonly OtherFile[];
  /** True if the node is known to have every file that the configuration names. */
  readonly works: boolean;
  /** True where etcd is external, as Kubespray has it. */
  readonly external: boolean;
  readonly servers: number;
}

const NORMAL_WITH_KUBESPRAY =
  "With Kubespray this is normal since v2.26.1, v2.27.1 and v2.28.0, which link the names of all nodes on each node.";

const otherFiles = messageTemplate<OtherFilesData>("otherFiles", (findings) => {
  const [{ data }] = findings;
  return [
    `kube-apiserver uses other etcd files than the kubeadm-config names, on ${findings.length} of ${data.servers} control-plane nodes.`,
    ...inLines(findings.map(({ node, data: { files } }) => ({ name: node ?? "", text: filesText(files) }))),
    `kubeadm upgrade regenerates the kube-apiserver manifest from the kubeadm-config, so each of these nodes then needs the files that are named there${data.external ? " (kubespray 11500)" : ""}.`,
    data.works
      ? `Each of these nodes has them, as copies or links, so the upgrade finds them.${data.external ? ` ${NORMAL_WITH_KUBESPRAY}` : ""}`
      : `${data.external ? `${NORMAL_WITH_KUBESPRAY} ` : ""}What matters is whether the files are there: run ls -lL ${declaredPaths(data.files)} on each node, or kubeadm-guard collect for all of them.`,
    ...(data.works
      ? []
      : [
          "Fix: name the same files in the kubeadm-config and on every node, or make sure before the upgrade that each node has the files that the kubeadm-config names.",
        ]),
  ].join("\n");
});

const otherEndpoints = messageTemplate<{
  readonly running: readonly string[];
  readonly declared: readonly string[];
}>("otherEndpoints", (findings) => {
  const [{ data }] = findings;
  return [
    "kube-apiserver uses other etcd endpoints than the kubeadm-config names.",
    ...inLines(
      findings.map(({ node, data: { running } }) => ({ name: node ?? "", text: inOneLine(running) || "none" })),
    ),
    `The kubeadm-config names ${inOneLine(data.declared)}, which the next upgrade writes into the manifest.`,
    "Fix: before the upgrade, make etcd in the kubeadm-config match the actual etcd members; etcd.local is only for members that kubeadm itself runs (kubespray 12626).",
  ].join("\n");
});

/** Each running kube-apiserver is given the etcd files and endpoints that the shared configuration names. */
export const apiserversUseDeclaredEtcdFiles: Policy = {
  id: "apiservers-use-declared-etcd-files",
  title: "API servers use the declared etcd files",
  description: "Each running kube-apiserver uses the etcd files and endpoints that the kubeadm-config names.",
  severity: "high",
  level: "advisory",
  remediation:
    "In the kubeadm-config, name files that every control-plane node has, and the current endpoints of etcd.",
  tags: ["etcd", "files", "drift"],
  messages: { otherFiles: otherFiles.message, otherEndpoints: otherEndpoints.message },
  check(cluster) {
    const servers = cluster.live?.apiServers ?? [];
    if (servers.length === 0)
      return { kind: "not-applicable", why: "no running kube-apiserver was read (kubectl -n kube-system get pods)" };
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const flags = declaredEtcdFlags(read.reading.configuration);
    const findings = servers.flatMap((server) => {
      const files = FIELDS.map((field) => ({ field, running: server[field], declared: flags[field] })).filter(
        (file) => file.running !== file.declared,
      );
      if (files.length === 0) return [];
      const works = files.every((file) => presenceOn(cluster, server, file.declared) === "present");
      const external = read.reading.configuration.etcd.external !== undefined;
      const data = { files, works, external, servers: servers.length };
      return [
        { works, finding: otherFiles.finding({ node: server.node, group: String(works), level: "advisory", data }) },
      ];
    });
    const endpoints = servers
      .filter(({ etcdServers }) => !isSameServers(etcdServers, flags.etcdServers))
      .map(({ node, etcdServers }) =>
        otherEndpoints.finding({
          node,
          level: "advisory",
          data: { running: etcdServers.map(publicEndpoint), declared: flags.etcdServers.map(publicEndpoint) },
        }),
      );
    return outcomeOf(
      [...findings.filter(({ works }) => !works).map(({ finding }) => finding), ...endpoints],
      [],
      findings.filter(({ works }) => works).map(({ finding }) => finding),
    );
  },
};

/** In the order in which kube-apiserver opens them. */
const FIELDS: readonly ExternalEtcdField[] = ["certFile", "keyFile", "caFile"];

function presenceOn(cluster: Cluster, server: ApiServer, path: string): Presence["kind"] | undefined {
  if (cluster.controlPlane.kind === "unknown") return undefined;
  const { nodes } = cluster.controlPlane;
  const [named] = new NodeNames(nodes).named(server.node);
  return nodes.find((node) => node === named)?.files.presence(path).kind;
}

/** `certFile node-master01.pem (the configuration names node-master03.pem)`, whole paths where the folders differ. */
function filesText(files: readonly OtherFile[]): string {
  return files
    .map(({ field, running, declared }) => {
      const folder = declared.slice(0, declared.lastIndexOf("/") + 1);
      const short = folder !== "" && running.startsWith(folder);
      const [ours, theirs] = short
        ? [running.slice(folder.length), declared.slice(folder.length)]
        : [running, declared];
      return `${field} ${ours === "" ? "not given" : publicPath(ours)} (the configuration names ${publicPath(theirs)})`;
    })
    .join(", ");
}

function declaredPaths(files: readonly OtherFile[]): string {
  return files.map(({ declared }) => publicPath(declared)).join(" ");
}
