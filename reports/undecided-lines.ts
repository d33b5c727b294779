import { namesNodes } from "../reasons/reason-texts";
import type { PolicyReport, UndecidedReport } from "./report";
import { listed } from "./undecided-reports";

/** More causes than these are counted. */
const MOST = 20;

/** What is undecided for one cause: `text` names all sources and values, `nodes` and `paths` are those of all entries. */
export interface UndecidedLine extends UndecidedReport {
  /** The paths and nodes that it concerns: `/etc/a.pem on master01`; empty where the text says it all. */
  readonly concerns: string;
  /** All of it in one line. */
  readonly line: string;
}

/** One line for each cause of what is unknown, with the nodes and paths that it concerns, whichever policies wait for it. */
export function undecidedLines(outcomes: readonly Pick<PolicyReport, "undecided">[]): readonly string[] {
  const lines = undecidedEntries(outcomes).map(({ line }) => line);
  return lines.length > MOST ? [...lines.slice(0, MOST), `and ${lines.length - MOST} more`] : lines;
}

/** The same, with what each line is about. */
export function undecidedEntries(outcomes: readonly Pick<PolicyReport, "undecided">[]): readonly UndecidedLine[] {
  return undecidedCauses(outcomes.flatMap(({ undecided }) => undecided));
}

/** Entries of one cause as one: those of which the same is said, whatever source, path or host each is about. */
export function undecidedCauses(entries: readonly UndecidedReport[]): readonly UndecidedLine[] {
  const groups = new Map<string, [UndecidedReport, ...UndecidedReport[]]>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.reason.id, entry.cause.text, entry.reason.source?.kind, entry.accepted]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map(lineOf);
}

function lineOf(group: readonly [UndecidedReport, ...UndecidedReport[]]): UndecidedLine {
  const [first] = group;
  const { reason, cause, accepted } = first;
  const sources = distinct(group.flatMap((one) => one.reason.source?.name ?? []));
  const what = cause.text.replace(/\{[a-zA-Z.]+\}/g, (mark) => {
    const values = distinct(group.flatMap((one) => one.cause.values[mark.slice(1, -1)] ?? []));
    return values.length === 0 ? mark : listed(values);
  });
  const text = reason.source === null ? what : `${listed(sources)} (${reason.source.kind}): ${what}`;
  const paths = distinct(group.flatMap((one) => one.paths));
  const nodes = distinct(group.flatMap((one) => one.nodes));
  const concerns = [
    ...(paths.length > 0 ? [listed(paths)] : []),
    ...(nodes.length > 0 && !namesNodes(reason) ? [`on ${listed(nodes)}`] : []),
  ].join(" ");
  const line = concerns === "" ? text : `${text} (concerns ${concerns})`;
  return { ...first, text, nodes, paths, concerns, line: accepted === null ? line : `${line}; ${accepted}` };
}

function distinct(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}
