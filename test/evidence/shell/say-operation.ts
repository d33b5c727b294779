import type { Content, Destination, FileOperation, Scope } from "../../../cluster/evidence";

/** An operation in words, short enough for a table. */
export function sayOperation(operation: FileOperation): string {
  switch (operation.do) {
    case "put":
      return `put ${sayContent(operation.content)} ${sayDestination(operation.to)}${sayMode(operation.mode)}`;
    case "copy": {
      const how = operation.recursive ? "copy all of" : "copy";
      return `${how} ${operation.from} ${sayDestination(operation.to)}${sayMode(operation.mode)}`;
    }
    case "move":
      return `move ${operation.from} ${sayDestination(operation.to)}`;
    case "link":
      return `link ${sayDestination(operation.to)} -> ${operation.target}${operation.replace ? " (replacing)" : ""}`;
    case "make-directory":
      return `make folder ${operation.path}`;
    case "set-mode":
      return `mode ${operation.mode} ${operation.path}`;
    case "remove":
      return `remove ${operation.path}${operation.recursive ? " and all below" : ""}`;
    case "might-write":
      return `might write ${sayScope(operation.scope)}: ${operation.why}`;
  }
}

function sayDestination(to: Destination): string {
  if (to.kind === "file") return `at ${to.path}`;
  return to.kind === "into" ? `into ${to.directory} as ${to.name}` : `at ${to.path} or in it as ${to.name}`;
}

function sayContent(content: Content): string {
  switch (content.kind) {
    case "text":
      return JSON.stringify(content.text);
    case "to-come":
      return `(to come: ${content.why})`;
    case "tls":
      return `(${content.property} of ${content.urn})`;
    case "sha256":
      return `(sha256 ${content.sha256})`;
    case "not-shown":
      return "something";
  }
}

function sayScope(scope: Scope): string {
  if (scope.kind === "below") return scope.path;
  return scope.kind === "named" ? `a file named ${scope.name}` : scope.kind;
}

function sayMode(mode: string | undefined): string {
  return mode === undefined ? "" : ` (${mode})`;
}
