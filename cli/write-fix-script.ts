import { resolve } from "node:path";
import { publicPath } from "../machine/public-text";
import type { FixPlan } from "../reports/fix/fix-plan";
import { fixScript } from "../reports/fix/fix-script";
import { packageText, thisPackage } from "../settings/this-package";
import { writeFile } from "../settings/write-file";
import { complain } from "./complain";
import type { Terminal } from "./terminal";

/** Writes a plan as the script of `check --fix-script`, and says on standard error what it does not do. Gives why it cannot be written. */
export function writeFixScript(file: string, plan: FixPlan, terminal: Terminal): readonly string[] {
  for (const line of notDone(plan)) complain(terminal, `kubeadm-guard: --fix-script: ${line}`);
  const [script, configMap] = [packageText("fix", "fix.sh"), packageText("fix", "config-map.sh")];
  const path = resolve(terminal.folder, file);
  if (script === undefined || configMap === undefined)
    return [`the script ${publicPath(path)} cannot be written: fix/ is missing in the package.`];
  const failure = writeFile(path, fixScript(plan, { script, configMap }, thisPackage()));
  return failure === undefined ? [] : [`the script ${publicPath(path)} cannot be written: ${failure}.`];
}

function notDone(plan: FixPlan): readonly string[] {
  if (plan.kind === "refused") return plan.why.map((why) => `nothing is certain enough to be done: ${why}.`);
  const refused = plan.nodes.flatMap((one) =>
    one.kind === "refused" ? [`${one.names[0]} is left as it is: ${one.why.join("; ")}.`] : [],
  );
  if (refused.length > 0) return refused;
  return plan.nodes.some(({ kind }) => kind === "steps")
    ? []
    : ["every control-plane node has these files: nothing is to be done."];
}
