import type { KubesprayProblem, Reason } from "../../reasons/reason";
import { clientFiles } from "./client-files";
import { type KubesprayInput, kubesprayFacts } from "./kubespray-facts";

/** Which files the kubeadm-config names after a run of Kubespray, and by which node's rendering. */
export type ConfigMapForecast =
  | {
      readonly kind: "names";
      readonly node: string;
      readonly caFile: string;
      readonly certFile: string;
      readonly keyFile: string;
    }
  /** Kubespray does not write it in this run, so it names what it named before. */
  | { readonly kind: "unchanged"; readonly why: string }
  /** It has etcd.local: kubeadm runs etcd. */
  | { readonly kind: "local-etcd"; readonly why: string }
  | { readonly kind: "undecided"; readonly reason: Reason };

/**
 * What the kubeadm-config will name after an install, or an upgrade, by `input.release`.
 *
 * The file is rendered on every node with that node's own name; the node whose file is uploaded last decides. An install
 * uploads the first node's (`kubeadm init`); an upgrade up to v2.25 every node's in turn, so that the last one stays; v2.26
 * and v2.27.0 none; from v2.27.1 on the first node's (kubernetes-sigs/kubespray#11500; roles/kubernetes/control-plane/tasks).
 */
export function configMapWillName(input: KubesprayInput, after: "install" | "upgrade"): ConfigMapForecast {
  const { etcd, inventory, release, variables } = kubesprayFacts(input);
  if (etcd.kind === "kubeadm") return { kind: "local-etcd", why: `${etcd.variable} is ${etcd.value}` };
  if (etcd.kind === "undecided") return etcd;
  const writes = after === "install" ? "first node" : release.upgradeWrites;
  if (writes === undefined) return undecided("upgrade-without-release");
  if (writes === "nothing")
    return { kind: "unchanged", why: `${release.title} upgrades without writing the kubeadm-config` };
  const node = writes === "first node" ? inventory.controlPlane.at(0) : inventory.controlPlane.at(-1);
  if (node === undefined) return undecided("no-control-plane-hosts");
  const files = clientFiles(node, etcd.certDir, variables);
  return files.kind === "undecided" ? files : { ...files, kind: "names", node: node.name };
}

function undecided(problem: KubesprayProblem): ConfigMapForecast {
  return { kind: "undecided", reason: { id: "kubespray-layout-unknown", data: { problem, limit: null } } };
}
