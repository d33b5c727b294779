import { messagesOf } from "../messages-of";
import { printable } from "../printable";
import type { Report } from "../report";
import { undecidedLines } from "../undecided-lines";

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
        const [place] = first.places;
        const file = place === undefined || place.file.startsWith("/") ? [] : [`file=${property(place.file)}`];
        const line = file.length === 0 || place?.line == null ? [] : [`line=${place.line}`];
        const title = `title=${property(`${policy.policy} (${cluster.name})`)}`;
        return `::${COMMANDS[level]} ${[...file, ...line, title].join(",")}::${data(`${text}${fix === null ? "" : `\nFix: ${fix}`}`)}`;
      }),
    );
    const open = undecidedLines(cluster.outcomes).map(
      (line) => `::notice title=${property(`undecided (${cluster.name})`)}::${data(line)}`,
    );
    return [...messages, ...open];
  });
  return lines.map((line) => `${line}\n`).join("");
}

/** As the toolkit of GitHub Actions escapes the text of a command (packages/core/src/command.ts). */
function data(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
