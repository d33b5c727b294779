import { namesNodes } from "../reasons/reason-texts";
import type { PolicyReport, UndecidedReport } from "./report";
import { listed } from "./undecided-reports";

/** What is unknown, with a line that says it. */
export interface UndecidedLine extends UndecidedReport {
  readonly line: string;
}

/** One line for each thing that is unknown, with the nodes and paths that it concerns, whichever policies wait for it. */
export function undecidedLines(outcomes: readonly Pick<PolicyReport, "undecided">[]): readonly string[] {
  return undecidedEntries(outcomes).map(({ line }) => line);
}

/** The same, with what each line is about. */
export function undecidedEntries(outcomes: readonly Pick<PolicyReport, "undecided">[]): readonly UndecidedLine[] {
  return merged(outcomes.flatMap(({ undecided }) => undecided)).map((entry) => {
    const about = concerns(entry);
    const line = about === "" ? entry.text : `${entry.text} (concerns ${about})`;
    return { ...entry, line: entry.accepted === null ? line : `${line}; ${entry.accepted}` };
  });
}

/** The paths and nodes that something undecided concerns: `/etc/a.pem on master01`; empty where the text says it all. */
export function concerns({ reason, nodes, paths }: UndecidedReport): string {
  return [
    ...(paths.length > 0 ? [listed(paths)] : []),
    ...(nodes.length > 0 && !namesNodes(reason) ? [`on ${listed(nodes)}`] : []),
  ].join(" ");
}

/** Entries that say the same, as one. */
function merged(entries: readonly UndecidedReport[]): readonly UndecidedReport[] {
  const groups = new Map<string, UndecidedReport>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.text, entry.accepted]);
    const group = groups.get(key) ?? entry;
    groups.set(key, {
      ...group,
      nodes: [...new Set([...group.nodes, ...entry.nodes])],
      paths: [...new Set([...group.paths, ...entry.paths])],
    });
  }
  return [...groups.values()];
}
