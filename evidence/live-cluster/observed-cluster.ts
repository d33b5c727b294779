import type { LiveCluster } from "../../cluster/live-cluster";
import type { StackResource } from "../stack-resource";
import { readLiveCluster } from "./read-live-cluster";

/** The components by which a program shows live objects that it reads (`Node.get` itself is hidden from packs), and their kinds. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["kubeadm-guard:index:ObservedNode", "Node"],
  ["kubeadm-guard:index:ObservedPod", "Pod"],
]);

/** True for the types that show a live object. */
export function isObserved(type: string): boolean {
  return KINDS.has(type);
}

/**
 * What a stack's ObservedNode and ObservedPod components show of a cluster; undefined where there are none. One that does not say
 * which cluster it is about counts where the stack has no other.
 */
export function observedCluster(
  resources: readonly StackResource[],
  cluster: string,
  isOnly: boolean,
): LiveCluster | undefined {
  return readLiveCluster(
    resources.flatMap(({ type, inputs, outputs }) => {
      const kind = KINDS.get(type);
      const given = Object.keys(inputs).length > 0 ? inputs : outputs;
      const isOurs = given["cluster"] === undefined ? isOnly : given["cluster"] === cluster;
      return kind === undefined || !isOurs ? [] : [{ ...given, kind }];
    }),
  );
}
