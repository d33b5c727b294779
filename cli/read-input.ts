import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Terminal } from "./terminal";

/** What `--kubeadm-config` leads to. */
export type Input =
  | { readonly kind: "text"; readonly text: string }
  /** Opened, but no text. */
  | { readonly kind: "binary" }
  /** `why` is the end of a sentence. */
  | { readonly kind: "unreadable"; readonly why: string };

/** No kubeadm-config is longer. */
export const LARGEST_INPUT = 16 * 1024 * 1024;

/** Reads a file, or standard input for `-`. Never throws. */
export async function readInput(file: string, terminal: Terminal): Promise<Input> {
  try {
    const bytes = file === "-" ? await terminal.readInput() : readFile(resolve(terminal.folder, file));
    if (bytes === undefined) return { kind: "unreadable", why: "it is a folder" };
    return bytes.length > LARGEST_INPUT ? { kind: "unreadable", why: "it is larger than 16 MiB" } : textOf(bytes);
  } catch (error) {
    return { kind: "unreadable", why: reasonOf(error) };
  }
}

function readFile(path: string): Uint8Array | undefined {
  const stat = statSync(path);
  if (stat.isDirectory()) return undefined;
  return stat.size > LARGEST_INPUT ? new Uint8Array(LARGEST_INPUT + 1) : readFileSync(path);
}

function textOf(bytes: Uint8Array): Input {
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: "binary" };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "it may not be read";
  return typeof code === "string" ? `reading it failed with ${code}` : "reading it failed";
}
