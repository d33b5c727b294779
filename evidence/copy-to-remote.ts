import type { Evidence } from "../cluster/evidence";
import type { Content } from "../machine/content";
import type { Destination, FileOperation } from "../machine/file-operation";
import { baseName, join, normalize } from "../machine/paths";
import type { Reason, ReasonOf } from "../reasons/reason";
import { homeOf } from "../shell/home-of";
import { literalOf } from "../shell/text";
import { UNKNOWN } from "../shell/unknown";
import { machineOfConnection, userOfConnection } from "./connection";
import { contentAfterUpdate } from "./content-after-update";
import type { Reader, Reading } from "./reader";
import type { StackResource } from "./stack-resource";
import { Asset, type AssetShape, stringAt, type Value } from "./value";

/** `command:remote:CopyToRemote`, as the provider copies (pulumi-command v1.2.1, remote/copyController.go, sftpCopy). */
export const copyToRemote: Reader = {
  id: "copy-to-remote",
  reads: (type) => type === "command:remote:CopyToRemote",
  read: (resource) => readingOf(resource, operationsOfCopy(resource)),
};

/** The deprecated `command:remote:CopyFile`: exactly the given path, always (copyfileController.go). */
export const copyFile: Reader = {
  id: "copy-file",
  reads: (type) => type === "command:remote:CopyFile",
  read: (resource) => readingOf(resource, operationsOfCopyFile(resource)),
};

function readingOf(resource: StackResource, operations: readonly FileOperation[]): Reading {
  const { name, type, urn } = resource;
  const evidence: Evidence = { source: { name, kind: type, urn }, machine: machineOfConnection(resource), operations };
  return { evidence: [evidence], kubeadmRuns: [] };
}

function operationsOfCopy(resource: StackResource): readonly FileOperation[] {
  const to = target(resource);
  if (typeof to !== "string") return [to];
  const { source } = resource.inputs;
  if (source === UNKNOWN) return [copyAfterUpdate(resource, to)];
  if (!(source instanceof Asset)) return [mightWrite(to, copiedFilesUnknown("not-shown"))];
  return operationsOfAsset(source.shape, to, resource);
}

/**
 * A copy whose bytes come later is a text asset made from an output nearly always (`pem.apply(p => new StringAsset(p))`),
 * which the provider only takes to an exact path; with a slash at the end the name is not known.
 */
function copyAfterUpdate(resource: StackResource, to: string): FileOperation {
  if (to.endsWith("/")) return mightWrite(to, copiedFilesUnknown("until-update"));
  return { do: "put", to: { kind: "file", path: to }, content: contentAfterUpdate(resource, "source") };
}

function operationsOfAsset(shape: AssetShape, to: string, resource: StackResource): readonly FileOperation[] {
  switch (shape.kind) {
    case "text":
      return [{ do: "put", to: { kind: "file", path: to }, content: { kind: "text", text: shape.text } }];
    case "file":
      if (shape.path.endsWith("/")) return [mightWrite(to, copiedFilesUnknown("folder", shape.path))];
      return [{ do: "put", to: fileDestination(to, baseName(shape.path)), content: fileHere(shape.path) }];
    case "uri":
      return [
        {
          do: "put",
          to: fileDestination(to, baseName(shape.uri.replace(/[?#].*/s, ""))),
          content: { kind: "not-shown" },
        },
      ];
    case "archive-path":
      return operationsOfArchivePath(shape, to);
    case "archive-entries":
      if (shape.entries.size === 0) return [mightWrite(to, copiedFilesUnknown("not-shown"))];
      return [...shape.entries].flatMap(([name, value]) => operationsOfEntry(join(to, name), value, resource));
    case "empty":
      return [mightWrite(to, copiedFilesUnknown("not-shown"))];
  }
}

/** A packed archive is copied as it is. A folder lands inside the goal under its own name, its contents with a slash at its end. */
function operationsOfArchivePath(
  { path, entries }: Extract<AssetShape, { kind: "archive-path" }>,
  to: string,
): readonly FileOperation[] {
  if (entries === "not-listed" && PACKED.test(path)) {
    return [{ do: "put", to: fileDestination(to, baseName(path)), content: fileHere(path) }];
  }
  const folder = path.endsWith("/") ? to : join(to, baseName(path));
  if (entries === "not-listed") return [mightWrite(folder, copiedFilesUnknown("folder", path))];
  return entries.map((entry) => ({
    do: "put",
    to: { kind: "file", path: join(folder, entry) },
    content: fileHere(`${path.replace(/(?<!\/)\/+$/, "")}/${entry}`),
  }));
}

/** The endings by which the engine tells a packed archive from a folder (sdk/go/common/resource/archive). */
const PACKED = /\.(zip|tar|tgz|tar\.gz|jar)$/i;

function operationsOfEntry(path: string, value: Value, resource: StackResource): readonly FileOperation[] {
  if (!(value instanceof Asset))
    return [{ do: "put", to: { kind: "file", path }, content: contentAfterUpdate(resource, "source") }];
  const { shape } = value;
  if (shape.kind === "text")
    return [{ do: "put", to: { kind: "file", path }, content: { kind: "text", text: shape.text } }];
  if (shape.kind === "file") return [{ do: "put", to: { kind: "file", path }, content: fileHere(shape.path) }];
  if (shape.kind === "uri" && !shape.archive) {
    return [{ do: "put", to: { kind: "file", path }, content: { kind: "not-shown" } }];
  }
  // An empty one may be one that the engine did not show.
  if (shape.kind === "archive-entries" && shape.entries.size > 0) {
    return [...shape.entries].flatMap(([name, inner]) => operationsOfEntry(join(path, name), inner, resource));
  }
  return [mightWrite(path, copiedFilesUnknown("archive"))];
}

function operationsOfCopyFile(resource: StackResource): readonly FileOperation[] {
  const to = target(resource);
  if (typeof to !== "string") return [to];
  const from = stringAt(resource.inputs, "localPath");
  const content: Content = typeof from === "string" ? fileHere(from) : { kind: "not-shown" };
  return [{ do: "put", to: { kind: "file", path: to }, content }];
}

/** The content of a file on the machine that runs Pulumi, which is not opened. */
function fileHere(path: string): Content {
  return { kind: "not-shown", localFile: path };
}

/** The goal's path, or what is to be said where there is none. Relative paths start at the SSH user's home. */
function target(resource: StackResource): string | FileOperation {
  if (Object.keys(resource.inputs).length === 0) return mightWrite("/", { id: "left-out-by-target", data: {} });
  const path = stringAt(resource.inputs, "remotePath");
  if (path === UNKNOWN || path === undefined)
    return mightWrite("/", { id: "path-unknown-until-update", data: { of: "copy" } });
  if (path.startsWith("/")) return path;
  const home = literalOf(homeOf(userOfConnection(resource)));
  return home === undefined ? mightWrite("/", { id: "home-unknown", data: {} }) : `${home}/${path}`;
}

/** A file onto a path with a slash at its end lands inside, or the copy fails; else it depends on whether that is a folder. */
function fileDestination(to: string, name: string): Destination {
  return to.endsWith("/") ? { kind: "into", directory: to, name } : { kind: "file-or-into", path: to, name };
}

function copiedFilesUnknown(
  what: ReasonOf<"copied-files-unknown">["data"]["what"],
  folder: string | null = null,
): Reason {
  return { id: "copied-files-unknown", data: { what, folder } };
}

function mightWrite(path: string, reason: Reason): FileOperation {
  return {
    do: "might-write",
    scope: path === "/" ? { kind: "anywhere" } : { kind: "below", path: normalize(path) },
    reason,
  };
}
