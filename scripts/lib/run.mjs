import { spawn } from "node:child_process";
import { progress } from "./progress.mjs";
import { projectFolder } from "./project-folder.mjs";

const SIGN_OF_LIFE_MS = 20_000;

/**
 * Runs a command to its end and gives `{ code, output }`; never throws for a command that fails.
 *
 * `show` lets its output through as it comes (to stderr with "stderr"), else it is only collected.
 * `title` is printed at the start, and again every 20 seconds with the time that has passed.
 */
export function run(command, args, { cwd = projectFolder, env = process.env, show, title, timeoutMs } = {}) {
  const start = Date.now();
  if (title !== undefined) progress(`${title} ...`);
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const signOfLife = setInterval(() => title !== undefined && progress(`  ${title}: ${seconds()} s`), SIGN_OF_LIFE_MS);
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: timeoutMs });
    let output = "";
    const take = (stream) => (chunk) => {
      output += chunk;
      if (show !== undefined) (show === "stderr" ? process.stderr : stream).write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", take(process.stdout));
    child.stderr.setEncoding("utf8").on("data", take(process.stderr));
    const end = (code) => {
      clearInterval(signOfLife);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += error.message;
      end(127);
    });
    child.on("close", (code) => end(code ?? 1));
  });
}
