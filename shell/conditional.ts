import type { Destination, FileOperation } from "../machine/file-operation";
import { footprintOf } from "../machine/footprint";
import { isAtOrBelow, join, normalize } from "../machine/paths";
import type { Reason } from "../reasons/reason";
import { UNKNOWN_MODE } from "./mode-of";

/**
 * The operations where they may or may not happen, except those that are `sure`: what writes might write, what takes away
 * might take away. Folders stay, since no policy asks for them and copies land by them.
 */
export function conditional(
  operations: readonly FileOperation[],
  reason: Reason,
  sure: (operation: FileOperation) => boolean = () => false,
): readonly FileOperation[] {
  const putBack = new Set([...destinationsLeft(operations).values()].flatMap(placesOf));
  return operations
    .flatMap((operation) => (sure(operation) ? [operation] : conditionalOne(operation, reason)))
    .filter((operation) => !(isRemovalOfOne(operation) && putBack.has(normalize(operation.scope.path))));
}

function conditionalOne(operation: FileOperation, reason: Reason): readonly FileOperation[] {
  switch (operation.do) {
    case "might-write":
    case "might-remove":
    case "make-directory":
    // The file that it names is the one that the cluster is made from, whenever that is.
    case "upload-config":
      return [operation];
    case "set-mode":
      return [{ ...operation, mode: UNKNOWN_MODE }];
  }
  const { writes, removes } = footprintOf(operation);
  return [
    ...writes.map((scope) => ({ do: "might-write", scope, reason }) as const),
    ...removes.map((scope) => ({ do: "might-remove", scope, reason }) as const),
  ];
}

function isRemovalOfOne(
  operation: FileOperation,
): operation is FileOperation & { readonly do: "might-remove"; readonly scope: { readonly kind: "below" } } {
  return operation.do === "might-remove" && operation.scope.kind === "below";
}

/** Where operations leave files, by the text of the destination. */
export function destinationsLeft(operations: readonly FileOperation[]): ReadonlyMap<string, Destination> {
  const left = new Map<string, Destination>();
  for (const operation of operations) {
    const gone = operation.do === "remove" ? operation.path : operation.do === "move" ? operation.from : undefined;
    if (gone !== undefined)
      for (const [key, to] of left) if (placesOf(to).some((place) => isAtOrBelow(place, gone))) left.delete(key);
    if (operation.do === "put" || operation.do === "copy" || operation.do === "move" || operation.do === "link")
      left.set(JSON.stringify(operation.to), operation.to);
  }
  return left;
}

/** The removals that no later operation undoes, by path. */
export function removalsLeft(
  operations: readonly FileOperation[],
): ReadonlyMap<string, Extract<FileOperation, { readonly do: "remove" }>> {
  const gone = new Map<string, Extract<FileOperation, { readonly do: "remove" }>>();
  for (const operation of operations) {
    if (operation.do === "put" || operation.do === "copy" || operation.do === "move" || operation.do === "link")
      for (const place of placesOf(operation.to)) undo(gone, place);
    if (operation.do === "make-directory") undo(gone, operation.path);
    if (operation.do === "might-write" || operation.do === "for-each-match") gone.clear();
    if (operation.do === "remove") gone.set(operation.path, operation);
    if (operation.do === "move") gone.set(operation.from, { do: "remove", path: operation.from, recursive: true });
  }
  return gone;
}

function undo(gone: Map<string, unknown>, place: string): void {
  for (const path of [...gone.keys()]) if (isAtOrBelow(place, path)) gone.delete(path);
}

/** The paths at which a file may lie that goes to this destination. */
export function placesOf(to: Destination): readonly string[] {
  if (to.kind === "file") return [normalize(to.path)];
  return to.kind === "into" ? [join(to.directory, to.name)] : [normalize(to.path), join(to.path, to.name)];
}
