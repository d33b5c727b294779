import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileError } from "../settings/file-error";
import type { Terminal } from "./terminal";

/** What `--kubeadm-config` leads to. */
export type Input =
  | { readonly kind: "text"; readonly text: string }
  /** Opened, but not UTF-8 text. Sentences: what it is, and what to do. */
  | { readonly kind: "binary"; readonly why: string }
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
    return { kind: "unreadable", why: fileError(error, "read") };
  }
}

function readFile(path: string): Uint8Array | undefined {
  const stat = statSync(path);
  if (stat.isDirectory()) return undefined;
  if (stat.size > LARGEST_INPUT) return new Uint8Array(LARGEST_INPUT + 1);
  return stat.isFile() ? readFileSync(path) : readStream(path);
}

/** A pipe (`<(kubectl …)`) or a device, which may have no end: no more than says that it is too large. */
function readStream(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(LARGEST_INPUT + 1);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function textOf(bytes: Uint8Array): Input {
  // Without a mark its ASCII is UTF-8 too, with a zero beside each letter.
  if (isUtf16(bytes)) return { kind: "binary", why: UTF_16 };
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: "binary", why: "It is not UTF-8 text." };
  }
}

const UTF_16 =
  "It is UTF-16, as > of PowerShell writes it. Save it as UTF-8: kubectl -n kube-system get configmap kubeadm-config -o yaml | Out-File -Encoding utf8 FILE.";

/** By its byte order mark, or by the zero bytes of plain ASCII. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.length > 1 && (first === 0) !== (second === 0);
}
