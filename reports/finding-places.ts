import type { Cluster, ControlPlane } from "../cluster/cluster";
import type { DocumentLines, DocumentPlace } from "../cluster/document-lines";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { describeNode, type Node } from "../cluster/node";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import type { InputReport, PlaceReport } from "./report";

/** A file that was read for a run, as reports name it, and where in it things are. */
export interface InputFile extends InputReport {
  readonly absolutePath: string;
  /** The file of places in it: relative to the repository's root where it lies in it. */
  readonly shownAs: string;
  readonly lines: DocumentLines;
}

/** What the places of a finding are made of. */
interface Placed {
  readonly node: string | null;
  readonly path: string | null;
  readonly in?: DocumentPlace;
  readonly text: string;
}

/**
 * Finds where in the files of a run a finding can be shown, the best place first: the place that it is about, the line of the
 * kubeadm-config that names its file or that its text names, the line that names its node (and its file there); where no line is
 * known, what carries the kubeadm-config, else the first file.
 */
export function findingPlaces(cluster: Cluster, inputs: readonly InputFile[]): (finding: Placed) => PlaceReport[] {
  const fieldLines = new Map(externalEtcdLines(cluster));
  const names = namesOfNodes(cluster);
  const { field } = cluster.subject;
  return ({ node, path, in: about, text }) => {
    const line = fieldLines.get(path ?? "") ?? lineNamedIn(text, field);
    const certain = distinct([
      ...(about === undefined ? [] : placesAbout(about, inputs)),
      ...(line === undefined ? [] : inputs.map((input) => placeIn(input, input.lines.ofConfiguration(line)))),
      ...(node === null
        ? []
        : inputs.map((input) => placeIn(input, input.lines.ofNode({ names: names.get(node) ?? [node], path })))),
    ]);
    if (certain.length > 0) return certain;
    const carriers = distinct(inputs.map((input) => placeIn(input, input.lines.ofConfiguration(undefined))));
    const [first] = inputs;
    return carriers.length > 0 || first === undefined ? carriers : [{ file: first.shownAs, line: null }];
  };
}

function distinct(places: readonly (PlaceReport | undefined)[]): PlaceReport[] {
  const known = places.flatMap((place) =>
    place === undefined ? [] : [[`${place.line} ${place.file}`, place] as const],
  );
  return [...new Map(known).values()];
}

function placeIn({ shownAs: file }: InputFile, line: number | undefined): PlaceReport | undefined {
  return line === undefined ? undefined : { file, line };
}

/** A file may be named that is no input of its own: variables beside an inventory. */
function placesAbout(about: DocumentPlace, inputs: readonly InputFile[]): readonly (PlaceReport | undefined)[] {
  if (about.kind === "setting") return inputs.map((input) => placeIn(input, input.lines.ofPlace(about.place)));
  const { path, place, line } = about;
  const input = inputs.find(({ absolutePath }) => absolutePath === path);
  if (input === undefined) return [{ file: path, line: line ?? null }];
  return [
    { file: input.shownAs, line: line ?? (place === undefined ? undefined : input.lines.ofPlace(place)) ?? null },
  ];
}

/** The line of the ClusterConfiguration that names a file, by its path. */
function externalEtcdLines({ configuration }: Cluster): readonly (readonly [string, number])[] {
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  if (legible === undefined) return [];
  return externalEtcdFiles(legible).flatMap(({ field, path }) => {
    const line = legible.lineOf(["etcd", "external", field]);
    return line === undefined ? [] : [[path, line] as const];
  });
}

/** The line that a text names after the field: `data.ClusterConfiguration:12`. */
function lineNamedIn(text: string, field: string): number | undefined {
  const at = text.indexOf(`${field}:`);
  const line = at < 0 ? Number.NaN : Number.parseInt(text.slice(at + field.length + 1), 10);
  return line > 0 ? line : undefined;
}

/** All names of each node, by the one that findings use. */
function namesOfNodes({ controlPlane, etcdHosts, otherHosts }: Cluster): ReadonlyMap<string, readonly string[]> {
  const nodes: readonly Node[] = [...otherHosts, ...etcdHosts, ...nodesOf(controlPlane)];
  return new Map(nodes.map((node) => [describeNode(node), [node.name, ...node.otherNames, ...node.addresses]]));
}

function nodesOf(controlPlane: ControlPlane): readonly Node[] {
  return controlPlane.kind === "known" ? controlPlane.nodes : [];
}
