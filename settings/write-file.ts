import { renameSync, rmSync, writeFileSync } from "node:fs";
import { fileError } from "./file-error";

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
    return fileError(error, "write");
  }
}
