import type { Accepted, Undecided } from "../cluster/outcome";
import { publicProse } from "../machine/public-text";
import { undecidedCauses } from "./undecided-lines";
import { undecidedReports } from "./undecided-reports";

/** What a policy could not decide about one cluster. */
export interface PolicyUndecided {
  readonly policy: string;
  readonly undecided: readonly Undecided[];
  /** That of it which the team has agreed to live with. */
  readonly accepted: ReadonlyMap<Undecided, Accepted>;
}

/**
 * The text of all that could not be decided about a cluster, grouped by what is unknown. The first line is readable alone;
 * `stops` says whether the settings make it stop a preview; what is `accepted` stops none.
 */
export function undecidedText(cluster: string, open: readonly PolicyUndecided[], stops: boolean | "accepted"): string {
  const policies = [...new Set(open.map((one) => one.policy))];
  const groups = undecidedCauses(
    undecidedReports(
      open.flatMap(({ undecided }) => undecided),
      "preview",
      new Map(open.flatMap(({ accepted }) => [...accepted])),
    ),
  );
  const shown = groups.slice(0, MOST_GROUPS);
  return [
    `Undecided for cluster ${publicProse(cluster)}: ${policies.join(", ")}. This is not a pass: what is unknown was not checked.`,
    ...shown.flatMap((group, index) => {
      const isLastOfKind = shown[index + 1]?.reason.id !== group.reason.id;
      return [
        `  - ${group.text}`,
        ...(group.concerns === "" ? [] : [`    concerns ${group.concerns}`]),
        ...(group.accepted === null ? [] : [`    ${group.accepted}`]),
        ...(isLastOfKind ? [`    To settle it: ${group.settledBy} (kubeadm-guard explain ${group.reason.id})`] : []),
      ];
    }),
    ...(groups.length > MOST_GROUPS ? [`  and ${groups.length - MOST_GROUPS} more`] : []),
    STOPS[`${stops}`],
  ].join("\n");
}

const STOPS = {
  true: "The settings say undecided: mandatory, so this stops the preview.",
  false: "This does not stop the preview; undecided: mandatory in the settings would.",
  accepted: "This is accepted, so it does not stop the preview.",
} as const;

const MOST_GROUPS = 20;
