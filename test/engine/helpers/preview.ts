import type { EngineRun } from "./engine-run";
import { type ProgramArgs, type RunArgs, testStack } from "./test-stack";

/** One `pulumi preview` of a program by the real engine, with the executable pack, in a stack of its own. */
export async function preview(args: ProgramArgs & RunArgs): Promise<EngineRun> {
  const stack = await testStack(args);
  return stack.preview(args);
}
