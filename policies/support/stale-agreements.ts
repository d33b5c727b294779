import type { UsableAcceptance } from "../../cluster/acceptance";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterAcceptance } from "../../cluster/cluster-settings";
import type { Outcome } from "../../cluster/outcome";
import type { Agreements } from "./agreements";
import type { Context } from "./policy";

/** A policy's own outcome, and what is agreed to in it. */
export interface Agreed {
  readonly policy: { readonly id: string };
  readonly outcome: Outcome;
  readonly agreements: Agreements;
}

/**
 * The acceptances that nothing needs any more, those that are forbidden where they are needed, and the findings of the baseline
 * that no longer occur: what acceptances-current reports, once all other policies have an outcome.
 */
export function staleAgreements(
  cluster: Cluster,
  others: readonly Agreed[],
): Required<Pick<Context, "unused" | "blocked" | "gone">> {
  const { accept = [], baseline } = cluster.settings;
  const decided = new Set(others.filter(({ outcome }) => isDecided(outcome)).map(({ policy }) => policy.id));
  const used = new Set(others.flatMap((one) => one.agreements.used));
  const blocked = new Set(others.flatMap((one) => one.agreements.blocked));
  const seen = new Set(others.flatMap((one) => one.agreements.seen));
  const isUnused = (one: ClusterAcceptance) =>
    one.isOnlyHere && !used.has(one) && one.acceptance.kind === "usable" && mayBeUnused(one.acceptance, decided);
  const known = baseline?.findings.filter((one) => one.cluster === cluster.name) ?? [];
  return {
    unused: accept.filter(isUnused).map(({ acceptance }) => acceptance),
    blocked: accept.filter((one) => blocked.has(one)).map(({ acceptance }) => acceptance),
    gone: known.filter((one) => !seen.has(one.fingerprint) && decided.has(one.policy)),
  };
}

function isDecided(outcome: Outcome): boolean {
  return outcome.kind === "pass" || (outcome.kind === "fail" && outcome.undecided.length === 0);
}

/**
 * Whether an acceptance that nothing needed can be called unused. What only the update settles is unknown again in the next
 * preview that changes it; a finding may come back as long as its policy is undecided.
 */
function mayBeUnused({ policy, undecided }: UsableAcceptance, decided: ReadonlySet<string>): boolean {
  if (undecided !== undefined) return !undecided.endsWith("-until-update");
  return policy !== undefined && decided.has(policy);
}
