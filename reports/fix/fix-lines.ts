import { machineLines } from "../../policies/support/lists";
import type { FixReport } from "../report";

/** What would be done on each node, nodes of which the same is said in one line. */
export function fixLines({ nodes }: FixReport): readonly string[] {
  return machineLines(
    nodes.map(({ node, steps, why }) => ({
      name: node,
      text:
        why.length > 0
          ? `refused: ${why.join("; ")}`
          : steps.length === 0
            ? "nothing to do"
            : steps.map(stepText).join(", "),
    })),
  );
}

function stepText({ do: what, path, from }: FixReport["nodes"][number]["steps"][number]): string {
  switch (what) {
    case "link":
      return `link ${path} -> ${from}`;
    case "copy":
      return `copy ${from} to ${path}`;
    case "bring":
      return `copy ${path} from ${from}`;
  }
}
