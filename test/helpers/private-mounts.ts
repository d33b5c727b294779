import { spawnSync } from "node:child_process";

/** Mounts that nobody else sees: as root, or as root of a user namespace. */
const UNSHARE = ["unshare", process.getuid?.() === 0 ? "-m" : "-rm"] as const;

/** The beginning of a line of bash that makes these in the current folder, each with the file `old.json`. */
const MOUNTS = `set -e
mkdir -p readonly full nearly alone
for one in readonly alone; do printf old > $one/old.json; done
mount --bind readonly readonly; mount -o remount,bind,ro readonly
mount -t tmpfs -o nr_blocks=1 none full; printf old > full/old.json
mount -t tmpfs -o nr_blocks=2 none nearly; printf old > nearly/old.json
mount --bind alone/old.json alone/old.json
set +e`;

/**
 * A command that runs a line of bash where `readonly/` is a read-only mount, `full/` a disk without room, `nearly/` one with
 * room for one block, and `alone/old.json` a file that is mounted by itself. Each has the file old.json with the text `old`.
 */
export function withMounts(line: string): readonly [string, readonly string[]] {
  const [program, ...args] = UNSHARE;
  return [program, [...args, "bash", "-c", `${MOUNTS}\n${line}`]];
}

/** True where this machine allows mounts of its own to whoever runs the tests. */
export const canMount = spawnSync(UNSHARE[0], [UNSHARE[1], "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
