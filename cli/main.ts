import { closestName } from "../cluster/closest-name";
import { publicKey } from "../machine/public-text";
import { thisPackage } from "../settings/this-package";
import { baseline } from "./baseline";
import { baselineOptions } from "./baseline-options";
import { check } from "./check";
import { checkOptions } from "./check-options";
import { collect } from "./collect";
import { collectOptions } from "./collect-options";
import { ExitCode } from "./exit-code";
import { explain } from "./explain";
import { help } from "./help";
import { processTerminal } from "./process-terminal";
import { record } from "./record";
import { recordOptions } from "./record-options";
import { report } from "./report";
import type { Terminal } from "./terminal";
import { usageError } from "./usage-error";

/** Runs the program with these arguments, without `node` and the file's name. Resolves to the exit code; never rejects. */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case "check":
      return run("check", checkOptions(rest), check, terminal);
    case "record":
      return run("record", recordOptions(rest), record, terminal);
    case "baseline":
      return run("baseline", baselineOptions(rest), baseline, terminal);
    case "explain":
      return explain(rest, terminal);
    case "collect":
      return run("collect", collectOptions(rest), collect, terminal);
    case "report":
      return report(rest, terminal);
    case "--help":
    case "-h":
    case "help":
      terminal.write(help.program);
      return ExitCode.clean;
    case "--version":
    case "-V":
    case "version": {
      const { name, version } = thisPackage();
      terminal.write(`${name} ${version}\n`);
      return ExitCode.clean;
    }
    case undefined:
      return usageError(terminal, "A command is missing. Run kubeadm-guard check --kubeadm-config FILE.");
    default:
      return usageError(terminal, `There is no command ${publicKey(command)}. ${commandInstead(command)}`);
  }
}

const COMMANDS = ["check", "record", "collect", "baseline", "explain", "report", "help", "version"];

function commandInstead(given: string): string {
  const meant = closestName(given, COMMANDS);
  if (given.startsWith("-")) return "Options come after the command: kubeadm-guard check --kubeadm-config FILE.";
  return meant === undefined ? "Run kubeadm-guard check --kubeadm-config FILE." : `Did you mean ${meant}?`;
}

type OptionsReading<Options> =
  | { readonly kind: "options"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly why: string };

/** Runs a command whose arguments have been understood, or says what its help or the fault in them is. */
async function run<Options>(
  command: "check" | "record" | "baseline" | "collect",
  reading: OptionsReading<Options>,
  start: (options: Options, terminal: Terminal) => Promise<number>,
  terminal: Terminal,
): Promise<number> {
  switch (reading.kind) {
    case "help":
      terminal.write(help[command]);
      return ExitCode.clean;
    case "wrong":
      return usageError(terminal, reading.why, command);
    case "options":
      return start(reading.options, terminal);
  }
}
