import type { EngineRun } from "./engine-run";

/** What was reported, as `POLICY LEVEL`, in order. */
export function levels({ violations }: EngineRun): readonly string[] {
  return violations.map(({ policy, level }) => `${policy} ${level}`).sort();
}

/** All that one policy said. */
export function saidBy(policy: string, { violations }: EngineRun): string {
  return violations
    .filter((one) => one.policy === policy)
    .map(({ message }) => message)
    .join("\n");
}
