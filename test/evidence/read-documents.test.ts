import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ClusterSettings, SettingsProblem } from "../../cluster/cluster-settings";
import type { DocumentFile, Documents } from "../../cluster/documents";
import { nodeFiles } from "../../cluster/node-files";
import type { Presence } from "../../cluster/presence";
import { type ReadDocuments, readDocuments } from "../../evidence/read-documents";

const text = (path: string, content: string): DocumentFile => ({ kind: "text", path, text: content });
const unreadable = (path: string): DocumentFile => ({ kind: "unreadable", path, why: "there is no such file" });

const INVENTORY = `
[kube_control_plane]
master01 ansible_host=192.168.10.11
master02 ansible_host=192.168.10.12
[etcd]
etcd01 ansible_host=192.168.10.21
[kube_node]
worker01 ansible_host=192.168.10.31
`;
const inventory = text("/project/inventory/prod/hosts.ini", INVENTORY);
const FOLDER = "/etc/ssl/etcd/ssl";

const settings: ClusterSettings = {
  name: "prod",
  listing: "nodes.json",
  kubespray: { inventory: "inventory/prod/hosts.ini", release: "v2.26.0" },
};

function read(documents: Partial<Documents>, own: ClusterSettings = settings): ReadDocuments {
  return readDocuments(own, { variables: [], ...documents });
}

const listing = (content: object) => text("/project/nodes.json", JSON.stringify(content));

function presence(documents: ReadDocuments, node: string, path: string): Presence {
  const evidence = documents.evidence.filter(({ machine }) => machine.by === "name" && machine.name === node);
  const completeness = documents.completeness.get(node) ??
    documents.completenessOfOthers ?? { kind: "unknown", reason: { id: "no-file-evidence", data: {} } };
  return nodeFiles(evidence, completeness, [path], () => true).presence(path);
}

describe("documents", () => {
  it("that nobody names say nothing", () => {
    expect(read({})).toEqual({
      listing: undefined,
      kubespray: undefined,
      evidence: [],
      completeness: new Map(),
      completenessOfOthers: undefined,
      otherStack: undefined,
      etcdServers: undefined,
      problems: [],
    });
  });

  it("of a listing say what it says", () => {
    const etcdServers = { trustedCA: null, certificates: {} };
    const file = listing({ controlPlane: [{ name: "m1" }], files: { m1: [{ path: "/a" }] }, etcdServers });
    const documents = read({ listing: file });
    expect(documents.listing?.controlPlane.map((node) => node.name)).toEqual(["m1"]);
    expect(documents.etcdServers).toEqual(etcdServers);
    expect(presence(documents, "m1", "/a").kind).toBe("present");
    expect(presence(documents, "m1", "/b").kind).toBe("missing");
    expect(documents.problems).toEqual([]);
  });

  it("of Kubespray say where its release puts files", () => {
    const documents = read({ inventory });
    expect(documents.kubespray?.controlPlane.map((node) => node.addresses)).toEqual([
      ["192.168.10.11"],
      ["192.168.10.12"],
    ]);
    expect(documents.kubespray?.otherHosts.map((node) => node.name)).toEqual(["worker01"]);
    expect(presence(documents, "master02", `${FOLDER}/node-master02.pem`).kind).toBe("present");
    expect(presence(documents, "master02", `${FOLDER}/node-master01.pem`).kind).toBe("undecided");
    expect(presence(documents, "master01", `${FOLDER}/node-master02.pem`).kind).toBe("missing");
    expect(documents.evidence[0]?.source).toEqual({ name: "inventory hosts.ini", kind: "kubespray" });
    expect(documents.problems).toEqual([]);
  });

  it("of Kubespray heed group_vars beside the inventory and the variables of the settings", () => {
    const variables = [text("/project/inventory/prod/group_vars/all/etcd.yml", "etcd_cert_dir: /opt/etcd\n")];
    expect(presence(read({ inventory, variables }), "master01", "/opt/etcd/ca.pem").kind).toBe("present");
    const own = {
      ...settings,
      kubespray: { inventory: "hosts.ini", release: "v2.26.0", variables: { etcd_cert_dir: "/srv/etcd" } },
    };
    expect(presence(read({ inventory, variables }, own), "master01", "/srv/etcd/ca.pem").kind).toBe("present");
  });

  it("of Kubespray name what they rest on", () => {
    const own = { ...settings, kubespray: { inventory: "hosts.ini", release: "v2.99.0" } };
    expect(read({ inventory }, own).problems).toEqual([
      {
        cluster: "prod",
        where: "clusters[prod].kubespray",
        what: "/project/inventory/prod/hosts.ini: Kubespray v2.99.0 is newer than v2.31, the newest that was read, and is taken to work as that.",
        level: "remark",
        in: { kind: "document", path: "/project/inventory/prod/hosts.ini" },
      },
    ]);
  });
});

describe("a document that cannot be used", () => {
  const broken = text("/project/nodes.json", '{"version": 3, "checkpoint": {}}');
  it.each<[string, Partial<Documents>, string, string, SettingsProblem["in"]]>([
    [
      "a listing that is not there",
      { listing: unreadable("/project/nodes.json") },
      "clusters[prod].listing",
      "/project/nodes.json cannot be used: there is no such file. Relative paths start at the folder of the project's Pulumi.yaml.",
      undefined,
    ],
    [
      "a state file in place of an export",
      { listing: broken },
      "clusters[prod].listing",
      "/project/nodes.json cannot be used: it is a state file of a backend; give what pulumi stack export writes.",
      { kind: "document", path: "/project/nodes.json" },
    ],
    [
      "an inventory that is not there",
      { inventory: unreadable("/project/hosts.ini") },
      "clusters[prod].kubespray.inventory",
      "/project/hosts.ini cannot be used: there is no such file. Relative paths start at the folder of the project's Pulumi.yaml.",
      undefined,
    ],
    [
      "an inventory that is a script",
      { inventory: text("/project/hosts", "#!/bin/sh\n") },
      "clusters[prod].kubespray.inventory",
      "/project/hosts cannot be used: it is a script that Ansible runs to get the hosts; give a file that `ansible-inventory --list --yaml` has written.",
      { kind: "document", path: "/project/hosts" },
    ],
  ])("is reported, and leaves every node undecided: %s", (_title, documents, where, what, place) => {
    const reading = read(documents);
    const leavesOut = where.split(".")[1];
    expect(reading.problems).toEqual([
      { cluster: "prod", where, what, leavesOut, ...(place === undefined ? {} : { in: place }) },
    ]);
    expect(reading.completenessOfOthers?.kind).toBe("unknown");
    expect(reading.evidence).toEqual([]);
  });

  it("is reported, and leaves Kubespray's machines without their files: group_vars that may not be read", () => {
    const variables = [unreadable("/project/inventory/prod/group_vars/all.yml")];
    const reading = read({ inventory, variables });
    expect(reading.problems).toEqual([
      {
        cluster: "prod",
        where: "clusters[prod].kubespray",
        what: "/project/inventory/prod/group_vars/all.yml cannot be used: there is no such file.",
        in: { kind: "document", path: "/project/inventory/prod/group_vars/all.yml" },
      },
    ]);
    expect(reading.kubespray?.controlPlane).toHaveLength(2);
    expect(presence(reading, "master01", `${FOLDER}/ca.pem`)).toEqual({
      kind: "undecided",
      reasons: [
        {
          reason: {
            id: "variables-file-unreadable",
            data: { path: "/project/inventory/prod/group_vars/all.yml", problem: null },
          },
        },
      ],
    });
  });
});

describe("a listing beside an inventory", () => {
  const ca = { path: `${FOLDER}/ca.pem` };

  it("decides what the inventory cannot know of its nodes", () => {
    const files = { Master02: [ca, { path: `${FOLDER}/node-master01.pem` }] };
    const documents = read({ inventory, listing: listing({ files }) });
    expect(presence(documents, "Master02", `${FOLDER}/node-master01.pem`).kind).toBe("present");
    expect(documents.evidence.filter(({ machine }) => machine.by === "name" && machine.name === "master02")).toEqual(
      [],
    );
    expect(documents.completeness.get("master02")).toMatchObject({ kind: "complete" });
  });

  it("takes away what the inventory says and is not there", () => {
    const documents = read({ inventory, listing: listing({ files: { master02: [ca] } }) });
    expect(presence(documents, "master02", `${FOLDER}/node-master02.pem`).kind).toBe("missing");
  });

  it("leaves nodes without an entry to the inventory", () => {
    const documents = read({ inventory, listing: listing({ files: { master02: [ca] } }) });
    expect(presence(documents, "master01", `${FOLDER}/node-master01.pem`).kind).toBe("present");
  });

  it("leaves folders that were not searched to the inventory", () => {
    const files = { master01: [] };
    const elsewhere = read({ inventory, listing: listing({ files, searched: ["/opt"] }) });
    expect(presence(elsewhere, "master01", `${FOLDER}/ca.pem`).kind).toBe("present");
    expect(presence(elsewhere, "master01", "/opt/ca.pem").kind).toBe("missing");
    const there = read({ inventory, listing: listing({ files, searched: ["/etc/ssl"] }) });
    expect(presence(there, "master01", `${FOLDER}/ca.pem`).kind).toBe("missing");
  });

  it("that was not understood leaves the node undecided", () => {
    const documents = read({ inventory, listing: listing({ files: { master01: [{}] } }) });
    expect(presence(documents, "master01", `${FOLDER}/node-other.pem`).kind).toBe("undecided");
  });
});

describe("an export in place of a listing", () => {
  it("is another stack, read by the readers of stacks", () => {
    const content = readFileSync(join(__dirname, "..", "fixtures", "stack-exports", "machines.json"), "utf8");
    const {
      otherStack,
      listing: none,
      completenessOfOthers,
      problems,
    } = read({ listing: text("/project/nodes.json", content) });
    expect(otherStack?.parts.nodes).toHaveLength(3);
    expect(otherStack?.resources).toHaveLength(17);
    expect([none, completenessOfOthers, problems]).toEqual([undefined, undefined, []]);
  });
});
