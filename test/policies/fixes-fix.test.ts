import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { askedClusters } from "../../cli/asked-clusters";
import type { Cluster } from "../../cluster/cluster";
import { predictKubeadm } from "../../cluster/predict-kubeadm";
import { policies } from "../../policies/index";
import { type FileFix, type FileFixes, fileFixes, type NodeFix } from "../../policies/support/file-fixes";
import { clusterFrom, settingsOfCase } from "../helpers/cluster";
import { type CaseFile, type RecordedCluster, recordedClusters } from "../helpers/recorded-clusters";

const NOW = new Date("2026-11-23T12:00:00Z");
const FILES = "external-etcd-files-on-every-control-plane-node";

const clusterOf = (one: RecordedCluster): Cluster =>
  clusterFrom(one.configMap.data["ClusterConfiguration"] ?? "", settingsOfCase(one));
/** Those for single nodes in one list. */
function fixesOf(one: RecordedCluster): Pick<FileFixes, "open"> & { readonly perNode: readonly NodeFix[] } {
  const { perNode, open } = fileFixes(clusterOf(one), NOW.getTime());
  return { perNode: perNode.flatMap(({ fixes }) => fixes), open };
}

/** The cluster's own data after somebody has done what a fix says. */
function applied(one: RecordedCluster, fix: FileFix): RecordedCluster {
  switch (fix.kind) {
    case "name-files": {
      const renamed = fix.files.reduce(
        (text, { field, path }) => text.replace(new RegExp(`(\\b${field}: ).*`), (_line, key: string) => key + path),
        one.configMap.data["ClusterConfiguration"] ?? "",
      );
      return { ...one, configMap: { data: { ...one.configMap.data, ClusterConfiguration: renamed } } };
    }
    case "link-files":
      return withFiles(
        one,
        fix.node,
        fix.links.map(({ path, target }) => ({ path, link: target, mode: "0777", content: null })),
      );
    case "copy-files": {
      const donor = clusterOf(one).controlPlane;
      const files = donor.kind === "known" ? donor.nodes.find(({ name }) => name === fix.from)?.files : undefined;
      const copies = fix.files.map(({ path }): CaseFile => {
        const presence = files?.presence(path);
        if (presence?.kind !== "present") throw new Error(`${fix.from} does not have ${path}`);
        const { content, mode = "0600" } = presence.file;
        return { path, link: null, mode, content: content.kind === "text" ? content.text : null };
      });
      return withFiles(one, fix.node, copies);
    }
  }
}

function withFiles(one: RecordedCluster, node: string, files: readonly CaseFile[]): RecordedCluster {
  const taken = (one.files[node] ?? []).filter(({ path }) => files.some((file) => file.path === path));
  expect(taken).toEqual([]);
  return { ...one, files: { ...one.files, [node]: [...(one.files[node] ?? []), ...files] } };
}

/** What stops a preview, as policy and message; `FILES` with its nodes. */
function mandatory(cluster: Cluster): readonly string[] {
  return policies.flatMap((policy) => {
    const outcome = policy.check(cluster, { now: NOW });
    if (outcome.kind !== "fail" || policy.level !== "mandatory") return [];
    return outcome.findings
      .filter(({ level }) => level !== "advisory")
      .map(({ message, node }) => `${policy.id} ${message} ${node}`);
  });
}

/** After the fixes the nodes are fine for the policy and for kubeadm, and nothing else has become worse. */
function expectFixed(before: RecordedCluster, fixes: readonly FileFix[], nodes: readonly string[]) {
  const after = clusterOf(fixes.reduce(applied, before));
  const left = mandatory(after);
  expect(left.filter((finding) => nodes.some((node) => finding === `${FILES} missing ${node}`))).toEqual([]);
  expect(left.filter((finding) => !mandatory(clusterOf(before)).includes(finding))).toEqual([]);
  const predicted = new Map(
    predictKubeadm(after, { step: "upgrade", now: NOW }).map(({ node, prediction }) => [node, prediction]),
  );
  expect(nodes.map((node) => [node, predicted.get(node)])).toEqual(nodes.map((node) => [node, { ok: true }]));
}

const CASES = (["clusters", "clusters-with-etcd"] as const).flatMap((folder) => recordedClusters(folder));
const WITH_FIX = CASES.filter((one) => fixesOf(one).perNode.length > 0);

describe("each fix for one node of a recorded cluster", () => {
  it("is offered in many of the clusters with a missing file, by links and by copies", () => {
    const kinds = WITH_FIX.map((one) => fixesOf(one).perNode.map(({ kind }) => kind));
    expect(kinds.filter((of) => of.includes("link-files")).length).toBeGreaterThanOrEqual(10);
    expect(kinds.filter((of) => of.includes("copy-files")).length).toBeGreaterThanOrEqual(3);
  });

  it.each(WITH_FIX.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_title, one) => {
    const { perNode, open } = fixesOf(one);
    const nodes = [...new Set(perNode.map((fix) => fix.node))];
    expectFixed(one, perNode, nodes);
    expect(nodes.filter((node) => open.includes(node))).toEqual([]);
  });
});

const FIELD = join(__dirname, "..", "fixtures", "field");

/** A cluster from the field as case data: what its inventory or listing says is on each node, of which no content is shown. */
function fieldCase(folder: string, given: { readonly nodes?: string; readonly inventory?: string }): RecordedCluster {
  const read = readFileSync(join(FIELD, folder, "kubeadm-config.yaml"), "utf8");
  const asked = askedClusters(
    { file: "-", input: { kind: "text", text: read } },
    {
      kubeadmConfig: "-",
      nodes: given.nodes,
      inventory: given.inventory,
      kubespray: undefined,
      kubeadm: undefined,
      upgradeTo: undefined,
    },
    join(FIELD, folder),
  );
  if (asked.kind !== "clusters") throw new Error(`${folder} cannot be opened`);
  const [{ cluster }] = asked.clusters;
  const text = cluster.configuration.kind === "text" ? cluster.configuration.text : "";
  const nodes = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
  return {
    id: folder,
    title: folder,
    kubernetesVersion: "",
    controlPlane: nodes.map(({ name, addresses }) => ({ name, addresses })),
    etcdHosts: cluster.etcdHosts.map(({ name, addresses }) => ({ name, addresses })),
    configMap: { data: { ClusterConfiguration: text } },
    files: Object.fromEntries(
      nodes.map(({ name, files }) => [
        name,
        files.present.map(({ path }) => ({ path, link: null, mode: "0600", content: null })),
      ]),
    ),
    kubeadm: { nodes: {} },
  };
}

describe("each fix of a cluster from the field", () => {
  it.each([
    ["08-cluster-ca-suggested", { nodes: "nodes.yaml" }, "copy-files"],
    ["14-named-after-a-host-that-left", { inventory: "inventory.ini" }, "link-files"],
  ] as const)("%s", (folder, given, kind) => {
    const one = fieldCase(folder, given);
    const { perNode, open } = fixesOf(one);
    expect(new Set(perNode.map((fix) => fix.kind))).toEqual(new Set([kind]));
    expect(open).toEqual([]);
    const after = clusterOf(perNode.reduce(applied, one));
    expect(mandatory(clusterOf(one))).not.toEqual([]);
    expect(mandatory(after)).toEqual([]);
    const predictions = predictKubeadm(after, { step: "upgrade", now: NOW });
    expect(predictions.map(({ prediction }) => prediction.ok)).toEqual(one.controlPlane.map(() => null));
  });
});

describe("every node of a recorded cluster that lacks a file", () => {
  it.each(CASES.map((one) => [one.id, one] as const))("has a fix or is left open: %s", (_id, one) => {
    const lacking = mandatory(clusterOf(one)).flatMap((finding) => {
      const [, node] = finding.split(`${FILES} missing `);
      return node === undefined ? [] : [node];
    });
    const { perNode, open } = fixesOf(one);
    expect([...new Set([...perNode.map((fix) => fix.node), ...open])].sort()).toEqual([...new Set(lacking)].sort());
  });
});
