import { ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";

/** Says what is wrong with the command line and where help is, for a command or the program; the exit code for that. */
export function usageError(terminal: Terminal, why: string, command?: string): number {
  const help = ["kubeadm-guard", ...(command === undefined ? [] : [command]), "--help"].join(" ");
  terminal.complain(`kubeadm-guard: ${why}\n${help} says more.\n`);
  return ExitCode.unusable;
}
