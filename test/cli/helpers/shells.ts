import { execFileSync } from "node:child_process";

/** The shells that nodes have: dash stands for Debian's sh, busybox for small images. Those that are here. */
export const SHELLS: readonly (readonly [name: string, command: readonly string[]])[] = (
  [
    ["dash", ["dash"]],
    ["bash", ["bash"]],
    ["busybox", ["busybox", "sh"]],
  ] as const
).filter(([, command]) => isThere(command));

function isThere([program, ...args]: readonly [string, ...string[]]): boolean {
  try {
    execFileSync(program, [...args, "-c", ":"]);
    return true;
  } catch {
    return false;
  }
}
