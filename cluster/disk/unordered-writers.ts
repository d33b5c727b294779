import { candidates } from "../../machine/destinations";
import type { FileOperation } from "../../machine/file-operation";
import { footprintOf } from "../../machine/footprint";
import { isAtOrBelow, normalize } from "../../machine/paths";
import type { Source } from "../../machine/source";
import { append } from "../append";
import type { Evidence } from "../evidence";
import { type DiskState, ranBefore } from "./disk-state";

/** A source that may run before or after another one, and a path at which it may leave something. */
export interface UnorderedWriter {
  readonly path: string;
  readonly writer: Source;
}

/** What leaves something at a path, or below it, and need run neither before this source nor after it. */
export function unorderedWritersOf(
  disk: DiskState,
  path: string,
  { below }: { readonly below: boolean },
  source: Source,
): readonly UnorderedWriter[] {
  const at = normalize(path);
  const places = disk.namedPlaces(disk.evidence);
  const found = below
    ? [...places.keys()].filter((one) => isAtOrBelow(one, at))
    : [at].filter((one) => places.has(one));
  return found.flatMap((one) => unorderedAt(disk, one, source));
}

/** What leaves something at paths that match, and need run neither before this source nor after it. */
export function unorderedWritersAmong(
  disk: DiskState,
  matches: (path: string) => boolean,
  source: Source,
): readonly UnorderedWriter[] {
  const paths = [...disk.namedPlaces(disk.evidence).keys()];
  return paths.filter(matches).flatMap((path) => unorderedAt(disk, path, source));
}

function unorderedAt(disk: DiskState, path: string, source: Source): readonly UnorderedWriter[] {
  const writers = disk.namedPlaces(disk.evidence).get(path) ?? [];
  return writers
    .filter((writer) => !ranBefore(disk, writer, source) && !ranBefore(disk, source, writer))
    .map((writer) => ({ path, writer }));
}

/** The paths at which evidence names that it may leave something, with the sources. */
export function namedPlaces(evidence: readonly Evidence[]): ReadonlyMap<string, readonly Source[]> {
  const places = new Map<string, Source[]>();
  for (const { source, operations } of evidence)
    for (const path of new Set(operations.flatMap(namedPaths))) append(places, path, source);
  return places;
}

function namedPaths(operation: FileOperation): readonly string[] {
  const { leaves, writes } = footprintOf(operation);
  const paths =
    leaves === undefined ? writes.flatMap((scope) => (scope.kind === "below" ? [scope.path] : [])) : candidates(leaves);
  return paths.map(normalize);
}
