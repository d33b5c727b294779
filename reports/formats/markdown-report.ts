import { baseName } from "../../machine/paths";
import { checkedAsText } from "../checked-as-text";
import { checkedByText } from "../checked-by-text";
import { coverageText } from "../coverage-text";
import { cellText } from "../file-table-text";
import type { MessageReport } from "../messages-of";
import { orderedMessages } from "../ordered-messages";
import { planBlocks } from "../plan-blocks";
import { howToRead } from "../policy-page";
import { printable } from "../printable";
import type { ClusterReport, PolicyReport, Report } from "../report";
import { type UndecidedLine, undecidedEntries } from "../undecided-lines";
import { verdict, verdictWords } from "../verdict";

/** GitHub refuses a comment of more than 65,536 characters, GitLab one of more than a million. */
const LONGEST = 60_000;
const MOST_ROWS = 20;

/** The report for a comment on a pull request: the verdict and the table at once, each finding behind its first line. */
export function markdownReport(report: Report): string {
  const parts = report.clusters.map((cluster) => clusterLines(cluster, report).join("\n"));
  const text = `${parts.join("\n\n")}\n`;
  if (text.length <= LONGEST) return text;
  const heads = report.clusters.map((cluster) => headLines(cluster, report).join("\n"));
  const short = `${heads.join("\n\n")}\n`.slice(0, LONGEST);
  return `${short}\n\nThe findings are too long for a comment; see the other reports of this run.\n`;
}

function headLines(cluster: ClusterReport, { origin }: Report): readonly string[] {
  const { counts } = verdict(cluster);
  return [
    `### kubeadm-guard: ${md(cluster.name)}: ${verdictWords(cluster)}`,
    "",
    ...(counts === "" ? [] : [`**${counts}**`, ""]),
    `${md(coverageText(cluster.coverage))}; ${md(checkedAsText(cluster, origin))}.`,
  ];
}

function clusterLines(cluster: ClusterReport, report: Report): readonly string[] {
  const undecided = undecidedEntries(cluster.outcomes);
  const open = undecided.filter(({ accepted }) => accepted === null);
  const agreed = undecided.filter(({ accepted }) => accepted !== null);
  return [
    ...headLines(cluster, report),
    ...tableLines(cluster),
    ...orderedMessages(cluster).flatMap(({ policy, messages }) =>
      messages.flatMap((one) => messageLines(one, policy, report)),
    ),
    ...undecidedList("Undecided, which is not a pass", open),
    ...undecidedList("Undecided and accepted, which is not a pass", agreed),
    ...planBlocks(cluster).flatMap(({ title, lines }) => [
      "",
      `<details><summary>${md(title)}</summary>`,
      "",
      `<pre>${html(lines.join("\n"))}</pre>`,
      "",
      "</details>",
    ]),
    "",
    `<sub>${md(checkedByText(cluster, report))}</sub>`,
  ];
}

function undecidedList(title: string, lines: readonly UndecidedLine[]): readonly string[] {
  return lines.length === 0
    ? []
    : ["", `**${title}**`, "", ...lines.map(({ line, settledBy }) => `- ${md(line)}. To settle it: ${md(settledBy)}`)];
}

function tableLines({ files: { files, rows } }: ClusterReport): readonly string[] {
  const lacking = rows.filter(({ cells }) => cells.some(({ presence }) => presence !== "present"));
  if (lacking.length === 0) return [];
  const shown = lacking.slice(0, MOST_ROWS);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rest = rows.length - shown.length;
  return [
    "",
    row(["Node", ...files.map(({ field, path }) => md(`${field} ${baseName(path)}`))]),
    row(["---", ...files.map(() => "---")]),
    ...shown.map(({ node, cells }) =>
      row([md(node), ...cells.map((cell, index) => md(cellText(cell, files[index]?.path ?? "")))]),
    ),
    ...(rest === 0 ? [] : ["", rest === 1 ? "One more node is not shown." : `${rest} more nodes are not shown.`]),
  ];
}

function messageLines({ level, text, fix }: MessageReport, policy: PolicyReport, { tool }: Report): readonly string[] {
  const [first = "", ...rest] = text.split("\n");
  const label = level === "mandatory" ? policy.severity.toUpperCase() : level;
  const url = policy.url === null ? `<code>${md(howToRead(policy.policy, tool))}</code>` : `[page](${md(policy.url)})`;
  const details = [...rest, ...(fix === null ? [] : [`Fix: ${fix}`])].join("\n");
  return [
    "",
    `<details${level === "mandatory" ? " open" : ""}><summary><b>${label}</b> ${md(policy.policy)}: ${md(first)}</summary>`,
    "",
    ...(details === "" ? [] : [`<pre>${html(details)}</pre>`, ""]),
    `Details: ${url}`,
    "</details>",
  ];
}

/** What Markdown or HTML would take for markup, and what would notify people, as character references. */
function md(text: string): string {
  return withoutMarkup(text).replaceAll("\n", "<br>");
}

/** Inside of `<pre>`; an empty line would end it in some renderers. */
function html(text: string): string {
  return withoutMarkup(text).replace(/\n(?=\n)/g, "\n&#8203;");
}

function withoutMarkup(text: string): string {
  return printable(text).replace(/[&<>\\`*_[\]|~@#]/g, (one) => `&#${one.charCodeAt(0)};`);
}
