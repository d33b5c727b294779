import { describe, expect, it } from "vitest";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import type { LiveCluster, LiveNode } from "../../cluster/live-cluster";
import { upgradeByKubeadm } from "../../cluster/upgrade-by-kubeadm";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const NOW = new Date("2026-11-23T12:00:00Z");
const FILES = { caFile: "/etc/etcd/ca.pem", certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem" };
const EXTERNAL = externalEtcd(FILES);
const LOCAL = EXTERNAL.replace(/etcd:[\s\S]*/, "etcd:\n  local: {dataDir: /var/lib/etcd}\n");

/** Two nodes; the second lacks what is not listed for it. */
function nodesWith(onSecond: readonly string[]): Partial<ClusterSettings> {
  const on = (node: string, paths: readonly string[]) => paths.map((path) => ({ nodes: [node], path }));
  return {
    controlPlaneNodes: [
      { name: "m1", addresses: ["10.0.0.1"] },
      { name: "m2", addresses: ["10.0.0.2"] },
    ],
    unlisted: "missing",
    files: [...on("m1", Object.values(FILES)), ...on("m2", onSecond)],
  };
}

function path(text: string, to: string, settings: Partial<ClusterSettings> = {}, live?: LiveCluster) {
  const all = { name: "prod", ...settings, upgradeTo: { kubernetes: to } };
  return upgradeByKubeadm(clusterFrom(text, all, undefined, undefined, [], live), NOW);
}

const kubernetes = (of: ReturnType<typeof path>) => of?.steps.map((step) => step.kubernetes);

describe("the upgrade path by kubeadm alone", () => {
  it("is not there where no release is named", () => {
    expect(upgradeByKubeadm(clusterFrom(EXTERNAL, { name: "prod" }), NOW)).toBeUndefined();
  });

  it("takes each minor release, and names the oldest external etcd of each and the same files all the way", () => {
    expect(path(EXTERNAL, "v1.32.1")).toMatchObject({
      by: "kubeadm",
      endsEarly: null,
      steps: [
        { kubernetes: "1.30", kubespray: null, etcd: "v3.4.13 or newer", certFile: FILES.certFile },
        { kubernetes: "1.31", kubespray: null, etcd: "v3.5.24 or newer", certFile: FILES.certFile },
        { kubernetes: "1.32", kubespray: null, etcd: "v3.5.24 or newer", certFileAfter: FILES.certFile },
      ],
    });
  });

  it("with local etcd names kubeadm's own etcd of each release, and no file", () => {
    expect(path(LOCAL, "v1.35")?.steps.map((step) => [step.kubernetes, step.etcd, step.certFile])).toEqual([
      ["1.30", "v3.5.15", ""],
      ["1.31", "v3.5.24", ""],
      ["1.32", "v3.5.24", ""],
      ["1.33", "v3.5.24", ""],
      ["1.34", "v3.6.5", ""],
      ["1.35", "v3.6.6", ""],
    ]);
  });

  it("stops on the first node that lacks a file, with kubeadm's words, and takes that as fixed afterwards", () => {
    const error = `failed to create etcd client for external etcd: open ${FILES.certFile}: no such file or directory`;
    const found = path(EXTERNAL, "v1.31", nodesWith([FILES.caFile]));
    expect(found?.steps.map(({ stop }) => stop)).toEqual([{ node: "m2", error }, null]);
    expect(found?.steps[1]?.unknown).toEqual([]);
  });

  it.each([
    ["v1beta2", "v1.26.3", "v1.28", "1.27", "v1.22"],
    ["v1beta1", "v1.21.3", "v1.23", "1.22", "v1.15"],
    ["v1beta3", "v1.36.0", "v1.37", "1.37", "v1.36"],
  ])("%s of a cluster at %s has to be migrated before %s is reached", (api, version, to, minor, by) => {
    const text = LOCAL.replace("v1beta3", api).replace("v1.29.10", version);
    const [first, ...others] = path(text, to)?.steps ?? [];
    expect(first).toMatchObject({
      kubernetes: minor,
      migrate: `kubeadm ${minor} cannot read ${api}: run kubeadm config migrate with kubeadm ${by} before`,
      stop: { node: null, error: expect.stringContaining(`no kind "ClusterConfiguration" is registered for version`) },
    });
    expect(others.map(({ migrate }) => migrate)).toEqual(others.map(() => null));
  });

  it.each([
    ["a patch release is one step", "v1.29.15", ["1.29"], null],
    ["an older release is none", "v1.28", [], "the cluster is at Kubernetes 1.29, which is newer than v1.28"],
    ["it ends at the newest that is known", "v1.99", undefined, "kubeadm 1.37 is the newest that is known"],
  ])("%s", (_title, to, steps, endsEarly) => {
    const found = path(EXTERNAL, to);
    expect(found?.endsEarly).toBe(endsEarly);
    if (steps !== undefined) expect(kubernetes(found)).toEqual(steps);
  });

  it.each([
    ["a label for a version", EXTERNAL.replace("v1.29.10", "stable"), "kubernetesVersion names no release"],
    ["a text that is no YAML", "kind: [", "cannot be read"],
  ])("%s gives no path, and says why", (_title, text, why) => {
    const found = path(text, "v1.31");
    expect([kubernetes(found), found?.endsEarly]).toEqual([[], expect.stringContaining(why)]);
  });

  it("stops at what kubeadm of any release refuses", () => {
    const text = `${EXTERNAL}featureGates: [RootlessControlPlane]\n`;
    expect(path(text, "v1.30")?.steps[0]?.stop?.error).toContain("cannot unmarshal array");
  });

  const node = (name: string, kubelet: string): LiveNode => ({ name, addresses: [], isControlPlane: true, kubelet });
  const LIVE: LiveCluster = { nodes: [node("m1", "v1.29.10")], apiServers: [], etcdPodNodes: [] };

  it("starts where the running API servers are, the oldest of them, and not where the kubeadm-config is", () => {
    const server = { pod: "p", caFile: "", certFile: "", keyFile: "", etcdServers: [], filesOnNode: [] };
    const apiServers = [
      { ...server, node: "m1", version: "v1.30.14" },
      { ...server, node: "m2", version: "v1.29.10" },
    ];
    expect(kubernetes(path(EXTERNAL.replace("v1.29.10", "v1.30.14"), "v1.31", {}, { ...LIVE, apiServers }))).toEqual([
      "1.30",
      "1.31",
    ]);
  });

  it.each([
    ["three releases older are too old for 1.30", "v1.26.15", "1.26.15"],
    ["that are younger are not", "v1.27.16", undefined],
  ])("kubelets %s", (_title, kubelet, named) => {
    const nodes = [...LIVE.nodes, { ...node("w1", kubelet), isControlPlane: false }];
    const stop = path(EXTERNAL, "v1.30", {}, { ...LIVE, nodes })?.steps[0]?.stop ?? null;
    expect(stop).toEqual(
      named === undefined
        ? null
        : {
            node: "m1",
            error: `There are kubelets in this cluster that are too old that have these versions [v${named}]`,
          },
    );
  });

  it("does not say what Kubespray will write", () => {
    const settings = { ...nodesWith(Object.values(FILES)), kubespray: { inventory: "inventory.ini" } };
    expect(path(EXTERNAL, "v1.30", settings)?.steps[0]?.unknown).toContain(
      "which files Kubespray writes into the kubeadm-config (check --kubespray A..B follows its releases)",
    );
  });
});

describe("what is not known on the path", () => {
  const live = (kubelets: readonly (string | undefined)[]): LiveCluster => ({
    nodes: kubelets.map((kubelet, index) => ({
      name: `w${index}`,
      addresses: [],
      isControlPlane: false,
      kubelet,
    })),
    apiServers: [],
    etcdPodNodes: [],
  });
  const at = (text: string, settings: Partial<ClusterSettings>, seen?: LiveCluster) =>
    path(text, "v1.30", settings, seen)?.steps[0];

  it("is which nodes there are", () => {
    expect(at(EXTERNAL, {})).toMatchObject({ stop: null, unknown: ["which nodes are control-plane nodes"] });
  });

  it("is whether nodes have the files", () => {
    const controlPlaneNodes = [{ name: "m1" }, { name: "m2" }];
    expect(at(EXTERNAL, { controlPlaneNodes })).toMatchObject({
      stop: null,
      unknown: [`on m1, whether ${FILES.certFile} can be opened`, `on m2, whether ${FILES.certFile} can be opened`],
    });
  });

  it("is what comes before the node at which kubeadm stops", () => {
    const settings = {
      controlPlaneNodes: [{ name: "m1" }, { name: "m2" }, { name: "m3" }],
      files: [...Object.values(FILES).map((one) => ({ nodes: ["m1"], path: one }))],
      unlisted: "missing" as const,
    };
    expect(at(EXTERNAL, settings)?.stop).toEqual({
      node: "m2",
      error: `failed to create etcd client for external etcd: open ${FILES.certFile}: no such file or directory`,
    });
  });

  it("is where etcd runs, if it is local", () => {
    const controlPlaneNodes = [{ name: "m1" }];
    expect(at(LOCAL, { controlPlaneNodes })).toMatchObject({
      stop: null,
      unknown: ["on m1, whether etcd runs as pods"],
    });
    expect(at(LOCAL, { controlPlaneNodes, unlisted: "missing" })?.stop).toEqual({
      node: "m1",
      error: "failed to create etcd client: could not retrieve the list of etcd endpoints: context deadline exceeded",
    });
  });

  it("is not the version of a kubelet that says none", () => {
    expect(at(EXTERNAL, {}, live([undefined, "v1.x", "v1.29.10"]))).toMatchObject({ stop: null });
  });

  it("are kubelets, which are named once for each version", () => {
    const { stop } = at(EXTERNAL, {}, live(["v1.26.15", "v1.25.1", "v1.26.15"])) ?? {};
    expect(stop).toEqual({
      node: null,
      error: "There are kubelets in this cluster that are too old that have these versions [v1.26.15 v1.25.1]",
    });
  });

  it("is the version of an API server that says none", () => {
    const server = { pod: "p", caFile: "", certFile: "", keyFile: "", etcdServers: [], filesOnNode: [] };
    const apiServers = [
      { ...server, node: "m1", version: undefined },
      { ...server, node: "m2", version: "v1.28.1" },
    ];
    expect(kubernetes(path(EXTERNAL, "v1.29", {}, { ...live([]), apiServers }))).toEqual(["1.29"]);
  });

  it("is the release to which it goes, where it is none", () => {
    expect(path(EXTERNAL, "soon")).toEqual({
      by: "kubeadm",
      steps: [],
      endsEarly: "kubernetesVersion names no release, so nobody can tell where the upgrade path begins",
    });
  });

  it("is nothing at the newest release that is known", () => {
    expect(path(EXTERNAL, "v1.37.2")?.endsEarly).toBeNull();
  });

  it("is all of it where the configuration is not carried", () => {
    const cluster = clusterFrom(EXTERNAL, { name: "prod", upgradeTo: { kubernetes: "v1.30.4" } });
    const patch = { ...cluster, configuration: { kind: "not-carried", why: "a patch" } as const };
    expect(upgradeByKubeadm(patch, NOW)?.endsEarly).toBe("the kubeadm-config cannot be read");
  });
});
