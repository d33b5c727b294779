import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { externalEtcdFiles } from "../../cluster/external-etcd-files";
import type { Outcome, Undecided } from "../../cluster/outcome";
import {
  type ConfigurationReading,
  type LegibleConfiguration,
  legibleConfiguration,
} from "../../kubeadm/config/read-cluster-configuration";
import { isToldByUpgradeable } from "./told-by-upgradeable";

/** Either what a policy needs in order to judge, or the outcome that spares it the judging. */
export type Applicable<Parts> =
  | ({ readonly kind: "applicable" } & Parts)
  | { readonly kind: "settled"; readonly outcome: Outcome };

/** The text itself, readable or not. Settled where it is not known yet, or not carried, or not there. */
export function unlessTextUnknown(
  cluster: Cluster,
): Applicable<{ readonly text: string; readonly reading: ConfigurationReading }> {
  const { configuration } = cluster;
  switch (configuration.kind) {
    case "to-come": {
      const { waitsFor } = configuration;
      const waits = waitsFor.length === 0 ? "" : `; it waits for ${waitsFor.join(", ")}`;
      const unknown = `${cluster.subject.field} is not known before the update${waits}`;
      return settled({ kind: "undecided", undecided: [{ unknown, node: null, path: null }], remarks: [] });
    }
    case "not-carried":
      return notApplicable(configuration.why);
    case "absent":
      return notApplicable(`there is no ClusterConfiguration to judge: ${configuration.error} (kubeadm-config-valid)`);
    case "text":
      return { kind: "applicable", text: configuration.text, reading: configuration.reading };
  }
}

/**
 * What the text says. Settled where it is not known yet or not carried, and undecided where it cannot be read; that
 * kubeadm stops at something else in it is the matter of kubeadm-config-valid and kubeadm-config-upgradeable.
 */
export function unlessUnread(
  cluster: Cluster,
): Applicable<{ readonly text: string; readonly reading: LegibleConfiguration }> {
  const known = unlessTextUnknown(cluster);
  if (known.kind === "settled") return known;
  const { reading, text } = known;
  const legible = legibleConfiguration(reading);
  if (legible !== undefined) return { kind: "applicable", text, reading: legible };
  const told = isToldByUpgradeable(cluster) ? "kubeadm-config-upgradeable" : "kubeadm-config-valid";
  const unknown = `what the ClusterConfiguration says, which cannot be read before it is fixed (${told})`;
  return settled({ kind: "undecided", undecided: [{ unknown, node: null, path: null }], remarks: [] });
}

/** The nodes and the reading of a cluster whose etcd is external and uses files. */
export function unlessExternalEtcd(
  cluster: Cluster,
): Applicable<{ readonly reading: LegibleConfiguration; readonly nodes: readonly ControlPlaneNode[] }> {
  const read = unlessUnread(cluster);
  if (read.kind === "settled") return read;
  if (read.reading.configuration.etcd.external === undefined)
    return notApplicable("etcd is local: kubeadm makes its certificates itself");
  if (externalEtcdFiles(read.reading).length === 0) return notApplicable("etcd.external names no files");
  const { controlPlane, subject } = cluster;
  const { ofNode } = subject.file ?? {};
  if (ofNode !== undefined) return settled({ kind: "undecided", undecided: [fileOfOneNode(ofNode)], remarks: [] });
  if (controlPlane.kind === "known") return { kind: "applicable", reading: read.reading, nodes: controlPlane.nodes };
  const unknown = controlPlane.might.length > 0 ? unknownNodes(controlPlane.might) : [NO_NODES];
  return settled({ kind: "undecided", undecided: unknown, remarks: [] });
}

/** What is unknown where neither the program nor the settings name a node. */
export const NO_NODES: Undecided = {
  unknown: "which machines are the control-plane nodes: nothing names one (control-plane-nodes-known)",
  node: null,
  path: null,
};

/** What such a file says of the other nodes is not what kubeadm will go by. */
function fileOfOneNode(node: string): Undecided {
  const unknown = `which files the control-plane nodes need: this is the file of one node (${node}), and since kubeadm 1.30 an upgrade reads the ConfigMap instead. Get it with kubectl -n kube-system get configmap kubeadm-config -o yaml; --step init checks the file itself`;
  return { unknown, node: null, path: null };
}

/** One open question a thing in the program that might be a control-plane node. */
export function unknownNodes(might: readonly string[]) {
  return might.map((one) => ({ unknown: `which machines are control-plane nodes: ${one}`, node: null, path: null }));
}

function notApplicable(why: string): { readonly kind: "settled"; readonly outcome: Outcome } {
  return settled({ kind: "not-applicable", why });
}

function settled(outcome: Outcome): { readonly kind: "settled"; readonly outcome: Outcome } {
  return { kind: "settled", outcome };
}
