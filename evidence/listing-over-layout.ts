import type { Completeness } from "../cluster/completeness";
import type { Evidence } from "../cluster/evidence";
import type { Node } from "../cluster/node";
import { NodeNames } from "../cluster/node-names";
import type { FileOperation } from "../machine/file-operation";
import { footprintOf } from "../machine/footprint";
import { isAtOrBelow, normalize } from "../machine/paths";
import type { KubesprayLayout } from "./kubespray/kubespray-layout";
import type { ListingReading } from "./read-listing";

export interface NodeStatements {
  readonly evidence: readonly Evidence[];
  readonly completeness: ReadonlyMap<string, Completeness>;
}

type Layout = Pick<KubesprayLayout, "controlPlane" | "etcdHosts" | "otherHosts"> & NodeStatements;

/**
 * Joins what is really there with what Kubespray would have put there: where a listing has looked, it alone counts, as
 * an inventory cannot know what was copied, renamed or lost since; elsewhere the layout counts.
 */
export function listingOverLayout(
  listing: Pick<ListingReading, "evidence" | "completeness">,
  layout: Layout,
): NodeStatements {
  const names = new NodeNames([...layout.controlPlane, ...layout.etcdHosts, ...layout.otherHosts]);
  const listed = new Map<Node, Completeness>();
  for (const [name, completeness] of listing.completeness)
    for (const node of names.named(name)) listed.set(node, completeness);
  const listedCompleteness = (name: string) => {
    const [node] = names.named(name);
    return node === undefined ? undefined : listed.get(node);
  };
  return {
    evidence: [...layout.evidence.flatMap((one) => whereNotListed(one, listedCompleteness)), ...listing.evidence],
    completeness: new Map([
      ...[...layout.completeness].map(
        ([name, completeness]) => [name, joined(completeness, listedCompleteness(name))] as const,
      ),
      ...[...listing.completeness].filter(([name]) => names.named(name).length === 0),
    ]),
  };
}

function whereNotListed(
  evidence: Evidence,
  listedCompleteness: (name: string) => Completeness | undefined,
): readonly Evidence[] {
  const completeness = evidence.machine.by === "name" ? listedCompleteness(evidence.machine.name) : undefined;
  if (completeness === undefined || completeness.kind === "unknown") return [evidence];
  if (completeness.kind === "complete") return [];
  const folders = completeness.known.flatMap(({ folders }) => folders.map(normalize));
  const operations = evidence.operations.filter((operation) => {
    const place = placeOf(operation);
    return place === undefined || !folders.some((folder) => isAtOrBelow(normalize(place), folder));
  });
  return [{ ...evidence, operations }];
}

/** The one place that an operation of a layout is about. */
function placeOf(operation: FileOperation): string | undefined {
  const [scope] = footprintOf(operation).writes;
  return scope?.kind === "below" ? scope.path : undefined;
}

function joined(layout: Completeness, listing: Completeness | undefined): Completeness {
  if (listing === undefined) return layout;
  if (listing.kind !== "complete-below" || layout.kind !== "complete-below") return listing;
  return { kind: "complete-below", known: [...listing.known, ...layout.known] };
}
