import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { publicPath, publicValue } from "../machine/public-text";
import { formatReport } from "../reports/format-report";
import { htmlReport } from "../reports/html/html-report";
import { publicReport } from "../reports/public-report";
import type { Report } from "../reports/report";
import { writeFile } from "../settings/write-file";
import { argumentError } from "./argument-error";
import { complain } from "./complain";
import { ExitCode } from "./exit-code";
import { help } from "./help";
import { reportIn } from "./report-in";
import type { Terminal } from "./terminal";
import { usageError } from "./usage-error";

/**
 * `kubeadm-guard report`: makes one page of the JSON reports of many clusters, or prints them in a format that can be put one after
 * the other, as annotations of a run can. Resolves to the exit code.
 */
export async function report(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parse(args);
  if (options.kind === "wrong") return usageError(terminal, options.why, "report");
  if (options.kind === "help") {
    terminal.write(help.report);
    return ExitCode.clean;
  }
  const { files, into } = options;
  const reports: Report[] = [];
  for (const file of files) {
    const read = await reportIn(file, terminal);
    if (read.kind === "report") reports.push(publicReport(read.report));
    else
      complain(terminal, `kubeadm-guard: ${publicPath(resolve(terminal.folder, file))} cannot be used: ${read.why}.`);
  }
  if (reports.length < files.length) return ExitCode.unusable;
  if (into.kind === "print") {
    for (const one of reports) terminal.write(formatReport(one, into.format));
    return ExitCode.clean;
  }
  const path = resolve(terminal.folder, into.file);
  const failure = writeFile(path, htmlReport(reports));
  if (failure === undefined) return ExitCode.clean;
  complain(terminal, `kubeadm-guard: the report ${publicPath(path)} cannot be written: ${failure}.`);
  return ExitCode.unusable;
}

type Options =
  | { readonly kind: "options"; readonly files: readonly string[]; readonly into: Into }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly why: string };

/** Formats of which several make sense one after the other. */
const PRINTED = ["github", "markdown", "text"] as const;

type Into =
  | { readonly kind: "page"; readonly file: string }
  | { readonly kind: "print"; readonly format: (typeof PRINTED)[number] };

function parse(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: "string" }, format: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help === true) return { kind: "help" };
    if (positionals.length === 0) return { kind: "wrong", why: "Name at least one JSON report." };
    if (values.format !== undefined) {
      const format = PRINTED.find((one) => one === values.format);
      if (format === undefined)
        return { kind: "wrong", why: `--format ${publicValue(values.format)}: report prints ${PRINTED.join(", ")}.` };
      if (values.out !== undefined)
        return { kind: "wrong", why: "--format prints, --out makes a page: leave one out." };
      return { kind: "options", files: positionals, into: { kind: "print", format } };
    }
    if (values.out === undefined || !/\.html?$/i.test(values.out))
      return { kind: "wrong", why: "Name the page with --out FILE.html. --format prints instead." };
    return { kind: "options", files: positionals, into: { kind: "page", file: values.out } };
  } catch (error) {
    return { kind: "wrong", why: argumentError(error, ["out", "format", "help"]) };
  }
}
