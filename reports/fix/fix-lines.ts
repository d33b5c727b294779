import { machineLines } from "../../policies/support/lists";
import type { FixReport } from "../report";
import { shellWord } from "./shell-word";

/** The commands for each node, nodes with the same ones in one line. */
export function fixLines({ nodes }: Pick<FixReport, "nodes">): readonly string[] {
  return machineLines(nodes.map(({ node, steps, why }) => ({ name: node, text: nodeText(steps, why) })));
}

type NodeReport = FixReport["nodes"][number];

function nodeText(steps: NodeReport["steps"], why: NodeReport["why"]): string {
  if (why.length > 0) return `refused: ${why.join("; ")}`;
  return steps.length === 0 ? "nothing to do" : steps.map(command).join(" && ");
}

function command({ do: what, path, from }: NodeReport["steps"][number]): string {
  switch (what) {
    case "link":
      return `ln -s ${word(from)} ${word(path)}`;
    case "bring":
      return `scp -p ${word(`${from}:${path}`)} ${word(path)}`;
  }
}

function word(text: string): string {
  return /^[A-Za-z0-9_./:@=+-]+$/.test(text) ? text : shellWord(text);
}
