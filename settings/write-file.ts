import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileError } from "./file-error";

/**
 * Writes a text file in one step: a reader sees the old file or the new one, and a failure leaves the old one. Returns why
 * it could not be written, as the end of a sentence; undefined where it was. A link stays one, and so does a device: `/dev/null`
 * is written to, never replaced.
 */
export function writeFile(path: string, text: string): string | undefined {
  try {
    const target = targetOf(path);
    if (target.kind === "unfit") return target.why;
    if (target.kind === "device") writeFileSync(target.path, text);
    else replace(target.path, text);
    return undefined;
  } catch (error) {
    return fileError(error, "write");
  }
}

type Target =
  | { readonly kind: "file" | "device"; readonly path: string }
  /** `why` is the end of a sentence. */
  | { readonly kind: "unfit"; readonly why: string };

/** What the path resolves to now. */
function targetOf(path: string): Target {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: "file", path };
  if (stat.isDirectory()) return { kind: "unfit", why: "it is a folder" };
  if (stat.isCharacterDevice()) return { kind: "device", path };
  // Opening a pipe that nobody reads would wait for ever.
  return stat.isFile()
    ? { kind: "file", path: realpathSync(path) }
    : { kind: "unfit", why: "it is not a regular file" };
}

/** What a process of the same number left when it was killed is not written through: it may be a link, or may not be writable. */
function replace(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    writeFileSync(unfinished, text, { flag: "wx" });
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
