import type { Destination, FileOperation, Scope } from "../machine/file-operation";
import { footprintOf } from "../machine/footprint";
import { matchesPattern } from "../machine/path-pattern";
import { ancestors, isAtOrBelow, join } from "../machine/paths";

/** Changes what is known of the texts of files as an operation changes the files. */
export function followTexts(files: Map<string, string>, operation: FileOperation): void {
  const { leaves, writes, removes } = footprintOf(operation);
  const text = textOf(files, operation);
  for (const scope of removes) forgetScope(files, scope);
  if (leaves === undefined) for (const scope of writes) forgetScope(files, scope);
  else land(files, leaves, text);
}

/** The text that an operation leaves somewhere, where it is known. */
function textOf(files: ReadonlyMap<string, string>, operation: FileOperation): string | undefined {
  if (operation.do === "put") return operation.content.kind === "text" ? operation.content.text : undefined;
  return operation.do === "copy" || operation.do === "move" ? files.get(operation.from) : undefined;
}

/** The text lands where the file does; where that is one of two places, both are no longer known. */
function land(files: Map<string, string>, to: Destination, text: string | undefined): void {
  const places = to.kind === "file" ? [to.path] : [join(to.kind === "into" ? to.directory : to.path, to.name)];
  if (to.kind === "file-or-into") places.push(to.path);
  const [place] = places;
  for (const one of places) files.delete(one);
  if (places.length === 1 && place !== undefined && text !== undefined) files.set(place, text);
}

function forgetScope(files: Map<string, string>, scope: Scope): void {
  switch (scope.kind) {
    case "below":
      return forget(files, scope.path);
    case "matching":
      return forgetMatches(files, scope.pattern);
    case "anywhere":
    case "named":
      return files.clear();
    case "external-etcd-files":
      return;
  }
}

function forgetMatches(files: Map<string, string>, pattern: string): void {
  for (const file of [...files.keys()])
    if ([file, ...ancestors(file)].some((one) => matchesPattern(one, pattern))) files.delete(file);
}

function forget(files: Map<string, string>, path: string): void {
  for (const file of [...files.keys()]) if (isAtOrBelow(file, path)) files.delete(file);
}
