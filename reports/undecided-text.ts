import type { Undecided } from "../cluster/outcome";
import { concerns } from "./undecided-lines";
import { undecidedReports } from "./undecided-reports";

/** What a policy could not decide about one cluster. */
export interface PolicyUndecided {
  readonly policy: string;
  readonly undecided: readonly Undecided[];
}

/**
 * The text of all that could not be decided about a cluster, grouped by what is unknown. The first line is readable alone;
 * `stops` says whether the settings make it stop a preview.
 */
export function undecidedText(cluster: string, open: readonly PolicyUndecided[], stops: boolean): string {
  const policies = [...new Set(open.map((one) => one.policy))];
  const groups = undecidedReports(open.flatMap(({ undecided }) => undecided));
  const shown = groups.slice(0, MOST_GROUPS);
  return [
    `Undecided for cluster ${cluster}: ${policies.join(", ")}. This is not a pass: what is unknown was not checked.`,
    ...shown.flatMap((group, index) => {
      const about = concerns(group);
      const isLastOfKind = shown[index + 1]?.reason.id !== group.reason.id;
      return [
        `  - ${group.text}`,
        ...(about === "" ? [] : [`    concerns ${about}`]),
        ...(isLastOfKind ? [`    To settle it: ${group.settledBy}`] : []),
      ];
    }),
    ...(groups.length > MOST_GROUPS ? [`  and ${groups.length - MOST_GROUPS} more`] : []),
    stops
      ? "The settings say undecided: mandatory, so this stops the preview."
      : "This does not stop the preview; undecided: mandatory in the settings would.",
  ].join("\n");
}

const MOST_GROUPS = 20;
