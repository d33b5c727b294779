import type { PolicyReport } from "./report";

/** Longer lists are cut. */
const MOST = 20;

/** One line for each thing that is unknown, with the nodes and paths that it concerns, whichever policies wait for it. */
export function undecidedLines(outcomes: readonly Pick<PolicyReport, "undecided">[]): readonly string[] {
  const groups = new Map<string, { readonly nodes: Set<string>; readonly paths: Set<string> }>();
  for (const { text, nodes, paths } of outcomes.flatMap(({ undecided }) => undecided)) {
    const group = groups.get(text) ?? { nodes: new Set(), paths: new Set() };
    for (const node of nodes) group.nodes.add(node);
    for (const path of paths) group.paths.add(path);
    groups.set(text, group);
  }
  return [...groups].map(([text, { nodes, paths }]) => {
    const about = [
      ...(paths.size > 0 ? [listed(paths)] : []),
      ...(nodes.size > 0 && !text.includes("{nodes}") ? [`on ${listed(nodes)}`] : []),
    ].join(" ");
    const line = text.replaceAll("{nodes}", nodes.size > 0 ? listed(nodes) : "the control-plane nodes");
    return about === "" ? line : `${line} (concerns ${about})`;
  });
}

function listed(items: ReadonlySet<string>): string {
  const shown = [...items].slice(0, MOST).join(", ");
  return items.size > MOST ? `${shown} and ${items.size - MOST} more` : shown;
}
