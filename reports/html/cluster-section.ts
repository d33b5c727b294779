import { checkedAsText } from "../checked-as-text";
import { checkedByText } from "../checked-by-text";
import { coverageText } from "../coverage-text";
import { xmlText } from "../formats/xml-text";
import type { MessageReport } from "../messages-of";
import { orderedMessages } from "../ordered-messages";
import { planBlocks } from "../plan-blocks";
import { howToRead } from "../policy-page";
import { type PredictionGroup, predictionGroups, shownError } from "../prediction-groups";
import type { ClusterReport, FindingReport, PlaceReport, PolicyReport, Report } from "../report";
import { type UndecidedLine, undecidedEntries } from "../undecided-lines";
import { verdict } from "../verdict";
import { certificateSection } from "./certificate-section";
import { fileSection } from "./file-section";

/** All that is known of one cluster. `id` is the anchor, and the beginning of all ids in the section. */
export function clusterSection(cluster: ClusterReport, report: Report, id: string): string {
  const { counts } = verdict(cluster);
  return `<section class="cluster" aria-labelledby="${id}">
<h2 id="${id}">${xmlText(cluster.name)} ${verdictBadge(cluster)}</h2>
<p>${xmlText(counts === "" ? "Nothing was found" : counts)}; ${xmlText(checkedAsText(cluster, report.origin))}.</p>
<p>${xmlText(coverageText(cluster.coverage))}.</p>
<p class="record">${xmlText(checkedByText(cluster, report))}.</p>
${findings(cluster, report, id)}
${fileSection(cluster, id)}
${certificateSection(cluster, report.checkedAt, id)}
${predictions(cluster, report, id)}
${plans(cluster, id)}
${policies(cluster, report)}
</section>`;
}

const SYMBOLS = { refused: "✗", undecided: "?", passed: "✓" } as const;

/** The verdict in a word, with a symbol of its own. */
export function verdictBadge(cluster: ClusterReport): string {
  const { kind } = verdict(cluster);
  return `<span class="badge ${kind}"><span aria-hidden="true">${SYMBOLS[kind]} </span>${kind}</span>`;
}

function findings(cluster: ClusterReport, report: Report, id: string): string {
  const articles = orderedMessages(cluster).flatMap(({ policy, messages }) =>
    messages.map((one) => article(one, policy, report)),
  );
  const all = undecidedEntries(cluster.outcomes);
  const undecided = [
    openArticle(
      "undecided",
      "This is not a pass",
      all.filter(({ accepted }) => accepted === null),
    ),
    openArticle(
      "accepted",
      "Undecided, which is not a pass",
      all.filter(({ accepted }) => accepted !== null),
    ),
  ].filter((one) => one !== "");
  if (articles.length === 0 && undecided.length === 0) return "";
  return `<h3 id="${id}-findings">Findings</h3>\n${[...articles, ...undecided].join("\n")}\n`;
}

/** What is undecided, by whether the team has agreed to live with it. */
function openArticle(kind: "undecided" | "accepted", title: string, lines: readonly UndecidedLine[]): string {
  if (lines.length === 0) return "";
  return `<article class="${kind}"><h4><span class="label">${kind}</span> ${title}</h4>
<ul>${lines.map(undecidedItem).join("\n")}</ul></article>`;
}

function undecidedItem({ line, settledBy, reason }: UndecidedLine): string {
  return `<li>${xmlText(line)}<br><strong>To settle it:</strong> ${xmlText(settledBy)} <code>kubeadm-guard explain ${xmlText(reason.id)}</code></li>`;
}

function article({ level, text, fix, findings }: MessageReport, policy: PolicyReport, { tool }: Report): string {
  const label = level === "mandatory" ? policy.severity : level;
  const page =
    policy.url === null
      ? `<code>${xmlText(howToRead(policy.policy, tool))}</code>`
      : `<a href="${xmlText(policy.url)}">${xmlText(policy.policy)}</a>`;
  return `<article class="${level}"><h4><span class="label">${label}</span> ${xmlText(policy.policy)}</h4>
<p class="text">${xmlText(text)}</p>
${wherePart(findings)}${fix === null ? "" : `<p class="text"><strong>Fix:</strong> ${xmlText(fix)}</p>\n`}<p>Details: ${page}</p></article>`;
}

const MOST_PLACES = 4;

/** The lines of files that the findings of one text are about. */
function wherePart(findings: readonly FindingReport[]): string {
  const lines = [
    ...new Set(findings.flatMap(({ places }) => places.filter(({ line }) => line !== null).map(placeText))),
  ];
  if (lines.length === 0) return "";
  const shown = lines.slice(0, MOST_PLACES).map((line) => `<code>${xmlText(line)}</code>`);
  const rest = lines.length > MOST_PLACES ? ` and ${lines.length - MOST_PLACES} more` : "";
  return `<p>Where: ${shown.join(", ")}${rest}</p>\n`;
}

function placeText({ file, line }: PlaceReport): string {
  return `${file}:${line}`;
}

function plans(cluster: ClusterReport, id: string): string {
  return planBlocks(cluster)
    .map(
      ({ title, lines }, index) =>
        `<h3 id="${id}-plan-${index}">${xmlText(title)}</h3>
<div class="wide" role="region" aria-labelledby="${id}-plan-${index}" tabindex="0"><pre>${xmlText(lines.join("\n"))}</pre></div>`,
    )
    .join("\n");
}

function predictions({ predictions, files }: ClusterReport, { step }: Report, id: string): string {
  if (predictions.length === 0) return "";
  const words = ({ ok }: PredictionGroup) => (ok === null ? "? unknown" : ok ? "✓ ok" : "✗ fails");
  const rows = predictionGroups(predictions).map((one) => {
    const why = one.ok === null ? `depends on ${one.why}` : shownError(one.error ?? "", files);
    return `<tr><th scope="row">${xmlText(one.nodes)}</th><td>${words(one)}</td><td class="text">${xmlText(why)}</td></tr>`;
  });
  return `<h3 id="${id}-kubeadm">Predicted result of kubeadm ${step}</h3>
<div class="wide" role="region" aria-labelledby="${id}-kubeadm" tabindex="0"><table>
<thead><tr><th scope="col">Node</th><th scope="col">Result</th><th scope="col">What it says</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

const OUTCOMES = { fail: "✗ fail", undecided: "? undecided", pass: "✓ pass", "not-applicable": "– not applicable" };

function policies({ outcomes }: ClusterReport, { tool }: Report): string {
  const rows = outcomes.map(
    ({ policy, outcome, why, title }) =>
      `<tr><th scope="row">${xmlText(policy)}</th><td>${OUTCOMES[outcome]}</td><td>${xmlText(why ?? `${title}. ${howToRead(policy, tool)}`)}</td></tr>`,
  );
  return `<details><summary>All ${outcomes.length} policies and their outcomes</summary>
<div class="wide"><table>
<thead><tr><th scope="col">Policy</th><th scope="col">Outcome</th><th scope="col">Why, or what it is about</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div></details>`;
}
