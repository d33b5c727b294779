import * as v from "valibot";
import { closestName } from "../cluster/closest-name";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";

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
 * Reads one array of clusters. Never throws: a key that is misspelt or of the wrong type becomes a problem that names
 * it, and everything else is used.
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
        what: `The name ${name} stands there more than once; only the first is used. Give each cluster its own name.`,
      })),
    ],
  };
}

const text = v.pipe(v.string("must be text"), v.nonEmpty("must not be empty"));
const machine = v.strictObject({
  name: text,
  addresses: v.optional(v.array(text, "must be a list of addresses")),
  resource: v.optional(text),
});
const machines = v.array(machine, "must be a list of machines: [{name: master01, addresses: [192.168.10.11]}]");
const absolutePath = v.pipe(text, v.startsWith("/", "must be an absolute path"));
const file = v.strictObject({
  nodes: v.optional(v.array(text, "must be a list of node names")),
  path: absolutePath,
  link: v.optional(text),
  mode: v.optional(v.pipe(text, v.regex(/^[0-7]{3,4}$/, 'must be octal digits in quotes, such as "0600"'))),
  content: v.optional(v.string("must be text")),
  sha256: v.optional(v.pipe(text, v.regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits"))),
});

/** One schema a key, so that a mistake in one key costs no other. */
const KEYS = {
  name: text,
  kubeadmConfig: text,
  controlPlaneNodes: machines,
  etcdHosts: machines,
  otherHosts: machines,
  kubespray: v.strictObject({
    inventory: text,
    release: v.optional(v.pipe(text, v.regex(/^v?\d+\.\d+(\.\d+)?$/, "must be a release such as v2.26.0"))),
    variables: v.optional(v.record(v.string(), v.unknown(), "must map variable names to values")),
  }),
  files: v.array(file, "must be a list of files: [{path: /etc/ssl/etcd/ssl/ca.pem}]"),
  listing: text,
  unlisted: v.picklist(["undecided", "missing"], 'must be "undecided" or "missing"'),
  undecided: v.picklist(["advisory", "mandatory"], 'must be "advisory" or "mandatory"'),
  minRemainingDays: v.pipe(
    v.number("must be a number of days"),
    v.integer("must be a whole number of days"),
    v.minValue(0, "must be 0 or more"),
    v.maxValue(36_500, "must be 36500 or less"),
  ),
  record: text,
  compareWith: v.strictObject({
    record: text,
    allow: v.optional(
      v.array(
        v.strictObject({ field: text, reason: text }),
        "must be a list of allowed differences: [{field: networking.podSubnet, reason: test has its own network}]",
      ),
    ),
  }),
  upgradeTo: v.strictObject({ kubernetes: v.optional(text), kubespray: v.optional(text) }),
} as const;

const NAMES: readonly string[] = Object.keys(KEYS);

function readCluster(item: unknown, where: string, index: number): SettingsReading {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    return {
      clusters: [],
      problems: [{ cluster: undefined, where, what: "It must be a map with a name: {name: prod}." }],
    };
  }
  const given = new Map(Object.entries(item));
  const name = v.safeParse(KEYS.name, given.get("name"));
  const cluster = name.success ? name.output : `clusters[${index}]`;
  const problems: SettingsProblem[] = [];
  const report = (key: string, what: string) =>
    problems.push({ cluster, where: key === "" ? where : `${where}.${key}`, what });
  if (!name.success)
    report("name", "It must be there and be text that is not empty: it is how messages name the cluster.");
  for (const key of given.keys()) if (!NAMES.includes(key)) report(key, unknownKey(key));

  const read = <Schema extends v.GenericSchema>(key: string, schema: Schema): v.InferOutput<Schema> | undefined => {
    const value = given.get(key);
    if (value === undefined) return undefined;
    const result = v.safeParse(schema, value);
    if (result.success) return result.output;
    for (const issue of result.issues) report(pathText(key, issue), issueText(issue));
    return undefined;
  };
  const parts = {
    kubeadmConfig: read("kubeadmConfig", KEYS.kubeadmConfig),
    controlPlaneNodes: read("controlPlaneNodes", KEYS.controlPlaneNodes),
    etcdHosts: read("etcdHosts", KEYS.etcdHosts),
    otherHosts: read("otherHosts", KEYS.otherHosts),
    kubespray: read("kubespray", KEYS.kubespray),
    files: read("files", KEYS.files),
    listing: read("listing", KEYS.listing),
    unlisted: read("unlisted", KEYS.unlisted),
    undecided: read("undecided", KEYS.undecided),
    minRemainingDays: read("minRemainingDays", KEYS.minRemainingDays),
    record: read("record", KEYS.record),
    compareWith: read("compareWith", KEYS.compareWith),
    upgradeTo: read("upgradeTo", KEYS.upgradeTo),
  };
  return { clusters: [withoutUndefined({ name: cluster, ...parts })], problems };
}

/** Drops absent keys, at every depth, so that "not given" has one form only. */
function withoutUndefined(value: Loose<ClusterSettings>): ClusterSettings {
  return JSON.parse(JSON.stringify(value));
}

/** The same shape where an absent key may also stand as undefined, as valibot gives it. */
type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Loose<T[Key]> | (undefined extends T[Key] ? undefined : never) }
    : T;

function pathText(key: string, issue: v.BaseIssue<unknown>): string {
  const steps = (issue.path ?? []).map((step) =>
    typeof step.key === "number" ? `[${step.key}]` : `.${String(step.key)}`,
  );
  return `${key}${steps.join("")}`;
}

function issueText(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "strict_object") {
    const key = String(issue.path?.at(-1)?.key ?? "");
    return issue.expected === "never" ? unknownKey(key) : `It must be there: ${key}.`;
  }
  return `It ${issue.message.startsWith("must") ? issue.message : `must be ${issue.expected ?? "something else"}`}.`;
}

function unknownKey(key: string): string {
  const close = closestName(key, [...NAMES, ...INNER]);
  return `There is no key ${key}${close === undefined ? "" : `; did you mean ${close}?`} It is not used.`;
}

const INNER = [
  "name",
  "addresses",
  "resource",
  "inventory",
  "release",
  "variables",
  "nodes",
  "path",
  "link",
  "mode",
  "content",
  "sha256",
  "kubernetes",
  "allow",
  "field",
  "reason",
];
