import { describe, expect, it } from "vitest";
import type { Cluster } from "../../cluster/cluster";
import type { FileSettings, MachineSettings } from "../../cluster/cluster-settings";
import { subjectFile } from "../../cluster/configuration/subject-file";
import { type KubeadmStep, predictKubeadm } from "../../cluster/predict-kubeadm";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { namedVersions } from "../../kubeadm/config/named-versions";
import { releaseThatReads } from "../../kubeadm/config/release-that-reads";
import { clusterFrom, externalEtcd, settingsOfCase } from "../helpers/cluster";
import { commandStack } from "../helpers/command-stack";
import { pems, tlsCase } from "../kubeadm/predict/tls-cases";

const NOW = new Date("2026-11-23T12:00:00Z");
const LOCAL = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n";
const EXTERNAL = externalEtcd({ certFile: "/etc/etcd/node.pem", keyFile: "/etc/etcd/key.pem" });
const MASTERS: readonly MachineSettings[] = [
  { name: "master01", addresses: ["192.168.10.11"] },
  { name: "master02", addresses: ["fd00::12"] },
];
const ETCD_ELSEWHERE: readonly MachineSettings[] = [{ name: "etcd01", addresses: ["192.168.10.21"] }];
const PKI = "/etc/kubernetes/pki/etcd";
const CLIENT: readonly FileSettings[] = ["ca.crt", "healthcheck-client.crt", "healthcheck-client.key"].map((name) => ({
  path: `${PKI}/${name}`,
}));
const MANIFEST: FileSettings = { path: "/etc/kubernetes/manifests/etcd.yaml" };

interface Known {
  readonly files?: readonly FileSettings[];
  readonly etcdHosts?: readonly MachineSettings[];
  readonly unlisted?: "missing";
  readonly controlPlaneNodes?: readonly MachineSettings[];
}

function predict(text: string, known: Known, step: KubeadmStep = "upgrade") {
  const cluster = clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, ...known });
  return predictKubeadm(cluster, { step, now: NOW }).map(({ prediction }) => prediction);
}

function fails(error: string) {
  return { ok: false, error };
}

const NO_PODS = fails(
  "failed to create etcd client: could not retrieve the list of etcd endpoints: context deadline exceeded",
);
const NO_CLIENT = fails(
  `failed to create etcd client: error creating etcd client for [https://192.168.10.11:2379 https://[fd00::12]:2379] endpoints: open ${PKI}/healthcheck-client.crt: no such file or directory`,
);
const unknown = (why: string) => ({ ok: null, why });

describe("kubeadm upgrade of a cluster whose configuration says that etcd is local", () => {
  it.each<[string, Known, unknown]>([
    ["etcd runs on other hosts", { etcdHosts: ETCD_ELSEWHERE }, NO_PODS],
    ["no node has a manifest of etcd", { unlisted: "missing" }, NO_PODS],
    ["etcd runs on the nodes, without kubeadm's client", { etcdHosts: MASTERS, unlisted: "missing" }, NO_CLIENT],
    [
      "the nodes have manifests of etcd, without kubeadm's client",
      { files: [MANIFEST], unlisted: "missing" },
      NO_CLIENT,
    ],
    ["nothing says where etcd runs", {}, unknown("whether etcd runs as pods")],
    [
      "the client's files may be there",
      { etcdHosts: MASTERS },
      unknown(`whether ${PKI}/healthcheck-client.crt can be opened`),
    ],
    [
      "the client's files are there",
      { files: [MANIFEST, ...CLIENT] },
      unknown(`the content of ${PKI}/healthcheck-client.crt`),
    ],
  ])("%s", (_, known, expected) => {
    expect(predict(LOCAL, known)).toEqual([expected, expected]);
  });
});

describe("kubeadm and an external etcd", () => {
  it.each<[string, string, Known, KubeadmStep, unknown]>([
    [
      "upgrade without the files",
      EXTERNAL,
      { unlisted: "missing" },
      "upgrade",
      fails("open /etc/etcd/node.pem: no such file or directory"),
    ],
    [
      "upgrade where no evidence names the files",
      EXTERNAL,
      {},
      "upgrade",
      unknown("whether /etc/etcd/node.pem can be opened"),
    ],
    ["init without an external etcd runs neither check", LOCAL, { etcdHosts: ETCD_ELSEWHERE }, "init", { ok: true }],
    [
      "init without the files",
      EXTERNAL,
      { unlisted: "missing" },
      "init",
      fails(
        [
          "[ERROR ExternalEtcdVersion]: couldn't load external etcd's certificate and key pair /etc/etcd/node.pem, /etc/etcd/key.pem: open /etc/etcd/node.pem: no such file or directory",
          "[ERROR ExternalEtcdClientCertificates]: /etc/etcd/node.pem doesn't exist",
          "[ERROR ExternalEtcdClientCertificates]: /etc/etcd/key.pem doesn't exist",
        ].join("\n"),
      ),
    ],
    [
      "a text that cannot be read fails at any step",
      "- a\n",
      { unlisted: "missing" },
      "init",
      fails(
        'failed to decode cluster configuration data: couldn\'t get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
      ),
    ],
  ])("%s", (_, text, known, step, expected) => {
    expect(predict(text, known, step)).toEqual([expected, expected]);
  });

  it("nothing is predicted of nodes that are not known", () => {
    expect(predict(EXTERNAL, { controlPlaneNodes: [] })).toEqual([]);
  });
});

describe("kubeadm upgrade of a cluster in which etcd runs on some of the nodes", () => {
  const onOne: readonly FileSettings[] = [{ ...MANIFEST, nodes: ["master02"] }];
  it.each<[string, Known, unknown]>([
    [
      "names those in its error",
      { files: onOne, unlisted: "missing" },
      fails(
        `failed to create etcd client: error creating etcd client for [https://[fd00::12]:2379] endpoints: open ${PKI}/healthcheck-client.crt: no such file or directory`,
      ),
    ],
    ["does not know of the others", { files: onOne }, unknown(`whether ${PKI}/healthcheck-client.crt can be opened`)],
    [
      "names them by their hosts",
      { etcdHosts: [{ name: "other", addresses: ["fd00::12"] }], unlisted: "missing" },
      fails(
        `failed to create etcd client: error creating etcd client for [https://[fd00::12]:2379] endpoints: open ${PKI}/healthcheck-client.crt: no such file or directory`,
      ),
    ],
    [
      "names a node without an address by its name",
      { controlPlaneNodes: [{ name: "m1" }, { name: "m2" }], etcdHosts: [{ name: "m1" }], unlisted: "missing" },
      fails(
        `failed to create etcd client: error creating etcd client for [https://m1:2379] endpoints: open ${PKI}/healthcheck-client.crt: no such file or directory`,
      ),
    ],
  ])("%s", (_title, known, expected) => {
    expect(predict(LOCAL, known)).toEqual([expected, expected]);
  });

  it("says both where nothing tells whether etcd runs there, and the files are missing", () => {
    const clientIsGone = commandStack(MASTERS.map(({ name }) => [name, `rm -f ${PKI}/healthcheck-client.crt`]));
    const cluster = clusterFrom(LOCAL, { name: "prod", controlPlaneNodes: MASTERS }, clientIsGone);
    expect(predictKubeadm(cluster, { step: "upgrade", now: NOW })[0]?.prediction).toEqual(
      fails(
        `failed to create etcd client: open ${PKI}/healthcheck-client.crt: no such file or directory, or a minute later could not retrieve the list of etcd endpoints: context deadline exceeded`,
      ),
    );
  });

  it("does not know whether etcd answers where the client is as it should be", () => {
    const { certificate, key, ca } = pems("tls-good");
    const files = [
      MANIFEST,
      { path: `${PKI}/ca.crt`, content: ca },
      { path: `${PKI}/healthcheck-client.crt`, content: certificate },
      { path: `${PKI}/healthcheck-client.key`, content: key },
    ];
    expect(predict(LOCAL, { files })).toEqual([unknown("whether etcd answers"), unknown("whether etcd answers")]);
    const noCa = files.filter(({ path }) => !path.endsWith("ca.crt"));
    expect(predict(LOCAL, { files: noCa, unlisted: "missing" })[0]).toMatchObject({
      error: expect.stringContaining(`open ${PKI}/ca.crt: no such file or directory`),
    });
  });
});

describe("kubeadm and a configuration that is not known", () => {
  const cluster = clusterFrom(EXTERNAL, { name: "prod", controlPlaneNodes: MASTERS, unlisted: "missing" });
  const { subject } = cluster;
  const text = configurationText(EXTERNAL);
  const file = { ...subjectFile(text, releaseThatReads(namedVersions(text), undefined)), ofNode: "master01" };
  it.each<readonly [string, Partial<Cluster>, unknown]>([
    [
      "is the file of one node",
      { subject: { ...subject, file } },
      unknown("the ConfigMap, which an upgrade reads since kubeadm 1.30 instead of a node's file"),
    ],
    [
      "is absent",
      { configuration: { kind: "absent", error: "no ClusterConfiguration" } },
      fails("no ClusterConfiguration"),
    ],
    [
      "comes with the update",
      { configuration: { kind: "unknown-until-update", waitsFor: ["vm"] } },
      unknown("the text of data.ClusterConfiguration"),
    ],
    [
      "is not carried",
      { configuration: { kind: "not-carried", why: "it is a patch" } },
      unknown("the text of data.ClusterConfiguration"),
    ],
  ])("%s", (_title, more, expected) => {
    const predictions = predictKubeadm({ ...cluster, ...more }, { step: "upgrade", now: NOW });
    expect(predictions).toEqual(MASTERS.map(({ name }) => ({ node: name, prediction: expected })));
  });

  it("names no file: nothing is said of it", () => {
    const noFiles = externalEtcd({ caFile: '""' });
    expect(predict(noFiles, { unlisted: "missing" })).toEqual([{ ok: true }, { ok: true }]);
  });
});

describe("kubeadm init with a certificate that has expired", () => {
  it("says the same at any second", () => {
    const one = tlsCase("tls-server-expired");
    const cluster = {
      ...clusterFrom(one.configMap.data["ClusterConfiguration"] ?? "", settingsOfCase(one)),
      etcdServers: one.etcdServers,
    };
    const said = (now: Date) => JSON.stringify(predictKubeadm(cluster, { step: "init", now }));
    expect(said(NOW)).toContain("current time NOW is after");
    expect(said(new Date("2026-11-24T13:14:15Z"))).toBe(said(NOW));
  });
});
