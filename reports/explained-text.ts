import { cellResult, historySteps } from "./file-chain";
import { printable } from "./printable";
import type { ExplainedFile } from "./report";

/** What is thought to be at a path on a node, and every operation that affected it, one per line. */
export function explainedText({ node, path, cell }: ExplainedFile): string {
  const steps = historySteps(cell, node).map((step, index) => `  ${index + 1}. ${step}`);
  return `${printable([`${path} on ${node}`, ...steps, `  ${cellResult(cell)}`].join("\n"))}\n`;
}
