import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { Cluster } from "../../cluster/cluster";
import type { FileSettings } from "../../cluster/cluster-settings";
import type { DocumentFile } from "../../cluster/documents";
import type { ApiServer, LiveCluster } from "../../cluster/live-cluster";
import { clusterFrom, externalEtcd } from "./cluster";
import { commandStack } from "./command-stack";

/** A program of a policy's page, under a heading such as `## Fails` or `## Fails: an expired client certificate`. */
export interface PageExample {
  readonly heading: string;
  readonly verdict: "fail" | "pass";
  /** What the heading says after the verdict, if anything. */
  readonly scenario: string | undefined;
  readonly cluster: Cluster;
}

/** A cluster in short form, or the text of a ClusterConfiguration with its settings. */
interface Program {
  readonly nodes: readonly string[];
  readonly configuration?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly files?: readonly FileSettings[];
  readonly settings?: object;
  readonly listing?: object;
  /** The record of the cluster's own configuration, or of the environment it is compared with, as a file would hold it. */
  readonly record?: object;
  /** The API servers that run, as kubectl shows them. */
  readonly apiServers?: readonly Omit<ApiServer, "pod" | "version" | "filesOnNode">[];
  /** What a remote.Command runs on a node, by its name. */
  readonly commands?: Readonly<Record<string, string>>;
}

/** The text of a policy's page. */
export function policyPage(id: string): string {
  return readFileSync(join(__dirname, "..", "..", "docs", "policies", `${id}.md`), "utf8");
}

/** All programs of a policy's page, in order. */
export function pageExamples(id: string): readonly PageExample[] {
  return [...policyPage(id).matchAll(EXAMPLE)].map(([, heading = "", verdict, scenario, yaml = ""]) => ({
    heading,
    verdict: verdict === "Fails" ? "fail" : "pass",
    scenario,
    cluster: clusterOf(program(yaml, id)),
  }));
}

/** A heading, a paragraph or none, and the program. */
const EXAMPLE = /\n## ((Fails|Passes)(?:: ([^\n]+))?)\n\n(?:[^#`\n][^\n]*\n\n)?```yaml\n([\s\S]*?)```/g;

function program(yaml: string, id: string): Program {
  const parsed: unknown = load(yaml);
  if (typeof parsed !== "object" || parsed === null || !("nodes" in parsed))
    throw new Error(`an example of ${id} names no nodes`);
  return Object.assign({ nodes: [] }, parsed);
}

function clusterOf({
  nodes,
  configuration,
  text,
  files,
  settings,
  listing,
  record,
  apiServers,
  commands,
}: Program): Cluster {
  return clusterFrom(
    text ?? externalEtcd(configuration ?? {}),
    {
      name: "prod",
      controlPlaneNodes: nodes.map((name) => ({ name })),
      ...(files === undefined ? {} : { files }),
      ...(listing === undefined ? {} : { listing: "listing.yaml" }),
      ...settings,
    },
    commands === undefined ? undefined : commandStack(Object.entries(commands)),
    {
      variables: [],
      ...(listing === undefined ? {} : { listing: document("/listing.yaml", listing) }),
      ...(record === undefined ? {} : { record: document("/prod.record.yaml", record) }),
      ...(record === undefined || settings === undefined
        ? {}
        : { comparedRecord: document("/test.record.yaml", record) }),
    },
    [],
    apiServers === undefined ? undefined : liveCluster(apiServers),
  );
}

function liveCluster(apiServers: readonly Omit<ApiServer, "pod" | "version" | "filesOnNode">[]): LiveCluster {
  const servers = apiServers.map((one) => ({
    ...one,
    pod: `kube-apiserver-${one.node}`,
    version: "v1.29.10",
    filesOnNode: [],
  }));
  return { nodes: [], apiServers: servers, etcdPodNodes: [] };
}

function document(path: string, value: object): DocumentFile {
  return { kind: "text", path, text: JSON.stringify(value) };
}
