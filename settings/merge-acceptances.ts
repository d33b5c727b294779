import type { Acceptance } from "../cluster/acceptance";
import type { ClusterAcceptance } from "../cluster/cluster-settings";
import { publicProse } from "../machine/public-text";

/** What one place says of acceptances. */
export interface AcceptanceLayer {
  readonly accept: readonly Acceptance[];
  /** Policies, or severities of policies, whose findings may not be accepted below. */
  readonly neverAccept: readonly string[];
  /** `neverAccept` in the words of this place: `control-plane-nodes-known.neverAccept`. */
  readonly where: string;
}

/** Policies whose findings are not to be accepted, each with what says so. */
export type Forbidden = ReadonlyMap<string, string>;

export interface MergedAcceptances {
  /** Those of the stricter places first. */
  readonly accept: readonly LayeredAcceptance[];
  readonly forbidden: Forbidden;
}

export interface LayeredAcceptance {
  readonly acceptance: Acceptance;
  /** True if only one stack says it, so that it is about nothing else. */
  readonly ofStack: boolean;
}

/**
 * Joins the acceptances of the places, the strictest first (constructor, policy configuration, stack): what a place forbids, it
 * forbids itself and all after it. `severityOf` tells the severity of a policy.
 */
export function mergeAcceptances(
  layers: readonly AcceptanceLayer[],
  policies: ReadonlyMap<string, string>,
): MergedAcceptances {
  const forbidden = new Map<string, string>();
  const accept: LayeredAcceptance[] = [];
  for (const [index, layer] of layers.entries()) {
    for (const [policy, severity] of policies) {
      if (!forbidden.has(policy) && (layer.neverAccept.includes(policy) || layer.neverAccept.includes(severity)))
        forbidden.set(policy, layer.where);
    }
    const bounds = forbidden.size === 0 ? {} : { forbidden: new Map(forbidden) };
    for (const acceptance of layer.accept) {
      const bound = acceptance.kind === "unusable" ? acceptance : { ...acceptance, ...bounds };
      accept.push({ acceptance: bound, ofStack: index === layers.length - 1 });
    }
  }
  return { accept, forbidden };
}

/** The acceptances that concern one cluster of the stack; `names` are those of all its clusters, in order. */
export function acceptancesOf(
  name: string,
  names: readonly string[],
  all: readonly LayeredAcceptance[],
): readonly ClusterAcceptance[] {
  const isFirst = names[0] === name;
  return all.flatMap(({ acceptance, ofStack }): readonly ClusterAcceptance[] => {
    if (acceptance.kind === "unusable") return isFirst ? [{ acceptance, isOnlyHere: true }] : [];
    const { cluster, where } = acceptance;
    if (cluster === undefined) return [{ acceptance, isOnlyHere: ofStack && names.length === 1 }];
    if (cluster === name) return [{ acceptance, isOnlyHere: true }];
    // What a platform team accepts in another stack is nothing to this one.
    if (!ofStack || !isFirst || names.includes(cluster)) return [];
    const faults = [
      `cluster: The stack does not have the cluster ${publicProse(cluster)}; it has ${names.map(publicProse).join(", ")}.`,
    ];
    return [{ acceptance: { kind: "unusable", where, faults }, isOnlyHere: true }];
  });
}
