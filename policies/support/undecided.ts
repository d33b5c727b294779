import type { Undecided } from "../../cluster/outcome";
import { oneLine, publicName } from "../../machine/public-text";
import { inOneLine } from "./lists";

/** A policy's open questions about one cluster. */
export interface PolicyUndecided {
  readonly policy: string;
  readonly undecided: readonly Undecided[];
}

/**
 * The text of all that could not be decided about a cluster, grouped by what is unknown. The first
 * line is readable alone; `stops` says whether the settings make it stop a preview.
 */
export function undecidedText(cluster: string, open: readonly PolicyUndecided[], stops: boolean): string {
  const groups = new Map<
    string,
    { readonly nodes: Set<string>; readonly paths: Set<string>; readonly policies: Set<string> }
  >();
  for (const { policy, undecided } of open) {
    for (const { unknown, node, path } of undecided) {
      const group = groups.get(unknown) ?? { nodes: new Set(), paths: new Set(), policies: new Set() };
      if (node !== null) group.nodes.add(publicName(node));
      if (path !== null) group.paths.add(path);
      group.policies.add(policy);
      groups.set(unknown, group);
    }
  }
  const policies = [...new Set(open.map((one) => one.policy))];
  return [
    `Undecided for cluster ${cluster}: ${policies.join(", ")}. This is no pass: what is not known yet was not judged.`,
    ...[...groups].slice(0, MOST_GROUPS).flatMap(([unknown, { nodes, paths }]) => {
      const where = unknown.includes("{nodes}");
      const line = `  - ${oneLine(unknown).replaceAll("{nodes}", inOneLine([...nodes]))}`;
      const about = [
        ...(paths.size > 0 ? [inOneLine([...paths])] : []),
        ...(nodes.size > 0 && !where ? [`on ${inOneLine([...nodes])}`] : []),
      ];
      return about.length > 0 ? [line, `    concerns ${about.join(" ")}`] : [line];
    }),
    ...(groups.size > MOST_GROUPS ? [`  and ${groups.size - MOST_GROUPS} more`] : []),
    stops
      ? "The settings say undecided: mandatory, so this stops the preview."
      : "This does not stop the preview; undecided: mandatory in the settings would.",
  ].join("\n");
}

const MOST_GROUPS = 20;
