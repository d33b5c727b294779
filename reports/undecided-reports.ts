import type { Accepted, Undecided } from "../cluster/outcome";
import { nameRanges } from "../machine/name-ranges";
import { oneLine, publicName, publicPath } from "../machine/public-text";
import { settledBy } from "../reasons/reason-texts";
import type { Audience } from "../reasons/setting-name";
import { causeOf } from "./cause";
import { acceptedText } from "./excuse-text";
import { reasonLine, reasonReport } from "./reason-report";
import type { UndecidedReport } from "./report";

/**
 * What is undecided, equal reasons of one source as one entry with all nodes and paths that they concern; those of one kind
 * stand together. `accepted` is what the team has agreed to live with.
 */
export function undecidedReports(
  open: readonly Undecided[],
  audience: Audience,
  accepted: ReadonlyMap<Undecided, Accepted> = new Map(),
): readonly UndecidedReport[] {
  const groups = new Map<
    string,
    { readonly first: Undecided; readonly nodes: Set<string>; readonly paths: Set<string> }
  >();
  for (const one of open) {
    const key = JSON.stringify([one.reason, one.source, accepted.get(one)]);
    const group = groups.get(key) ?? { first: one, nodes: new Set(), paths: new Set() };
    if (one.node !== null) group.nodes.add(publicName(one.node));
    if (one.path !== null) group.paths.add(publicPath(one.path));
    groups.set(key, group);
  }
  const kinds = [...new Set(open.map(({ reason }) => reason.id))];
  return [...groups.values()]
    .sort((one, other) => kinds.indexOf(one.first.reason.id) - kinds.indexOf(other.first.reason.id))
    .map(({ first, nodes, paths }) => {
      const { reason, source } = first;
      const by = accepted.get(first);
      return {
        reason: reasonReport(reason, source),
        text: oneLine(reasonLine(reason, source, nodes.size === 0 ? undefined : listed([...nodes]))),
        cause: causeOf(reason, [...nodes]),
        settledBy: settledBy(reason, audience),
        accepted: by === undefined ? null : oneLine(acceptedText(by)),
        nodes: [...nodes],
        paths: [...paths],
      };
    });
}

/** Longer lists are cut. */
const MOST = 20;

/** `cp-01..cp-19, m1 and 4 more`. */
export function listed(items: readonly string[]): string {
  const ranges = nameRanges(items);
  const shown = ranges.slice(0, MOST).join(", ");
  return ranges.length > MOST ? `${shown} and ${ranges.length - MOST} more` : shown;
}
