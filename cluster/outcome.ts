import type { Source } from "../machine/source";
import type { Reason } from "../reasons/reason";
import type { DocumentPlace } from "./document-lines";

/** One defect that a policy found. */
export interface Finding<Data = unknown> {
  /** The message's id within its policy, in camelCase: what is wrong. */
  readonly message: string;
  /** Findings with the same message and group are shown as one violation. */
  readonly group: string;
  readonly node: string | null;
  readonly path: string | null;
  /** What the message needs to be written. */
  readonly data: Data;
  /** The place in a file that it is about, where it is about one. */
  readonly in?: DocumentPlace;
  /** Set where this finding must not stop a preview although its policy may. */
  readonly level?: "advisory";
  /** Set where no acceptance and no baseline may cover it: what is wrong with the settings is not a state of the cluster. */
  readonly mustBeFixed?: true;
}

/** That a team has agreed to live with something: `until` is the last day on which it holds; `where` is where it is written. */
export interface Accepted {
  readonly kind: "accepted";
  readonly where: string;
  readonly reason: string;
  readonly until: string;
}

/** Why a finding that a policy has found stops nothing; it is still listed. */
export type Excuse =
  | Accepted
  /** It was there when the baseline was made. */
  | { readonly kind: "known"; readonly baseline: string };

/** Something that a policy could not decide, and what it waits for. */
export interface Undecided {
  /** What is unknown: equal reasons of one source are reported once, with all nodes and paths that they concern. */
  readonly reason: Reason;
  /** What leaves it open, where that is known. */
  readonly source?: Source;
  readonly node: string | null;
  readonly path: string | null;
}

/** What a policy says about a cluster. `undecided` beside findings: what could not be checked as well. */
export type Outcome =
  | { readonly kind: "pass"; readonly remarks: readonly Finding[] }
  | {
      readonly kind: "fail";
      readonly findings: readonly Finding[];
      readonly undecided: readonly Undecided[];
      readonly remarks: readonly Finding[];
    }
  | { readonly kind: "not-applicable"; readonly why: string }
  | { readonly kind: "undecided"; readonly undecided: readonly Undecided[]; readonly remarks: readonly Finding[] };

/** The outcome of a policy, from its findings and open questions: any defect fails, any open question leaves it undecided. */
export function outcomeOf(
  findings: readonly Finding[],
  undecided: readonly Undecided[],
  remarks: readonly Finding[] = [],
): Outcome {
  if (findings.length > 0) return { kind: "fail", findings, undecided, remarks };
  if (undecided.length > 0) return { kind: "undecided", undecided, remarks };
  return { kind: "pass", remarks };
}
