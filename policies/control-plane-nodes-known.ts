import type { Cluster } from "../cluster/cluster";
import type { SettingsProblem } from "../cluster/cluster-settings";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { hostText } from "../cluster/node-names";
import { type Finding, outcomeOf } from "../cluster/outcome";
import { unknownNodes, unlessUnread } from "./support/applicability";
import { endpointHosts } from "./support/endpoint-hosts";
import { sourceText } from "./support/file-instead";
import { inLines } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";

const noNodesKnown = messageTemplate<{ readonly cluster: string }>("noNodesKnown", ([{ data }]) =>
  [
    `The control-plane nodes of cluster ${data.cluster} are not known, so nobody can tell whether they have the files that etcd.external names.`,
    "Neither the program nor the settings name one: no remote.Command runs kubeadm init or kubeadm join --control-plane.",
    "Fix: put them into Pulumi.STACK.yaml (or name a Kubespray inventory there):",
    "config:",
    "  kubeadm-guard:clusters:",
    `    - name: ${data.cluster}`,
    "      controlPlaneNodes:",
    "        - name: master01",
    "          addresses: [192.168.10.11]",
    "        - name: master02",
    "          addresses: [192.168.10.12]",
  ].join("\n"),
);

const settingsProblem = messageTemplate<{ readonly where: string; readonly what: string }>(
  "settingsProblem",
  (findings) => findings.map(({ data }) => `${data.where}: ${data.what}`).join("\n"),
);

const unknownHost = messageTemplate<{ readonly host: string; readonly source: string }>("unknownHost", (findings) =>
  [
    `${findings.length === 1 ? "A host that gets" : "Hosts that get"} etcd certificates ${findings.length === 1 ? "is" : "are"} no known machine: ${[...new Set(findings.map((one) => one.data.host))].join(", ")}.`,
    ...inLines(findings.map(({ data }) => ({ name: data.host, text: data.source }))),
    "Fix: add the address to its node under controlPlaneNodes, or name the host under etcdHosts or otherHosts.",
  ].join("\n"),
);

/** For each cluster found, its control-plane nodes are known. */
export const controlPlaneNodesKnown: Policy = {
  id: "control-plane-nodes-known",
  title: "Control-plane nodes known",
  description: "The control-plane nodes of each cluster are known.",
  severity: "high",
  level: "mandatory",
  remediation: "Name the control-plane nodes in kubeadm-guard:clusters of the stack's configuration.",
  messages: {
    noNodesKnown: noNodesKnown.message,
    settingsProblem: settingsProblem.message,
    unknownHost: unknownHost.message,
  },
  check(cluster) {
    const problems = problemFindings(cluster.problems.filter(({ level }) => level === undefined));
    const remarks = problemFindings(cluster.problems.filter(({ level }) => level === "remark"));
    const etcd = new Set(endpointsOf(cluster).map(hostText));
    const strangers = cluster.strangers
      .filter((stranger) => stranger.concernsEtcdFiles && !etcd.has(hostText(stranger.host)))
      .map(({ host, source }) =>
        unknownHost.finding({ level: "advisory", data: { host, source: sourceText(source) } }),
      );
    const asides = [...problems, ...strangers];
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return asides.length > 0 ? outcomeOf(asides, [], remarks) : read.outcome;
    const { controlPlane } = cluster;
    const needed = externalEtcdFiles(read.reading).length > 0;
    if (!needed && asides.length === 0)
      return { kind: "not-applicable", why: "etcd.external names no files, so nothing asks for the nodes" };
    if (controlPlane.kind === "known" || !needed) {
      const more = controlPlane.kind === "known" && needed ? unknownNodes(controlPlane.more) : [];
      return outcomeOf(asides, more, remarks);
    }
    const might = [
      ...controlPlane.might,
      ...(problems.length > 0 ? ["the settings that may name them could not be used"] : []),
    ];
    if (might.length > 0) return outcomeOf(asides, unknownNodes(might), remarks);
    return outcomeOf([...asides, noNodesKnown.finding({ data: { cluster: cluster.name } })], [], remarks);
  },
};

/** The hosts that the configuration itself says are etcd's. */
function endpointsOf({ configuration }: Cluster): readonly string[] {
  if (configuration.kind !== "text" || configuration.reading.kind !== "decoded") return [];
  return endpointHosts(configuration.reading.configuration.etcd.external?.endpoints ?? []);
}

/** What is wrong with the settings and the files they name, told place by place. */
function problemFindings(problems: readonly SettingsProblem[]): readonly Finding[] {
  return problems.map(({ where, what }) =>
    settingsProblem.finding({ group: where, level: "advisory", data: { where, what } }),
  );
}
