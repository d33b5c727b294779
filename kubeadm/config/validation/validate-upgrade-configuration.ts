import { validateImagePullPolicy } from "./image";
import type { RuleFault } from "./rule-fault";
import { validateAbsolutePath } from "./validate-absolute-path";

export interface UpgradeConfiguration {
  readonly apply: UpgradeStep;
  readonly node: UpgradeStep;
}

export interface UpgradeStep {
  readonly patches: { readonly directory: string } | undefined;
  readonly imagePullPolicy: string;
}

/** validation.go ValidateUpgradeConfiguration (1.36.0 and 1.37.2; `config validate` does not run it before). */
export function validateUpgradeConfiguration({ apply, node }: UpgradeConfiguration): readonly RuleFault[] {
  return Object.entries({ apply, node }).flatMap(([name, { patches, imagePullPolicy }]) => [
    ...(patches === undefined ? [] : validateAbsolutePath(patches.directory, [name, "patches", "directory"])),
    ...validateImagePullPolicy(imagePullPolicy, [name, "imagePullPolicy"]),
  ]);
}
