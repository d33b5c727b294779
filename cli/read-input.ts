import { closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileError } from "../settings/file-error";
import { readRegularFile } from "../settings/read-regular-file";
import type { Terminal } from "./terminal";

/** What `--kubeadm-config` was read as. */
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
    const bytes = file === "-" ? await terminal.readInput() : await readFile(resolve(terminal.folder, file));
    if (typeof bytes === "string") return { kind: "unreadable", why: bytes };
    return bytes.length > LARGEST_INPUT ? { kind: "unreadable", why: "it is larger than 16 MiB" } : textOf(bytes);
  } catch (error) {
    return { kind: "unreadable", why: fileError(error, "read") };
  }
}

/** The bytes, or why there are none, as the end of a sentence. */
async function readFile(path: string): Promise<Uint8Array | string> {
  const stat = statSync(path);
  if (stat.isDirectory()) return "it is a folder";
  if (stat.isSocket()) return "it is a socket";
  if (!stat.isFile()) return readStream(path);
  const reading = readRegularFile(path);
  return reading.kind === "bytes" ? reading.bytes : reading.why;
}

/** In milliseconds: how long a named pipe may have no writer, and how often it is looked at. */
const LONGEST_WAIT = 5000;
const PAUSE = 20;

/**
 * A pipe (`<(kubectl …)`) or a device, which may have no end: no more than says that it is too large. It is opened without waiting
 * for a writer, which a named pipe may never get.
 */
async function readStream(path: string): Promise<Uint8Array | string> {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(LARGEST_INPUT + 1);
    // A pipe of this process had its writer before it started.
    let waits = /^\/(?:dev|proc)\//.test(path) ? 0 : LONGEST_WAIT / PAUSE;
    let length = 0;
    while (length < bytes.length) {
      const read = readPiece(file, bytes, length);
      if (read === 0 && (length > 0 || waits === 0)) break;
      if (read === 0) waits -= 1;
      if (read === 0 || read === undefined) await setTimeout(PAUSE);
      else length += read;
    }
    return length === 0 ? "nothing came from it" : bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** How many bytes were read; 0 where nobody writes (any more), `undefined` where a writer has written nothing yet. */
function readPiece(file: number, bytes: Buffer, offset: number): number | undefined {
  try {
    return readSync(file, bytes, offset, bytes.length - offset, null);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return undefined;
    throw error;
  }
}

function textOf(bytes: Uint8Array): Input {
  // Without a mark its ASCII is UTF-8 too, with a zero beside each letter.
  if (isUtf16(bytes)) return { kind: "binary", why: UTF_16 };
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return { kind: "binary", why: "It is compressed with gzip. Unpack it first: gunzip FILE." };
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: "binary", why: "It is not UTF-8 text." };
  }
}

const UTF_16 =
  "It is UTF-16, as PowerShell's > writes it. Save it as UTF-8: kubectl -n kube-system get configmap kubeadm-config -o yaml | Out-File -Encoding utf8 FILE.";

/** By its byte order mark, or by the zero bytes of plain ASCII. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.length > 1 && (first === 0) !== (second === 0);
}
