import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import type { KnownConfiguration } from "../../cluster/configuration/known-configuration";
import { externalEtcdFiles } from "../../cluster/external-etcd-files";
import type { Outcome, Undecided } from "../../cluster/outcome";
import type { UndecidedReason } from "../../cluster/presence";
import type { KubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import { type LegibleConfiguration, legibleConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import type { Reason, ReasonOf } from "../../reasons/reason";
import { sourceName } from "./source-name";
import { isToldByUpgradeable } from "./told-by-upgradeable";

/** Either what a policy needs in order to check, or the outcome that makes the check unnecessary. */
export type Applicable<Parts> =
  | ({ readonly kind: "applicable" } & Parts)
  | { readonly kind: "settled"; readonly outcome: Outcome };

/** The configuration itself, readable or not. Settled where it is not known yet, or not carried, or not there. */
export function unlessTextUnknown(cluster: Cluster): Applicable<{ readonly configuration: KnownConfiguration }> {
  const { configuration } = cluster;
  switch (configuration.kind) {
    case "unknown-until-update": {
      const data = { field: cluster.subject.field, waitsFor: configuration.waitsFor };
      const reason: Reason = { id: "configuration-unknown-until-update", data };
      return settled({ kind: "undecided", undecided: [{ reason, node: null, path: null }], remarks: [] });
    }
    case "undecided":
      return settled({
        kind: "undecided",
        undecided: [{ reason: configuration.reason, node: null, path: null }],
        remarks: [],
      });
    case "not-carried":
      return notApplicable(configuration.why);
    case "absent":
      return notApplicable(`there is no ClusterConfiguration to check: ${configuration.error} (kubeadm-config-valid)`);
    case "text":
      return { kind: "applicable", configuration };
  }
}

/**
 * What the text says. Settled where it is not known yet or not carried, and undecided where it cannot be read; that
 * kubeadm stops at something else in it is the matter of kubeadm-config-valid and kubeadm-config-upgradeable.
 */
export function unlessUnread(
  cluster: Cluster,
): Applicable<{ readonly kubeadm: KubeadmRelease; readonly reading: LegibleConfiguration }> {
  const known = unlessTextUnknown(cluster);
  if (known.kind === "settled") return known;
  const { reading, kubeadm } = known.configuration;
  const legible = legibleConfiguration(reading);
  if (legible !== undefined) return { kind: "applicable", kubeadm, reading: legible };
  const policy = isToldByUpgradeable(cluster) ? "kubeadm-config-upgradeable" : "kubeadm-config-valid";
  const reason: Reason = {
    id: "configuration-unreadable",
    data: { question: "content", field: cluster.subject.field, policy },
  };
  return settled({ kind: "undecided", undecided: [{ reason, node: null, path: null }], remarks: [] });
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
export const NO_NODES = noNodes("program");

/** What is unknown where neither the program nor the command line names a control-plane node. */
export function noNodes(by: ReasonOf<"no-control-plane-node-known">["data"]["by"]): Undecided {
  const because: Reason = { id: "no-control-plane-node-known", data: { by } };
  return { reason: { id: "control-plane-nodes-unknown", data: { source: null, because } }, node: null, path: null };
}

/** kubeadm will not use what such a file says about the other nodes. */
function fileOfOneNode(node: string): Undecided {
  return { reason: { id: "file-of-one-node", data: { node } }, node: null, path: null };
}

/** One entry for each thing that might be a control-plane node. */
export function unknownNodes(might: readonly UndecidedReason[]): readonly Undecided[] {
  return might.map(({ reason, source }) => ({
    reason: { id: "control-plane-nodes-unknown", data: { source: sourceName(source), because: reason } },
    node: null,
    path: null,
  }));
}

function notApplicable(why: string): { readonly kind: "settled"; readonly outcome: Outcome } {
  return settled({ kind: "not-applicable", why });
}

function settled(outcome: Outcome): { readonly kind: "settled"; readonly outcome: Outcome } {
  return { kind: "settled", outcome };
}
