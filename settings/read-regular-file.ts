import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";

/** `why` is the end of a sentence. */
export type FileReading =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "unfit"; readonly why: string };

/** Larger files are not inventories, listings or kubeadm-configs. */
const LARGEST = 16 * 1024 * 1024;

/**
 * Reads a regular file whole, and nothing else: to open a device may do something, and to read from one or from a pipe may wait
 * for ever. That holds as well where the path becomes something else meanwhile, and where the file grows: it is opened once,
 * without waiting, and read to the bound. A file that is being written is not half read. Throws what node:fs throws.
 */
export function readRegularFile(path: string): FileReading {
  const before = unfitness(statSync(path, { bigint: true }));
  if (before !== undefined) return { kind: "unfit", why: before };
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const opened = fstatSync(file, { bigint: true });
    const why = unfitness(opened);
    if (why !== undefined) return { kind: "unfit", why };
    const bytes = readUpTo(file, LARGEST + 1, Number(opened.size) + 1);
    if (bytes.length > LARGEST) return { kind: "unfit", why: TOO_LARGE };
    const { size, mtimeNs } = fstatSync(file, { bigint: true });
    if (size !== opened.size || mtimeNs !== opened.mtimeNs) return { kind: "unfit", why: CHANGED };
    return { kind: "bytes", bytes };
  } finally {
    closeSync(file);
  }
}

const TOO_LARGE = "it is larger than 16 MiB";
const CHANGED = "it changed while it was read; try again";

function unfitness(stat: BigIntStats): string | undefined {
  if (stat.isDirectory()) return "it is a folder; name a file in it";
  if (!stat.isFile()) return "it is not a regular file";
  return stat.size > LARGEST ? TOO_LARGE : undefined;
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
