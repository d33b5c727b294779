import { complain } from "./complain";
import { ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";

/** Says in one line what is wrong with the command line and where help is, for a command or the program; the exit code for that. */
export function usageError(terminal: Terminal, why: string, command?: string): number {
  const help = ["kubeadm-guard", ...(command === undefined ? [] : [command]), "--help"].join(" ");
  complain(terminal, `kubeadm-guard: ${why} Run ${help} for help.`);
  return ExitCode.unusable;
}
