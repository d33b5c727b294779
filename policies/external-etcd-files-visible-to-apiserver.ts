import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { type ExternalEtcdField, type ExternalEtcdFile, externalEtcdFiles } from "../cluster/external-etcd-files";
import { describeNode } from "../cluster/node";
import { type Finding, outcomeOf, type Undecided } from "../cluster/outcome";
import type { ClusterConfiguration } from "../kubeadm/config/cluster-configuration";
import { isAtOrBelow, normalize, parent } from "../machine/paths";
import type { Reason } from "../reasons/reason";
import { apiserverMounts, hostPathOf, type Mount, takenForMounted } from "./support/apiserver-mounts";
import { unlessUnread } from "./support/applicability";
import { inLines, inOneLine } from "./support/lists";
import { fieldText, placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { notRendered, renderedFiles } from "./support/unrendered-fields";

interface NotMounted {
  readonly place: string;
  readonly field: ExternalEtcdField;
  readonly folder: string;
  /** The mounted folder with whose name the folder's name begins; undefined where an extra volume took its place. */
  readonly takenFor: string | undefined;
  readonly release: string;
}

const notMounted = messageTemplate<NotMounted>("notMounted", (findings) => {
  const [{ data, path }] = findings;
  const names = [...new Set(findings.map((one) => one.data.folder))];
  return [
    `${data.place}: kube-apiserver will not see ${path}${findings.length > 1 ? ` and ${findings.length - 1} more` : ""}: kubeadm does not mount ${inOneLine(names)} into it.`,
    ...inLines(findings.map((one) => ({ name: one.data.field, text: `${one.path} ${reason(one.data)}` }))),
    `kubeadm finds the file on the node and continues, but kube-apiserver would not start on any node: open ${path}: no such file or directory`,
    "Fix: use a separate folder, such as /etc/etcd-client or one below certificatesDir, or mount the folder with an entry in apiServer.extraVolumes.",
  ].join("\n");
});

function reason({ takenFor, release }: NotMounted): string {
  return takenFor === undefined
    ? "(an entry of apiServer.extraVolumes has the name of kubeadm's own volume)"
    : `(kubeadm ${release} treats it as part of ${takenFor}, because the name begins the same way)`;
}

interface LinkLeads {
  readonly field: ExternalEtcdField;
  readonly target: string;
}

const linkLeavesMounts = messageTemplate<LinkLeads>("linkLeavesMounts", (findings) => {
  const [{ path, data }] = findings;
  return [
    `kube-apiserver will not see etcd.external.${data.field} ${path} on ${inOneLine(findings.map((one) => one.node ?? ""))}: it is a link to a folder that is not mounted into it.`,
    ...inLines(findings.map((one) => ({ name: one.node ?? "", text: `points to ${one.data.target}` }))),
    `kubeadm follows the link on the node and continues, but kube-apiserver would not start there: open ${path}: no such file or directory`,
    `Fix: put a copy there instead of the link, or link within ${parent(path ?? "/")}${mountText(parent(data.target))}.`,
  ].join("\n");
});

/** A folder of the system must not be mounted over that of the container, which has kube-apiserver in it. */
function mountText(folder: string): string {
  const isSystems = /^\/(?:$|etc$|(?:usr|bin|sbin|lib|lib64|proc|sys|dev)(?:\/|$))/.test(folder);
  return isSystems ? "" : `; or mount ${folder} with an entry of apiServer.extraVolumes`;
}

interface OtherFolder {
  readonly field: ExternalEtcdField;
  readonly hostPath: string;
}

const missingInVolume = messageTemplate<OtherFolder>("missingInVolume", (findings) => {
  const [{ path, data }] = findings;
  return [
    `kube-apiserver will not see etcd.external.${data.field} ${path} on ${inOneLine(findings.map((one) => one.node ?? ""))}: apiServer.extraVolumes puts ${data.hostPath} there, which is missing.`,
    `kube-apiserver would not start there: open ${path}: no such file or directory`,
    "Fix: put the file into the folder that is mounted, or mount the folder that has it.",
  ].join("\n");
});

/** kubeadm mounts each file's folder into kube-apiserver, and no link points out of the mounted folders. */
export const externalEtcdFilesVisibleToApiserver: Policy = {
  id: "external-etcd-files-visible-to-apiserver",
  title: "External etcd files visible to kube-apiserver",
  description: "Each file that etcd.external names is in a folder that kubeadm mounts into kube-apiserver.",
  severity: "high",
  level: "mandatory",
  remediation: "Keep the files in a separate folder, such as /etc/etcd-client, without links that point outside it.",
  tags: ["etcd", "files"],
  messages: {
    notMounted: notMounted.message,
    linkLeavesMounts: linkLeavesMounts.message,
    missingInVolume: missingInVolume.message,
  },
  check(cluster) {
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const { configuration, lineOf } = read.reading;
    // A relative path is the matter of kubeadm-config-valid: it has no folder.
    const named = externalEtcdFiles(read.reading).filter(({ path }) => path.startsWith("/"));
    if (configuration.etcd.external === undefined || named.length === 0) {
      return { kind: "not-applicable", why: "etcd.external names no files" };
    }
    const { files, open } = renderedFiles(cluster, named);
    if (files.length === 0) return { kind: "not-applicable", why: notRendered("the files of etcd.external") };
    const { minor } = read.kubeadm;
    const mounts = apiserverMounts(configuration, minor);
    const findings = files.flatMap((file) => {
      const path = ["etcd", "external", file.field];
      const place = `${placeText(cluster.subject.field, lineOf(path))} ${fieldText(path)}`;
      return folderFindings(file, mounts, { configuration, minor, place });
    });
    const seen = files.flatMap((file) => {
      const found = hostPathOf(file.path, mounts);
      return found === undefined ? [] : nodesOf(cluster).map((node) => fileOnNode(node, file, found, mounts));
    });
    return outcomeOf(
      [...findings, ...seen.flatMap((one) => one.findings)],
      [...open, ...seen.flatMap((one) => one.undecided)],
    );
  },
};

function nodesOf({ controlPlane }: Cluster): readonly ControlPlaneNode[] {
  return controlPlane.kind === "known" ? controlPlane.nodes : [];
}

interface Rule {
  readonly configuration: ClusterConfiguration;
  readonly minor: number;
  readonly place: string;
}

function folderFindings({ field, path }: ExternalEtcdFile, mounts: readonly Mount[], rule: Rule): readonly Finding[] {
  if (hostPathOf(path, mounts) !== undefined) return [];
  const { configuration, minor, place } = rule;
  const takenFor = takenForMounted(path, configuration, minor);
  const data = { place, field, folder: parent(normalize(path)), takenFor, release: `1.${minor}` };
  return [notMounted.finding({ path, data })];
}

interface Seen {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
}

const NOTHING: Seen = { findings: [], undecided: [] };

/** Whether the container comes to the file that the mounted path resolves to on this node. That the file is there at all is checked by another policy. */
function fileOnNode(
  node: ControlPlaneNode,
  { field, path }: ExternalEtcdFile,
  found: { readonly path: string; readonly mount: Mount },
  mounts: readonly Mount[],
): Seen {
  const elsewhere = found.path !== normalize(path);
  const presence = node.files.presence(elsewhere ? found.path : path);
  const about = { node: describeNode(node), path, group: field };
  if (presence.kind !== "present") {
    if (!elsewhere) return NOTHING;
    if (presence.kind === "missing") {
      const finding = missingInVolume.finding({ ...about, data: { field, hostPath: found.path } });
      return { findings: [finding], undecided: [] };
    }
    const reason: Reason = { id: "mounted-file-undecided", data: { path: found.path } };
    return { findings: [], undecided: [{ reason, node: describeNode(node), path }] };
  }
  const { realPath } = presence;
  const inside = mounts.some(({ hostPath }) => isAtOrBelow(realPath, hostPath));
  if (inside || isLinkItself(node, found.mount)) return NOTHING;
  return { findings: [linkLeavesMounts.finding({ ...about, data: { field, target: realPath } })], undecided: [] };
}

/** The mounted folder may be reached through a link on the host: the kubelet follows it when it mounts. */
function isLinkItself(node: ControlPlaneNode, { hostPath }: Mount): boolean {
  const folder = node.files.presence(hostPath);
  return folder.kind === "present" || folder.kind === "undecided" || folder.links.length > 0;
}
