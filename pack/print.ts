import { oneLine, publicText } from "../machine/public-text";
import { TestValue } from "./test-value";

const TEST_OUTPUT = new TestValue("output");

/** Prints a line for people; the engine shows it among the diagnostics of the stack (docs/engine.md, "Violations"). */
export function print(line: string): void {
  const text = `kubeadm-guard: ${publicText(oneLine(line))}`;
  const lines = TEST_OUTPUT.get();
  if (Array.isArray(lines)) lines.push(text);
  else process.stdout.write(`${text}\n`);
}

/** Collects what is printed while `run` is under way. For tests of packs only. */
export async function printedBy<T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  return { result: await TEST_OUTPUT.during(lines, run), lines };
}
