import { describe, expect, it } from "vitest";
import { copyFile, copyToRemote } from "../../evidence/copy-to-remote";
import type { StackResource } from "../../evidence/stack-resource";
import { Asset, type AssetShape, type Value, type ValueRecord } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";
import { urn } from "../helpers/evidence";
import { stackResource } from "../helpers/stack-resource";
import { sayOperation } from "../shell/say-operation";

const CONNECTION = { host: "10.0.0.1", user: "root" };
const CERT = urn("node", "tls:index/locallySignedCert:LocallySignedCert");
const KEY = urn("key", "tls:index/privateKey:PrivateKey");

function copy(inputs: ValueRecord, propertyDependencies: StackResource["propertyDependencies"] = {}) {
  return stackResource("command:remote:CopyToRemote", "certs", inputs, { propertyDependencies });
}

function does(one: StackResource): readonly string[] {
  return copyToRemote.read(one, () => undefined).evidence.flatMap(({ operations }) => operations.map(sayOperation));
}

function asset(shape: AssetShape): Asset {
  return new Asset(shape);
}

const FOLDER = (path: string) => asset({ kind: "archive-path", path, entries: ["ca.pem", "sub/node.pem"] });

describe("what CopyToRemote puts where", () => {
  it.each<[string, Value, string, readonly string[]]>([
    [
      "a file to a path that may be a folder",
      asset({ kind: "file", path: "./certs/node-m1.pem" }),
      "/etc/ssl/etcd/ssl",
      ["put something at /etc/ssl/etcd/ssl or in it as node-m1.pem"],
    ],
    [
      "a file to a path with a slash at its end",
      asset({ kind: "file", path: "certs/node-m1.pem" }),
      "/etc/ssl/etcd/ssl/",
      ["put something into /etc/ssl/etcd/ssl/ as node-m1.pem"],
    ],
    [
      "a file named with a slash is a folder",
      asset({ kind: "file", path: "certs/" }),
      "/etc/x",
      ["might write /etc/x: what the folder certs/ holds is not known here"],
    ],
    ["a text", asset({ kind: "text", text: "PEM" }), "/etc/ssl/ca.pem", ['put "PEM" at /etc/ssl/ca.pem']],
    [
      "a folder lands below the path under its own name",
      FOLDER("out/certs"),
      "/etc/ssl",
      ["put something at /etc/ssl/certs/ca.pem", "put something at /etc/ssl/certs/sub/node.pem"],
    ],
    [
      "a folder with a slash lands directly below the path",
      FOLDER("out/certs/"),
      "/etc/ssl",
      ["put something at /etc/ssl/ca.pem", "put something at /etc/ssl/sub/node.pem"],
    ],
    [
      "a folder that could not be listed",
      asset({ kind: "archive-path", path: "out/certs", entries: "not-listed" }),
      "/etc/ssl",
      ["might write /etc/ssl/certs: what the folder out/certs holds is not known here"],
    ],
    [
      "a packed archive is copied as it is",
      asset({ kind: "archive-path", path: "certs.tgz", entries: "not-listed" }),
      "/tmp",
      ["put something at /tmp or in it as certs.tgz"],
    ],
    [
      "an archive of assets",
      asset({
        kind: "archive-entries",
        entries: new Map<string, Value>([
          ["ca.pem", asset({ kind: "text", text: "CA" })],
          ["node.pem", asset({ kind: "file", path: "x.pem" })],
          ["more", asset({ kind: "archive-entries", entries: new Map([["a", asset({ kind: "text", text: "A" })]]) })],
        ]),
      }),
      "/etc/ssl",
      ['put "CA" at /etc/ssl/ca.pem', "put something at /etc/ssl/node.pem", 'put "A" at /etc/ssl/more/a'],
    ],
    [
      "an archive that engines 3.249 and 3.250 hand over empty",
      asset({ kind: "archive-entries", entries: new Map() }),
      "/etc/ssl",
      ["might write /etc/ssl: what it copies is not shown"],
    ],
    [
      "something from the network, by the name in its address",
      asset({ kind: "uri", uri: "https://x/certs/ca.pem?v=1", archive: false }),
      "/etc/ssl/",
      ["put something into /etc/ssl/ as ca.pem"],
    ],
    [
      "a source that is not an asset",
      "ca.pem",
      "/etc/ssl/ca.pem",
      ["might write /etc/ssl/ca.pem: what it copies is not shown"],
    ],
    ["a path below the user's home", asset({ kind: "text", text: "PEM" }), "ca.pem", ['put "PEM" at /root/ca.pem']],
  ])("%s", (_, source, remotePath, operations) =>
    expect(does(copy({ connection: CONNECTION, source, remotePath }))).toEqual(operations),
  );

  it.each<[string, ValueRecord, StackResource["propertyDependencies"], readonly string[]]>([
    [
      "a text that a certificate of the tls provider gives",
      { connection: CONNECTION, source: UNKNOWN, remotePath: "/etc/ssl/node.pem" },
      { source: [CERT] },
      [`put (certPem of ${CERT}) at /etc/ssl/node.pem`],
    ],
    [
      "a text that a key of the tls provider gives",
      { connection: CONNECTION, source: UNKNOWN, remotePath: "/etc/ssl/key.pem" },
      { source: [KEY] },
      [`put (privateKeyPem of ${KEY}) at /etc/ssl/key.pem`],
    ],
    [
      "a chain of two certificates",
      { connection: CONNECTION, source: UNKNOWN, remotePath: "/etc/ssl/node.pem" },
      { source: [CERT, KEY] },
      ["put (unknown until the update: node, key) at /etc/ssl/node.pem"],
    ],
    [
      "a source that is not known, into a folder: its name is not known either",
      { connection: CONNECTION, source: UNKNOWN, remotePath: "/etc/ssl/" },
      {},
      ["might write /etc/ssl: what it copies there is not known before the update"],
    ],
    [
      "a path that is not known",
      { connection: CONNECTION, source: asset({ kind: "text", text: "PEM" }), remotePath: UNKNOWN },
      {},
      ["might write anywhere: where it copies to is not known before the update"],
    ],
    [
      "a relative path for a user that is not known",
      { connection: { host: "", user: "root" }, source: asset({ kind: "text", text: "PEM" }), remotePath: "ca.pem" },
      {},
      ["might write anywhere: the home directory that it copies to is not known"],
    ],
    ["a copy that --target left out", {}, {}, ["might write anywhere: it was left out of this run (--target)"]],
  ])("%s", (_, inputs, dependencies, operations) => expect(does(copy(inputs, dependencies))).toEqual(operations));
});

describe("the machine of a connection", () => {
  it("a host of the empty string is not known, and the resources behind the connection tell the machine", () => {
    const vm = urn("vm1", "hcloud:index/server:Server");
    const one = copy({ connection: { host: "" }, remotePath: "/x" }, { connection: [vm] });
    expect(copyToRemote.read(one, () => undefined).evidence[0]?.machine).toEqual({
      by: "connection",
      host: undefined,
      resources: [vm],
    });
  });
});

describe("the deprecated CopyFile", () => {
  it("puts one file at exactly the path", () => {
    const inputs = { connection: CONNECTION, localPath: "a/ca.pem", remotePath: "/etc/ssl/ca.pem" };
    const one = stackResource("command:remote:CopyFile", "ca", inputs);
    const { evidence } = copyFile.read(one, () => undefined);
    expect(evidence.flatMap(({ operations }) => operations.map(sayOperation))).toEqual([
      "put something at /etc/ssl/ca.pem",
    ]);
  });
});
