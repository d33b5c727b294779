import { describe, expect, it } from "vitest";
import type { FileSettings, MachineSettings } from "../../cluster/cluster-settings";
import { type KubeadmStep, predictKubeadm } from "../../cluster/predict-kubeadm";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

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
