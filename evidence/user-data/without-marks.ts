import type { Content } from "../../machine/content";
import type { Destination, FileOperation, Scope } from "../../machine/file-operation";
import type { KubeadmInvocation } from "../../machine/kubeadm-invocation";
import type { Reason } from "../../reasons/reason";
import type { ShellReading } from "../../shell/shell-reading";
import { isMarked, MARK } from "./mask-jinja";

const BY_JINJA: Reason = {
  id: "path-unknown",
  data: { does: "write", dependsOn: "a Jinja expression, which is known on the machine" },
};

/** The reading of a template: whatever depends on an expression becomes undecided, or is left out where it gives none. */
export function withoutMarks(reading: ShellReading): ShellReading {
  return {
    operations: reading.operations.flatMap(operationWithoutMarks),
    kubeadm: reading.kubeadm.map(invocationWithoutMarks),
    remote: reading.remote.map((one) => ({
      ...one,
      host: one.host !== undefined && isMarked(one.host) ? undefined : one.host,
      operations: one.operations.flatMap(operationWithoutMarks),
      kubeadm: one.kubeadm.map(invocationWithoutMarks),
      unread: one.unread.map(spelledOut),
    })),
    unread: reading.unread.map(spelledOut),
  };
}

function operationWithoutMarks(operation: FileOperation): readonly FileOperation[] {
  switch (operation.do) {
    case "put":
      if (destinationIsMarked(operation.to)) return [mightWrite(scopeOf(operation.to))];
      return [{ ...operation, content: contentWithoutMarks(operation.content) }];
    case "link":
      return destinationIsMarked(operation.to) || isMarked(operation.target)
        ? [mightWrite(scopeOf(operation.to))]
        : [operation];
    case "copy":
    case "move":
      return destinationIsMarked(operation.to) || isMarked(operation.from)
        ? [mightWrite(scopeOf(operation.to))]
        : [operation];
    case "make-directory":
    case "set-mode":
    case "remove":
      return isMarked(operation.path) ? [] : [operation];
    case "upload-config":
      return [withoutMarkedText(operation)];
    case "for-each-match":
      return isMarked(JSON.stringify(operation)) ? [mightWrite({ kind: "anywhere" })] : [operation];
    case "might-remove":
      return scopeIsMarked(operation.scope) ? [] : [{ ...operation, reason: spelledOut(operation.reason) }];
    case "might-write":
      if (scopeIsMarked(operation.scope)) return [mightWrite({ kind: "anywhere" })];
      return [{ ...operation, reason: spelledOut(operation.reason) }];
  }
}

type Upload = Extract<FileOperation, { readonly do: "upload-config" }>;

function withoutMarkedText({ path, text, ...rest }: Upload): Upload {
  const unmarked = (value: string | undefined) => (value !== undefined && isMarked(value) ? undefined : value);
  return { ...rest, path: unmarked(path), text: unmarked(text) };
}

function contentWithoutMarks(content: Content): Content {
  return content.kind === "text" && isMarked(content.text) ? { kind: "not-shown" } : content;
}

function spelledOut(reason: Reason): Reason {
  return JSON.parse(JSON.stringify(reason).replaceAll(MARK, "{{ … }}"));
}

function mightWrite(scope: Scope): FileOperation {
  return { do: "might-write", scope, reason: BY_JINJA };
}

function destinationIsMarked(to: Destination): boolean {
  return Object.values(to).some(isMarked);
}

/** As little as is known of where it lands. */
function scopeOf(to: Destination): Scope {
  const path = to.kind === "into" ? `${to.directory}/${to.name}` : to.path;
  if (!isMarked(path)) return { kind: "below", path };
  const name = path.slice(path.lastIndexOf("/") + 1);
  return to.kind === "file" && !isMarked(name) ? { kind: "named", name } : { kind: "anywhere" };
}

function scopeIsMarked(scope: Scope): boolean {
  return Object.values(scope).some(isMarked);
}

function invocationWithoutMarks({ version, nodeName, ...rest }: KubeadmInvocation): KubeadmInvocation {
  return {
    ...rest,
    ...(version === undefined || isMarked(version) ? {} : { version }),
    ...(nodeName === undefined || isMarked(nodeName) ? {} : { nodeName }),
  };
}
