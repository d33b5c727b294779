import { describe, expect, it } from "vitest";
import type { CertificateFacts } from "../../../cluster/certificates/certificate-facts";
import type { PlannedPem } from "../../../cluster/certificates/planned-pem";
import type { Cluster } from "../../../cluster/cluster";
import type { Content } from "../../../machine/content";
import type { FileOperation } from "../../../machine/file-operation";
import { baseName } from "../../../machine/paths";
import type { Urn } from "../../../machine/source";
import { type FileFix, fileFixes } from "../../../policies/support/file-fixes";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";
import { graph, link, put, source, urn } from "../../helpers/evidence";
import { recordedClusters } from "../../helpers/recorded-clusters";
import { pems } from "../../kubeadm/predict/tls-cases";

const NOW = Date.UTC(2026, 10, 23, 12);
const FOLDER = "/etc/ssl/etcd/ssl";
const NAMED = {
  certFile: `${FOLDER}/node-master03.pem`,
  keyFile: `${FOLDER}/node-master03-key.pem`,
  caFile: `${FOLDER}/ca.pem`,
};

/** Contents of a recorded cluster: one CA, and a pair of each node that it signed. */
const recorded = (node: string, name: string): Content => {
  const one = recordedClusters("clusters").find(({ id }) => id === "ca-path-wrong");
  const file = one?.files[node]?.find(({ path }) => path === `${FOLDER}/${name}`);
  if (typeof file?.content !== "string") throw new Error(`${node} does not have ${name}`);
  return { kind: "text", text: file.content };
};
const CA = recorded("master01", "ca.pem");
const CERTIFICATE = (node: string) => recorded(node, `node-${node}.pem`);
const KEY = (node: string) => recorded(node, `node-${node}-key.pem`);
const OTHER_CA: Content = { kind: "text", text: pems("tls-client-other-ca-same-name").ca };
const NO_CERTIFICATE: Content = { kind: "text", text: "-----BEGIN CERTIFICATE-----\nbroken" };
const HIDDEN: Content = { kind: "not-shown" };

type Files = readonly FileOperation[];
const at = (name: string, content: Content = HIDDEN) => put(name.startsWith("/") ? name : `${FOLDER}/${name}`, content);
const to = (name: string, target: string) => link(`${FOLDER}/${name}`, target);
const remove = (name: string): FileOperation => ({ do: "remove", path: `${FOLDER}/${name}`, recursive: false });

const ca = at("ca.pem", CA);
/** A pair of one node, under that node's name or another. */
const pair = (of: string, name = `node-${of}`): Files => [
  at(`${name}.pem`, CERTIFICATE(of)),
  at(`${name}-key.pem`, KEY(of)),
];
const own = (node: string): Files => [ca, ...pair(node)];
/** Files of which nothing but their names is known. */
const hidden = (files: Files): Files => files.map((file) => (file.do === "put" ? { ...file, content: HIDDEN } : file));

const MASTER03 = own("master03");
/** The links by which a node's own pair has the names in the configuration. */
const LINKS = [to("node-master03.pem", "node-master01.pem"), to("node-master03-key.pem", "node-master01-key.pem")];

function clusterOf(
  files: Readonly<Record<string, Files>>,
  named: Parameters<typeof externalEtcd>[0] = NAMED,
  plannedPems: ReadonlyMap<Urn, PlannedPem> = new Map(),
): Cluster {
  return clusterFrom(
    externalEtcd(named),
    { name: "prod", controlPlaneNodes: Object.keys(files).map((name) => ({ name })), unlisted: "missing" },
    {
      evidence: Object.entries(files).map(([name, operations]) => ({
        source: source(`files-of-${name}`),
        machine: { by: "name", name },
        operations,
      })),
      kubeadmRuns: [],
      nodes: [],
      graph: graph({}),
      plannedPems,
      precedes: () => true,
    },
  );
}

/** What is offered for each node, and whether it is seen to fit. */
function offered(cluster: Cluster): readonly string[] {
  const { everywhere, perNode, open } = fileFixes(cluster, NOW);
  return [
    ...(everywhere === undefined ? [] : [fixText(everywhere)]),
    ...perNode.flatMap(({ node, fixes, fitness }) => fixes.map((fix) => `${node.name}: ${fixText(fix)} (${fitness})`)),
    ...open.map((node) => `${node}: nothing`),
  ];
}

function fixText(fix: FileFix): string {
  switch (fix.kind) {
    case "name-files":
      return `name ${fix.files.map(({ field, path }) => `${field} ${baseName(path)}`).join(", ")}`;
    case "link-files":
      return `link ${fix.links.map(({ field, target }) => `${field} to ${baseName(target)}`).join(", ")}`;
    case "copy-files":
      return `copy ${fix.files.map(({ field }) => field).join(", ")} from ${fix.from}`;
  }
}

const LINK = "master01: link certFile to node-master01.pem, keyFile to node-master01-key.pem";
const COPY = "master01: copy certFile, keyFile, caFile from master03";
const COPY_CA = "master01: copy caFile from master03";

describe("a node that lacks files which another node has under the names in the configuration", () => {
  it.each<readonly [string, Files, Files, readonly string[]]>([
    ["with all of them: nothing to do", [ca, ...pair("master01", "node-master03")], MASTER03, []],
    ["with its own pair: links", own("master01"), MASTER03, [`${LINK} (fit)`]],
    ["with nothing: copies", [], MASTER03, [`${COPY} (fit)`]],
    ["with its own pair and no CA", pair("master01"), MASTER03, [`${LINK} (fit)`, `${COPY_CA} (fit)`]],
    ["with all but the CA", [...pair("master01"), ...LINKS], MASTER03, [`${COPY_CA} (fit)`]],
    [
      "with a CA only: the pair comes from the other node",
      [ca],
      MASTER03,
      ["master01: copy certFile, keyFile from master03 (fit)"],
    ],
    [
      "with the certificate, and no key: both belong together",
      [ca, at("node-master03.pem", CERTIFICATE("master03"))],
      MASTER03,
      ["master01: nothing"],
    ],
    [
      "with the key, and no certificate",
      [ca, at("node-master03-key.pem", KEY("master03"))],
      MASTER03,
      ["master01: nothing"],
    ],
    ["with a certificate of its own, and no key", own("master01").slice(0, 2), MASTER03, ["master01: nothing"]],
    [
      "where neither has a key",
      own("master01").slice(0, 2),
      MASTER03.slice(0, 2),
      ["master01: nothing", "master03: nothing"],
    ],
    [
      "with its own certificate and the key of another",
      [ca, at("node-master01.pem", CERTIFICATE("master01")), at("node-master01-key.pem", KEY("master02"))],
      MASTER03,
      ["master01: nothing"],
    ],
    [
      "with another CA than the one that signed the other node's certificate",
      [at("ca.pem", OTHER_CA)],
      MASTER03,
      ["master01: nothing"],
    ],
    [
      "with a pair elsewhere: it is not linked from there",
      [ca, ...pair("master03", "old/node-master03")],
      MASTER03,
      ["master01: copy certFile, keyFile from master03 (fit)"],
    ],
    [
      "with a pair that lies where kube-apiserver would not see it",
      [
        ca,
        ...pair("master01", "/opt/etcd"),
        to("node-master01.pem", "/opt/etcd.pem"),
        to("node-master01-key.pem", "/opt/etcd-key.pem"),
      ],
      MASTER03,
      ["master01: copy certFile, keyFile from master03 (fit)"],
    ],
    [
      "where kube-apiserver would not see the other node's either",
      [],
      [
        ca,
        ...pair("master03", "/opt/etcd"),
        to("node-master03.pem", "/opt/etcd.pem"),
        to("node-master03-key.pem", "/opt/etcd-key.pem"),
      ],
      ["master01: nothing"],
    ],
    [
      "with a folder of the certificate's name",
      [...own("master01"), at("node-master03.pem/node.pem")],
      MASTER03,
      ["master01: nothing"],
    ],
    [
      "with a link of the certificate's name that leads nowhere",
      [...own("master01"), to("node-master03.pem", "gone.pem")],
      MASTER03,
      ["master01: nothing"],
    ],
    [
      "with a step that removes the certificate",
      [...own("master01"), at("node-master03.pem"), remove("node-master03.pem")],
      MASTER03,
      ["master01: nothing"],
    ],
    [
      "with a CA of which it is not known whether it is there",
      [
        ...pair("master01"),
        {
          do: "might-write",
          scope: { kind: "below", path: NAMED.caFile },
          reason: { id: "program-not-modeled", data: { program: "./x.sh" } },
        },
      ],
      MASTER03,
      ["master01: nothing"],
    ],
  ])("%s", (_title, master01, master03, expected) => {
    expect(offered(clusterOf({ master01, master03 }))).toEqual(expected);
  });

  it.each<readonly [string, Files, readonly string[]]>([
    ["the names of which belong together: people have to check", hidden(own("master01")), [`${LINK} (unsure)`]],
    [
      "the names of which say nothing",
      [at("ca.pem"), at("node-master01.pem"), at("client-key.pem")],
      ["master01: nothing"],
    ],
    [
      "the names of which say nothing, and the contents do",
      [ca, at("node-master01.pem", CERTIFICATE("master01")), at("client-key.pem", KEY("master01"))],
      ["master01: link certFile to node-master01.pem, keyFile to client-key.pem (fit)"],
    ],
    [
      "with a key that is not shown",
      [...own("master01").slice(0, 2), at("node-master01-key.pem")],
      [`${LINK} (unsure)`],
    ],
    [
      "with a certificate that is not shown",
      [ca, at("node-master01.pem"), at("node-master01-key.pem", KEY("master01"))],
      [`${LINK} (unsure)`],
    ],
    ["with a CA that is not shown", [at("ca.pem"), ...pair("master01")], [`${LINK} (unsure)`]],
    [
      "with a certificate that is none",
      [at("ca.pem"), at("node-master01.pem", NO_CERTIFICATE), at("node-master01-key.pem")],
      ["master01: nothing"],
    ],
  ])("files %s", (_title, master01, expected) => {
    expect(offered(clusterOf({ master01, master03: MASTER03 }))).toEqual(expected);
  });

  it("gets the CA that signed its certificate, from whichever node has it", () => {
    const master02 = [ca, ...pair("master02", "node-master03")];
    const master03 = [...pair("master03"), at("ca.pem", OTHER_CA)];
    expect(offered(clusterOf({ master01: pair("master01"), master02: own("master02"), master03 }))).toEqual([
      `${LINK} (fit)`,
      "master01: copy caFile from master02 (fit)",
      "master02: link certFile to node-master02.pem, keyFile to node-master02-key.pem (fit)",
    ]);
    expect(offered(clusterOf({ master01: [], master02, master03 }))).toEqual([
      "master01: copy certFile, keyFile, caFile from master02 (fit)",
    ]);
    expect(offered(clusterOf({ master01: [...pair("master01"), ...LINKS], master02: [ca], master03: [] }))).toEqual([
      "master01: copy caFile from master02 (fit)",
      "master02: nothing",
      "master03: nothing",
    ]);
  });
});

describe("a configuration", () => {
  it.each<readonly [string, Parameters<typeof externalEtcd>[0], Files, Files, readonly string[]]>([
    ["with a CA only", { caFile: NAMED.caFile }, [], [ca], ["master01: copy caFile from master03 (fit)"]],
    [
      "without a CA: nobody knows whom etcd trusts",
      { certFile: NAMED.certFile, keyFile: NAMED.keyFile },
      own("master01"),
      MASTER03,
      [`${LINK} (unsure)`],
    ],
    [
      "with a certificate and no key: only the files count",
      { certFile: NAMED.certFile, caFile: NAMED.caFile },
      pair("master01", "node-master03"),
      MASTER03,
      [`${COPY_CA} (fit)`],
    ],
    [
      "with a key and no certificate",
      { keyFile: NAMED.keyFile, caFile: NAMED.caFile },
      pair("master01", "node-master03"),
      MASTER03,
      [`${COPY_CA} (fit)`],
    ],
    [
      "that calls the CA differently: a CA is not chosen by its name",
      { ...NAMED, caFile: `${FOLDER}/etcd-ca.pem` },
      own("master01"),
      [at("etcd-ca.pem", CA), ...pair("master03")],
      [`${LINK} (fit)`, "master01: copy caFile from master03 (fit)"],
    ],
    [
      "with a path relative to root's home",
      { ...NAMED, caFile: "etc/ca.pem" },
      pair("master01"),
      [at("/root/etc/ca.pem", CA), at("/etc/ca.pem", CA), ...pair("master03")],
      ["master01: nothing"],
    ],
    [
      "with a path through the folder above",
      { ...NAMED, caFile: `${FOLDER}/../ssl/ca.pem` },
      pair("master01"),
      MASTER03,
      ["master01: nothing"],
    ],
  ])("%s", (_title, named, master01, master03, expected) => {
    expect(offered(clusterOf({ master01, master03 }, named))).toEqual(expected);
  });
});

describe("a pair that all nodes have under one name", () => {
  const shared = (node: string) => [...own(node), ...pair(node, "client")];

  it("may be named instead, where it is seen to fit", () => {
    const files = { master01: shared("master01"), master03: shared("master03") };
    expect(offered(clusterOf(files))).toEqual(["name certFile client.pem, keyFile client-key.pem", `${LINK} (fit)`]);
  });

  it("is not offered where nothing is shown of it", () => {
    const files = { master01: hidden(shared("master01")), master03: hidden(shared("master03")) };
    expect(offered(clusterOf(files))).toEqual([`${LINK} (unsure)`]);
  });

  it("is not offered where no file is missing", () => {
    const files = { master01: [...shared("master01"), ...LINKS], master03: shared("master03") };
    expect(offered(clusterOf(files))).toEqual([]);
  });
});

describe("nothing is offered", () => {
  it.each<readonly [string, Cluster]>([
    ["where no node is known", clusterOf({})],
    [
      "where the configuration is not known yet",
      {
        ...clusterOf({ master01: own("master01") }),
        configuration: { kind: "unknown-until-update", waitsFor: [] },
      },
    ],
    ["where kubeadm cannot read it", clusterFrom("{{ broken", { name: "prod", controlPlaneNodes: [{ name: "a" }] })],
  ])("%s", (_title, cluster) => {
    expect(offered(cluster)).toEqual([]);
  });
});

describe("where a listing says which CA etcd trusts for its clients", () => {
  const trusting = (content: Content, files: Files): Cluster => ({
    ...clusterOf({ master01: files, master03: MASTER03 }),
    etcdServers: { trustedCA: content.kind === "text" ? content.text : null, certificates: {} },
  });

  it.each<readonly [string, Cluster, readonly string[]]>([
    [
      "its certificates may be used with another caFile",
      trusting(CA, [at("ca.pem"), ...pair("master01")]),
      [`${LINK} (fit)`],
    ],
    ["those of another CA may not", trusting(OTHER_CA, own("master01")), ["master01: nothing"]],
    ["it says nothing of a certificate that is not shown", trusting(CA, hidden(own("master01"))), [`${LINK} (unsure)`]],
  ])("%s", (_title, cluster, expected) => {
    expect(offered(cluster)).toEqual(expected);
  });
});

describe("files that tls resources will make", () => {
  const [CA_PEM, CLIENT, CLIENT_KEY, OTHER_KEY] = ["ca", "client", "client-key", "other-key"].map((name) => urn(name));
  const tls = (of: Urn | undefined): Content => (of === undefined ? HIDDEN : { kind: "tls", urn: of, property: "pem" });
  const facts = (key: Urn | undefined, signer: Urn | undefined): CertificateFacts => ({
    names: undefined,
    validity: undefined,
    isCa: undefined,
    extendedKeyUsages: "any",
    key: key === undefined ? undefined : { by: "resource", urn: key },
    signer: signer === undefined ? undefined : { by: "resource", urn: signer },
    x509: undefined,
  });
  const planned = (certified: Urn | undefined, signer: Urn | undefined) =>
    new Map<Urn, PlannedPem>([
      [urn("ca"), { kind: "certificate", certificate: facts(urn("ca-key"), urn("ca-key")) }],
      [urn("client"), { kind: "certificate", certificate: facts(certified, signer) }],
      [urn("client-key"), { kind: "private-key", key: { by: "resource", urn: urn("client-key") } }],
      [urn("other-key"), { kind: "private-key", key: { by: "resource", urn: urn("other-key") } }],
    ]);
  const files = (certificate: Content, key: Content, authority: Content): Files => [
    at("node-master01.pem", certificate),
    at("node-master01-key.pem", key),
    at("ca.pem", authority),
  ];
  const CA_KEY = urn("ca-key");

  it.each<readonly [string, Files, Urn | undefined, Urn | undefined, string]>([
    ["fit", files(tls(CLIENT), tls(CLIENT_KEY), tls(CA_PEM)), CLIENT_KEY, CA_KEY, `${LINK} (fit)`],
    ["have another key", files(tls(CLIENT), tls(OTHER_KEY), tls(CA_PEM)), CLIENT_KEY, CA_KEY, "master01: nothing"],
    [
      "have another signer",
      files(tls(CLIENT), tls(CLIENT_KEY), tls(CA_PEM)),
      CLIENT_KEY,
      OTHER_KEY,
      "master01: nothing",
    ],
    [
      "have a key that is not known",
      files(tls(CLIENT), tls(CLIENT_KEY), tls(CA_PEM)),
      undefined,
      CA_KEY,
      `${LINK} (unsure)`,
    ],
    ["have changed places", files(tls(CLIENT_KEY), tls(CLIENT), tls(CA_PEM)), CLIENT_KEY, CA_KEY, "master01: nothing"],
    ["are two certificates", files(tls(CLIENT), tls(CLIENT), HIDDEN), CLIENT_KEY, CA_KEY, "master01: nothing"],
    ["are two keys", files(tls(CLIENT_KEY), tls(CLIENT_KEY), HIDDEN), CLIENT_KEY, CA_KEY, "master01: nothing"],
    [
      "have a key for the certificate of the CA",
      files(tls(CLIENT), HIDDEN, tls(CLIENT_KEY)),
      CLIENT_KEY,
      CA_KEY,
      "master01: nothing",
    ],
    [
      "have a key for the certificate",
      files(tls(CLIENT_KEY), HIDDEN, tls(CA_PEM)),
      CLIENT_KEY,
      CA_KEY,
      "master01: nothing",
    ],
    ["have a key that is not shown", files(tls(CLIENT), HIDDEN, tls(CA_PEM)), CLIENT_KEY, CA_KEY, `${LINK} (unsure)`],
    [
      "have a certificate that is not shown",
      files(HIDDEN, tls(CLIENT_KEY), tls(CA_PEM)),
      CLIENT_KEY,
      CA_KEY,
      `${LINK} (unsure)`,
    ],
    [
      "have a CA that is not shown",
      files(tls(CLIENT), tls(CLIENT_KEY), HIDDEN),
      CLIENT_KEY,
      CA_KEY,
      `${LINK} (unsure)`,
    ],
    ["have a CA whose text is shown", files(tls(CLIENT), tls(CLIENT_KEY), CA), CLIENT_KEY, CA_KEY, `${LINK} (unsure)`],
  ])("%s", (_title, master01, certified, signer, expected) => {
    const cluster = clusterOf({ master01, master03: MASTER03 }, NAMED, planned(certified, signer));
    expect(offered(cluster)).toEqual([expected]);
  });

  it("fit where etcd's CA is known by its text, only if that can be checked", () => {
    const cluster = clusterOf(
      { master01: files(tls(CLIENT), tls(CLIENT_KEY), tls(CA_PEM)), master03: MASTER03 },
      NAMED,
      planned(CLIENT_KEY, CA_KEY),
    );
    const trustedCA = CA.kind === "text" ? CA.text : null;
    expect(offered({ ...cluster, etcdServers: { trustedCA, certificates: {} } })).toEqual([`${LINK} (unsure)`]);
  });
});
