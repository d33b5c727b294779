import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import { clusterShape } from "./cluster-shape";

/** Where an array of clusters was found, in the words its author used. */
export interface SettingsSource {
  /** `kubeadm-guard:clusters`, `control-plane-nodes-known.clusters`, `the pack's constructor`. */
  readonly where: string;
  /** The value as it was found, not yet looked at. `undefined` where nothing was set. */
  readonly value: unknown;
}

export interface SettingsReading {
  readonly clusters: readonly ClusterSettings[];
  readonly problems: readonly SettingsProblem[];
}

/**
 * Reads one array of clusters. Never throws: what is misspelt or of the wrong type becomes a problem that names its
 * place, and everything else is used.
 */
export function readSettings(source: SettingsSource): SettingsReading {
  if (source.value === undefined || source.value === null) return { clusters: [], problems: [] };
  if (!Array.isArray(source.value)) {
    const what = "It must be a list of clusters: [{name: prod, controlPlaneNodes: [...]}].";
    return { clusters: [], problems: [{ cluster: undefined, where: source.where, what }] };
  }
  const items: readonly unknown[] = source.value;
  const readings = items.map((item, index) => readCluster(item, `${source.where}[${index}]`, index));
  const clusters = readings.flatMap((reading) => reading.clusters);
  const problems = readings.flatMap((reading) => reading.problems);
  const names = clusters.map((cluster) => cluster.name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return {
    clusters: clusters.filter((cluster, index) => names.indexOf(cluster.name) === index),
    problems: [
      ...problems,
      ...[...new Set(twice)].map((name) => ({
        cluster: name,
        where: source.where,
        what: `The name ${name} is used more than once; only the first entry counts. Give each cluster its own name.`,
      })),
    ],
  };
}

/** A cluster without a usable name is still used, under its place in the list. */
function readCluster(item: unknown, where: string, index: number): SettingsReading {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    const what = "It must be a map with a name: {name: prod}.";
    return { clusters: [], problems: [{ cluster: undefined, where, what }] };
  }
  const given: unknown = "name" in item ? item.name : undefined;
  const hasName = typeof given === "string" && given !== "";
  const name = hasName ? given : `clusters[${index}]`;
  const problems: SettingsProblem[] = [];
  const leftOut: string[] = [];
  const report = (place: string, what: string) => problems.push({ cluster: name, where: place, what });
  if (!hasName) report(`${where}.name`, "It is required and must not be empty: messages name the cluster by it.");
  const cluster = clusterShape.read({ ...item, name }, { where, report, leaveOut: (place) => leftOut.push(place) });
  return {
    clusters: cluster === undefined ? [] : [cluster],
    problems: problems.map((problem) => {
      const place = leftOut.find((one) => problem.where.startsWith(one));
      const key = place === undefined ? undefined : KEY_OR_ITEM.exec(place.slice(where.length))?.[1];
      return key === undefined ? problem : { ...problem, leavesOut: key };
    }),
  };
}

/** A whole key of a cluster, or an item of its list: what the cluster lacks without it is not said elsewhere. */
const KEY_OR_ITEM = /^\.(\w+)(?:\[\d+\])?$/;
