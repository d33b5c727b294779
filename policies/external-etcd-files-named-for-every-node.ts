import type { ControlPlaneNode } from "../cluster/cluster";
import { type ExternalEtcdFile, externalEtcdFiles } from "../cluster/external-etcd-files";
import { outcomeOf } from "../cluster/outcome";
import { unlessExternalEtcd } from "./support/applicability";
import { carriesName, neutralPath } from "./support/node-name-in-path";
import { messageTemplate, type Policy } from "./support/policy";

interface NamedData {
  readonly field: ExternalEtcdFile["field"];
  readonly neutral: string;
  /** True if every node has a file of that name today: a remark then, not a defect. */
  readonly works: boolean;
}

const namedAfterOneNode = messageTemplate<NamedData>("namedAfterOneNode", (findings) => {
  const [{ node, data }] = findings;
  const fields = findings.map((one) => one.data.field).join(", ");
  const today = data.works
    ? "It works as long as every other node has a copy or a link of that name, and breaks when the node is removed or renamed (kubespray 8840)."
    : "It works only on nodes that have a file of that name (kubespray 11500).";
  return [
    `The configuration that all control-plane nodes share names its files after ${node}: ${fields}.`,
    ...findings.map((one) => `  ${one.data.field}: ${one.path}`),
    today,
    "Fix: use one name on every control-plane node and put it into the kubeadm-config:",
    ...findings.map((one) => `  ${one.data.field}: ${one.data.neutral}`),
    "With Kubespray set kube_etcd_cert_file, kube_etcd_key_file and kube_etcd_cacert_file to names without {{ inventory_hostname }}.",
  ].join("\n");
});

/** The configuration that all control-plane nodes share does not carry one node's name in its file names. */
export const externalEtcdFilesNamedForEveryNode: Policy = {
  id: "external-etcd-files-named-for-every-node",
  title: "External etcd files named for every node",
  description: "The shared configuration does not name a file after one node.",
  severity: "medium",
  level: "advisory",
  remediation:
    "Use one neutral name on every control-plane node; with Kubespray set kube_etcd_cert_file, kube_etcd_key_file and kube_etcd_cacert_file.",
  messages: { namedAfterOneNode: namedAfterOneNode.message },
  check(cluster) {
    const applicable = unlessExternalEtcd(cluster);
    if (applicable.kind !== "applicable") return applicable.outcome;
    const { nodes, reading } = applicable;
    if (nodes.length < 2) return { kind: "not-applicable", why: "there is one control-plane node" };
    const named = externalEtcdFiles(reading).flatMap((file) => {
      const owner = nodes.find((node) => carriesName(file.path, node.name));
      return owner === undefined ? [] : [{ file, owner }];
    });
    const works = named.every(({ file }) => nodes.every((node) => node.files.presence(file.path).kind === "present"));
    const findings = named.map(({ file, owner }) => finding(file, owner, works));
    return works ? outcomeOf([], [], findings) : outcomeOf(findings, []);
  },
};

function finding(file: ExternalEtcdFile, owner: ControlPlaneNode, works: boolean) {
  return namedAfterOneNode.finding({
    node: owner.name,
    path: file.path,
    level: "advisory",
    data: { field: file.field, neutral: neutralPath(file.path, owner.name), works },
  });
}
