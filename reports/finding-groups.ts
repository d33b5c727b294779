import type { Finding } from "../cluster/outcome";

/** Findings that one text tells: those of one message, group and level, in the order in which they first come. */
export function findingGroups(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.message} ${finding.group} ${finding.level ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}
