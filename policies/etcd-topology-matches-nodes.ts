import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import type { Node } from "../cluster/node";
import { describeNode } from "../cluster/node";
import { NodeNames } from "../cluster/node-names";
import { type Finding, outcomeOf, type Undecided } from "../cluster/outcome";
import type { UndecidedReason } from "../cluster/presence";
import { endpointHosts } from "../kubeadm/config/endpoint-hosts";
import type { FieldPath } from "../kubeadm/config/field-path";
import type { LegibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { baseName, parent } from "../machine/paths";
import { unlessUnread } from "./support/applicability";
import { isAmong } from "./support/is-among";
import { inLines, inOneLine } from "./support/lists";
import { placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { shownOpenError } from "./support/shown-open-error";
import { sourceName } from "./support/source-name";

/** What the text says about etcd, as the end of a sentence, and where. */
interface LocalData {
  readonly place: string;
  readonly says: string;
}

const NO_PODS =
  "failed to create etcd client: could not retrieve the list of etcd endpoints: context deadline exceeded";

const localButElsewhere = messageTemplate<LocalData & { readonly hosts: readonly string[] }>(
  "localButElsewhere",
  ([{ data }]) =>
    [
      `${data.place}: ${data.says}, but etcd is declared on ${inOneLine(data.hosts)}, outside the control plane.`,
      "kubeadm treats etcd as its own and looks for its pods on the control-plane nodes (kubespray 12626).",
      `kubeadm upgrade would fail on each of them after a minute: ${NO_PODS}`,
      "Fix: find out what runs etcd (systemctl status etcd on those hosts, a pod etcd-NODE in kube-system). Only if it runs outside kubeadm, replace etcd.local with etcd.external, including its endpoints, caFile, certFile and keyFile.",
    ].join("\n"),
);

interface ServedData extends LocalData {
  readonly pod: string;
  readonly servers: readonly string[];
}

const localButServed = messageTemplate<ServedData>("localButServed", (findings) =>
  [
    `${findings[0].data.place}: ${findings[0].data.says}, but kube-apiserver runs with another etcd, and kube-system has no etcd Pod of kubeadm.`,
    ...inLines(findings.map(({ data }) => ({ name: data.pod, text: `runs with ${inOneLine(data.servers)}` }))),
    `kubeadm upgrade would fail after a minute: ${NO_PODS}`,
    "Fix: replace etcd.local with etcd.external, and name the endpoints, caFile, certFile and keyFile that kube-apiserver uses (kubespray 12626).",
  ].join("\n"),
);

const externalButPods = messageTemplate<{ readonly place: string }>("externalButPods", (findings) =>
  [
    `${findings[0].data.place}: etcd is external, but kubeadm's own etcd Pod runs on ${inOneLine(findings.map((one) => one.node ?? ""))}.`,
    "kubeadm upgrade would leave these Pods as they are, in their old version.",
    "Fix: find out which etcd holds the data (--etcd-servers of kube-apiserver). If it is the Pods, replace etcd.external by etcd.local; if not, remove /etc/kubernetes/manifests/etcd.yaml from these nodes.",
  ].join("\n"),
);

const misspelt = messageTemplate<{ readonly place: string; readonly field: string }>("misspelt", ([{ data }]) =>
  [
    `${data.place}: kubeadm has no field etcd.${data.field}; it ignores the field and treats etcd as local.`,
    `kubeadm upgrade would fail on every control-plane node without etcd pods: ${NO_PODS}`,
    "Fix: write etcd.external.",
  ].join("\n"),
);

const externalButKubeadms = messageTemplate<{ readonly place: string; readonly why: string }>(
  "externalButKubeadms",
  ([{ data }]) =>
    [
      `${data.place}: etcd is external, but the inventory says that kubeadm runs it: ${data.why}.`,
      "With etcd_deployment_type: kubeadm, Kubespray renders etcd.local, which kubeadm takes for an etcd that it runs itself. If etcd runs as a service, an upgrade then looks for Pods that are not there.",
      "Fix: find out what runs etcd on the nodes (systemctl status etcd, or a pod etcd-NODE in kube-system). If it is a service, set etcd_deployment_type: host in group_vars/all, and do not change the kubeadm-config.",
    ].join("\n"),
);

interface OnHostData extends LocalData {
  readonly file: string;
  /** What kubeadm would say; undefined where it is not known whether kubeadm's own files are there. */
  readonly error: string | undefined;
}

/** A file of a member may be left over from an etcd that is gone: alone it says nothing of what runs today. */
const localButOnHost = messageTemplate<OnHostData>("localButOnHost", (findings) => {
  const [{ data }] = findings;
  const { error } = data;
  return [
    `${data.place}: ${data.says}, but files of an etcd that was set up without kubeadm are on ${inOneLine(findings.map((one) => one.node ?? ""))}.`,
    ...inLines(findings.map((one) => ({ name: one.node ?? "", text: `has ${one.data.file}` }))),
    error === undefined
      ? `If that etcd still runs there, kubeadm upgrade would fail after a minute: ${NO_PODS} (kubespray 12626).`
      : `kubeadm upgrade would fail there: failed to create etcd client: ${error}, or a minute later because there are no etcd pods (kubespray 12626).`,
    "Fix: find out what runs etcd there (systemctl status etcd, or a pod etcd-NODE in kube-system). If it is a service, replace etcd.local with etcd.external, including its endpoints, caFile, certFile and keyFile. If it is kubeadm's pod, keep etcd.local: the files are left over.",
  ].join("\n");
});

const healthcheckMissing = messageTemplate<LocalData & { readonly error: string }>("healthcheckMissing", (findings) =>
  [
    `${findings[0].data.place}: ${findings[0].data.says}, but kubeadm's own etcd files are missing on ${inOneLine(findings.map((one) => one.node ?? ""))}.`,
    `kubeadm upgrade would fail there: failed to create etcd client: ${findings[0].data.error}, or a minute later because there are no etcd pods (kubespray 5886).`,
    `Fix: find out what runs etcd (a pod etcd-NODE in kube-system, or a service). If it is kubeadm's own, restore the files with kubeadm init phase certs etcd-healthcheck-client --cert-dir ${certificatesDirOf(findings[0].path ?? "")}; only if it is not, replace etcd.local with etcd.external.`,
  ].join("\n"),
);

/** Of `/etc/kubernetes/pki/etcd/healthcheck-client.crt` the folder above etcd's. */
function certificatesDirOf(healthcheck: string): string {
  return parent(parent(healthcheck));
}

/** Local, external or neither agrees with where etcd is declared to run. */
export const etcdTopologyMatchesNodes: Policy = {
  id: "etcd-topology-matches-nodes",
  title: "etcd topology matches nodes",
  description: "The configuration declares etcd as local only if kubeadm runs etcd on the control-plane nodes.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Find out what runs etcd. Only if it runs outside kubeadm, replace etcd.local with etcd.external, including its endpoints, caFile, certFile and keyFile.",
  tags: ["etcd"],
  messages: {
    localButElsewhere: localButElsewhere.message,
    misspelt: misspelt.message,
    localButOnHost: localButOnHost.message,
    healthcheckMissing: healthcheckMissing.message,
    externalButKubeadms: externalButKubeadms.message,
    externalButPods: externalButPods.message,
    localButServed: localButServed.message,
  },
  check(cluster) {
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const { reading } = read;
    const { inventoryEtcd } = cluster;
    if (reading.configuration.etcd.external !== undefined) {
      if (inventoryEtcd?.kind === "kubeadm") {
        const place = placeText(cluster.subject.field, reading.lineOf(["etcd", "external"]));
        return outcomeOf(
          [externalButKubeadms.finding({ level: "advisory", data: { place, why: inventoryEtcd.why } })],
          [],
        );
      }
      const pods = cluster.live?.etcdPodNodes ?? [];
      if (pods.length > 0) {
        const data = { place: placeText(cluster.subject.field, reading.lineOf(["etcd", "external"])) };
        return outcomeOf(
          pods.map((node) => externalButPods.finding({ level: "advisory", node, data })),
          [],
        );
      }
      // External is right for members on the control-plane nodes too: Kubespray's own layout.
      return cluster.etcdHosts.length > 0
        ? outcomeOf([], [])
        : { kind: "not-applicable", why: "etcd is external, and no etcd hosts are declared to compare with" };
    }
    const wrong = misspeltExternal(cluster, reading);
    if (wrong !== undefined) return outcomeOf([wrong], []);
    const says = { place: placeText(cluster.subject.field, lineOfEtcd(reading)), says: whatItSays(reading) };
    const elsewhere = etcdElsewhere(cluster);
    if (elsewhere.hosts.length > 0 && elsewhere.undecided.length === 0) {
      const hosts = elsewhere.hosts.map((host) => host.name);
      return outcomeOf([localButElsewhere.finding({ data: { ...says, hosts } })], []);
    }
    const own = ownFiles(cluster, reading, says);
    const findings = [...own.findings, ...servedElsewhere(cluster, says)];
    if (findings.length === 0 && cluster.etcdHosts.length === 0 && openPlace(cluster).length === 0) {
      return { kind: "not-applicable", why: "etcd is local, and no etcd hosts are declared to compare with" };
    }
    const open = findings.length > 0 ? own.undecided : openPlace(cluster);
    return outcomeOf(findings, [...elsewhere.undecided, ...open]);
  },
};

/** Where it is not known what the inventory makes of etcd, that nothing contradicts the configuration says little. */
function openPlace({ inventoryEtcd }: Cluster): readonly Undecided[] {
  if (inventoryEtcd?.kind !== "undecided") return [];
  return [{ reason: inventoryEtcd.reason, node: null, path: null }];
}

const MEANT_EXTERNAL = /^e[xt][a-z]*l$|^extern$/i;

/** A field below etcd that was surely meant to be `external`. */
function misspeltExternal({ subject }: Cluster, { remarks, lineOf }: LegibleConfiguration): Finding | undefined {
  if (lineOf(["etcd", "local"]) !== undefined) return undefined;
  for (const remark of remarks) {
    if (remark.kind !== "unknown-field") continue;
    const [parent, field] = remark.path;
    if (parent !== "etcd" || typeof field !== "string" || !MEANT_EXTERNAL.test(field)) continue;
    return misspelt.finding({ data: { place: placeText(subject.field, remark.line), field } });
  }
  return undefined;
}

const ETCD: FieldPath = ["etcd"];
const LOCAL: FieldPath = ["etcd", "local"];

function lineOfEtcd({ lineOf }: LegibleConfiguration): number | undefined {
  return lineOf(LOCAL) ?? lineOf(ETCD);
}

function whatItSays({ lineOf }: LegibleConfiguration): string {
  if (lineOf(LOCAL) !== undefined) return "etcd is local";
  return lineOf(ETCD) === undefined
    ? "it does not mention etcd, which makes etcd local"
    : "etcd has neither local nor external, which makes it local";
}

/** The etcd hosts that are not control-plane nodes, and why that may be wrong. */
function etcdElsewhere({ etcdHosts, controlPlane }: Cluster): {
  readonly hosts: readonly Cluster["etcdHosts"][number][];
  readonly undecided: readonly Undecided[];
} {
  const known = controlPlane.kind === "known" ? controlPlane.nodes : [];
  const names = new NodeNames(known);
  const hosts = etcdHosts.filter((host) => !isAmong(names, host));
  if (hosts.length === 0) return { hosts, undecided: [] };
  const group = known.find((node) => node.group !== undefined);
  const open: readonly UndecidedReason[] =
    controlPlane.kind === "known"
      ? [...controlPlane.more, ...(group === undefined ? [] : [groupWithoutNames(group)])]
      : controlPlane.might.length > 0
        ? controlPlane.might
        : [{ reason: { id: "no-control-plane-node-known", data: { by: "program" } } }];
  const declared = hosts.map((host) => host.name);
  return {
    hosts,
    undecided: open.map(({ reason, source }) => ({
      reason: { id: "etcd-hosts-may-be-nodes", data: { hosts: declared, source: sourceName(source), because: reason } },
      node: null,
      path: null,
    })),
  };
}

function groupWithoutNames(group: Node): UndecidedReason {
  return { reason: { id: "group-without-names", data: { group: describeNode(group) } } };
}

interface OwnFiles {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
}

const NOTHING: OwnFiles = { findings: [], undecided: [] };

/** What the nodes' own files say against etcd being kubeadm's. */
function ownFiles(cluster: Cluster, { configuration }: LegibleConfiguration, says: LocalData): OwnFiles {
  const { controlPlane } = cluster;
  if (controlPlane.kind !== "known") return NOTHING;
  const certificate = `${configuration.certificatesDir}/etcd/healthcheck-client.crt`;
  const complete = isComplete(cluster);
  const each = controlPlane.nodes.map((node) => ownFilesOf(node, { cluster, certificate, complete, says }));
  return {
    findings: each.flatMap(({ findings }) => findings),
    undecided: each.flatMap(({ undecided }) => undecided),
  };
}

interface OwnQuestion {
  readonly cluster: Cluster;
  /** kubeadm's certificate for etcd, which it makes on each node where it runs etcd. */
  readonly certificate: string;
  readonly complete: boolean;
  readonly says: LocalData;
}

function ownFilesOf(node: ControlPlaneNode, { cluster, certificate, complete, says }: OwnQuestion): OwnFiles {
  const presence = node.files.presence(certificate);
  const runsPod = cluster.live?.etcdPodNodes.includes(node.name) === true;
  if (presence.kind === "present" || runsPod) return NOTHING;
  const about = { node: describeNode(node) };
  const certain = presence.kind === "missing" && complete;
  const error = certain ? shownOpenError(certificate, presence.error) : undefined;
  const member = memberCertificate(node);
  if (member !== undefined) {
    const finding = { ...about, path: member, group: error ?? "", data: { ...says, file: member, error } };
    const open = presence.kind === "undecided" ? presence.reasons : [];
    return {
      findings: [localButOnHost.finding(certain ? finding : { ...finding, level: "advisory" })],
      undecided: open.map((reason) => ({ ...reason, ...about, path: certificate })),
    };
  }
  if (error === undefined) return NOTHING;
  const data = { ...says, error };
  return { findings: [healthcheckMissing.finding({ ...about, path: certificate, data })], undecided: [] };
}

/** API servers that run with an etcd that is not their own node's, where no etcd Pod of kubeadm runs. */
function servedElsewhere({ live }: Cluster, says: LocalData): readonly Finding[] {
  if (live === undefined || live.etcdPodNodes.length > 0) return [];
  return live.apiServers.flatMap(({ node, pod, etcdServers }) => {
    const own = [
      "127.0.0.1",
      "::1",
      "localhost",
      node,
      ...(live.nodes.find(({ name }) => name === node)?.addresses ?? []),
    ];
    const isOwn = endpointHosts(etcdServers).some((host) => own.includes(host));
    if (etcdServers.length === 0 || isOwn) return [];
    return [localButServed.finding({ level: "advisory", node, data: { ...says, pod, servers: etcdServers } })];
  });
}

/** True where files that kubeadm itself made would be known: the nodes were looked at, and no init or join will run. */
function isComplete({ settings, kubeadmRuns }: Cluster): boolean {
  const willRun = kubeadmRuns.some(({ command }) => command === "init" || command === "join-control-plane");
  return !willRun && (settings.listing !== undefined || settings.unlisted === "missing");
}

/** A certificate of an etcd member that Kubespray runs as a service (roles/etcd: `member-NODE.pem`, `admin-NODE.pem`). */
function memberCertificate(node: ControlPlaneNode): string | undefined {
  return node.files.present.find(({ path }) => /^(member|admin)-.+\.pem$/.test(baseName(path)))?.path;
}
