import type { Excuse, Finding } from "../cluster/outcome";
import { excuseText } from "./excuse-text";

/** Findings that one text tells: those of one message, group, level and excuse, in the order in which they first come. */
export function findingGroups(
  findings: readonly Finding[],
  excuses: ReadonlyMap<Finding, Excuse>,
): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const excuse = excuses.get(finding);
    const key = `${finding.message} ${finding.group} ${finding.level ?? ""} ${excuse === undefined ? "" : excuseText(excuse)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}
