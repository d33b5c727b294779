import type { StackParts } from "../../cluster/stack-parts";
import { readStack } from "../../evidence/read-stack";
import { stackResource } from "./stack-resource";

/** A stack in which each of these texts is run on the host before it, by one remote.Command after the other. */
export function commandStack(commands: readonly (readonly [host: string, create: string])[]): StackParts {
  return readStack(
    commands.map(([host, create], index) =>
      stackResource("command:remote:Command", `run-${index + 1}-on-${host}`, { connection: { host }, create }),
    ),
  );
}
