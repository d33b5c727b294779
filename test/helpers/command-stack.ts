import type { StackParts } from "../../cluster/stack-parts";
import { readStack } from "../../evidence/read-stack";
import { urn } from "./evidence";
import { stackResource } from "./stack-resource";

type HostAndText = readonly [host: string, create: string];

/** A stack in which each of these texts is run on the host before it, by a remote.Command; `inOrder`, if each depends on the one before. */
export function commandStack(commands: readonly HostAndText[], inOrder = false): StackParts {
  const type = "command:remote:Command";
  const nameOf = ([host]: HostAndText, index: number) => `run-${index + 1}-on-${host}`;
  return readStack(
    commands.map((one, index) => {
      const [host, create] = one;
      const before = inOrder ? commands.slice(0, index).map((other, at) => urn(nameOf(other, at), type)) : [];
      return stackResource(type, nameOf(one, index), { connection: { host }, create }, { dependencies: before });
    }),
  );
}
