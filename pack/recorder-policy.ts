import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { RECORDER } from "./run";
import type { Runs } from "./runs";
import { withoutStack } from "./show-stack-once";

/**
 * Registered last: records inputs when the engine asks about each resource, and closes the run when it asks about the stack.
 * It reports nothing of its own.
 */
export function recorderPolicy(runs: Runs): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: RECORDER,
    displayName: "Evidence recorded",
    description: "Records what the other policies need to know; reports nothing itself.",
    enforcementLevel: "advisory",
    validateResource: async (args) => {
      await runs.current.recorder.record(args);
    },
    validateStack: withoutStack(
      async (_args, report) => runs.finish(report),
      () => true,
    ),
  };
}
