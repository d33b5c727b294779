import { LARGEST_INPUT } from "./read-input";
import type { CommandResult, Terminal } from "./terminal";

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    folder: process.cwd(),
    now: new Date(),
    // Asked for only where nothing else is given: the stream of standard input takes a while to be made.
    get isInteractive() {
      return process.stdin.isTTY === true;
    },
    hasColor: hasColor(),
    readInput: readStandardInput,
    author: gitAuthor,
    run: runProgram,
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  };
}

/** Colors are for terminals, and NO_COLOR (https://no-color.org) turns them off where it is not empty. */
function hasColor(): boolean {
  const { NO_COLOR: none = "", TERM: terminal } = process.env;
  return process.stdout.isTTY === true && none === "" && terminal !== "dumb";
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    chunks.push(bytes);
    // One chunk over the limit is enough for readInput to say so. What writes without end (`yes |`) is not waited for.
    if (length > LARGEST_INPUT) break;
  }
  return Buffer.concat(chunks);
}

// node:child_process is loaded where a program is run: a check of files runs none.

/** What git would write as the author of a commit made here. */
function gitAuthor(): string | undefined {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  try {
    const identity = execFileSync("git", ["var", "GIT_AUTHOR_IDENT"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    // `Name <address> SECONDS ZONE`
    return /^(.*>) \d+ [-+]\d+\s*$/.exec(identity)?.[1];
  } catch {
    return undefined;
  }
}

const LONGEST_RUN = 30_000;
const MOST_OUTPUT = 256 * 1024 * 1024;

function runProgram(program: string, args: readonly string[]): Promise<CommandResult> {
  const options = { encoding: "utf8", timeout: LONGEST_RUN, maxBuffer: MOST_OUTPUT } as const;
  const { execFile } = process.getBuiltinModule("node:child_process");
  return new Promise((resolve) => {
    const child = execFile(program, args, options, (error, output, complaints) => {
      if (error === null) resolve({ kind: "ran", code: 0, output, complaints });
      else if (error.code === "ENOENT") resolve({ kind: "not-found" });
      else if (error.killed === true && typeof error.code !== "string") resolve({ kind: "timed-out" });
      else resolve({ kind: "ran", code: typeof error.code === "number" ? error.code : 1, output, complaints });
    });
    child.stdin?.end();
  });
}
