import { main } from "../../../cli/main";
import type { Terminal } from "../../../cli/terminal";

export interface Run {
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

/** Runs the program in this process; `input` is its standard input, `undefined` where somebody sits at the terminal. */
export async function runProgram(
  args: readonly string[],
  input?: string | Uint8Array,
  run: Terminal["run"] = async () => ({ kind: "not-found" }),
  folder: string = __dirname,
): Promise<Run> {
  const output: string[] = [];
  const complaints: string[] = [];
  const terminal: Terminal = {
    folder,
    now: new Date("2026-11-23T12:00:00Z"),
    isInteractive: input === undefined,
    hasColor: false,
    readInput: async () => (typeof input === "string" ? new TextEncoder().encode(input) : (input ?? new Uint8Array())),
    author: () => "Ada Lovelace <ada@example.com>",
    run,
    write: (text) => output.push(text),
    complain: (text) => complaints.push(text),
  };
  const code = await main(args, terminal);
  return { code, output: output.join(""), complaints: complaints.join("") };
}

/** What `check --format json` writes, as docs/check-schema.json has it. */
export interface JsonReport {
  readonly clusters: readonly [
    {
      readonly name: string;
      readonly outcomes: readonly {
        readonly policy: string;
        readonly outcome: string;
        readonly findings: readonly {
          readonly message: string;
          readonly level: string;
          readonly severity: string;
          readonly fix: string | null;
          readonly fingerprint: string;
          readonly node: string | null;
          readonly path: string | null;
          readonly text: string;
          readonly places: readonly { readonly file: string; readonly line: number | null }[];
        }[];
      }[];
      readonly kubeadm: Readonly<Record<string, { readonly ok: boolean | null; readonly error: string | null }>>;
    },
  ];
}

export interface Checked extends Run {
  readonly report: JsonReport;
}

/** `check --format json` with further arguments, on a kubeadm-config that comes from standard input. */
export async function runCheck(args: readonly string[], input: string | Uint8Array): Promise<Checked> {
  const run = await runProgram(["check", "--kubeadm-config", "-", "--format", "json", ...args], input);
  const report: JsonReport = JSON.parse(run.output);
  return { ...run, report };
}

export function outcomeOf({ report }: Checked, policy: string): string | undefined {
  return report.clusters[0].outcomes.find((one) => one.policy === policy)?.outcome;
}
