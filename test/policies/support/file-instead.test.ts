import { describe, expect, it } from "vitest";
import type { Cluster } from "../../../cluster/cluster";
import type { FileSettings } from "../../../cluster/cluster-settings";
import type { FileOperation } from "../../../machine/file-operation";
import { fileInstead, similarFile } from "../../../policies/support/file-instead";
import { neutralNames } from "../../../policies/support/neutral-names";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";
import { graph, link, put, source } from "../../helpers/evidence";
import { recordedClusters } from "../../helpers/recorded-clusters";

const FOLDER = "/etc/ssl/etcd/ssl";
const NAMED = {
  certFile: `${FOLDER}/node-master03.pem`,
  keyFile: `${FOLDER}/node-master03-key.pem`,
  caFile: `${FOLDER}/etcd-ca.pem`,
};

type File = Omit<FileSettings, "nodes">;

function clusterOf(
  files: Readonly<Record<string, readonly File[]>>,
  named: Parameters<typeof externalEtcd>[0] = NAMED,
) {
  return clusterFrom(externalEtcd(named), {
    name: "prod",
    controlPlaneNodes: Object.keys(files).map((name) => ({ name })),
    unlisted: "missing",
    files: Object.entries(files).flatMap(([node, own]) => own.map((file) => ({ nodes: [node], ...file }))),
  });
}

/** What the first node has instead of a file. */
function instead(path: string, files: Readonly<Record<string, readonly File[]>>, named = NAMED) {
  return similarIn(clusterOf(files, named), path);
}

function similarIn(cluster: Cluster, path: string) {
  const [node] = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
  return node === undefined ? undefined : similarFile(node, path, cluster)?.path;
}

const paths = (...names: readonly string[]): readonly File[] =>
  names.map((name) => ({ path: name.startsWith("/") ? name : `${FOLDER}/${name}` }));

const recorded = (id: string, node: string, name: string): string => {
  const one = recordedClusters("clusters").find((other) => other.id === id);
  const content = one?.files[node]?.find(({ path }) => path.endsWith(name))?.content;
  if (typeof content !== "string") throw new Error(`${id} has no ${name} on ${node}`);
  return content;
};
const CA = recorded("ca-path-wrong", "master01", "/ca.pem");
const CERTIFICATE = recorded("ca-path-wrong", "master01", "/node-master01.pem");
const KEY = recorded("ca-path-wrong", "master01", "/node-master01-key.pem");
const OTHER_CA = recorded("ca-of-another-cluster", "master02", "/etc/etcd/pki/ca.crt");

describe("what a node has instead of a missing file", () => {
  it.each<readonly [string, string, readonly File[], string | undefined]>([
    ["its own pair", NAMED.certFile, paths("node-master01.pem", "admin-master01.pem"), `${FOLDER}/node-master01.pem`],
    ["not another node's", NAMED.certFile, paths("node-master02.pem"), undefined],
    ["not that of a machine that is not known", NAMED.certFile, paths("node-m9.pem"), undefined],
    [
      "its own of another form",
      NAMED.certFile,
      paths("etcd-client-master01.pem"),
      `${FOLDER}/etcd-client-master01.pem`,
    ],
    ["not its own for a server", NAMED.certFile, paths("etcd-server-master01.pem"), undefined],
    ["not another node's of another form", NAMED.certFile, paths("client-master02.pem"), undefined],
    [
      "its own of the same form, before another",
      `${FOLDER}/etcd-master03.crt`,
      paths("client.crt", "backup-master01.crt", "etcd-master01.crt"),
      `${FOLDER}/etcd-master01.crt`,
    ],
    ["a neutral one", NAMED.certFile, paths("client.pem"), `${FOLDER}/client.pem`],
    ["not a server's", NAMED.certFile, paths("server.pem", "peer.pem", "healthcheck-client.crt"), undefined],
    ["not a public key for a certificate", NAMED.certFile, paths("sa.pub", "client.pub"), undefined],
    ["not a CA for a certificate", NAMED.certFile, paths("ca.pem"), undefined],
    ["not a CA's key for a key", NAMED.keyFile, paths("ca-key.pem", "ca.key"), undefined],
    ["not a certificate for a key", NAMED.keyFile, paths("node-master01.pem"), undefined],
    [
      "a staged file of the same name",
      NAMED.keyFile,
      paths("/tmp/node-master03-key.pem"),
      "/tmp/node-master03-key.pem",
    ],
    [
      "not a key that is only called a certificate",
      NAMED.certFile,
      [{ path: `${FOLDER}/node-master01.pem`, content: KEY }],
      undefined,
    ],
  ])("%s", (_title, path, files, expected) => {
    expect(instead(path, { master01: files, master02: [], master03: [] })).toBe(expected);
  });

  it("is the file of the node, where another node's name begins alike", () => {
    const files = paths("node-cp-1-lab.pem", "node-cp-1.pem");
    expect(instead(`${FOLDER}/node-cp-9.pem`, { "cp-1": files, "cp-1-lab": [], "cp-9": [] })).toBe(
      `${FOLDER}/node-cp-1.pem`,
    );
    expect(instead(`${FOLDER}/node-cp-9.pem`, { "cp-1": files.slice(0, 1), "cp-1-lab": [], "cp-9": [] })).toBe(
      undefined,
    );
  });
});

describe("a CA in place of etcd's", () => {
  const pair: readonly File[] = [
    { path: `${FOLDER}/node-master01.pem`, content: CERTIFICATE },
    { path: `${FOLDER}/node-master01-key.pem`, content: KEY },
  ];
  it.each<readonly [string, readonly File[], string | undefined]>([
    ["is the one that signed the node's certificate", [...pair, { path: `${FOLDER}/ca.pem`, content: CA }], "ca.pem"],
    ["is none that did not", [...pair, { path: `${FOLDER}/ca.pem`, content: OTHER_CA }], undefined],
    [
      "is none that did not sign the certificate that is named",
      [
        { path: NAMED.certFile, content: CERTIFICATE },
        { path: `${FOLDER}/ca.pem`, content: OTHER_CA },
      ],
      undefined,
    ],
    [
      "is the one that signed it",
      [
        { path: NAMED.certFile, content: CERTIFICATE },
        { path: `${FOLDER}/ca.pem`, content: CA },
      ],
      "ca.pem",
    ],
    ["may be any that is not shown", [...pair, ...paths("ca.pem")], "ca.pem"],
    ["may be any where there is no certificate", [{ path: `${FOLDER}/ca.pem`, content: OTHER_CA }], "ca.pem"],
    [
      "may be any where the certificate is not shown",
      [...paths("node-master01.pem"), { path: `${FOLDER}/ca.pem`, content: OTHER_CA }],
      "ca.pem",
    ],
    [
      "is not a copy of the cluster's own",
      [
        { path: "/etc/kubernetes/pki/ca.crt", content: CA },
        { path: `${FOLDER}/ca.pem`, content: `${CA}\n` },
      ],
      undefined,
    ],
    [
      "is not a copy of the front proxy's, whose hash is known",
      [
        { path: "/etc/kubernetes/pki/front-proxy-ca.crt", sha256: "a".repeat(64) },
        { path: `${FOLDER}/ca.pem`, sha256: "a".repeat(64) },
      ],
      undefined,
    ],
    [
      "is another file, where the hashes differ",
      [
        { path: "/etc/kubernetes/pki/ca.crt", sha256: "a".repeat(64) },
        { path: `${FOLDER}/ca.pem`, sha256: "b".repeat(64) },
      ],
      "ca.pem",
    ],
    [
      "is not a registry's of the same name",
      paths("/etc/docker/certs.d/registry/etcd-ca.pem"),
      "/etc/docker/certs.d/registry/etcd-ca.pem",
    ],
  ])("%s", (_title, files, expected) => {
    const path = expected === undefined || expected.startsWith("/") ? expected : `${FOLDER}/${expected}`;
    expect(instead(NAMED.caFile, { master01: files, master02: [] })).toBe(path);
  });

  it("is not a registry's, although both are called ca.crt", () => {
    const named = { ...NAMED, caFile: "/etc/etcd-client/ca.crt" };
    const files = paths("/etc/docker/certs.d/registry/ca.crt", "/etc/kubernetes/pki/ca.crt", "/root/pki/ca.crt");
    expect(instead(named.caFile, { master01: files.slice(0, 2) }, named)).toBeUndefined();
    expect(instead(named.caFile, { master01: files }, named)).toBe("/root/pki/ca.crt");
  });

  it("is none that another node has as the cluster's own", () => {
    const files = {
      master01: [{ path: `${FOLDER}/ca.pem`, content: CA }],
      master02: [{ path: "/etc/kubernetes/ssl/ca.crt", content: CA }],
    };
    expect(instead(NAMED.caFile, files)).toBeUndefined();
  });
});

it("a CA may be any where no certificate is named", () => {
  const named = { caFile: NAMED.caFile };
  const files = { master01: [{ path: `${FOLDER}/ca.pem`, content: OTHER_CA }] };
  expect(similarIn(clusterOf(files, named), named.caFile)).toBe(`${FOLDER}/ca.pem`);
});

describe("the words about a node that lacks a file", () => {
  /** What is said of the first node, on which this is done; the second has the pair that is named. */
  const said = (operations: readonly FileOperation[], unlisted: "missing" | "undecided" = "missing") => {
    const evidence = (name: string, some: readonly FileOperation[]) => ({
      source: source(`files-of-${name}`),
      machine: { by: "name", name } as const,
      operations: some,
    });
    const named = [NAMED.certFile, NAMED.keyFile, NAMED.caFile].map((path) => put(path));
    const cluster = clusterFrom(
      externalEtcd(NAMED),
      { name: "prod", controlPlaneNodes: [{ name: "master01" }, { name: "master03" }], unlisted },
      {
        evidence: [evidence("master01", operations), evidence("master03", named)],
        kubeadmRuns: [],
        nodes: [],
        graph: graph({}),
        plannedPems: new Map(),
        precedes: () => true,
      },
    );
    const [node] = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
    const presence = node?.files.presence(NAMED.certFile);
    if (node === undefined || presence?.kind !== "missing") throw new Error("the file must be missing");
    return fileInstead(node, NAMED.certFile, presence, cluster);
  };
  const at = (path: string) => put(path.startsWith("/") ? path : `${FOLDER}/${path}`);
  const BY = "(files-of-master01, command:remote:CopyToRemote)";

  it.each<readonly [string, readonly FileOperation[], string]>([
    [
      "a step removes it",
      [at(NAMED.certFile), { do: "remove", path: NAMED.certFile, recursive: false }],
      "does not have it: files-of-master01, command:remote:CopyToRemote removes it",
    ],
    ["there is a folder", [at(`${NAMED.certFile}/cert.pem`)], "has a folder of that name"],
    ["a folder above it is a file", [at(FOLDER)], "has a file where the path needs a folder"],
    ["a link leads to itself", [link(NAMED.certFile, "node-master03.pem")], `has links there that form a loop ${BY}`],
    ["a link leads nowhere", [link(NAMED.certFile, "gone.pem")], `has a broken link there ${BY}`],
    ["it is elsewhere", [at("/tmp/node-master03.pem")], `has it at /tmp/node-master03.pem instead ${BY}`],
    ["there is one like it", [at("node-master01.pem")], `has ${FOLDER}/node-master01.pem instead ${BY}`],
    ["there are other files", [at("/etc/hosts.allow")], `gets no similar file in ${FOLDER}`],
    ["there is nothing", [], "gets no file from any source here"],
  ])("%s", (_title, operations, words) => {
    expect(said(operations)).toBe(words);
  });

  it("say what a preview does not show, where only the program is known", () => {
    expect(said([], "undecided")).toBe(
      "gets no file from any source in this preview, which cannot show resources that the program creates inside apply",
    );
  });
});

describe("a new name for a file that is named after one node", () => {
  const neutral = (named: Parameters<typeof externalEtcd>[0], files: readonly string[] = []) => {
    const cluster = clusterOf({ master01: paths(...files), master02: [] }, named);
    const fields = Object.entries(named).map(([field, path]) => ({ field, path }));
    return neutralNames(
      cluster,
      (["certFile", "keyFile", "caFile"] as const).flatMap((field) =>
        fields.flatMap((one) => (one.field === field && one.path !== undefined ? [{ field, path: one.path }] : [])),
      ),
    ).map((one) => one.neutral);
  };
  const PKI = "/etc/kubernetes/pki";

  it.each<readonly [string, Parameters<typeof externalEtcd>[0], readonly string[], readonly string[]]>([
    [
      "leaves the node's name out",
      { certFile: `${FOLDER}/node-master01.pem`, keyFile: `${FOLDER}/node-master01-key.pem` },
      [],
      [`${FOLDER}/node.pem`, `${FOLDER}/node-key.pem`],
    ],
    [
      "is never that of one of Kubernetes' own files",
      {
        certFile: `${PKI}/apiserver-master01.crt`,
        keyFile: `${PKI}/apiserver-master01.key`,
        caFile: `${PKI}/ca-master01.crt`,
      },
      [],
      [`${PKI}/etcd-client.crt`, `${PKI}/etcd-client.key`, `${PKI}/etcd-ca.crt`],
    ],
    [
      "is not taken on any node",
      { certFile: `${FOLDER}/node-master01.pem` },
      ["node.pem"],
      [`${FOLDER}/etcd-client.pem`],
    ],
    [
      "is another for each file",
      { certFile: `${FOLDER}/node-master01.pem`, keyFile: `${FOLDER}/node-master02.pem` },
      [],
      [`${FOLDER}/node.pem`, `${FOLDER}/etcd-client-key.pem`],
    ],
  ])("%s", (_title, named, files, expected) => {
    expect(neutral(named, files)).toEqual(expected);
  });
});
