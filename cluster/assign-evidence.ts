import { append } from "./append";
import { leaveUndecided } from "./disk/leave-undecided";
import { UndecidedPlaces } from "./disk/undecided-places";
import type { Evidence } from "./evidence";
import type { Node } from "./node";
import type { MatchMachine } from "./node-identity";

/** Evidence about a host that is not a known machine. */
export interface EvidenceOnUnknownHost {
  readonly evidence: Evidence;
  readonly host: string;
}

/** Which evidence is about which node. */
export interface AssignedEvidence {
  readonly byNode: ReadonlyMap<Node, readonly Evidence[]>;
  /** What evidence that may be about a node leaves undecided; nodes that the same evidence may be about share it. */
  readonly shared: ReadonlyMap<Node, readonly UndecidedPlaces[]>;
  /** Evidence that is about nodes of this cluster for certain. */
  readonly certain: ReadonlySet<Evidence>;
  /** Nodes that some source reached by address or by resource. */
  readonly reached: ReadonlySet<Node>;
  readonly onUnknownHosts: readonly EvidenceOnUnknownHost[];
}

/** Assigns each piece of evidence to the nodes that its machine matches, in the order in which it comes. */
export function assignEvidence(evidence: readonly Evidence[], match: MatchMachine): AssignedEvidence {
  const byNode = new Map<Node, Evidence[]>();
  const certain = new Set<Evidence>();
  const reached = new Set<Node>();
  const onUnknownHosts: EvidenceOnUnknownHost[] = [];
  const conditional = new Map<readonly Node[], UndecidedPlaces>();
  for (const one of evidence) {
    const matched = match(one.machine);
    if (matched.kind === "nodes") {
      certain.add(one);
      for (const node of matched.nodes) {
        append(byNode, node, one);
        if (matched.byAddress) reached.add(node);
      }
    } else if (matched.kind === "maybe") {
      const places = conditional.get(matched.nodes) ?? new UndecidedPlaces();
      conditional.set(matched.nodes, places);
      leaveUndecided(places, one, matched.reason);
    } else if (matched.kind === "unknown-host") onUnknownHosts.push({ evidence: one, host: matched.host });
  }
  const shared = new Map<Node, UndecidedPlaces[]>();
  for (const [nodes, places] of conditional) for (const node of nodes) append(shared, node, places);
  return { byNode, shared, certain, reached, onUnknownHosts };
}
