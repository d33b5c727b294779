import type { Cluster } from "../cluster/cluster";
import type { SettingsProblem } from "../cluster/cluster-settings";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { hostText } from "../cluster/node-names";
import { type Finding, outcomeOf } from "../cluster/outcome";
import { POLICY_ANALYZE } from "../cluster/policy-analyze";
import { endpointHosts } from "../kubeadm/config/endpoint-hosts";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { unknownNodes, unlessUnread } from "./support/applicability";
import { sourceText } from "./support/file-instead";
import { inLines, inOneLine } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";

interface NoNodesData {
  readonly cluster: string;
  readonly isAnalyzed: boolean;
  /** Hosts that get files of etcd.external and do not run etcd, each of which may be a control-plane node. */
  readonly hosts: readonly string[];
}

const noNodesKnown = messageTemplate<NoNodesData>("noNodesKnown", ([{ data }]) =>
  [
    `The control-plane nodes of cluster ${data.cluster} are not known, so the files that etcd.external names cannot be checked on them.`,
    "Neither the program nor the settings name one: no remote.Command runs kubeadm init or kubeadm join --control-plane.",
    ...(data.hosts.length === 0 ? [] : [`Hosts that get files of etcd: ${inOneLine(data.hosts)}.`]),
    ...(data.isAnalyzed ? inPolicyConfiguration(data) : inStackConfiguration(data)),
  ].join("\n"),
);

function inStackConfiguration({ cluster, hosts }: NoNodesData): readonly string[] {
  return [
    "Fix: put each with its name and its addresses into Pulumi.STACK.yaml (or name a Kubespray inventory there):",
    "config:",
    "  kubeadm-guard:clusters:",
    `    - name: ${cluster}`,
    "      controlPlaneNodes:",
    ...addressesOf(hosts).flatMap((address) => ["        - name: NAME", `          addresses: [${yamlText(address)}]`]),
  ];
}

/** The addresses to begin with: those that the program shows, and no invented ones. */
function addressesOf(hosts: readonly string[]): readonly string[] {
  return hosts.length === 0 ? ["ADDRESS"] : hosts.slice(0, MOST_LINES);
}

/** In a list in brackets an address of IPv6 needs quotes. */
function yamlText(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : JSON.stringify(text);
}

/** For a run that sees no stack configuration, where the nodes may stand already. */
function inPolicyConfiguration({ cluster, hosts }: NoNodesData): readonly string[] {
  const nodes = addressesOf(hosts).map((address) => ({ name: "NAME", addresses: [address] }));
  const configuration = { [SETTINGS_POLICY]: { clusters: [{ name: cluster, controlPlaneNodes: nodes }] } };
  return [
    `${POLICY_ANALYZE} does not pass the stack configuration to policy packs, so nodes in Pulumi.STACK.yaml are not seen.`,
    "Fix: put each with its name and its addresses (or the Kubespray inventory) into the file that --policy-pack-config names:",
    JSON.stringify(configuration),
  ];
}

function isAnalyzed({ problems }: Cluster): boolean {
  return problems.some(({ where }) => where === POLICY_ANALYZE);
}

const SETTINGS_POLICY = "control-plane-nodes-known";

interface ProblemData {
  readonly where: string;
  readonly what: string;
  /** What it costs, as one sentence; empty where nothing is less certain for it. */
  readonly cost: string;
  /** True where nothing needs to be corrected. */
  readonly isRemark: boolean;
}

const settingsProblem = messageTemplate<ProblemData>("settingsProblem", (findings) =>
  [
    ...findings.slice(0, MOST_LINES).map(({ data }) => `${data.where}: ${data.what}`),
    ...(findings.length > MOST_LINES ? [`and ${findings.length - MOST_LINES} more`] : []),
    ...new Set(findings.flatMap(({ data }) => (data.cost === "" ? [] : [data.cost]))),
    ...(findings.every(({ data }) => data.isRemark)
      ? []
      : [`Fix: ${correctionOf(findings[0].data)}, as described above.`]),
  ].join("\n"),
);

function correctionOf({ where }: ProblemData): string {
  return OPTION.test(where)
    ? "correct the file that this option names"
    : "correct the setting, or the file that it names";
}

/** Where an option of the command line stands in place of a setting. */
const OPTION = /^--/;

const unknownHost = messageTemplate<{ readonly host: string; readonly source: string }>("unknownHost", (findings) =>
  [
    `${findings.length === 1 ? "A host that gets" : "Hosts that get"} etcd certificates ${findings.length === 1 ? "is not a known machine" : "are not known machines"}: ${inOneLine([...new Set(findings.map((one) => one.data.host))])}.`,
    ...inLines(findings.map(({ data }) => ({ name: data.host, text: data.source }))),
    "Fix: add the address to its node under controlPlaneNodes, or name the host under etcdHosts or otherHosts.",
  ].join("\n"),
);

const MOST_LINES = 20;

/** For each cluster found, its control-plane nodes are known. */
export const controlPlaneNodesKnown: Policy = {
  id: SETTINGS_POLICY,
  title: "Control-plane nodes known",
  description: "The control-plane nodes of each cluster are known.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Name the control-plane nodes under kubeadm-guard:clusters in the stack configuration; for check, with --nodes LISTING or --inventory FILE.",
  tags: ["settings"],
  messages: {
    noNodesKnown: noNodesKnown.message,
    settingsProblem: settingsProblem.message,
    unknownHost: unknownHost.message,
  },
  check(cluster, { undecided = [] }) {
    const problems = problemFindings(
      cluster,
      undecided,
      cluster.problems.filter(({ level }) => level !== "remark"),
    );
    const remarks = problemFindings(
      cluster,
      undecided,
      cluster.problems.filter(({ level }) => level === "remark"),
    );
    const etcd = new Set(endpointsOf(cluster).map(hostText));
    const { controlPlane } = cluster;
    const strangers = cluster.unknownHosts.filter(
      ({ concernsEtcdFiles, host }) => concernsEtcdFiles && !etcd.has(hostText(host)),
    );
    // Where no node is known, every host is unknown.
    const known = controlPlane.kind === "known" ? strangers : [];
    const unknownHosts = known.map(({ host, source }) =>
      unknownHost.finding({ level: "advisory", data: { host, source: sourceText(source) } }),
    );
    const asides = [...problems, ...unknownHosts];
    const read = unlessUnread(cluster);
    if (read.kind === "settled")
      return asides.length + remarks.length > 0 ? outcomeOf(asides, [], remarks) : read.outcome;
    const needed = externalEtcdFiles(read.reading).length > 0;
    if (!needed && asides.length + remarks.length === 0)
      return { kind: "not-applicable", why: "etcd.external names no files, so no policy needs the nodes" };
    if (controlPlane.kind === "known" || !needed) {
      const more = controlPlane.kind === "known" && needed ? unknownNodes(controlPlane.more) : [];
      return outcomeOf(asides, more, remarks);
    }
    if (controlPlane.might.length > 0) return outcomeOf(asides, unknownNodes(controlPlane.might), remarks);
    return outcomeOf(
      [
        ...asides,
        noNodesKnown.finding({
          data: {
            cluster: cluster.name,
            isAnalyzed: isAnalyzed(cluster),
            hosts: [...new Set(strangers.map(({ host }) => hostText(host)))].sort(),
          },
        }),
      ],
      [],
      remarks,
    );
  },
};

/** The hosts that the configuration itself says are etcd's. */
function endpointsOf({ configuration }: Cluster): readonly string[] {
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  return endpointHosts(legible?.configuration.etcd.external?.endpoints ?? []);
}

/** What is wrong with the settings and the files they name, told place by place. */
function problemFindings(
  cluster: Cluster,
  undecided: readonly string[],
  problems: readonly SettingsProblem[],
): readonly Finding[] {
  return problems.map((problem) => {
    const { where, what, level } = problem;
    const data = { where, what, cost: costOf(problem, cluster, undecided), isRemark: level === "remark" };
    return settingsProblem.finding({
      group: groupOf(where),
      mustBeFixed: true,
      in: problem.in ?? { kind: "setting", place: where },
      data,
      ...(level === undefined ? {} : { level: "advisory" }),
    });
  });
}

/** Problems with one key of one cluster are reported together: `kubeadm-guard:clusters[0].controlPlaneNodes`. */
function groupOf(where: string): string {
  return /^[^[\]]+\[[^[\]]*\]\.\w+/.exec(where)?.[0] ?? where;
}

function policiesText(count: number): string {
  if (count === 0) return "every policy that needs them is";
  return count === 1 ? "1 policy is" : `${count} policies are`;
}

/** What is less certain because of what a problem leaves out. */
function costOf(
  { leavesOut, level }: SettingsProblem,
  { controlPlane }: Cluster,
  undecided: readonly string[],
): string {
  if (leavesOut === undefined || level !== undefined) return "";
  if (controlPlane.kind === "unknown")
    return `Until this is fixed, the control-plane nodes are not known and ${policiesText(undecided.length)} undecided.`;
  switch (leavesOut) {
    case "controlPlaneNodes":
      return "Until this is fixed, there may be control-plane nodes that are not known, and no policy about nodes can pass.";
    case "files":
    case "listing":
    case "kubespray":
      return "Until this is fixed, a file that nothing else puts on a node is undecided there instead of missing.";
    default:
      return "";
  }
}
