import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a text file in one step: a reader sees the old file or the new one, and a failure leaves the old one. Returns why
 * it could not be written, as the end of a sentence; undefined where it was.
 */
export function writeFile(path: string, text: string): string | undefined {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
    return undefined;
  } catch (error) {
    rmSync(unfinished, { force: true });
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such folder";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "the folder is not writable";
  if (code === "EISDIR") return "it is a folder";
  if (code === "ENOSPC" || code === "EDQUOT") return "the disk is full";
  return typeof code === "string" ? `writing it failed with ${code}` : "writing it failed";
}
