import type { Cluster } from "../cluster/cluster";
import { describeNode } from "../cluster/node";
import type { Source } from "../machine/source";
import type { Coverage } from "./report";

/** What a cluster's policies could look at. */
export function coverage(cluster: Cluster): Coverage {
  const { controlPlane, etcdHosts } = cluster;
  const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
  const known = controlPlane.kind === "known";
  const sources = new Set(nodes.flatMap(({ files }) => files.present.map(({ file }) => file.source)));
  return {
    controlPlaneNodes: known ? nodes.map(describeNode) : null,
    mightBeMore: known && controlPlane.more.length > 0,
    etcdHosts: etcdHosts.map(describeNode),
    nodesFrom: places(
      [...nodes, ...etcdHosts].map(({ declaredBy }) => declaredBy),
      ({ name }) => name,
    ),
    filesFrom: places([...sources], ({ name, kind }) => (kind === "kubespray" ? layoutOf(cluster) : name)),
  };
}

function layoutOf({ settings }: Cluster): string {
  const release = settings.kubespray?.release;
  return release === undefined ? "the layout of Kubespray" : `the layout of Kubespray ${release}`;
}

/** Documents by their names, entries of the settings as one, and resources by their number. */
function places(sources: readonly Source[], document: (source: Source) => string): readonly string[] {
  const resources = new Set(sources.flatMap(({ urn }) => urn ?? []));
  const others = sources.filter(({ urn }) => urn === undefined);
  const named = new Set(others.map((source) => (source.kind === "settings" ? "the settings" : document(source))));
  const { size } = resources;
  return [...named, ...(size === 0 ? [] : [size === 1 ? "1 resource" : `${size} resources`])];
}
