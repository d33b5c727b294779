import type { Destination, FileOperation, MatchDestination, Scope } from "../machine/file-operation";
import { baseName, normalize } from "../machine/paths";
import type { Reason, ReasonOf } from "../reasons/reason";
import { folderOfNames, scopePattern } from "./path-patterns";
import { contentOf, firstHole, hole, joined, literalOf, type Text } from "./text";

/** A file that is there, with whatever content. */
export const NOT_SHOWN: Text = hole("a content that is not shown");

/** How a program reads its target operand. */
export type TargetForm = Destination["kind"];

/** The word as an absolute path, as far as it is known. */
export function absolute(word: Text, directory: Text): Text {
  const [first] = word;
  if (first === undefined) return directory;
  // A pattern at the start stands for a name; any other hole may be a whole path.
  if (typeof first === "string" ? first.startsWith("/") : first.pattern === undefined) return word;
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
  const pattern = scopePattern(path);
  if (pattern !== undefined) return { kind: "matching", pattern };
  const name = nameOf(path);
  return name === undefined ? { kind: "anywhere" } : { kind: "named", name };
}

/** Writes `text` to the file at `path`: a copy where the text is the content of another file. */
export function write(path: Text, text: Text, modes: Modes = {}): readonly FileOperation[] {
  const literal = literalOf(path);
  if (literal === undefined) return [mightWrite(path)];
  if (isDevice(literal) || literal === "") return [];
  return [fill({ kind: "file", path: normalize(literal) }, text, modes)];
}

/** Puts `text` at a destination: a copy where the text is the content of another file. */
export function fill(to: Destination, text: Text, modes: Modes = {}): FileOperation {
  const [only] = text;
  // `cat FILE > FILE` empties it.
  if (to.kind === "file" && text.length === 1 && typeof only === "object" && only.file === to.path)
    return { do: "put", to, content: { kind: "text", text: "" }, ...modes };
  // The content alone is copied: the mode of the other file does not come along.
  if (text.length === 1 && typeof only === "object" && only.file !== undefined)
    return { do: "copy", from: only.file, to, recursive: false, newMode: undefined, ...modes };
  return { do: "put", to, content: contentOf(text), ...modes };
}

/** The mode that a file gets in any case, or where none was there before. */
type Modes = Pick<Extract<FileOperation, { readonly do: "put" }>, "mode" | "newMode">;

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
  if (name === undefined)
    return mightWrite(target, { id: "copied-files-unknown", data: { what: "names", folder: null } });
  if (literal === undefined) return mightWrite(form === "into" ? joined(target, ["/", name]) : target);
  return form === "into"
    ? put({ kind: "into", directory: normalize(literal), name })
    : put({ kind: "file-or-into", path: normalize(literal), name });
}

/** A place where each match of a pattern lands under its own name; `undefined` where that is not what the words say. */
export function matchDestination(pattern: string, target: Text, form: TargetForm): MatchDestination | undefined {
  const folder = folderOfNames(target, pattern);
  if (folder !== undefined) return { kind: "into", directory: folder };
  const literal = literalOf(target);
  if (literal === undefined || form === "file") return undefined;
  return form === "into"
    ? { kind: "into", directory: normalize(literal) }
    : { kind: "file-or-into", path: normalize(literal) };
}

/** May write to `path`, of which something is not known. */
export function mightWrite(path: Text, reason: Reason = pathUnknown("write", path)): FileOperation {
  return { do: "might-write", scope: scopeOf(path), reason };
}

/** The reason that a path gives of which something is not known. */
/** What may be gone at a path and below it; nothing is said of a path that is not known. */
export function mightRemove(path: Text, program: string): readonly FileOperation[] {
  const below = literalOf(path);
  return below === undefined
    ? []
    : [{ do: "might-remove", scope: { kind: "below", path: normalize(below) }, reason: writtenFilesUnknown(program) }];
}

export function pathUnknown(does: ReasonOf<"path-unknown">["data"]["does"], path: Text): Reason {
  return { id: "path-unknown", data: { does, dependsOn: dependsOn(path) } };
}

/** What `program` writes is not known by name. */
export function writtenFilesUnknown(program: string): Reason {
  return { id: "written-files-unknown", data: { program } };
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

/** True below /dev, /proc and /sys: what is written there is not a file. */
export function isDevice(path: string): boolean {
  return ["/dev/", "/proc/", "/sys/"].some((folder) => path.startsWith(folder));
}

function trimSlashes(text: string): string {
  let end = text.length;
  while (end > 1 && text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}
