import { spawn } from "node:child_process";
import { openSync } from "node:fs";

/** Starts a server that logs to a file; `stop` ends it and waits. */
export function startServer(command, args, logFile) {
  const log = openSync(logFile, "a");
  const child = spawn(command, args, { stdio: ["ignore", log, log] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.on("error", () => {});
  return {
    isRunning: () => child.exitCode === null,
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Waits until `ready` resolves to true, looking ten times a second. */
export async function waitUntil(ready, { server, what, seconds = 600 }) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end && server.isRunning()) {
    if (await ready()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not start`);
}
