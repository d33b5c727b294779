import { oneLine, publicText } from "../machine/public-text";

/** Where a test of a pack puts what is printed. `kubeadm-guard/pack` and `kubeadm-guard/testing` share no module. */
const TEST_OUTPUT = Symbol.for("kubeadm-guard/test-output");

/** Prints a line for people; the engine shows it among the diagnostics of the stack (docs/engine.md, "Violations"). */
export function print(line: string): void {
  const text = `kubeadm-guard: ${publicText(oneLine(line))}`;
  const lines: unknown = Reflect.get(globalThis, TEST_OUTPUT);
  if (Array.isArray(lines)) lines.push(text);
  else process.stdout.write(`${text}\n`);
}

/** Collects what is printed while `run` is under way. For tests of packs only. */
export async function printedBy<T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  Reflect.set(globalThis, TEST_OUTPUT, lines);
  try {
    return { result: await run(), lines };
  } finally {
    Reflect.deleteProperty(globalThis, TEST_OUTPUT);
  }
}
