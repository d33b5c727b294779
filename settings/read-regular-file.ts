import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";

/** `why` is the end of a sentence. */
export type FileReading =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "unfit"; readonly why: string };

/** Larger files are not inventories, records or kubeadm-configs. */
const LARGEST: Mib = 16;
/** 1024 × 1024 bytes. */
type Mib = number;

/**
 * Reads a regular file whole, and nothing else: to open a device may do something, and to read from one or from a pipe may wait
 * for ever. That holds as well where the path becomes something else meanwhile, and where the file grows: it is opened once,
 * without waiting, and read to the bound. A file that is being written is not half read. Throws what node:fs throws.
 */
export function readRegularFile(path: string, largest: Mib = LARGEST): FileReading {
  const before = unfitness(statSync(path, { bigint: true }), largest);
  if (before !== undefined) return { kind: "unfit", why: before };
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const opened = fstatSync(file, { bigint: true });
    const why = unfitness(opened, largest);
    if (why !== undefined) return { kind: "unfit", why };
    const bytes = readUpTo(file, largest * MIB + 1, Number(opened.size) + 1);
    if (bytes.length > largest * MIB) return { kind: "unfit", why: tooLarge(largest) };
    const { size, mtimeNs } = fstatSync(file, { bigint: true });
    if (size !== opened.size || mtimeNs !== opened.mtimeNs) return { kind: "unfit", why: CHANGED };
    return { kind: "bytes", bytes };
  } finally {
    closeSync(file);
  }
}

const MIB = 1024 * 1024;
const CHANGED = "it changed while it was read; try again";

function tooLarge(largest: Mib): string {
  return `it is larger than ${largest} MiB`;
}

function unfitness(stat: BigIntStats, largest: Mib): string | undefined {
  if (stat.isDirectory()) return "it is a folder; name a file in it";
  if (!stat.isFile()) return "it is not a regular file";
  return stat.size > largest * MIB ? tooLarge(largest) : undefined;
}

/** Files of /proc and the like have no size, so their end is where nothing more comes. */
function readUpTo(file: number, most: number, expected: number): Buffer {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let next = expected; length < most; next = Math.max(next, 64 * 1024)) {
    const piece = Buffer.alloc(Math.min(next, most - length));
    const read = readSync(file, piece, 0, piece.length, null);
    if (read === 0) break;
    pieces.push(piece.subarray(0, read));
    length += read;
  }
  return pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces);
}
