import { closestName } from "../cluster/closest-name";
import { publicKey } from "../machine/public-text";
import { policies } from "../policies/index";
import { docsPage } from "../settings/this-package";
import { ExitCode } from "./exit-code";
import { help } from "./help";
import { type ReasonRow, reasonRows } from "./reason-rows";
import { searchPolicies } from "./search-policies";
import type { Terminal } from "./terminal";
import { usageError } from "./usage-error";

/**
 * `kubeadm-guard explain`: prints a policy's page, or what settles an undecided reason; for a symptom or an error message, the
 * policies about it; without an argument, all ids. Needs no network.
 */
export function explain(args: readonly string[], terminal: Terminal): number {
  const [id, ...surplus] = args;
  if (id === "--help" || id === "-h") {
    terminal.write(help.explain);
    return ExitCode.clean;
  }
  if (surplus.length > 0)
    return usageError(
      terminal,
      "explain takes one id: a policy's, or an undecided reason's. Put quotes around a message.",
      "explain",
    );
  const reasons = reasonRows(docsPage("undecided.md") ?? "");
  if (id === undefined) {
    terminal.write(list(reasons));
    return ExitCode.clean;
  }
  const text = explanation(id, reasons) ?? leadsTo(id);
  if (text === undefined) return usageError(terminal, unknownId(id, reasons), "explain");
  terminal.write(text);
  return ExitCode.clean;
}

function explanation(id: string, reasons: readonly ReasonRow[]): string | undefined {
  const policy = policies.find((one) => one.id === id);
  if (policy !== undefined) {
    return docsPage(`policies/${id}.md`) ?? `# ${id}\n\n${policy.description}\n\nFix: ${policy.remediation}\n`;
  }
  const reason = reasons.find((one) => one.id === id);
  if (reason === undefined) return undefined;
  return `${id}: something is undecided, which is not a pass.\n\nFor example: ${reason.example}.\n\nWhat settles it: ${reason.settledBy}\n`;
}

/** The policies that a symptom or a pasted error message leads to. */
function leadsTo(text: string): string | undefined {
  const found = searchPolicies(text, policies, ({ id }) => docsPage(`policies/${id}.md`));
  if (found.length === 0) return undefined;
  const rows = column(found.map(({ id, description }) => ({ id, text: description })));
  return ["Policies about this; kubeadm-guard explain ID prints a page:", ...rows, ""].join("\n");
}

function unknownId(id: string, reasons: readonly ReasonRow[]): string {
  const close = closestName(id, [...policies.map((one) => one.id), ...reasons.map((one) => one.id)]);
  const meant = close === undefined ? "kubeadm-guard explain lists all" : `Did you mean ${close}`;
  return `There is no policy and no undecided reason ${publicKey(id)}. ${meant}${close === undefined ? "." : "?"}`;
}

function list(reasons: readonly ReasonRow[]): string {
  const named = [...policies.map(({ id, description }) => ({ id, text: description }))];
  const open = reasons.map(({ id, example }) => ({ id, text: example }));
  return [
    "Policies:",
    ...column(named),
    ...(open.length === 0 ? [] : ["", "Reasons why something is undecided, each with an example:", ...column(open)]),
    "",
  ].join("\n");
}

function column(rows: readonly { readonly id: string; readonly text: string }[]): readonly string[] {
  const width = Math.max(...rows.map(({ id }) => id.length));
  return rows.map(({ id, text }) => `  ${id.padEnd(width)}  ${text}`);
}
