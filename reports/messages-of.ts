import type { FindingLevel, FindingReport, PolicyReport } from "./report";

/** Findings that one text tells. */
export interface MessageReport {
  readonly level: FindingLevel;
  readonly text: string;
  readonly fix: string | null;
  readonly findings: readonly [FindingReport, ...FindingReport[]];
}

/** What a policy says, each text once, in the order of its findings; what is undecided, accepted or not, is left out. */
export function messagesOf({ findings }: Pick<PolicyReport, "findings">): readonly MessageReport[] {
  const groups = new Map<string, [FindingReport, ...FindingReport[]]>();
  for (const finding of findings) {
    if (finding.reason !== null) continue;
    const key = JSON.stringify([finding.message, finding.level, finding.text]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map((group) => {
    const [{ level, text, fix }] = group;
    return { level, text, fix, findings: group };
  });
}
