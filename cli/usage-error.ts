import { ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";

/** Says what is wrong with the command line and where help is; the exit code for that. */
export function usageError(terminal: Terminal, why: string): number {
  terminal.complain(`kubeadm-guard: ${why}\nkubeadm-guard check --help lists the options.\n`);
  return ExitCode.unusable;
}
