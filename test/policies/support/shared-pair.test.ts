import { describe, expect, it } from "vitest";
import type { Cluster } from "../../../cluster/cluster";
import type { FileSettings } from "../../../cluster/cluster-settings";
import { predictKubeadm } from "../../../cluster/predict-kubeadm";
import { policies } from "../../../policies/index";
import { sharedPair } from "../../../policies/support/shared-pair";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";
import { recordedClusters } from "../../helpers/recorded-clusters";

const NOW = new Date("2026-11-23T12:00:00Z");
const FOLDER = "/etc/ssl/etcd/ssl";
const NODES = ["master01", "master02", "master03"];

/** Contents of a recorded cluster: one CA, and a pair of each node. */
const content = (() => {
  const one = recordedClusters("clusters").find(({ id }) => id === "ca-path-wrong");
  return (node: string, name: string) => {
    const file = one?.files[node]?.find(({ path }) => path === `${FOLDER}/${name}`);
    if (typeof file?.content !== "string") throw new Error(`${node} does not have ${name}`);
    return file.content;
  };
})();

const CA = content("master01", "ca.pem");
const pair = (node: string) => [content(node, `node-${node}.pem`), content(node, `node-${node}-key.pem`)] as const;
const put = (node: string, path: string, text?: string): FileSettings => ({
  nodes: [node],
  path,
  ...(text === undefined ? {} : { content: text }),
});

/** Each node with etcd's CA and its own pair, as Kubespray puts them. */
const OWN = NODES.flatMap((node) => [
  put(node, `${FOLDER}/ca.pem`, CA),
  put(node, `${FOLDER}/node-${node}.pem`, pair(node)[0]),
  put(node, `${FOLDER}/node-${node}-key.pem`, pair(node)[1]),
]);

const NAMED = {
  certFile: `${FOLDER}/node-master03.pem`,
  keyFile: `${FOLDER}/node-master03-key.pem`,
  caFile: `${FOLDER}/ca.pem`,
};

const clusterOf = (files: readonly FileSettings[], named = NAMED) =>
  clusterFrom(externalEtcd(named), {
    name: "prod",
    controlPlaneNodes: NODES.map((name, index) => ({ name, addresses: [`192.168.10.1${index + 1}`] })),
    etcdHosts: [{ name: "etcd01", addresses: ["192.168.10.21"] }],
    unlisted: "missing",
    files,
  });
const offered = (files: readonly FileSettings[], named = NAMED) => sharedPair(clusterOf(files, named), NOW.getTime());

/** A pair under these names on each of the nodes, of which `of` says whose it is. */
const shared = (certFile: string, keyFile: string, of = (node: string) => pair(node)) =>
  NODES.flatMap((node) => [put(node, certFile, of(node)[0]), put(node, keyFile, of(node)[1])]);

const CLIENT = [`${FOLDER}/client.pem`, `${FOLDER}/client-key.pem`] as const;
const CLIENT_FIELDS = [
  { field: "certFile", path: CLIENT[0] },
  { field: "keyFile", path: CLIENT[1] },
];

describe("a pair that all nodes have under one name", () => {
  it("is offered for certain where it matches on each node and etcd's CA signed it", () => {
    expect(offered([...OWN, ...shared(...CLIENT)])).toEqual({ certain: true, files: CLIENT_FIELDS });
  });

  it("may be one pair for all nodes", () => {
    const files = [...OWN, ...shared(...CLIENT, () => pair("master01"))];
    expect(offered(files)).toEqual({ certain: true, files: CLIENT_FIELDS });
  });

  it("is what kubeadm and all policies about files pass with, once it is named", () => {
    const files = [...OWN, ...shared(...CLIENT)];
    const after = clusterOf(files, { ...NAMED, certFile: CLIENT[0], keyFile: CLIENT[1] });
    const stopping = policies.flatMap((policy) => {
      const outcome = policy.check(after, { now: NOW });
      if (outcome.kind !== "fail" || policy.level !== "mandatory") return [];
      return outcome.findings.filter(({ level }) => level !== "advisory").map(({ message }) => message);
    });
    expect(stopping).toEqual([]);
    expect(predictKubeadm(after, { step: "upgrade", now: NOW }).map(({ prediction }) => prediction)).toEqual(
      NODES.map(() => ({ ok: true })),
    );
  });

  it.each(["external-etcd-files-on-every-control-plane-node", "external-etcd-files-named-for-every-node"])(
    "is offered by %s instead of new names, and nothing is said of new names then",
    (id) => {
      const cluster = clusterOf([
        ...OWN,
        ...shared("/etc/kubernetes/pki/etcd-client.crt", "/etc/kubernetes/pki/etcd-client.key"),
      ]);
      const policy = policies.find((one) => one.id === id);
      const outcome = policy?.check(cluster, { now: NOW });
      const [first, ...rest] = outcome?.kind === "fail" ? outcome.findings : [];
      if (first === undefined) throw new Error(`${id} must fail`);
      const text = policy?.messages[first.message]?.([first, ...rest], cluster) ?? "";
      expect(text).toContain(
        "certFile /etc/kubernetes/pki/etcd-client.crt, keyFile /etc/kubernetes/pki/etcd-client.key",
      );
      expect(text).not.toContain("node.pem");
    },
  );

  it("has to be checked by people where its content is not shown", () => {
    const files = NODES.flatMap((node) => CLIENT.map((path) => put(node, path)));
    expect(offered([...OWN, ...files])).toEqual({ certain: false, files: CLIENT_FIELDS });
  });
});

const [aCertificate, aKey] = pair("master01");
/** The pair of these names, on each node, without its content. */
const unseen = (certFile: string, keyFile: string) =>
  NODES.flatMap((node) => [put(node, certFile), put(node, keyFile)]);
const fields = (certFile: string, keyFile: string) => [
  { field: "certFile", path: certFile },
  { field: "keyFile", path: keyFile },
];
const ELSEWHERE = ["/opt/client.pem", "/opt/client-key.pem"] as const;
const OF_ETCD = ["/opt/etcd/client.pem", "/opt/etcd/client-key.pem"] as const;
const OTHER_CLIENT = [`${FOLDER}/other-client.pem`, `${FOLDER}/other-client-key.pem`] as const;

describe("of several pairs", () => {
  it.each<readonly [string, readonly FileSettings[], readonly [string, string], boolean]>([
    ["the one beside the named one", [...shared(...OF_ETCD), ...shared(...CLIENT)], CLIENT, true],
    ["the one beside the named one, listed first", [...shared(...CLIENT), ...shared(...OF_ETCD)], CLIENT, true],
    ["the one in a folder of etcd", [...shared(...ELSEWHERE), ...shared(...OF_ETCD)], OF_ETCD, true],
    [
      "the one that is shown, though it is farther away",
      [...unseen(...CLIENT), ...shared(...ELSEWHERE)],
      ELSEWHERE,
      true,
    ],
    ["the first, where none is shown", [...unseen(...CLIENT), ...unseen(...OTHER_CLIENT)], CLIENT, false],
    [
      "the one that is named for clients, where none is shown",
      [...unseen(`${FOLDER}/etcd.pem`, `${FOLDER}/etcd-key.pem`), ...unseen(...CLIENT)],
      CLIENT,
      false,
    ],
  ])("offers %s", (_title, files, expected, certain) => {
    expect(offered([...OWN, ...files])).toEqual({ certain, files: fields(...expected) });
  });

  it("looks at the fifty nearest", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        shared(`${FOLDER}/a${index}.pem`, `${FOLDER}/a${index}-key.pem`, () => [aCertificate, pair("master02")[1]]),
      ).flat();
    expect(offered([...OWN, ...many(49), ...shared(...CLIENT)])).toEqual({ certain: true, files: CLIENT_FIELDS });
    expect(offered([...OWN, ...many(50), ...shared(...CLIENT)])).toBeUndefined();
  });
});

describe("a pair is offered", () => {
  it.each<readonly [string, string, string]>([
    ["with a key of the same name but for its ending", "/etc/etcd/client.crt", "/etc/etcd/client.key"],
    ["with the ending of DER files", "/etc/etcd/client.cer", "/etc/etcd/client.key"],
    ["with a name in capitals", "/etc/etcd/CLIENT.crt", "/etc/etcd/CLIENT.key"],
  ])("%s", (_title, certFile, keyFile) => {
    expect(offered([...OWN, ...unseen(certFile, keyFile)])).toEqual({
      certain: false,
      files: fields(certFile, keyFile),
    });
  });

  it("that is not certain, where one node does not show it", () => {
    const files = [...shared(...CLIENT).slice(0, 4), put("master03", CLIENT[0]), put("master03", CLIENT[1])];
    expect(offered([...OWN, ...files])).toEqual({ certain: false, files: CLIENT_FIELDS });
  });

  it("whose key is a link to a file that kube-apiserver sees", () => {
    const files = NODES.flatMap((node): readonly FileSettings[] => [
      put(node, CLIENT[0], pair(node)[0]),
      { nodes: [node], path: CLIENT[1], link: `node-${node}-key.pem` },
    ]);
    expect(offered([...OWN, ...files])).toEqual({ certain: true, files: CLIENT_FIELDS });
  });

  it("without a CA, where none is named", () => {
    expect(offered([...OWN, ...unseen(...CLIENT)], { ...NAMED, caFile: '""' })).toEqual({
      certain: false,
      files: CLIENT_FIELDS,
    });
  });
});

describe("no pair is offered", () => {
  it.each<readonly [string, readonly FileSettings[]]>([
    ["where a node has none", shared(...CLIENT).slice(0, 4)],
    ["where certificate and key do not match on a node", shared(...CLIENT, () => [aCertificate, pair("master02")[1]])],
    ["under the name of one node", shared(`${FOLDER}/master01.pem`, `${FOLDER}/master01-key.pem`)],
    ["under the name of a machine that is not known", shared(`${FOLDER}/node-m9.pem`, `${FOLDER}/node-m9-key.pem`)],
    ["of Kubernetes itself", shared("/etc/kubernetes/pki/apiserver.crt", "/etc/kubernetes/pki/apiserver.key")],
    [
      "that is a copy of one of Kubernetes' own",
      [...shared("/etc/kubernetes/pki/apiserver.crt", "/etc/kubernetes/pki/apiserver.key"), ...shared(...CLIENT)],
    ],
    [
      "where kube-apiserver would not see it",
      shared("/etc/ssl/certs-of-etcd/client.pem", "/etc/ssl/certs-of-etcd/client-key.pem"),
    ],
    [
      "named for a server, if its content is not shown",
      NODES.flatMap((node) => [put(node, `${FOLDER}/server.pem`), put(node, `${FOLDER}/server-key.pem`)]),
    ],
    ["where there is only a certificate", NODES.map((node) => put(node, CLIENT[0], aCertificate))],
    ["where the key is the certificate", shared(...CLIENT, () => [aKey, aCertificate])],
    [
      "where a node lacks the certificate",
      shared(...CLIENT).filter(({ path, nodes }) => path !== CLIENT[0] || nodes?.[0] !== "master02"),
    ],
    ["where no node has the key", NODES.map((node) => put(node, CLIENT[0]))],
    [
      "where the last node has another key, and another does not show it",
      [
        put("master01", CLIENT[0]),
        put("master01", CLIENT[1]),
        ...shared(...CLIENT, () => [aCertificate, pair("master02")[1]]).slice(2),
      ],
    ],
    ["with another ending", unseen(`${FOLDER}/client.pem.bak`, `${FOLDER}/client.pem-key.bak`)],
    ["that looks like a CA", unseen(`${FOLDER}/client-ca.pem`, `${FOLDER}/client-ca-key.pem`)],
    [
      "named for clients and servers, if its content is not shown",
      unseen(`${FOLDER}/client-server.pem`, `${FOLDER}/client-server-key.pem`),
    ],
    ["in a folder of clients, named for neither", unseen("/etc/client/etcd.pem", "/etc/client/etcd-key.pem")],
    [
      "whose key is a link to a file that kube-apiserver does not see",
      NODES.flatMap((node): readonly FileSettings[] => [
        put(node, CLIENT[0], pair(node)[0]),
        put(node, "/root/client-key.pem", pair(node)[1]),
        { nodes: [node], path: CLIENT[1], link: "/root/client-key.pem" },
      ]),
    ],
  ])("%s", (_title, files) => {
    expect(offered([...OWN, ...files])).toBeUndefined();
  });

  it("that another CA signed", () => {
    const other = recordedClusters("clusters").find(({ id }) => id === "ca-of-another-cluster");
    const stranger = Object.values(other?.files ?? {})
      .flat()
      .find(({ content: text, path }) => /ca/.test(path) && text?.includes("CERTIFICATE") && text !== CA)?.content;
    if (typeof stranger !== "string") throw new Error("the case has a CA of another cluster");
    const files = OWN.map((file) => (file.path === NAMED.caFile ? { ...file, content: stranger } : file));
    expect(offered([...files, ...shared(...CLIENT)])).toBeUndefined();
  });
});

describe("a CA under another name than the one that is named", () => {
  const wrong = { ...NAMED, certFile: CLIENT[0], keyFile: CLIENT[1], caFile: `${FOLDER}/etcd-ca.pem` };

  it("is offered if it signed the pair of every node", () => {
    const files = [{ field: "caFile", path: `${FOLDER}/ca.pem` }];
    expect(offered([...OWN, ...shared(...CLIENT)], wrong)).toEqual({ certain: true, files });
  });

  it("is offered with a pair that is beside it", () => {
    const folder = "/opt/etcd";
    const cas = NODES.map((node) => put(node, `${folder}/ca.pem`, CA));
    const named = { ...wrong, certFile: `${FOLDER}/gone.pem`, keyFile: `${FOLDER}/gone-key.pem` };
    expect(offered([...shared(...OF_ETCD), ...cas], named)).toEqual({
      certain: true,
      files: [...fields(...OF_ETCD), { field: "caFile", path: `${folder}/ca.pem` }],
    });
  });

  it.each<readonly [string, readonly FileSettings[]]>([
    ["in another folder", NODES.map((node) => put(node, "/etc/etcd/ca.pem", CA))],
    ["of another kind by its name", NODES.map((node) => put(node, `${FOLDER}/trusted.pem`, CA))],
    ["of Kubernetes itself", NODES.map((node) => put(node, "/etc/kubernetes/pki/ca.crt", CA))],
    ["that a node does not have", [put("master01", `${FOLDER}/ca.pem`, CA), put("master02", `${FOLDER}/ca.pem`, CA)]],
    ["where the named one is on some nodes", [put("master01", `${FOLDER}/etcd-ca.pem`, CA)]],
  ])("is not offered %s", (_title, files) => {
    expect(offered([...shared(...CLIENT), ...files], wrong)).toBeUndefined();
  });

  it("is not offered to a certificate without a key", () => {
    expect(offered([...OWN, ...shared(...CLIENT)], { ...wrong, keyFile: '""' })).toBeUndefined();
  });
});

describe("there is nothing to offer", () => {
  const files = [...OWN, ...shared(...CLIENT)];
  const cluster = clusterOf(files);
  const LOCAL = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\n";
  const reading = (text: string) => ({ ...cluster, configuration: clusterFrom(text, { name: "prod" }).configuration });
  it.each<readonly [string, Cluster]>([
    ["where no certificate is named", clusterOf(files, { ...NAMED, certFile: '""' })],
    ["where etcd is local", reading(LOCAL)],
    ["where the configuration is not known", { ...cluster, configuration: { kind: "not-carried", why: "a patch" } }],
    ["where the configuration cannot be read", reading("{")],
    ["where the nodes are not known", { ...cluster, controlPlane: { kind: "unknown", might: [] } }],
    ["where there is no node", { ...cluster, controlPlane: { kind: "known", nodes: [], more: [] } }],
  ])("%s", (_title, one) => {
    expect(sharedPair(one, NOW.getTime())).toBeUndefined();
  });
});
