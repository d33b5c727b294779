import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { run } from "../lib/run.mjs";

/** A clock tick of Linux: CPU times under /proc are counted in these. */
const TICK_MS = 10;

/** What it costs to start a policy pack, until it prints its port. */
export function started(args, cwd) {
  return new Promise((resolve, reject) => {
    const pack = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    pack.once("error", reject);
    pack.once("exit", (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    pack.stdout.once("data", () => {
      const [user, system] = readFileSync(`/proc/${pack.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13);
      const [, peak] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pack.pid}/status`, "utf8"));
      pack.removeAllListeners("exit").kill();
      resolve({ cpuMs: (Number(user) + Number(system)) * TICK_MS, peakMb: Number(peak) / 1024 });
    });
  });
}

/** What a command costs from its start to its end, with all that it starts and waits for. */
export async function ended(command, { cwd, env } = {}) {
  const timed = 'TIMEFORMAT="%3U %3S %3R"; time "$@" > /dev/null 2>&1';
  const { code, output } = await run("bash", ["-c", timed, "bash", ...command], { cwd, env });
  const [user, system, wall] = output.trim().split(" ").map(Number);
  return { code, cpuMs: (user + system) * 1000, wallMs: wall * 1000, peakMb: undefined };
}

/** What a script of ours says by `tellCost` that its work cost. */
export async function reported(args) {
  const { code, output } = await run(process.execPath, ["--max-old-space-size=8192", ...args]);
  if (code !== 0) throw new Error(`${args[0]} failed:\n${output}`);
  return JSON.parse(output.trim().split("\n").at(-1));
}
