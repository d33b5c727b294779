import type { PolicyResult } from "./policy-result";

/** A policy that could not judge at all, for one reason. */
export function undecidedResult(policy: string, unknown: string): PolicyResult {
  return {
    policy,
    outcome: "undecided",
    why: null,
    findings: [{ message: "undecided", node: null, path: null, text: unknown }],
    texts: [],
    open: [unknown],
  };
}
