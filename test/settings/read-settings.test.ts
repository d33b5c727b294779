import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../settings/read-settings";

const where = "kubeadm-guard:clusters";
const CYCLE: Record<string, unknown> = {};
CYCLE["self"] = CYCLE;
const whole = {
  name: "prod",
  kubeadmConfig: "prod-provider",
  controlPlaneNodes: [{ name: "master01", addresses: ["192.168.10.11"], resource: "vm-1" }],
  etcdHosts: [{ name: "etcd01" }],
  otherHosts: [{ name: "bastion" }],
  kubespray: { inventory: "inventory.ini", release: "v2.26.0", variables: { etcd_cert_dir: "/etc/etcd" } },
  files: [{ nodes: ["master01"], path: "/etc/ssl/etcd/ssl/ca.pem", mode: "0644", content: "x" }],
  listing: "nodes.yaml",
  unlisted: "missing",
  undecided: "mandatory",
  minRemainingDays: 60,
  upgradeTo: { kubernetes: "v1.30.4", kubespray: "v2.26.0" },
};

describe("settings that are in order", () => {
  it("come out as they went in", () => {
    expect(readSettings({ where, value: [whole] })).toEqual({ clusters: [whole], problems: [] });
  });

  it("are none where nothing was set", () => {
    expect(readSettings({ where, value: undefined })).toEqual({ clusters: [], problems: [] });
  });
});

describe("settings with a mistake", () => {
  it.each([
    ["a misspelt key", { controlplanenodes: [] }, ".controlplanenodes", "did you mean controlPlaneNodes?"],
    ["a key that is nothing like one", { color: "red" }, ".color", "There is no key color"],
    [
      "a misspelt key of a machine",
      { etcdHosts: [{ name: "a", adresses: [] }] },
      ".etcdHosts[0].adresses",
      "did you mean addresses?",
    ],
    ["nodes as one text", { controlPlaneNodes: "master01" }, ".controlPlaneNodes", "must be a list of machines"],
    [
      "a node without a name",
      { controlPlaneNodes: [{ addresses: ["10.0.0.1"] }] },
      ".controlPlaneNodes[0].name",
      "It is required: name.",
    ],
    ["a relative path", { files: [{ path: "ca.pem" }] }, ".files[0].path", "must be an absolute path"],
    ["a mode as a number", { files: [{ path: "/ca.pem", mode: 600 }] }, ".files[0].mode", "must be text"],
    ["a word that unlisted does not know", { unlisted: "absent" }, ".unlisted", 'must be "undecided" or "missing"'],
    ["a release that is none", { kubespray: { inventory: "i", release: "newest" } }, ".kubespray.release", "v2.26.0"],
  ])("%s is named with its place and a way out, and the rest is used", (_title, mistake, place, hint) => {
    const reading = readSettings({ where, value: [{ name: "prod", listing: "nodes.yaml", ...mistake }] });
    expect(reading.problems.map((problem) => problem.where)).toContain(`${where}[0]${place}`);
    expect(reading.problems.map((problem) => problem.what).join(" ")).toContain(hint);
    expect(reading.clusters).toMatchObject([{ name: "prod", listing: "nodes.yaml" }]);
  });

  it.each<[string, object, object, string | undefined]>([
    [
      "an unknown key of a node",
      { controlPlaneNodes: [{ name: "a", address: ["10.0.0.1"] }, { name: "b" }] },
      { controlPlaneNodes: [{ name: "a" }, { name: "b" }] },
      undefined,
    ],
    [
      "a bad address of a node",
      { controlPlaneNodes: [{ name: "a", addresses: ["10.0.0.1", 10] }] },
      { controlPlaneNodes: [{ name: "a", addresses: ["10.0.0.1"] }] },
      undefined,
    ],
    [
      "a node without a name",
      { controlPlaneNodes: [{ name: "a" }, { nam: "b" }] },
      { controlPlaneNodes: [{ name: "a" }] },
      "controlPlaneNodes",
    ],
    [
      "a node that is named twice, which may be another one",
      {
        controlPlaneNodes: [
          { name: "a", addresses: ["10.0.0.1"] },
          { name: "A", addresses: ["10.0.0.2"] },
        ],
      },
      { controlPlaneNodes: [{ name: "a", addresses: ["10.0.0.1"] }] },
      "controlPlaneNodes",
    ],
    ["nodes that are not a list", { controlPlaneNodes: "a" }, {}, "controlPlaneNodes"],
    [
      "a bad mode of a file, which is on the node all the same",
      { files: [{ path: "/a", mode: "rw" }, { path: "/b" }] },
      { files: [{ path: "/a" }, { path: "/b" }] },
      undefined,
    ],
    [
      "bad nodes of a file, which would otherwise be on every node",
      { files: [{ path: "/a", nodes: "master01" }, { path: "/b" }] },
      { files: [{ path: "/b" }] },
      "files",
    ],
    [
      "a bad link of a file",
      { files: [{ path: "/a", link: 7 }, { path: "/b" }] },
      { files: [{ path: "/b" }] },
      "files",
    ],
    [
      "a bad Kubespray release",
      { kubespray: { inventory: "i", release: "newest" } },
      { kubespray: { inventory: "i" } },
      undefined,
    ],
    ["an inventory that is not text", { kubespray: { inventory: 7 } }, {}, "kubespray"],
    ["variables that no one could write as YAML", { kubespray: { inventory: "i", variables: CYCLE } }, {}, "kubespray"],
  ])("%s leaves out the smallest part, and says what that was", (_title, given, kept, leavesOut) => {
    const { clusters, problems } = readSettings({ where, value: [{ name: "prod", ...given }] });
    expect(clusters).toEqual([{ name: "prod", ...kept }]);
    expect(problems.map((problem) => problem.leavesOut)).toContain(leavesOut);
  });

  it("a key that may be a value in the wrong place is not printed", () => {
    const { problems } = readSettings({ where, value: [{ name: "prod", "-----BEGIN PRIVATE KEY-----\nMII": 1 }] });
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain("PRIVATE");
  });

  it("a cluster without a name is still used, under its place in the list", () => {
    const reading = readSettings({ where, value: [{ listing: "nodes.yaml" }] });
    expect(reading.clusters).toEqual([{ name: "clusters[0]", listing: "nodes.yaml" }]);
    expect(reading.problems).toMatchObject([{ where: `${where}[0].name` }]);
  });

  it("two clusters of one name: the first is used, the second is named", () => {
    const reading = readSettings({
      where,
      value: [
        { name: "prod", listing: "a" },
        { name: "prod", listing: "b" },
      ],
    });
    expect(reading.clusters).toEqual([{ name: "prod", listing: "a" }]);
    expect(reading.problems).toMatchObject([{ cluster: "prod" }]);
  });

  it("a map where a list should be is one problem", () => {
    expect(readSettings({ where, value: { name: "prod" } })).toMatchObject({ clusters: [], problems: [{ where }] });
  });
});

describe("whatever is written there", () => {
  it("reading it never throws, and each problem ends in a period", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { problems } = readSettings({ where, value });
        expect(problems.filter(({ what }) => !what.endsWith("."))).toEqual([]);
      }),
    );
  });

  it("what is not a list of maps is a problem for each part that is not", () => {
    const noMap = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(noMap, fc.array(noMap), (value, list) => {
        expect(readSettings({ where, value }).problems).toHaveLength(1);
        expect(readSettings({ where, value: list }).problems).toHaveLength(list.length);
      }),
    );
  });
});
