import type { Destination, FileOperation, Scope } from "../../cluster/evidence";
import { baseName, join, normalize } from "../../cluster/paths";
import { contentOf, firstHole, hole, joined, literalOf, type Text } from "./text";

/** A file that is there, with whatever content. */
export const NOT_SHOWN: Text = hole("a content that is not shown");

/** How a program reads its target operand. */
export type TargetForm = Destination["kind"];

/** The word as an absolute path, as far as it is known. */
export function absolute(word: Text, directory: Text): Text {
  const [first] = word;
  if (first === undefined) return directory;
  if (typeof first !== "string" || first.startsWith("/")) return word;
  return joined(directory, ["/"], word);
}

/** The last name of a path; `undefined` where it is not known. */
export function nameOf(path: Text): string | undefined {
  const last = path.at(-1);
  if (typeof last !== "string") return undefined;
  const trimmed = trimSlashes(last);
  if (path.length > 1 && !trimmed.includes("/")) return undefined;
  const name = baseName(trimmed);
  return name === "" || name === "." || name === ".." ? undefined : name;
}

/** The narrowest scope that surely holds a path of which only parts are known. */
function scopeOf(path: Text): Scope {
  const literal = literalOf(path);
  if (literal !== undefined) {
    const normal = normalize(literal);
    return literal === "" || normal === "/" ? { kind: "anywhere" } : { kind: "below", path: normal };
  }
  const [first] = path;
  if (typeof first === "string") {
    const folder = normalize(first.slice(0, first.lastIndexOf("/") + 1));
    if (folder !== "/") return { kind: "below", path: folder };
  }
  const name = nameOf(path);
  return name === undefined ? { kind: "anywhere" } : { kind: "named", name };
}

/** Writes `text` to the file at `path`: a copy where the text is the content of another file. */
export function write(path: Text, text: Text, mode?: string): readonly FileOperation[] {
  const literal = literalOf(path);
  if (literal === undefined) return [mightWrite(path)];
  if (isDevice(literal) || literal === "") return [];
  return [fill({ kind: "file", path: normalize(literal) }, text, mode)];
}

/** Puts `text` at a destination: a copy where the text is the content of another file. */
export function fill(to: Destination, text: Text, mode?: string): FileOperation {
  const [only] = text;
  const withMode = mode === undefined ? {} : { mode };
  if (text.length === 1 && typeof only === "object" && only.file !== undefined)
    return { do: "copy", from: only.file, to, recursive: false, ...withMode };
  return { do: "put", to, content: contentOf(text), ...withMode };
}

/** What puts something called `name` at `target`: the operation where all is known, else where it might write. */
export function place(
  target: Text,
  form: TargetForm,
  name: string | undefined,
  put: (to: Destination) => FileOperation,
): FileOperation {
  const literal = literalOf(target);
  if (form === "file")
    return literal === undefined ? mightWrite(target) : put({ kind: "file", path: normalize(literal) });
  if (name === undefined) return mightWrite(target, "puts files there whose names are not known");
  if (literal === undefined) return mightWrite(form === "into" ? joined(target, ["/", name]) : target);
  return form === "into"
    ? put({ kind: "into", directory: normalize(literal), name })
    : put({ kind: "file-or-into", path: normalize(literal), name });
}

/** May write to `path`, of which something is not known. */
export function mightWrite(path: Text, why?: string): FileOperation {
  return { do: "might-write", scope: scopeOf(path), why: why ?? `writes to a path that depends on ${dependsOn(path)}` };
}

/**
 * The operation where it may or may not happen: what writes might write. What takes a file away is left out: a file
 * that is there stays taken for present. Folders stay, since no policy asks for them and copies land by them.
 */
export function perhaps(operation: FileOperation, why: string): readonly FileOperation[] {
  switch (operation.do) {
    case "put":
    case "link":
    case "copy":
    case "move":
      return [{ do: "might-write", scope: { kind: "below", path: outermost(operation.to) }, why }];
    case "might-write":
    case "make-directory":
      return [operation];
    case "set-mode":
    case "remove":
      return [];
  }
}

function outermost(to: Destination): string {
  return to.kind === "into" ? join(to.directory, to.name) : to.path;
}

/** What an unknown text waits for, in words. */
export function dependsOn(text: Text): string {
  return firstHole(text)?.why ?? "something that is not shown";
}

/** Takes away all that is in a folder, and keeps the folder. */
export function emptied(folder: string): readonly FileOperation[] {
  return [
    { do: "remove", path: folder, recursive: true },
    { do: "make-directory", path: folder },
  ];
}

/** True below /dev, /proc and /sys: what is written there is no file. */
export function isDevice(path: string): boolean {
  return ["/dev/", "/proc/", "/sys/"].some((folder) => path.startsWith(folder));
}

function trimSlashes(text: string): string {
  let end = text.length;
  while (end > 1 && text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}
