import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { htmlReport } from "../reports/html/html-report";
import { readReport } from "../reports/read-report";
import type { Report } from "../reports/report";
import { writeFile } from "../settings/write-file";
import { ExitCode } from "./exit-code";
import { help } from "./help";
import { readInput } from "./read-input";
import type { Terminal } from "./terminal";
import { usageError } from "./usage-error";

/** `kubeadm-guard report`: makes one page of the JSON reports of many clusters. Resolves to the exit code. */
export async function report(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parse(args);
  if (options.kind === "wrong") return usageError(terminal, options.why, "report");
  if (options.kind === "help") {
    terminal.write(help.report);
    return ExitCode.clean;
  }
  const { files, out } = options;
  const reports: Report[] = [];
  for (const file of files) {
    const read = await reportIn(file, terminal);
    if (read.kind === "report") reports.push(read.report);
    else terminal.complain(`kubeadm-guard: ${resolve(terminal.folder, file)} cannot be used: ${read.why}.\n`);
  }
  if (reports.length < files.length) return ExitCode.unusable;
  const path = resolve(terminal.folder, out);
  const failure = writeFile(path, htmlReport(reports));
  if (failure === undefined) return ExitCode.clean;
  terminal.complain(`kubeadm-guard: the report ${path} cannot be written: ${failure}.\n`);
  return ExitCode.unusable;
}

async function reportIn(file: string, terminal: Terminal) {
  const input = await readInput(file, terminal);
  if (input.kind === "unreadable") return { kind: "problem", why: input.why } as const;
  return input.kind === "text" ? readReport(input.text) : ({ kind: "problem", why: "it is not UTF-8 text" } as const);
}

type Options =
  | { readonly kind: "options"; readonly files: readonly string[]; readonly out: string }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly why: string };

function parse(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help === true) return { kind: "help" };
    if (positionals.length === 0) return { kind: "wrong", why: "Name at least one JSON report." };
    if (values.out === undefined || !/\.html?$/i.test(values.out))
      return { kind: "wrong", why: "Name the page with --out FILE.html." };
    return { kind: "options", files: positionals, out: values.out };
  } catch (error) {
    const [what = ""] = error instanceof Error ? error.message.split(". ") : ["The arguments cannot be understood"];
    return { kind: "wrong", why: `${what}.` };
  }
}
