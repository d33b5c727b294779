import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import { externalEtcdEndpointsValid as policy } from "../../policies/external-etcd-endpoints-valid";
import { clusterFrom, settingsOfCase } from "../helpers/cluster";
import { recordedClusters } from "../helpers/recorded-clusters";
import { TLS_CASES, type TlsCase } from "../kubeadm/predict/tls-cases";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const FILES = "caFile: /etc/etcd/ca.crt, certFile: /etc/etcd/client.crt, keyFile: /etc/etcd/client.key";
const config = (endpoints: readonly string[], files = FILES) =>
  [
    "apiVersion: kubeadm.k8s.io/v1beta3",
    "kind: ClusterConfiguration",
    "kubernetesVersion: v1.30.14",
    "etcd:",
    `  external: {${files}${files === "" ? "" : ", "}endpoints: ${JSON.stringify(endpoints)}}`,
    "",
  ].join("\n");
const machines = (name: string, net: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `${name}0${index + 1}`, addresses: [`${net}${index + 1}`] }));
const MASTERS = machines("master", "192.168.10.1", 3);
const ETCD = machines("etcd", "192.168.10.2", 3);
const SOUND = ETCD.map(({ addresses }) => `https://${addresses[0]}:2379`);
const cluster = (text: string, settings: Partial<ClusterSettings> = {}) =>
  clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, etcdHosts: ETCD, ...settings });
const checked = (endpoints: readonly string[], settings: Partial<ClusterSettings> = {}, files = FILES) => {
  const outcome = policy.check(cluster(config(endpoints, files), settings), NOW);
  return outcome.kind === "fail"
    ? outcome.findings.map(({ message, level }) => `${message} ${level ?? "mandatory"}`)
    : outcome.kind;
};

describe("endpoints in order", () => {
  it.each([
    ["the three declared etcd hosts", SOUND, {}],
    ["a scheme in capitals, a path at the end", SOUND.map((one) => `${one.replace("https", "HTTPS")}/`), {}],
    [
      "etcd hosts by short and by full name",
      ["https://etcd01:2379", "https://etcd02.example.com:2379", "https://ETCD03:2379"],
      {},
    ],
    [
      "IPv6 endpoints of hosts declared with IPv4 addresses",
      ["https://[fd00::21]:2379", "https://[fd00::22]:2379", "https://[fd00::23]:2379"],
      {},
    ],
    [
      "names of hosts that are declared by address only",
      ["https://a.etcd:2379", "https://b.etcd:2379", "https://c.etcd:2379"],
      { etcdHosts: ETCD.map(({ addresses }) => ({ name: addresses[0] ?? "", addresses })) },
    ],
    ["a load balancer before three members", ["https://192.168.10.100:2379"], {}],
    ["a load balancer, the members not declared", ["https://etcd.example.com:2379"], { etcdHosts: [] }],
    [
      "one member for one control-plane node",
      ["https://192.168.10.11:2379"],
      { controlPlaneNodes: MASTERS.slice(0, 1), etcdHosts: MASTERS.slice(0, 1) },
    ],
    [
      "members on the control-plane nodes",
      MASTERS.map(({ addresses }) => `https://${addresses[0]}:2379`),
      { etcdHosts: MASTERS },
    ],
  ])("%s", (_title, endpoints, settings) => {
    expect(checked(endpoints, settings)).toBe("pass");
  });

  it("http without any certificate", () => {
    expect(
      checked(
        SOUND.map((one) => one.replace("https", "http")),
        {},
        "",
      ),
    ).toBe("pass");
  });
});

describe("endpoints with which kube-apiserver would not start", () => {
  it.each([
    ["none at all", [], {}, ["noEndpoints mandatory"]],
    [
      "kubespray 5494: loopback three times while etcd has hosts of its own",
      Array<string>(3).fill("https://127.0.0.1:2379"),
      {},
      Array<string>(3).fill("loopback mandatory"),
    ],
    ["IPv6 loopback while etcd has hosts of its own", ["https://[::1]:2379"], {}, ["loopback mandatory"]],
    [
      "no port in any of them",
      SOUND.map((one) => one.replace(":2379", "")),
      {},
      Array<string>(3).fill("unusable mandatory"),
    ],
    ["no URL", ["https://[192.168.10.21:2379"], {}, ["unusable mandatory"]],
    ["no host", ["https://:2379"], {}, ["unusable mandatory"]],
    ["another scheme", ["tcp://192.168.10.21:2379"], {}, ["unusable mandatory"]],
    ["a port that does not exist", ["https://192.168.10.21:99999"], { etcdHosts: [] }, ["unusable mandatory"]],
    [
      "control-plane nodes on which no etcd is declared",
      MASTERS.map(({ addresses }) => `https://${addresses[0]}:2379`),
      {},
      Array<string>(3).fill("unknownHost mandatory"),
    ],
  ])("%s", (_title, endpoints, settings, findings) => {
    expect(checked(endpoints, settings)).toEqual(findings);
  });
});

describe("endpoints with which kube-apiserver would start all the same", () => {
  it.each([
    [
      "one without a port beside sound ones",
      [...SOUND.slice(0, 2), "https://192.168.10.23"],
      {},
      ["unusable advisory"],
    ],
    [
      "http with certificates, if etcd serves plain HTTP",
      SOUND.map((one) => one.replace("https", "http")),
      {},
      Array<string>(3).fill("plaintext advisory"),
    ],
    [
      "http with certificates in the first one only, if etcd serves plain HTTP",
      [SOUND[0]?.replace("https", "http") ?? "", ...SOUND.slice(1)],
      {},
      ["plaintext advisory"],
    ],
    [
      "http in the second one only",
      [SOUND[0] ?? "", "http://192.168.10.22:2379", SOUND[2] ?? ""],
      {},
      ["plaintext advisory"],
    ],
    ["no scheme", SOUND.map((one) => one.slice(8)), {}, Array<string>(3).fill("noScheme advisory")],
    ["one of them twice", [...SOUND, SOUND[0] ?? ""], {}, ["duplicate advisory"]],
    [
      "loopback where every control-plane node runs a member",
      ["https://127.0.0.1:2379"],
      { etcdHosts: MASTERS },
      ["loopback advisory"],
    ],
    [
      "loopback where the etcd hosts are not known",
      ["https://localhost:2379"],
      { etcdHosts: [] },
      ["loopback advisory"],
    ],
    ["a host that was replaced", [...SOUND.slice(0, 2), "https://192.168.10.99:2379"], {}, ["unknownHost advisory"]],
    [
      "a control-plane node without etcd beside sound ones",
      [...SOUND.slice(0, 2), "https://192.168.10.11:2379"],
      {},
      ["unknownHost advisory"],
    ],
    ["a declared member that is not named", SOUND.slice(0, 2), {}, ["memberNotNamed advisory"]],
    ["two members", SOUND.slice(0, 2), { etcdHosts: ETCD.slice(0, 2) }, ["memberCount advisory"]],
    [
      "four members that nobody declared",
      [...SOUND, "https://192.168.10.24:2379"],
      { etcdHosts: [] },
      ["memberCount advisory"],
    ],
    [
      "one member for three control-plane nodes",
      SOUND.slice(0, 1),
      { etcdHosts: ETCD.slice(0, 1) },
      ["memberCount advisory"],
    ],
    [
      "the peer port",
      ["https://192.168.10.21:2380", "https://192.168.10.22:2380", "https://192.168.10.23:2380"],
      {},
      Array<string>(3).fill("peerPort advisory"),
    ],
  ])("%s", (_title, endpoints, settings, findings) => {
    expect(checked(endpoints, settings)).toEqual(findings);
  });
});

describe("clusters without endpoints to check", () => {
  it.each([
    [
      "local etcd",
      "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.14\netcd:\n  local: {}\n",
    ],
  ])("%s: not applicable", (_title, text) => {
    expect(policy.check(cluster(text), NOW).kind).toBe("not-applicable");
  });

  it("a text that cannot be read: undecided", () => {
    expect(policy.check(cluster("{{ broken"), NOW).kind).toBe("undecided");
  });

  it("a text that is not known before the update: undecided", () => {
    const waiting = {
      ...cluster(config(SOUND)),
      configuration: { kind: "unknown-until-update", waitsFor: [] } as const,
    };
    expect(policy.check(waiting, NOW).kind).toBe("undecided");
  });
});

describe("the recorded clusters", () => {
  const expected: Readonly<Record<string, string>> = {
    "http-endpoints-with-files": "plaintext advisory",
    "loopback-endpoints": "loopback mandatory",
    "no-endpoints": "noEndpoints mandatory",
    "endpoint-without-scheme": "noScheme advisory",
  };
  it.each(recordedClusters("clusters").map((one) => [one.id, one] as const))("%s", (id, one) => {
    const text = one.configMap.data["ClusterConfiguration"] ?? "";
    const outcome = policy.check(clusterFrom(text, settingsOfCase(one)), NOW);
    const found = outcome.kind === "fail" ? outcome.findings : [];
    expect(found.map(({ message, level }) => `${message} ${level ?? "mandatory"}`)[0]).toBe(expected[id]);
  });
});

describe("what a listing says that the members serve", () => {
  const tlsCases = TLS_CASES.filter(({ id }) => !id.startsWith("tls-client"));
  const expected: Readonly<Record<string, readonly string[]>> = {
    "tls-endpoint-loopback": ["loopback mandatory"],
    "tls-http-endpoint-to-https-server": ["otherProtocol mandatory"],
    "tls-server-common-name-only": ["notCertified mandatory"],
    "tls-server-no-ip-san": ["notCertified mandatory"],
    "tls-server-san-missing": ["notCertified advisory", "memberCount advisory"],
  };
  const found = (one: TlsCase, text = one.configMap.data["ClusterConfiguration"] ?? "") => {
    const cluster = { ...clusterFrom(text, settingsOfCase(one)), etcdServers: one.etcdServers };
    const outcome = policy.check(cluster, NOW);
    return (outcome.kind === "fail" ? outcome.findings : []).map(
      ({ message, level }) => `${message} ${level ?? "mandatory"}`,
    );
  };

  it.each(tlsCases.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_title, one) => {
    expect(found(one)).toEqual(expected[one.id] ?? []);
  });

  it("https to a member that speaks plain http", () => {
    const http = tlsCases.filter(({ id }) => id === "tls-http-good");
    const texts = http.map((one) => found(one, one.configMap.data["ClusterConfiguration"]?.replace("http:", "https:")));
    expect(texts).toEqual([["otherProtocol mandatory"]]);
  });
});

describe("any endpoints", () => {
  it("never throw, and never show a password", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constant("https://root:geheim@h:1"))), (endpoints) => {
        const outcome = policy.check(cluster(config(endpoints)), NOW);
        expect(JSON.stringify(outcome)).not.toContain("geheim");
      }),
    );
  });
});

describe("the messages", () => {
  it.each([
    ["loopback", Array<string>(3).fill("https://127.0.0.1:2379"), loopbackText()],
    ["unusable", [...SOUND.slice(0, 2), "https://192.168.10.23"], unusableText()],
  ])("%s says where, why, what would happen and what to do", (id, endpoints, text) => {
    const subject = cluster(config(endpoints));
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages[id]?.([first, ...rest], subject)).toBe(text);
  });
});

describe("the scheme that a fix writes", () => {
  const fixOf = (files: string) => {
    const subject = cluster(config(["192.168.10.21:2379", ...SOUND.slice(1)], files));
    const outcome = policy.check(subject, NOW);
    const found = outcome.kind === "fail" ? outcome.findings.filter(({ message }) => message === "noScheme") : [];
    const [first] = found;
    if (first === undefined) throw new Error("it must fail");
    return policy.messages["noScheme"]?.([first], subject).split("\n").at(-1);
  };

  it("is https where files are named, with which kube-apiserver speaks TLS", () => {
    expect(fixOf(FILES)).toBe("Fix: write https:// before it.");
  });

  it("is not known where no files are named: etcd may speak no TLS", () => {
    expect(fixOf("")).toBe("Fix: write https:// (http:// if etcd speaks no TLS) before it.");
  });
});

function loopbackText(): string {
  return [
    "data.ClusterConfiguration:5: https://127.0.0.1:2379: each control-plane node would look for etcd on itself.",
    "  https://127.0.0.1:2379  no etcd is declared on master01, master02, master03",
    "kube-apiserver would not start there: dial tcp 127.0.0.1:2379: connect: connection refused",
    "Kubespray renders this when it does not know the addresses of the etcd hosts, for example with --limit (kubespray 5494).",
    "Fix: name the addresses of the etcd hosts; with Kubespray run without --limit, or gather the facts of all hosts first.",
  ].join("\n");
}

function unusableText(): string {
  return [
    "data.ClusterConfiguration:5: https://192.168.10.23: etcd cannot be reached there.",
    "  https://192.168.10.23  has no port (etcd's is 2379)",
    "kube-apiserver still starts if it reaches etcd at another endpoint.",
    "Fix: write each endpoint as https://HOST:2379.",
  ].join("\n");
}
