import { closestName } from "../cluster/closest-name";
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
      return checkCommand(rest, terminal);
    case "record":
      return recordCommand(rest, terminal);
    case "baseline":
      return baselineCommand(rest, terminal);
    case "explain":
      return explain(rest, terminal);
    case "collect":
      return collectCommand(rest, terminal);
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
      return usageError(terminal, `There is no command ${command}. ${commandInstead(command)}`);
  }
}

const COMMANDS = ["check", "record", "collect", "baseline", "explain", "report", "help", "version"];

function commandInstead(given: string): string {
  const meant = closestName(given, COMMANDS);
  if (given.startsWith("-")) return "Options come after the command: kubeadm-guard check --kubeadm-config FILE.";
  return meant === undefined ? "Run kubeadm-guard check --kubeadm-config FILE." : `Did you mean ${meant}?`;
}

async function checkCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const reading = checkOptions(args);
  switch (reading.kind) {
    case "help":
      terminal.write(help.check);
      return ExitCode.clean;
    case "wrong":
      return usageError(terminal, reading.why, "check");
    case "options":
      return check(reading.options, terminal);
  }
}

async function recordCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const reading = recordOptions(args);
  switch (reading.kind) {
    case "help":
      terminal.write(help.record);
      return ExitCode.clean;
    case "wrong":
      return usageError(terminal, reading.why, "record");
    case "options":
      return record(reading.options, terminal);
  }
}

async function baselineCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const reading = baselineOptions(args);
  switch (reading.kind) {
    case "help":
      terminal.write(help.baseline);
      return ExitCode.clean;
    case "wrong":
      return usageError(terminal, reading.why, "baseline");
    case "options":
      return baseline(reading.options, terminal);
  }
}

async function collectCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const reading = collectOptions(args);
  switch (reading.kind) {
    case "help":
      terminal.write(help.collect);
      return ExitCode.clean;
    case "wrong":
      return usageError(terminal, reading.why, "collect");
    case "options":
      return collect(reading.options, terminal);
  }
}
