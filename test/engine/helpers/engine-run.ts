import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A violation as the engine reported it. */
export interface Violation {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  readonly urn: string;
  /** As people see it: the policy's description (where it is not overridden) and the message. */
  readonly message: string;
}

/** How a run of `pulumi` ended. */
export interface EngineRun {
  readonly exitCode: number;
  /** All it printed, without colors. */
  readonly output: string;
  /** Ordered by policy, URN and message. */
  readonly violations: readonly Violation[];
}

interface Options {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the engine writes its events; without it they are read from stdout (`--json`). */
  readonly eventLog?: string;
}

/** Runs `pulumi` to its end; an exit code other than 0 is a result like any other. */
export async function engineRun(args: readonly string[], { cwd, env, eventLog }: Options): Promise<EngineRun> {
  const { exitCode, output } = await runPulumi(args, cwd, env);
  const events = eventLog === undefined ? output : existsSync(eventLog) ? readFileSync(eventLog, "utf8") : "";
  return { exitCode, output, violations: violationsIn(events) };
}

function runPulumi(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
  return new Promise<{ exitCode: number; output: string }>((resolve, reject) => {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd,
      env: { ...env, PWD: cwd },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: string) => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

function violationsIn(events: string): readonly Violation[] {
  return events
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => policyEvent(JSON.parse(line)))
    .filter((violation) => violation !== undefined)
    .sort((a, b) => compare(sortKey(a), sortKey(b)));
}

/** The engine's `policyEvent`, of which only texts are used. */
function policyEvent(event: unknown): Violation | undefined {
  const policy = field(event, "policyEvent");
  if (policy === undefined) return undefined;
  const text = (key: string) => String(field(policy, key) ?? "");
  return {
    policy: text("policyName"),
    level: text("enforcementLevel"),
    severity: text("severity"),
    urn: text("resourceUrn"),
    message: text("message").trimEnd(),
  };
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

function sortKey({ policy, urn, message }: Violation): string {
  return [policy, urn, message].join("\n");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
