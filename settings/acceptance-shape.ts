import { decisive, map, required, type Shape, text } from "./shape";

/** One entry of `kubeadm-guard:accept`, as people write it. */
export interface AcceptanceSettings {
  readonly policy: string;
  readonly cluster?: string;
  readonly node?: string;
  readonly path?: string;
  readonly reason: string;
  /** The last day on which it holds: `2027-03-31`. */
  readonly until: string;
}

export const acceptanceShape: Shape<AcceptanceSettings> = map(
  {
    policy: required(text(), "The policy whose findings are accepted."),
    cluster: decisive(text(), "The cluster; every cluster unless given."),
    node: decisive(text(), "The node; every node unless given."),
    path: decisive(text(), "The path on the node; every path unless given."),
    reason: required(text(), "Why the team can live with it."),
    until: required(
      text({ pattern: /^\d{4}-\d{2}-\d{2}$/, must: "must be a day such as 2027-03-31" }),
      "The last day on which it applies, in UTC: 2027-03-31.",
    ),
  },
  "{policy: private-keys-protected, node: master01, reason: TEXT, until: 2027-03-31}",
);
