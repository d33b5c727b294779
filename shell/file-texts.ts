import { matchScope } from "../machine/destinations";
import type { Destination, FileOperation, Scope } from "../machine/file-operation";
import { matchesPattern } from "../machine/path-pattern";
import { ancestors, isAtOrBelow, join } from "../machine/paths";

/** Changes what is known of the texts of files as an operation changes the files. */
export function followTexts(files: Map<string, string>, operation: FileOperation): void {
  switch (operation.do) {
    case "put": {
      const { content, to } = operation;
      return land(files, to, content.kind === "text" ? content.text : undefined);
    }
    case "copy":
      return land(files, operation.to, files.get(operation.from));
    case "move": {
      const text = files.get(operation.from);
      forget(files, operation.from);
      return land(files, operation.to, text);
    }
    case "link":
      return land(files, operation.to, undefined);
    case "remove":
      return forget(files, operation.path);
    case "for-each-match": {
      const { pattern, step } = operation;
      if (step.do === "remove" || step.do === "move") forgetMatches(files, pattern);
      if (step.do === "copy" || step.do === "move" || step.do === "link")
        forgetScope(files, matchScope(pattern, step.to));
      return;
    }
    case "might-remove":
      return forgetScope(files, operation.scope);
    case "might-write":
      return forgetScope(files, operation.scope);
    case "make-directory":
    case "set-mode":
      return;
  }
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
