import type { Content } from "../../machine/content";
import type { Destination, FileOperation, MatchDestination, MatchStep, Scope } from "../../machine/file-operation";
import { reasonText } from "../../reasons/reason-texts";

/** An operation in words, short enough for a table. */
export function sayOperation(operation: FileOperation): string {
  switch (operation.do) {
    case "put":
      return `put ${sayContent(operation.content)} ${sayDestination(operation.to)}${sayMode(operation.mode)}${sayNewMode(operation.newMode)}`;
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
    case "upload-config":
      return `make the kubeadm-config of ${operation.path ?? "?"}${operation.text === undefined ? "" : ", which is shown"}`;
    case "set-mode":
      return `mode ${operation.mode} ${operation.path}${operation.recursive ? " and all below" : ""}`;
    case "remove":
      return `remove ${operation.path}${operation.recursive ? " and all below" : ""}`;
    case "for-each-match":
      return `each ${operation.pattern}: ${sayStep(operation.step)}`;
    case "might-remove":
      return `might remove ${sayScope(operation.scope)}: ${reasonText(operation.reason)}`;
    case "might-write":
      return `might write ${sayScope(operation.scope)}: ${reasonText(operation.reason)}`;
  }
}

function sayStep(step: MatchStep): string {
  switch (step.do) {
    case "copy":
      return `${step.recursive ? "copy all" : "copy"} ${sayMatchDestination(step.to)}${sayMode(step.mode)}`;
    case "move":
      return `move ${sayMatchDestination(step.to)}`;
    case "link":
      return `link ${sayMatchDestination(step.to)}${step.replace ? " (replacing)" : ""}`;
    case "set-mode":
      return `mode ${step.mode}`;
    case "remove":
      return `remove${step.recursive ? " with all below" : ""}`;
  }
}

function sayMatchDestination(to: MatchDestination): string {
  return to.kind === "into" ? `into ${to.directory}` : `at ${to.path} or in it`;
}

function sayDestination(to: Destination): string {
  if (to.kind === "file") return `at ${to.path}`;
  return to.kind === "into" ? `into ${to.directory} as ${to.name}` : `at ${to.path} or in it as ${to.name}`;
}

function sayContent(content: Content): string {
  switch (content.kind) {
    case "text":
      return JSON.stringify(content.text);
    case "unknown-until-update":
      return `(unknown until the update: ${content.waitsFor.join(", ")})`;
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
  if (scope.kind === "matching") return scope.pattern;
  return scope.kind === "named" ? `a file named ${scope.name}` : scope.kind;
}

function sayNewMode(mode: string | undefined): string {
  return mode === undefined ? "" : ` (${mode} if new)`;
}

function sayMode(mode: string | undefined): string {
  return mode === undefined ? "" : ` (${mode})`;
}
