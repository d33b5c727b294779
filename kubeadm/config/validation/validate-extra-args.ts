import type { Arg } from "../cluster-configuration";
import { invalid, type RuleFault } from "./rule-fault";

/** validation.go ValidateExtraArgs (1.30.14 to 1.37.2). */
export function validateExtraArgs(args: readonly Arg[], path: RuleFault["path"]): readonly RuleFault[] {
  return args.flatMap(({ name }, index) =>
    name === "" ? [invalid("argumentWithoutName", path, `index ${index}`, "argument has no name")] : [],
  );
}

/** kubeadm.GetArgValue with index -1: the last argument of that name. */
export function argValue(args: readonly Arg[], name: string): string {
  return args.findLast((arg) => arg.name === name)?.value ?? "";
}
