import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { assembleClusters } from "../../cluster/assemble-clusters";
import type { Cluster } from "../../cluster/cluster";
import { knownConfiguration } from "../../cluster/configuration/known-configuration";
import { nodeFiles } from "../../cluster/node-files";
import type { Presence } from "../../cluster/presence";
import { clusterParts } from "../../evidence/cluster-parts";
import { readListing } from "../../evidence/read-listing";
import { readStack } from "../../evidence/read-stack";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { externalEtcdFilesOnEveryControlPlaneNode } from "../../policies/external-etcd-files-on-every-control-plane-node";
import { presenceCases, type RecordedCluster, recordedClusters, UNRENDERED_CASES } from "../helpers/recorded-clusters";

const PATH = "/project/nodes.yaml";
const read = (listing: unknown) => readListing({ path: PATH, text: JSON.stringify(listing) }, "prod");
const readText = (text: string) => readListing({ path: PATH, text }, "prod");
const problemsOf = (listing: unknown) => read(listing).problems.map((one) => one.what);

/** Whether a path can be opened on a node of the listing. */
function presence(listing: unknown, node: string, path: string): Presence {
  const reading = read(listing);
  const evidence = reading.evidence.filter(({ machine }) => machine.by === "name" && machine.name === node);
  return nodeFiles(
    evidence,
    reading.completeness.get(node) ?? reading.completenessOfOthers,
    [path],
    () => true,
  ).presence(path);
}

describe("a listing", () => {
  it("names nodes with their addresses, etcd hosts and other hosts", () => {
    const reading = read({
      controlPlane: [{ name: "master01", addresses: ["192.168.10.11"] }],
      etcdHosts: [{ name: "etcd01" }],
      otherHosts: [{ name: "worker01", addresses: null }],
    });
    expect(reading.controlPlane).toEqual([
      {
        name: "master01",
        otherNames: [],
        addresses: ["192.168.10.11"],
        declaredBy: { name: "listing nodes.yaml", kind: "listing" },
      },
    ]);
    expect([...reading.etcdHosts, ...reading.otherHosts].map((node) => node.name)).toEqual(["etcd01", "worker01"]);
    expect(reading.problems).toEqual([]);
  });

  it("takes a machine that only its files name for one of the other hosts", () => {
    const reading = read({ controlPlane: [{ name: "master01" }], files: { Master01: [], "gateway.example": [] } });
    expect(reading.otherHosts.map((node) => node.name)).toEqual(["gateway.example"]);
    expect(reading.problems).toEqual([]);
  });

  it("may be YAML, with a byte order mark before it", () => {
    const reading = readText("\ufeffcontrolPlane:\n- name: master01\nfiles:\n  master01: []\n");
    expect(reading.problems).toEqual([]);
    expect(reading.completeness.get("master01")?.kind).toBe("complete");
  });

  it("is what the playbook of docs/evidence.md makes", () => {
    const text = readFileSync(join(__dirname, "..", "fixtures", "listings", "from-ansible.yaml"), "utf8");
    const reading = readText(text);
    expect(reading.problems).toEqual([]);
    expect(reading.controlPlane.map((node) => node.addresses)).toEqual([["192.168.10.11"], ["192.168.10.12"]]);
    expect(reading.evidence.map(({ operations }) => operations.map((one) => one.do))).toEqual(
      Array(3).fill(["link", "link", "put", "put"]),
    );
    expect(reading.completeness.get("master02")).toMatchObject({
      kind: "complete-below",
      known: [{ folders: ["/etc", "/etc/etcd"] }],
    });
  });

  it("keeps content, fingerprint and mode of files, and the target of links as stored", () => {
    const sha256 = "AB".repeat(32);
    const { evidence } = read({
      files: {
        master01: [
          { path: "/etc/etcd/ca.pem", link: null, mode: "0644", content: "PEM" },
          { path: "/etc/etcd/node.pem", sha256 },
          { path: "/etc/etcd/key.pem", mode: "600", content: null, sha256: null },
          { path: "/etc/etcd/old.pem", link: "../etcd/node.pem", mode: "0777", content: null },
        ],
      },
    });
    expect(evidence).toEqual([
      {
        source: { name: "listing nodes.yaml", kind: "listing" },
        machine: { by: "name", name: "master01" },
        operations: [
          { do: "link", to: { kind: "file", path: "/etc/etcd/old.pem" }, target: "../etcd/node.pem", replace: true },
          {
            do: "put",
            to: { kind: "file", path: "/etc/etcd/ca.pem" },
            content: { kind: "text", text: "PEM" },
            mode: "0644",
          },
          { do: "put", to: { kind: "file", path: "/etc/etcd/key.pem" }, content: { kind: "not-shown" }, mode: "600" },
          {
            do: "put",
            to: { kind: "file", path: "/etc/etcd/node.pem" },
            content: { kind: "sha256", sha256: sha256.toLowerCase() },
          },
        ],
      },
    ]);
  });

  it("keeps what etcd serves, and tells plain http from not saying it", () => {
    const servers = { trustedCA: "PEM", certificates: { etcd01: "PEM" } };
    expect(read({ files: {}, etcdServers: servers }).etcdServers).toEqual(servers);
    expect(read({ files: {}, etcdServers: null }).etcdServers).toBeNull();
    expect(read({ files: {} }).etcdServers).toBeUndefined();
  });

  it.each(
    [...recordedClusters("clusters"), ...recordedClusters("clusters-with-etcd")].map((one) => [one.id, one] as const),
  )("may be the case file %s", (_id, one) => {
    const reading = read(one);
    expect(reading.problems).toEqual([]);
    expect(reading.controlPlane.map(({ name, addresses }) => ({ name, addresses }))).toEqual(one.controlPlane);
    expect([...reading.completeness.values()].map((completeness) => completeness.kind)).toEqual(
      one.controlPlane.map(() => "complete"),
    );
    const counts = reading.evidence.map(({ operations }) => operations.length);
    expect(counts).toEqual(one.controlPlane.map(({ name }) => one.files[name]?.length));
  });
});

describe("what a listing does not name", () => {
  const file = { path: "/etc/etcd/ca.pem" };
  it.each<[string, unknown, string, Presence["kind"]]>([
    ["is missing on a node with an entry", { files: { master01: [file] } }, "/etc/etcd/key.pem", "missing"],
    ["is missing on a node whose entry is empty", { files: { master01: [] } }, "/etc/etcd/ca.pem", "missing"],
    ["is undecided on a node without an entry", { files: { other: [] } }, "/etc/etcd/ca.pem", "undecided"],
    [
      "is missing below a folder that was searched",
      { files: { master01: [file] }, searched: ["/etc/etcd/"] },
      "/etc/etcd/key.pem",
      "missing",
    ],
    [
      "is undecided where nobody searched",
      { files: { master01: [file] }, searched: ["/etc/etcd"] },
      "/etc/etcd-old/key.pem",
      "undecided",
    ],
    [
      "is undecided where a link points out of the folders that were searched",
      { files: { master01: [{ path: "/etc/etcd", link: "/opt/pki" }] }, searched: ["/etc"] },
      "/etc/etcd/ca.pem",
      "undecided",
    ],
    ["is undecided if no folder was searched", { files: { master01: [] }, searched: [] }, "/etc/x", "undecided"],
    [
      "is undecided if searched is misspelt",
      { files: { master01: [file] }, serched: ["/etc/etcd"] },
      "/opt/key.pem",
      "undecided",
    ],
    [
      "is undecided if searched is not a list",
      { files: { master01: [file] }, searched: "/etc/etcd" },
      "/etc/etcd/key.pem",
      "undecided",
    ],
    [
      "is undecided if a file of the node has no path",
      { files: { master01: [file, { pth: "/etc/etcd/key.pem" }] } },
      "/etc/etcd/key.pem",
      "undecided",
    ],
    [
      "is undecided if a path is relative",
      { files: { master01: [file, { path: "key.pem" }] } },
      "/etc/etcd/key.pem",
      "undecided",
    ],
    ["is undecided if the node's files are not a list", { files: { master01: {} } }, "/etc/etcd/ca.pem", "undecided"],
  ])("%s", (_title, listing, path, kind) => {
    expect(presence(listing, "master01", path).kind).toBe(kind);
  });

  it("says why it is undecided", () => {
    expect(presence({ files: {} }, "master02", "/etc/etcd/ca.pem")).toEqual({
      kind: "undecided",
      reasons: [{ reason: { id: "listing-without-node", data: { listing: "listing nodes.yaml" } } }],
    });
    expect(presence({ files: { master01: [] }, searched: ["/etc/ssl", "/opt"] }, "master01", "/srv/ca.pem")).toEqual({
      kind: "undecided",
      reasons: [
        {
          reason: {
            id: "outside-known-folders",
            data: { known: [{ by: "listing", title: "listing nodes.yaml", folders: ["/etc/ssl", "/opt"] }] },
          },
        },
      ],
    });
  });
});

describe("a file of a listing", () => {
  it.each<[string, readonly unknown[], string, Presence["kind"]]>([
    ["is there without content and fingerprint", [{ path: "/etc/etcd/ca.pem" }], "/etc/etcd/ca.pem", "present"],
    [
      "is there if its mode makes no sense",
      [{ path: "/etc/etcd/ca.pem", mode: 600, sha256: "short" }],
      "/etc/etcd/ca.pem",
      "present",
    ],
    [
      "is a folder if others lie below it",
      [{ path: "/etc/etcd", mode: "0755" }, { path: "/etc/etcd/ca.pem" }],
      "/etc/etcd/ca.pem",
      "present",
    ],
    [
      "is a folder if its path ends in a slash",
      [
        { path: "/opt/pki/", mode: "0755" },
        { path: "/etc/etcd", link: "/opt/pki" },
      ],
      "/etc/etcd/ca.pem",
      "missing",
    ],
    [
      "is there through a link to its folder",
      [{ path: "/opt/pki/ca.pem" }, { path: "/etc/etcd", link: "../opt/pki" }],
      "/etc/etcd/ca.pem",
      "present",
    ],
    [
      "is there if it is listed below a link to its folder (find -L)",
      [{ path: "/etc/etcd/ca.pem" }, { path: "/etc/etcd", link: "/opt/pki" }],
      "/opt/pki/ca.pem",
      "present",
    ],
    [
      "is missing if it is a link to nothing",
      [{ path: "/etc/etcd/ca.pem", link: "gone.pem" }],
      "/etc/etcd/ca.pem",
      "missing",
    ],
    [
      "is undecided if its link is not text",
      [{ path: "/etc/etcd/ca.pem", link: true }],
      "/etc/etcd/ca.pem",
      "undecided",
    ],
  ])("%s", (_title, files, path, kind) => {
    expect(presence({ files: { master01: files } }, "master01", path).kind).toBe(kind);
  });
});

describe("a problem of a listing says where and what to do", () => {
  it.each<[string, unknown, string]>([
    [
      "a key with an underscore",
      { control_plane: [{ name: "master01" }] },
      "/project/nodes.yaml: There is no key control_plane; did you mean controlPlane? It is not used.",
    ],
    [
      "a key with a capital letter",
      { Files: {} },
      "/project/nodes.yaml: There is no key Files; did you mean files? It is not used.",
    ],
    [
      "a key with a letter missing",
      { files: {}, serched: [] },
      "/project/nodes.yaml: There is no key serched; did you mean searched? It is not used.",
    ],
    [
      "no key that says anything",
      { title: "nodes" },
      "/project/nodes.yaml: It has neither controlPlane nor files, so it says nothing. Give it at least one of them.",
    ],
    [
      "nodes as a map",
      { controlPlane: { master01: {} } },
      "/project/nodes.yaml, controlPlane: It must be a list of machines: [{name: master01, addresses: [192.168.10.11]}].",
    ],
    [
      "a node as bare text",
      { controlPlane: ["master01"] },
      "/project/nodes.yaml, controlPlane[0]: It must be a map with a name: {name: master01, addresses: [192.168.10.11]}.",
    ],
    [
      "a name that YAML takes for a number",
      { controlPlane: [{ name: 1 }] },
      "/project/nodes.yaml, controlPlane[0].name: It must be text that is not empty: put it in quotes.",
    ],
    [
      "one address as text",
      { controlPlane: [{ name: "master01", addresses: "192.168.10.11" }] },
      "/project/nodes.yaml, controlPlane[0].addresses: It must be a list of addresses: [192.168.10.11].",
    ],
    [
      "a misspelt key of a node",
      { controlPlane: [{ name: "master01", adresses: [] }] },
      "/project/nodes.yaml, controlPlane[0]: There is no key adresses; did you mean addresses? It is not used.",
    ],
    [
      "files as a list",
      { files: [] },
      "/project/nodes.yaml, files: It must map names of nodes to lists of files: {master01: [{path: /etc/ssl/etcd/ssl/ca.pem}]}.",
    ],
    [
      "a relative folder",
      { files: {}, searched: ["etc"] },
      "/project/nodes.yaml, searched[0]: It must be an absolute path, such as /etc/ssl/etcd/ssl/ca.pem.",
    ],
    [
      "a mode that YAML takes for a number",
      { files: { master01: [{ path: "/etc/ca.pem", mode: 600 }] } },
      '/project/nodes.yaml, files.master01[0].mode: It must be octal digits in quotes, such as "0600".',
    ],
    [
      "a fingerprint under another name",
      { files: { master01: [{ path: "/etc/ca.pem", SHA256: "00" }] } },
      "/project/nodes.yaml, files.master01[0]: There is no key SHA256; did you mean sha256? It is not used.",
    ],
    [
      "a fingerprint of another length",
      { files: { master01: [{ path: "/etc/ca.pem", sha256: "00" }] } },
      "/project/nodes.yaml, files.master01[0].sha256: It must be 64 hexadecimal digits.",
    ],
    [
      "etcd's certificates as a list",
      { files: {}, etcdServers: { trustedCA: "PEM", certificates: [] } },
      "/project/nodes.yaml, etcdServers: It must be {trustedCA: PEM or null, certificates: {HOST: PEM}}, or null where etcd speaks plain http. It is not used.",
    ],
  ])("%s", (_title, listing, problem) => {
    expect(read(listing).problems).toMatchObject([{ cluster: "prod", where: "clusters[prod].listing", what: problem }]);
  });

  it.each<[string, object, string | undefined]>([
    ["a node without a name", { controlPlane: [{ addresses: ["10.0.0.1"] }, { name: "b" }] }, "controlPlaneNodes"],
    ["nodes under a misspelt key", { controlPlan: [{ name: "a" }], files: {} }, "controlPlaneNodes"],
    ["an etcd host without a name", { controlPlane: [{ name: "a" }], etcdHosts: [{}] }, undefined],
    ["a misspelt key of a node", { controlPlane: [{ name: "a", adresses: [] }] }, undefined],
  ])("%s: it says whether there may be more control-plane nodes", (_title, listing, leavesOut) => {
    expect(read(listing).problems.map((problem) => problem.leavesOut)).toEqual([leavesOut]);
  });

  it.each<[string, object, string, string]>([
    [
      "a name given twice",
      { controlPlane: [{ name: "master01" }, { name: "Master01" }] },
      "/project/nodes.yaml, controlPlane[1].name: The name Master01 is used more than once; only the first entry counts.",
      "controlPlane[1].name",
    ],
    [
      "the same path twice",
      { files: { master01: [{ path: "/etc/ca.pem" }, { path: "/etc//ca.pem" }] } },
      "/project/nodes.yaml, files.master01: The path /etc/ca.pem is used more than once; only the first entry counts.",
      "files.master01",
    ],
  ])("is a remark where nothing is lost: %s", (_title, listing, what, place) => {
    expect(read(listing).problems).toEqual([
      {
        cluster: "prod",
        where: "clusters[prod].listing",
        what,
        level: "remark",
        in: { kind: "document", path: "/project/nodes.yaml", place },
      },
    ]);
  });

  it("leaves alone what else a listing made from stat holds", () => {
    const file = {
      path: "/etc/ca.pem",
      mode: "0644",
      inode: 1,
      nlink: 1,
      size: 2,
      uid: 0,
      isdir: false,
      checksum: "x",
    };
    expect(problemsOf({ files: { master01: [file] }, made: "2026-01-01", host: "bastion" })).toEqual([]);
  });

  it("holds no content of a file", () => {
    const files = [{ path: "/etc/key.pem", content: ["SECRET"], mode: "SECRET", sha256: "SECRET", link: 1 }];
    expect(problemsOf({ files: { master01: files }, etcdServers: "SECRET" }).join()).not.toContain("SECRET");
  });

  it("is reported twenty times at most", () => {
    const files = Array.from({ length: 1000 }, () => ({}));
    const problems = problemsOf({ files: { master01: files } });
    expect(problems).toHaveLength(20);
    expect(problems.at(-1)).toBe("/project/nodes.yaml has 981 more problems of this kind.");
  });
});

describe("several documents, as kubeadm-guard collect prints one for each node", () => {
  const document = (name: string, file: string) =>
    `---\ncontrolPlane:\n- {name: ${name}}\nsearched: [/etc/etcd]\nfiles:\n  ${name}:\n  - {path: /etc/etcd/${file}}\n`;

  it("are one listing: each node has what its own document lists", () => {
    const reading = readText(document("cp1", "a.pem") + document("cp2", "b.pem"));
    expect(reading.controlPlane.map(({ name }) => name)).toEqual(["cp1", "cp2"]);
    expect(reading.evidence.map(({ machine }) => machine)).toEqual([
      { by: "name", name: "cp1" },
      { by: "name", name: "cp2" },
    ]);
    expect([...reading.completeness.keys()]).toEqual(["cp1", "cp2"]);
    expect(reading.problems).toEqual([]);
  });
});

describe("a file that is not a listing", () => {
  it.each([
    ["an empty file", "", "it is neither YAML nor JSON: expected a document, but the input is empty"],
    ["a list", "- master01\n", "it is not a map with controlPlane and files"],
    ["text", "master01", "it is not a map with controlPlane and files"],
    ["broken YAML", "files: [", "it is neither YAML nor JSON: "],
    [
      "two documents of which one is a list",
      "files: {}\n---\n- master01\n",
      "it is not a map with controlPlane and files",
    ],
    [
      "a map with one key twice",
      "files: {}\nfiles: {}\n",
      "it is neither YAML nor JSON: duplicated mapping key (line 2)",
    ],
    [
      "13 million values in a short text",
      `files: {a: [${"{},".repeat(6_500_000)}]}`,
      "it has too many values to be read",
    ],
    ["more documents than nodes that can be", "---\na\n".repeat(100_001), "it has more than 100000 documents"],
  ])("such as %s is a problem, and every file stays undecided", (_title, text, why) => {
    const reading = readText(text);
    expect(reading.problems).toHaveLength(1);
    expect(reading.problems[0]?.what).toContain(`/project/nodes.yaml cannot be used: ${why}`);
    expect(reading.completenessOfOthers).toEqual({
      kind: "unknown",
      reason: { id: "document-unusable", data: { document: "the listing nodes.yaml" } },
    });
    expect(reading.evidence).toEqual([]);
  });
});

describe("the listing of many nodes, each a document", () => {
  it("says once what is wrong with each of them", () => {
    expect(readText("- a\n---\n".repeat(50)).problems.map(({ what }) => what)).toEqual([
      expect.stringContaining("it is not a map with controlPlane and files"),
    ]);
  });

  it("says of many problems how many there are, and what they leave out", () => {
    const wrong = Array.from({ length: 30 }, (_, index) => `files: {node${index}: a}\n---\n`).join("");
    const { problems } = readText(`${wrong}controlPlane: master01\n`);
    expect(problems).toHaveLength(21);
    expect(problems.map(({ leavesOut }) => leavesOut)).toContain("controlPlaneNodes");
    expect(problems.at(-1)?.what).toBe("/project/nodes.yaml has 11 more problems of this kind.");
  });
});

describe("a hostile listing", () => {
  it("with aliases that multiply is read in bounded time", () => {
    const lists = Array.from({ length: 30 }, (_, level) => {
      const items = level === 0 ? "{path: /etc/ca.pem}" : `*l${level - 1}, `.repeat(9).replace(/, $/, "");
      return `l${level}: &l${level} [${items}]\n`;
    });
    const reading = readText(`${lists.join("")}files: {master01: *l29}\n`);
    expect(reading.evidence.flatMap((one) => one.operations)).toEqual([]);
    expect(reading.problems.length).toBeGreaterThan(0);
  });

  it("with one endless list for endless nodes keeps to a million files", () => {
    const files = Array.from({ length: 2000 }, (_, index) => `{path: /etc/${index}.pem}`);
    const list = `list: &list [${files.join(", ")}]\n`;
    const nodes = Array.from({ length: 9000 }, (_, index) => `  n${index}: *list\n`).join("");
    const reading = readText(`${list}files:\n${nodes}`);
    const what = "The listing has more than 1000000 files.";
    expect(reading.problems.some((one) => one.what.includes(what))).toBe(true);
    expect(reading.completeness.get("n8999")?.kind).toBe("unknown");
    expect(reading.completeness.get("n0")?.kind).toBe("complete");
  });

  it("with too many aliases is a problem", () => {
    const reading = readText(`a: &a 1\nb: [${"*a, ".repeat(10_001)}]\n`);
    expect(reading.problems[0]?.what).toContain("aliases exceeded");
  });

  it("that contains itself is a problem", () => {
    expect(readText("files:\n  master01: &a [*a]\n").problems[0]?.what).toContain(
      "files.master01[0]: It must be a map",
    );
  });

  it("of any shape gives a reading and never an error", () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: "small" }, fc.jsonValue(), tie("list"), tie("map")),
      list: fc.array(tie("value"), { maxLength: 3 }),
      map: fc.dictionary(
        fc.constantFrom("controlPlane", "files", "searched", "etcdServers", "name", "path", "link", "__proto__", "m1"),
        tie("value"),
        { maxKeys: 4 },
      ),
    }));
    fc.assert(
      fc.property(anything.map, (listing) => {
        const reading = read(listing);
        expect(reading.problems.length).toBeLessThanOrEqual(21);
        expect(readText(dump(JSON.parse(JSON.stringify(listing)))).problems).toEqual(reading.problems);
      }),
    );
  });

  it("of any text gives a reading and never an error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readText(text).problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("a recorded cluster about presence, given as a listing", () => {
  const rendered = presenceCases().filter(({ id }) => !UNRENDERED_CASES.includes(id));
  it.each(rendered.map((one) => [one.id, one] as const))("%s gets kubeadm's verdict", (_id, one) => {
    const cluster = clusterOf(one);
    const outcome = externalEtcdFilesOnEveryControlPlaneNode.check(cluster, { now: new Date(0) });
    const failing = outcome.kind === "fail" ? outcome.findings.map((finding) => finding.node) : [];
    const refused = Object.entries(one.kubeadm.nodes).filter(([, { ok }]) => !ok);
    expect([...new Set(failing)].sort()).toEqual(refused.map(([node]) => node).sort());
    expect(outcome.kind).not.toBe("undecided");
  });
});

function clusterOf(one: RecordedCluster): Cluster {
  const settings = { name: one.id, listing: `${one.id}.json` };
  const parts = clusterParts({
    name: one.id,
    subject: { source: { name: "kubeadm-config", kind: "file" }, field: "data.ClusterConfiguration" },
    configuration: knownConfiguration(configurationText(one.configMap.data["ClusterConfiguration"] ?? ""), undefined),
    settings,
    documents: {
      listing: { kind: "text", path: join("/work", settings.listing), text: JSON.stringify(one) },
      variables: [],
    },
    resolve: () => undefined,
    problems: [],
  });
  const [cluster] = assembleClusters([parts], readStack([]));
  if (cluster === undefined) throw new Error("one part makes one cluster");
  return cluster;
}
