import { isDeepStrictEqual } from "node:util";
import { messagesOf } from "../messages-of";
import { printable } from "../printable";
import type { ClusterReport, FindingReport, Report } from "../report";
import { type UndecidedLine, undecidedEntries } from "../undecided-lines";

const COMMANDS = {
  mandatory: "error",
  advisory: "warning",
  accepted: "notice",
  known: "notice",
  remark: "notice",
  undecided: "notice",
} as const;

/** The report as workflow commands of GitHub Actions, one for each message: they become annotations of the run. */
export function githubReport({ clusters }: Report): string {
  const lines = clusters.flatMap((cluster) => {
    const messages = cluster.outcomes.flatMap((policy) =>
      messagesOf(policy).map(({ level, text, fix, findings: [first] }) => {
        const title = `title=${property(`${policy.policy} (${cluster.name})`)}`;
        return `::${COMMANDS[level]} ${[...placeOf(first), title].join(",")}::${data(`${text}${fix === null ? "" : `\nFix: ${fix}`}`)}`;
      }),
    );
    const open = undecidedEntries(cluster.outcomes).map((entry) => {
      const title = `title=${property(`undecided${entry.accepted === null ? "" : " and accepted"} (${cluster.name})`)}`;
      return `::notice ${[...placeOf(findingOf(entry, cluster)), title].join(",")}::${data(`${entry.line}\nTo settle it: ${entry.settledBy}`)}`;
    });
    return [...messages, ...open];
  });
  return lines.map((line) => `${line}\n`).join("");
}

/** Where an annotation is shown; GitHub knows files of the repository only. */
function placeOf(finding: FindingReport | undefined): readonly string[] {
  const place = finding?.places[0];
  if (place === undefined || place.file.startsWith("/")) return [];
  return [`file=${property(place.file)}`, ...(place.line === null ? [] : [`line=${place.line}`])];
}

/** The first finding that a line about something undecided tells. */
function findingOf({ reason, nodes, paths }: UndecidedLine, { outcomes }: ClusterReport): FindingReport | undefined {
  return outcomes
    .flatMap(({ findings }) => findings)
    .find(
      (one) =>
        isDeepStrictEqual(one.reason, reason) &&
        (one.node === null || nodes.includes(one.node)) &&
        (one.path === null || paths.includes(one.path)),
    );
}

/** As the toolkit of GitHub Actions escapes the text of a command (packages/core/src/command.ts). */
function data(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
