import type { Undecided } from "../cluster/outcome";

/** One line for each thing that is unknown, with the paths and nodes that it concerns. */
export function openQuestions(undecided: readonly Undecided[]): readonly string[] {
  const groups = new Map<string, { readonly nodes: Set<string>; readonly paths: Set<string> }>();
  for (const { unknown, node, path } of undecided) {
    const group = groups.get(unknown) ?? { nodes: new Set(), paths: new Set() };
    if (node !== null) group.nodes.add(node);
    if (path !== null) group.paths.add(path);
    groups.set(unknown, group);
  }
  return [...groups].map(([unknown, { nodes, paths }]) => {
    const named = unknown.includes("{nodes}");
    const about = [
      ...(paths.size > 0 ? [listed(paths)] : []),
      ...(nodes.size > 0 && !named ? [`on ${listed(nodes)}`] : []),
    ].join(" ");
    const text = unknown.replaceAll("{nodes}", nodes.size > 0 ? listed(nodes) : "the control-plane nodes");
    return about === "" ? text : `${text} (concerns ${about})`;
  });
}

/** Longer lists are cut: 20 nodes, then "and N more". */
const MOST = 20;

function listed(items: ReadonlySet<string>): string {
  const shown = [...items].slice(0, MOST).join(", ");
  return items.size > MOST ? `${shown} and ${items.size - MOST} more` : shown;
}
