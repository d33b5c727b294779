import { run } from "../lib/run.mjs";

/** A mount and a network namespace of its own, for a process and its children. */
const PRIVATE = ["-m", "-n"];

/** False where this machine refuses private namespaces. */
export async function hasNamespaces() {
  return (await run("unshare", [...PRIVATE, "true"])).code === 0;
}

/** The command line that runs a command in namespaces of its own, with a loopback device and nothing else to talk to. */
export function inNamespaces(command) {
  return ["unshare", ...PRIVATE, "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...command];
}

/** The command line that runs a command on the disk of a node: `/etc` and `/opt` are those of the folder `root`. */
export function onDisk(root, command) {
  const script = 'mount --bind "$0/etc" /etc && mount --bind "$0/opt" /opt && cd /root && exec "$@"';
  return ["unshare", "-m", "sh", "-c", script, root, ...command];
}
