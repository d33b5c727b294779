import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What a program did to the world outside of it, as strace saw it: absolute paths, sorted, each once; without what every Node does. */
export interface Touched {
  /** Files and folders that were opened for reading. */
  readonly read: readonly string[];
  /** Files that were opened for writing, made, renamed or removed. */
  readonly written: readonly string[];
  readonly programs: readonly string[];
  /** Addresses that were connected to or listened on, as strace writes them. */
  readonly addresses: readonly string[];
}

const CALLS = ["open", "openat", "creat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat"];
const OTHERS = ["symlink", "symlinkat", "link", "linkat", "execve", "connect", "bind"];

/** True where strace is there and may trace. */
export const canTrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

/** A command that runs another one under strace; `folder` gets a file for each thread. */
export function tracing(folder: string): readonly string[] {
  const trace = [...CALLS, ...OTHERS].map((call) => `?${call}`).join();
  return ["strace", "-ff", "-qq", "-s", "4096", "-e", `trace=${trace}`, "-o", join(folder, "trace")];
}

/** Runs a command and tells what it touched. */
export function touchedBy(
  command: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
) {
  const folder = mkdtempSync(join(cwd, "trace-"));
  const [strace = "", ...args] = [...tracing(folder), ...command];
  execFileSync(strace, args, { cwd, env, stdio: "ignore" });
  return touchedIn(folder, cwd);
}

/** What the files of a trace tell; relative paths start at `cwd`. */
export function touchedIn(folder: string, cwd: string): Touched {
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  const succeeded = lines.filter((line) => / = (?:\d+|-1 EINPROGRESS.*)$/.test(line) || line.startsWith("connect("));
  const [read, written, programs, addresses] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  for (const line of succeeded) {
    const call = line.slice(0, line.indexOf("("));
    const paths = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path = ""]) => resolve(cwd, path));
    if (call === "execve") programs.add(paths[0] ?? "");
    else if (call === "connect" || call === "bind") addresses.add(line);
    else if (call.startsWith("open") && !/O_WRONLY|O_RDWR|O_CREAT/.test(line)) read.add(paths[0] ?? "");
    else for (const path of paths) written.add(path);
  }
  const outside = (paths: ReadonlySet<string>) => [...paths].filter((path) => !isOfNode(path)).sort();
  return {
    read: outside(read),
    written: outside(written),
    programs: [...programs].sort(),
    addresses: [...addresses].sort(),
  };
}

/** What the loader, the C library (names of hosts, time zones), OpenSSL and Node itself open. */
function isOfNode(path: string): boolean {
  const own = dirname(dirname(process.execPath));
  const { NODE_EXTRA_CA_CERTS: certificates } = process.env;
  return OF_NODE.test(path) || path.startsWith(`${own}/`) || path === certificates;
}

const OF_NODE =
  /^\/(?:(?:proc|sys|dev|lib\w*|usr\/(?:lib\w*|share|local\/lib))\/|etc\/(?:ld\.so\.\w+|ssl\/openssl\.cnf|localtime|nsswitch\.conf|resolv\.conf|hosts|host\.conf)$)/;
