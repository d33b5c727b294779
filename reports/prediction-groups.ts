import { nameRanges } from "../machine/name-ranges";

import type { FileTable, PredictionReport } from "./report";

/** Nodes for which the same is predicted. */
export interface PredictionGroup extends Omit<PredictionReport, "node"> {
  /** Their names, or how many they are and which come first. */
  readonly nodes: string;
}

/** More names than these are counted, and shortened to ranges. */
const MOST_NODES = 5;
const MOST_NAMES = 3;

/**
 * kubeadm's error with the paths in it as the report names them, in one line each. kubeadm repeats them as they are and the JSON
 * report gives its exact words, so only what is made for readers may not hold a path that ends a line.
 */
export function shownError(error: string, { files }: FileTable): string {
  return files.reduce((shown, { path }) => shown.replaceAll(withoutEscapes(path), () => path), error);
}

/** The path behind its form for readers (`oneLine`). */
function withoutEscapes(path: string): string {
  return path.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4}))/g, (_, short?: string, long?: string) =>
    String.fromCharCode(Number.parseInt(short ?? long ?? "", 16)),
  );
}

/** The predictions, those that are equal in one group, failures first. */
export function predictionGroups(predictions: readonly PredictionReport[]): readonly PredictionGroup[] {
  const groups = new Map<string, { readonly names: string[]; readonly first: PredictionReport }>();
  for (const one of predictions) {
    const key = JSON.stringify([one.ok, one.error, one.why]);
    const group = groups.get(key) ?? { names: [], first: one };
    groups.set(key, group);
    group.names.push(one.node);
  }
  const rank = (ok: boolean | null) => (ok === false ? 0 : ok === null ? 1 : 2);
  return [...groups.values()]
    .sort((one, other) => rank(one.first.ok) - rank(other.first.ok))
    .map(({ names, first: { node: _node, ...rest } }) => ({ nodes: named(names), ...rest }));
}

function named(names: readonly string[]): string {
  if (names.length <= MOST_NODES) return names.join(", ");
  const ranges = nameRanges(names);
  const shown = ranges.slice(0, MOST_NAMES).join(", ");
  const more = ranges.length > MOST_NAMES ? `: ${shown} and ${ranges.length - MOST_NAMES} more` : `: ${shown}`;
  return `${names.length} nodes${more}`;
}
