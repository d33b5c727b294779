import { gunzipSync } from "node:zlib";
import type { Budget } from "../../machine/budget";
import type { UserDataProblem } from "../../reasons/reason";

/** Larger than any cloud takes (16 to 64 KB), and small enough to read at once. */
export const LARGEST_MB = 4;
export const LARGEST = LARGEST_MB * 1024 * 1024;

export type Unpacked =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | {
      readonly kind: "unreadable";
      readonly problem: Extract<UserDataProblem, `too-large${string}` | "too-much-unpacked" | "gzip-broken">;
    };

/** Bytes as they are, or without gzip where they begin with its magic number; never more than `LARGEST` of them. */
export function unpack(bytes: Buffer, budget?: Budget): Unpacked {
  if (bytes.length > LARGEST) return { kind: "unreadable", problem: "too-large" };
  if (!isGzip(bytes)) return { kind: "bytes", bytes };
  try {
    const maxOutputLength = Math.max(1, Math.min(LARGEST, budget?.bytesLeft ?? LARGEST));
    const unpacked = gunzipSync(bytes, { maxOutputLength });
    return budget?.takeBytes(unpacked.length) === false ? TOO_MUCH : { kind: "bytes", bytes: unpacked };
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    if (tooLarge && budget !== undefined && budget.bytesLeft < LARGEST) return TOO_MUCH;
    return {
      kind: "unreadable",
      problem: tooLarge ? "too-large-unpacked" : "gzip-broken",
    };
  }
}

const TOO_MUCH: Unpacked = { kind: "unreadable", problem: "too-much-unpacked" };

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The bytes of standard base64, with or without line breaks; `undefined` for anything else. */
export function fromBase64(text: string): Buffer | undefined {
  const compact = text.replace(/\s+/g, "");
  return compact !== "" && compact.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact)
    ? Buffer.from(compact, "base64")
    : undefined;
}

/** The bytes as text, `undefined` if they are not UTF-8. A byte order mark stays: cloud-init sees it too. */
export function asText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
