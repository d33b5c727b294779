import type { KubeadmStep } from "../cluster/predict-kubeadm";
import { checkedAsText } from "./checked-as-text";
import { checkedByText } from "./checked-by-text";
import { coverageText } from "./coverage-text";
import { fileTableSummary, fileTableText } from "./file-table-text";
import { orderedMessages, type PolicyMessages } from "./ordered-messages";
import { planBlocks } from "./plan-blocks";
import { policyCounts } from "./policy-counts";
import { howToRead } from "./policy-page";
import { predictionGroups, shownError } from "./prediction-groups";
import { printable } from "./printable";
import type { ClusterReport, FileTable, PolicyReport, PredictionReport, Report, Tool } from "./report";
import { undecidedLines } from "./undecided-lines";
import { verdict, verdictWords } from "./verdict";

export interface TextOptions {
  /** List each policy with its outcome, those that do not apply with the reason. */
  readonly verbose?: boolean;
  /** Use colors: for a terminal only. */
  readonly color?: boolean;
}

/**
 * The report for people: the verdict, what was looked at, the findings with their fix, what is undecided, and the
 * predicted result of kubeadm. The same report gives the same bytes; what a terminal would obey is printed as an escape.
 */
export function textReport(report: Report, { verbose = false, color = false }: TextOptions = {}): string {
  const clusters = report.clusters.map((cluster) => clusterLines(cluster, report, verbose));
  const lines = clusters.flatMap((one, index) => (index === 0 ? one : ["", ...one]));
  return `${lines.map((line) => lineText(line, color)).join("\n")}\n`;
}

/** A line of text; its label, of our own words, is what may be colored. */
type Line = string | { readonly before?: string; readonly label: string; readonly style: Style; readonly text: string };

type Style = "bad" | "warning" | "open" | "good";

/** Select Graphic Rendition (ECMA-48): bold and red, yellow, cyan, green. */
const CODES: Readonly<Record<Style, string>> = { bad: "1;31", warning: "33", open: "36", good: "32" };

function lineText(line: Line, color: boolean): string {
  if (typeof line === "string") return printable(line);
  const { before = "", label, style, text } = line;
  const painted = color ? `\u001b[${CODES[style]}m${label}\u001b[0m` : label;
  return `${printable(before)}${painted}${printable(text)}`.trimEnd();
}

function clusterLines(cluster: ClusterReport, report: Report, verbose: boolean): readonly Line[] {
  return [
    headLine(cluster, report),
    coverageText(cluster.coverage),
    ...blocks(cluster, report),
    ...undecidedBlock(cluster),
    "",
    ...(verbose ? verboseLines(cluster) : [policiesLine(cluster)]),
    ...predictionLines(cluster, report.step),
    ...planBlocks(cluster).flatMap(({ title, lines }) => ["", `${title}:`, ...lines]),
    "",
    checkedByText(cluster, report),
  ];
}

const STYLES = { refused: "bad", undecided: "open", passed: "good" } as const;

function headLine(cluster: ClusterReport, { origin }: Report): Line {
  const { kind, counts } = verdict(cluster);
  const before = `${cluster.name}: `;
  const nodes = kind !== "undecided" || cluster.coverage.controlPlaneNodes !== null ? "" : NO_NODES[origin];
  const text = `${nodes}${counts === "" ? "" : `. ${counts}`}; ${checkedAsText(cluster, origin)}`;
  return { before, label: verdictWords(cluster), style: STYLES[kind], text };
}

/** Where no node is known, no file was looked for: that is what the first line is about. */
const NO_NODES = {
  check: ": no control-plane node is known, so no files were checked (name them with --nodes or --inventory)",
  preview: ": no control-plane node is known, so no files were checked (name them in kubeadm-guard:clusters)",
} as const;

/** The findings: by level, then by severity. */
function blocks(cluster: ClusterReport, { tool, step }: Report): readonly Line[] {
  return orderedMessages(cluster).flatMap((one) => block({ ...one, cluster, tool, step }));
}

interface Block extends PolicyMessages {
  readonly cluster: ClusterReport;
  readonly tool: Tool;
  readonly step: KubeadmStep;
}

function block(one: Block): readonly Line[] {
  const { policy, level, messages, tool } = one;
  const fixes = new Set(messages.flatMap(({ fix }) => fix ?? []));
  const separate = isPresence(one) || fixes.size < messages.length;
  const lines = separate
    ? [...(isPresence(one) ? presenceLines(one) : messages.map(({ text }) => text)), ...[...fixes].map(fixText)]
    : messages.flatMap(({ text, fix }) => (fix === null ? [text] : [text, fixText(fix)]));
  const details = level === "remark" ? [] : [`Details: ${howToRead(policy.policy, tool)}`];
  const mandatory = level === "mandatory";
  return [
    "",
    {
      label: mandatory ? policy.severity.toUpperCase() : level,
      style: mandatory ? "bad" : level === "advisory" ? "warning" : "open",
      text: `  ${policy.policy}`,
    },
    ...[...lines, ...details].map(indented),
  ];
}

function fixText(fix: string): string {
  return `Fix: ${fix}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}

const PRESENCE = "external-etcd-files-on-every-control-plane-node";

/** The policy whose findings are shown as a table of nodes by files. */
function isPresence({ policy, level, cluster }: Block): boolean {
  return policy.policy === PRESENCE && level !== "accepted" && level !== "known" && cluster.files.rows.length > 0;
}

function presenceLines({ cluster, step }: Block): readonly string[] {
  const { files, predictions } = cluster;
  const lacking = new Set(
    files.rows.filter(({ cells }) => cells.some(({ presence }) => presence === "missing")).map(({ node }) => node),
  );
  const [first] = predictions;
  // What stops every node alike, before kubeadm opens a file, is told by the policy that it concerns.
  const stopsBefore =
    first?.error?.startsWith("open ") === false && predictions.every(({ error }) => error === first.error);
  const stopped = stopsBefore ? undefined : predictions.find(({ node, ok }) => ok === false && lacking.has(node));
  return [
    fileTableSummary(files),
    ...fileTableText(files).map((line) => `  ${line}`),
    ...(stopped === undefined ? [] : [stopText(stopped, step, files)]),
  ];
}

function stopText({ node, error }: PredictionReport, step: KubeadmStep, files: FileTable): string {
  const prefix = step === "upgrade" ? "failed to create etcd client for external etcd: " : "";
  return `On ${node} kubeadm ${step} fails: ${prefix}${shownError(error ?? "", files)}`;
}

function undecidedBlock({ outcomes }: ClusterReport): readonly Line[] {
  const open = outcomes.filter(({ undecided }) => undecided.length > 0);
  if (open.length === 0) return [];
  return [
    "",
    { label: "undecided", style: "open", text: `  ${open.map(({ policy }) => policy).join(", ")}` },
    ...[...undecidedLines(open), ...settlingLines(open)].map(indented),
  ];
}

/** What settles it, once for each id: an acceptance takes the same ids. */
function settlingLines(open: readonly PolicyReport[]): readonly string[] {
  const all = open.flatMap(({ undecided }) => undecided);
  const settling = new Map(all.map(({ reason, settledBy }) => [reason.id, settledBy]));
  return [...settling].map(([id, settledBy]) => `To settle it: ${settledBy} (kubeadm-guard explain ${id})`);
}

function policiesLine({ outcomes }: ClusterReport): string {
  const passed = outcomes.filter(({ outcome }) => outcome === "pass").length;
  const others = outcomes.filter(({ outcome }) => outcome === "not-applicable").length;
  return `${policyCounts(passed, others).join(", ")} (--verbose lists ${passed + others === 1 ? "it" : "them"})`;
}

const OUTCOMES = {
  fail: { label: "fail", style: "bad" },
  undecided: { label: "undecided", style: "open" },
  pass: { label: "pass", style: "good" },
  "not-applicable": { label: "not applicable", style: "open" },
} as const;

function verboseLines({ outcomes }: ClusterReport): readonly Line[] {
  const width = Math.max(...Object.values(OUTCOMES).map(({ label }) => label.length));
  return [
    "Policies:",
    ...outcomes.map(({ policy, outcome, why }): Line => {
      const { label, style } = OUTCOMES[outcome];
      const gap = " ".repeat(width - label.length);
      return { before: "  ", label, style, text: `${gap}  ${policy}${why === null ? "" : `: ${why}`}` };
    }),
  ];
}

const COMMANDS: Readonly<Record<KubeadmStep, string>> = {
  upgrade: "kubeadm upgrade node phase control-plane",
  init: "kubeadm init phase preflight (ExternalEtcdVersion, ExternalEtcdClientCertificates)",
};

function predictionLines({ predictions, files }: ClusterReport, step: KubeadmStep): readonly Line[] {
  if (predictions.length === 0) return [];
  const groups = predictionGroups(predictions);
  const width = Math.max(...groups.map(({ nodes }) => nodes.length));
  const indent = " ".repeat(width + 13);
  return [
    "",
    `Predicted result of ${COMMANDS[step]}:`,
    ...groups.map(({ nodes, ok, error, why }): Line => {
      const label = ok === null ? "unknown" : ok ? "ok" : "fails";
      const detail = ok === null ? `depends on ${why}` : shownError(error ?? "", files);
      return {
        before: `  ${nodes.padEnd(width)}  `,
        label,
        style: ok === null ? "open" : ok ? "good" : "bad",
        text: `${" ".repeat(7 - label.length)}  ${detail.replaceAll("\n", `\n${indent}`)}`,
      };
    }),
  ];
}
