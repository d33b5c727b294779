import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../../cluster/cluster-settings";
import { similarFile } from "../../../policies/support/file-instead";
import { neutralNames } from "../../../policies/support/neutral-names";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";
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
  const cluster = clusterOf(files, named);
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
