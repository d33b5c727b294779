import { closestName } from "../cluster/closest-name";
import type { ReasonId } from "../reasons/reason";
import { REASON_IDS } from "../reasons/reason-ids";
import { decisive, map, notBlank, required, type Shape, text } from "./shape";

/** One entry of `kubeadm-guard:accept`, as people write it. */
export type AcceptanceSettings = {
  readonly cluster?: string;
  readonly node?: string;
  readonly path?: string;
  readonly reason: string;
  /** The last day on which it holds: `2027-03-31`. */
  readonly until: string;
} & (
  | { readonly policy: string; readonly undecided?: ReasonId }
  /** All policies that this reason leaves undecided. */
  | { readonly policy?: never; readonly undecided: ReasonId }
);

const reasonId: Shape<ReasonId> = {
  schema: { enum: REASON_IDS },
  read: (value, at) => {
    const found = REASON_IDS.find((id) => id === value);
    if (found !== undefined) return found;
    const close = typeof value === "string" ? closestName(value, REASON_IDS) : undefined;
    const meant = close === undefined ? "." : `; did you mean ${close}?`;
    at.report(at.where, `There is no such reason for something undecided${meant} docs/undecided.md lists them.`);
    return undefined;
  },
};

const keys = map(
  {
    policy: decisive(text(), "The policy whose findings are accepted; with undecided, every policy unless given."),
    undecided: decisive(reasonId, "Accepts what is undecided for this reason, by its id, instead of findings."),
    cluster: decisive(text(), "The cluster; every cluster unless given."),
    node: decisive(text(), "The node; every node unless given."),
    path: decisive(text(), "The path on the node; every path unless given."),
    reason: required(notBlank, "Why the team can live with it."),
    until: required(
      text({ pattern: /^\d{4}-\d{2}-\d{2}$/, must: "must be a day such as 2027-03-31" }),
      "The last day on which it applies, in UTC: 2027-03-31.",
    ),
  },
  "{policy: private-keys-protected, node: master01, reason: TEXT, until: 2027-03-31}",
);

/** At least one of these must be there: else nobody knows what is accepted. */
const ABOUT = ["policy", "undecided"] as const;

export const acceptanceShape: Shape<AcceptanceSettings> = {
  schema: { ...keys.schema, anyOf: ABOUT.map((key) => ({ properties: { [key]: {} }, required: [key] })) },
  read: (value, at) => {
    const isAboutNothing =
      typeof value === "object" &&
      value !== null &&
      !ABOUT.some((key) => new Map(Object.entries(value)).get(key) !== undefined);
    if (isAboutNothing) at.report(`${at.where}.policy`, "It must be there: policy.");
    const read = keys.read(value, at);
    if (read === undefined) return undefined;
    const { policy, undecided, ...rest } = read;
    if (policy !== undefined) return { ...rest, policy, ...(undecided === undefined ? {} : { undecided }) };
    return undecided === undefined ? undefined : { ...rest, undecided };
  },
};
