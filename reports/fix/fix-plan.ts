import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { type ExternalEtcdFile, externalEtcdFiles } from "../../cluster/external-etcd-files";
import { describeNode } from "../../cluster/node";
import { legibleConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { publicName, publicProse } from "../../machine/public-text";
import { fileFixes } from "../../policies/support/file-fixes";
import { kubesprayNamesFix } from "../../policies/support/kubespray-names-fix";
import { neutralNames } from "../../policies/support/neutral-names";
import { renderedFiles } from "../../policies/support/unrendered-fields";
import { reasonText } from "../../reasons/reason-texts";
import { type ConfigMapNames, configMapNames } from "./config-map-names";
import { fixableNodes, type NodeSteps } from "./fixable-nodes";
import { oddPath } from "./odd-path";

/** What to do on one control-plane node so that it has the files that the kubeadm-config names. */
export type NodeFix = { readonly names: readonly [string, ...string[]] } & NodeSteps;

/** How the files of etcd.external get onto every control-plane node. */
export type FixPlan =
  /** Nothing can be said about any node. One sentence each. */
  | { readonly kind: "refused"; readonly cluster: string; readonly why: readonly string[] }
  | {
      readonly kind: "plan";
      readonly cluster: string;
      /** The files that the kubeadm-config names, in kubeadm's reading order. */
      readonly files: readonly ExternalEtcdFile[];
      readonly nodes: readonly NodeFix[];
      /** What keeps the list of nodes from being complete. */
      readonly open: readonly string[];
      /** The other way: names for the kubeadm-config that are the same on every node. */
      readonly configMap: ConfigMapNames;
      /** What to try first: Kubespray's own fix. */
      readonly first: readonly string[];
    };

/**
 * What makes kubeadm pass, as far as evidence shows what lies on the nodes: a link from each missing name to the node's own pair,
 * as Kubespray makes them since v2.26.1 (roles/etcd/tasks/gen_certs_script.yml), or a copy of what another node has, as kubeadm
 * hands files on at a join. Nothing is guessed: what is not certain is refused, node by node. Pure; never throws.
 */
export function fixPlan(cluster: Cluster, now: Date): FixPlan {
  const refused = (...why: readonly string[]): FixPlan => ({
    kind: "refused",
    cluster: publicProse(cluster.name),
    why,
  });
  const { configuration, controlPlane, subject } = cluster;
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  if (legible === undefined) return refused("the kubeadm-config cannot be read");
  if (legible.configuration.etcd.external === undefined)
    return refused("etcd is not external in this kubeadm-config, so it names no files");
  const { files, open: unrendered } = renderedFiles(cluster, externalEtcdFiles(legible));
  if (unrendered.length > 0) return refused("names of files in etcd.external are templates that were not rendered");
  if (files.length === 0) return refused("etcd.external names no files");
  if (subject.file?.ofNode !== undefined)
    return refused(
      "the kubeadm-config given is the file of one node, which an upgrade does not read; give the ConfigMap (kubectl -n kube-system get configmap kubeadm-config -o yaml)",
    );
  const odd = files.flatMap(({ field, path }) => {
    const why = oddPath(path);
    return why === undefined ? [] : [`etcd.external.${field} ${why}; name another path in the kubeadm-config`];
  });
  if (odd.length > 0) return refused(...odd);
  if (controlPlane.kind === "unknown")
    return refused("the control-plane nodes are not known; name them with --nodes or --inventory");
  const { nodes, more } = controlPlane;
  const neutral = neutralNames(cluster, files);
  const question = { cluster, nodes, files, fixes: fileFixes(cluster, now.getTime()), neutral, now };
  const steps = fixableNodes(question);
  return {
    kind: "plan",
    cluster: publicProse(cluster.name),
    files,
    open: [...new Set(more.map(({ reason }) => reasonText(reason)))],
    configMap: configMapNames(question, steps),
    first: neutral.length === 0 ? [] : kubesprayNamesFix(cluster, neutral),
    nodes: nodes.flatMap((node, index): readonly NodeFix[] => {
      const its = steps[index];
      return its === undefined ? [] : [{ names: namesOf(node), ...its }];
    }),
  };
}

function namesOf(node: ControlPlaneNode): readonly [string, ...string[]] {
  const first = publicName(describeNode(node));
  const others = [node.name, ...node.otherNames].filter((name) => publicName(name) === name && name !== first);
  return [first, ...new Set(others)];
}
