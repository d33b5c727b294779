import { join } from "node:path";
import { expect, it } from "vitest";
import { assembleClusters } from "../../cluster/assemble-clusters";
import type { Cluster, ControlPlaneNode, MatchedKubeadmRun } from "../../cluster/cluster";
import type { Completeness } from "../../cluster/completeness";
import { knownConfiguration } from "../../cluster/configuration/known-configuration";
import type { UndecidedReason } from "../../cluster/presence";
import { clusterParts } from "../../evidence/cluster-parts";
import { readStack } from "../../evidence/read-stack";
import { resolveResource } from "../../evidence/resolve-resource";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { reasonText } from "../../reasons/reason-texts";
import { externalEtcd } from "../helpers/cluster";
import { MODELS } from "./models/stacks";

const CA = "/etc/etcd/ca.pem";

/** The stacks are read once: this test is about what comes of them. */
const PREPARED = Object.entries(MODELS).map(([title, model]) => ({
  title,
  model,
  stack: readStack(model.resources),
  otherStack: model.otherResources === undefined ? undefined : readStack(model.otherResources),
}));

/** After a change: `npx vitest run --project unit test/cluster/models.test.ts --update`, and read the difference. */
it("who the nodes of a stack are, and what is on them", async () => {
  const blocks = PREPARED.map((one) => `# ${one.title}\n${clustersOf(one).map(clusterText).join("\n")}\n`);
  await expect(blocks.join("\n")).toMatchFileSnapshot(join(__dirname, "models", "stacks.txt"));
});

function clustersOf({ model, stack, otherStack }: (typeof PREPARED)[number]): readonly Cluster[] {
  const { clusters, resources, problems = [] } = model;
  const configuration = knownConfiguration(configurationText(externalEtcd({ caFile: CA })), undefined);
  const parts = clusters.map((settings, index) => ({
    ...clusterParts({
      name: settings.name,
      subject: { source: { name: "kubeadm-config", kind: "kubernetes:core/v1:ConfigMap" }, field: "data" },
      configuration,
      settings,
      documents: { variables: [] },
      live: undefined,
      resolve: (name) => resolveResource(name, resources),
      problems,
    }),
    ...(otherStack === undefined || index > 0 ? {} : { otherStack }),
  }));
  return assembleClusters(parts, stack);
}

function clusterText(cluster: Cluster): string {
  const { controlPlane, unknownHosts, kubeadmRuns, problems } = cluster;
  const lines =
    controlPlane.kind === "known"
      ? [...controlPlane.nodes.map(nodeText), ...controlPlane.more.map((one) => `  perhaps more: ${whyText(one)}`)]
      : ["  no node is known", ...controlPlane.might.map((one) => `  might be one: ${whyText(one)}`)];
  return [
    `${cluster.name}:`,
    ...lines,
    ...unknownHosts.map(
      ({ host, source, concernsEtcdFiles }) =>
        `  unknown host ${host} of ${source.name}${concernsEtcdFiles ? ", where etcd's files lie" : ""}`,
    ),
    ...kubeadmRuns.map(runText),
    ...problems.map(({ where, what }) => `  problem: ${where} ${what}`),
  ].join("\n");
}

function nodeText({
  name,
  otherNames,
  addresses,
  resource,
  group,
  reached,
  declaredBy,
  files,
}: ControlPlaneNode): string {
  const presence = files.presence(CA);
  const ca = presence.kind === "undecided" ? `undecided: ${presence.reasons.map(whyText).join("; ")}` : presence.kind;
  return [
    `  ${[name, ...otherNames].join(" = ")} (${addresses.join(", ")}), by ${declaredBy.name}`,
    resource === undefined ? "" : `, machine ${resource.split("::").at(-1)}`,
    group === undefined ? "" : `, one of a group`,
    reached ? ", reached" : "",
    `: ca.pem ${ca}; ${completenessText(files.completeness)}`,
  ].join("");
}

function completenessText(completeness: Completeness): string {
  switch (completeness.kind) {
    case "unknown":
      return `what else is there: ${reasonText(completeness.reason)}`;
    case "complete":
      return `nothing else is there, by ${"source" in completeness.because ? completeness.because.source.name : completeness.because.by}`;
    case "complete-below":
      return "nothing else is there, below some folders";
  }
}

function whyText({ reason, source }: UndecidedReason): string {
  return `${source === undefined ? "" : `${source.name} `}${reasonText(reason)}`;
}

function runText({ command, source, nodes }: MatchedKubeadmRun): string {
  return `  ${source.name} runs ${command} on ${nodes.length === 0 ? "some node" : nodes.join(", ")}`;
}
