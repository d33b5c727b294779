import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { assignEvidence } from "./assign-evidence";
import type { Cluster } from "./cluster";
import type { ClusterParts } from "./cluster-parts";
import { connectionsOf } from "./connections-of";
import { controlPlaneOf } from "./control-plane-of";
import { externalEtcdPaths } from "./external-etcd-files";
import { findNodes, type PartWithNodes } from "./find-nodes";
import { matchKubeadmRuns } from "./match-kubeadm-runs";
import type { Node } from "./node";
import { nodeIdentity } from "./node-identity";
import { NodeNames } from "./node-names";
import { splitByPort } from "./split-by-port";
import { stackForCluster } from "./stack-for-cluster";
import type { StackParts } from "./stack-parts";
import { unknownClusters } from "./unknown-clusters";
import { unknownHosts } from "./unknown-hosts";

/** Joins documents and stack: who the nodes are, what reaches them, and what is on their disks. */
export function assembleClusters(given: readonly ClusterParts[], givenStack: StackParts): readonly Cluster[] {
  const stack = splitByPort(givenStack);
  const parts = given.map((part) => ({ ...part, otherStack: part.otherStack && splitByPort(part.otherStack) }));
  const withNodes = findNodes(
    parts.map((part) => ({
      part,
      stack: stackForCluster(stack, part.otherStack, part.name, part.settings.kubespray?.inventory),
    })),
  );
  const everyNode = withNodes.flatMap((one) => one.nodes);
  const misnamed = unknownClusters(
    stack,
    parts.map((part) => part.name),
  );
  return withNodes.map((one, index) => {
    const cluster = clusterOf(one, everyNode);
    // What concerns the stack as a whole is reported with its first cluster.
    return index === 0 ? { ...cluster, problems: [...cluster.problems, ...misnamed] } : cluster;
  });
}

function clusterOf(one: PartWithNodes, everyNode: readonly Node[]): Cluster {
  const { part, stack, nodes } = one;
  const match = nodeIdentity(nodes, otherMachines(one, everyNode), connectionsOf(stack), stack.graph);
  const assigned = assignEvidence([...part.documents, ...part.declared, ...stack.evidence], match);
  const { configuration } = part;
  const paths = configuration.kind === "text" ? externalEtcdPaths(legibleConfiguration(configuration.reading)) : [];
  return {
    name: part.name,
    subject: part.subject,
    configuration,
    controlPlane: controlPlaneOf(one, assigned, match, paths),
    etcdHosts: part.etcdHosts,
    otherHosts: part.otherHosts,
    etcdServers: part.etcdServers,
    inventoryEtcd: part.inventoryEtcd,
    plannedPems: stack.plannedPems,
    kubeadmRuns: matchKubeadmRuns(stack.kubeadmRuns, match),
    unknownHosts: unknownHosts(assigned.onUnknownHosts, stack.kubeadmRuns, paths),
    live: part.live,
    record: part.record,
    comparison: part.comparison,
    upgradePath: part.upgradePath,
    settings: part.settings,
    problems: part.problems,
  };
}

/** All machines that are known not to be control-plane nodes of a cluster. */
function otherMachines({ part, nodes }: PartWithNodes, everyNode: readonly Node[]): readonly Node[] {
  const own = new Set(nodes);
  const names = new NodeNames(nodes);
  return [...part.etcdHosts, ...part.otherHosts, ...everyNode.filter((node) => !own.has(node))].filter(
    (other) => ![other.name, ...other.addresses].some((name) => names.includes(name)),
  );
}
