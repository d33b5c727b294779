import type { Evidence } from "../cluster/evidence";
import type { Node } from "../cluster/node";
import { NodeNames } from "../cluster/node-names";
import type { World } from "../cluster/presence";
import type { FileOperation } from "../machine/file-operation";
import { isAtOrBelow, normalize } from "../machine/paths";
import type { KubesprayLayout } from "./kubespray/kubespray-layout";
import type { ListingReading } from "./listing";

export interface NodeStatements {
  readonly evidence: readonly Evidence[];
  readonly worlds: ReadonlyMap<string, World>;
}

type Layout = Pick<KubesprayLayout, "controlPlane" | "etcdHosts" | "otherHosts"> & NodeStatements;

/**
 * Joins what is really there with what Kubespray would have put there: where a listing has looked, it alone counts, as
 * an inventory cannot know what was copied, renamed or lost since; elsewhere the layout counts.
 */
export function listingOverLayout(
  listing: Pick<ListingReading, "evidence" | "worlds">,
  layout: Layout,
): NodeStatements {
  const names = new NodeNames([...layout.controlPlane, ...layout.etcdHosts, ...layout.otherHosts]);
  const listed = new Map<Node, World>();
  for (const [name, world] of listing.worlds) for (const node of names.named(name)) listed.set(node, world);
  const listedWorld = (name: string) => {
    const [node] = names.named(name);
    return node === undefined ? undefined : listed.get(node);
  };
  return {
    evidence: [...layout.evidence.flatMap((one) => whereNotListed(one, listedWorld)), ...listing.evidence],
    worlds: new Map([
      ...[...layout.worlds].map(([name, world]) => [name, joined(world, listedWorld(name))] as const),
      ...[...listing.worlds].filter(([name]) => names.named(name).length === 0),
    ]),
  };
}

function whereNotListed(evidence: Evidence, listedWorld: (name: string) => World | undefined): readonly Evidence[] {
  const world = evidence.machine.by === "name" ? listedWorld(evidence.machine.name) : undefined;
  if (world === undefined || world.kind === "open") return [evidence];
  if (world.kind === "closed") return [];
  const folders = world.known.flatMap(({ folders }) => folders.map(normalize));
  const operations = evidence.operations.filter((operation) => {
    const place = placeOf(operation);
    return place === undefined || !folders.some((folder) => isAtOrBelow(normalize(place), folder));
  });
  return [{ ...evidence, operations }];
}

/** The one place that an operation of a layout is about. */
function placeOf(operation: FileOperation): string | undefined {
  switch (operation.do) {
    case "put":
    case "link":
      return operation.to.kind === "file" ? operation.to.path : undefined;
    case "might-write":
      return operation.scope.kind === "below" ? operation.scope.path : undefined;
    default:
      return undefined;
  }
}

function joined(layout: World, listing: World | undefined): World {
  if (listing === undefined) return layout;
  if (listing.kind !== "closed-below" || layout.kind !== "closed-below") return listing;
  return { kind: "closed-below", known: [...listing.known, ...layout.known] };
}
