import { describe, expect, it } from "vitest";
import type { CertificateFacts } from "../../cluster/certificates/certificate-facts";
import type { Evidence } from "../../cluster/evidence";
import { externalEtcdCertUsable as policy } from "../../policies/external-etcd-cert-usable";
import { clusterFrom, externalEtcd, settingsOfCase } from "../helpers/cluster";
import { put, source, urn } from "../helpers/evidence";
import { pems, TLS_CASES, tlsCase } from "../kubeadm/predict/tls-cases";

/** All certificates of the cases are valid then that are not about dates. */
const NOW = { now: new Date("2026-11-23T12:00:00Z") };
const at = (time: string) => ({ now: new Date(time) });

const clusterOf = (id: string) => {
  const one = tlsCase(id);
  const { etcdServers } = one;
  const text = one.configMap.data["ClusterConfiguration"] ?? "";
  return { ...clusterFrom(text, { ...settingsOfCase(one), name: "prod" }), etcdServers };
};
const checked = (id: string) => policy.check(clusterOf(id), NOW);
const faulty = ["tls-client-eku-server-only", "tls-client-expired", "tls-client-not-yet-valid"];

describe("what etcd said of the client certificate", () => {
  it.each([
    ["tls-client-eku-server-only", "notForClients", "is not valid for client authentication, only for serverAuth"],
    ["tls-client-expired", "outsideItsDates", "expired at 2024-01-01T00:00:00Z"],
    ["tls-client-not-yet-valid", "outsideItsDates", "is not valid before 2123-01-01T00:00:00Z"],
  ])("%s fails with %s", (id, message, fault) => {
    expect(checked(id)).toMatchObject({
      kind: "fail",
      findings: [{ message, node: "master01", path: "/etc/ssl/etcd/ssl/node-master01.pem", data: { fault } }],
    });
  });

  it.each(TLS_CASES.map((one) => one.id).filter((id) => !faulty.includes(id)))(
    "%s is none of this policy's business",
    (id) => {
      expect(checked(id).kind).not.toBe("fail");
    },
  );

  it("a certificate without any extended usage may be used for all", () => {
    expect(checked("tls-client-no-eku")).toEqual({ kind: "pass", remarks: [] });
  });

  it("does not stop anybody where etcd is known to ask for no certificate", () => {
    const cluster = clusterOf("tls-client-expired");
    const open = { ...cluster, etcdServers: { trustedCA: null, certificates: {} } };
    expect(policy.check(open, NOW)).toMatchObject({ kind: "fail", findings: [{ level: "advisory" }] });
    expect(policy.check({ ...cluster, etcdServers: null }, NOW)).toMatchObject({
      kind: "fail",
      findings: [{ level: "advisory" }],
    });
  });
});

describe("the end of a certificate", () => {
  const { certificate, key, ca } = pems("tls-client-expired");
  const until2024 = clusterFrom(
    externalEtcd({ certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem", caFile: "/etc/etcd/ca.pem" }),
    {
      name: "prod",
      controlPlaneNodes: [{ name: "master01" }, { name: "master02" }],
      files: [
        { path: "/etc/etcd/client.pem", content: certificate },
        { path: "/etc/etcd/client-key.pem", content: key },
        { path: "/etc/etcd/ca.pem", content: ca },
      ],
    },
  );

  it.each([
    [0, "2023-12-31T23:59:59Z", false],
    [7, "2023-12-24T23:59:59Z", false],
    [7, "2023-12-25T00:00:00Z", false],
    [7, "2023-12-25T00:00:01Z", true],
    [400, "2023-06-01T00:00:00Z", true],
  ])("is named %i days before, as minRemainingDays says: at %s %s", (minRemainingDays, now, expected) => {
    const cluster = { ...until2024, settings: { ...until2024.settings, minRemainingDays } };
    const outcome = policy.check(cluster, at(now));
    const messages = outcome.kind === "fail" ? outcome.findings.map(({ message }) => message) : [];
    expect(messages.includes("endsSoon")).toBe(expected);
  });

  it.each([
    ["is far away, and it begins this very second", "2023-01-01T00:00:00Z", "nothing wrong"],
    ["is far away, and it begins in a second", "2022-12-31T23:59:59Z", "outsideItsDates, mandatory"],
    ["is far away", "2023-06-01T00:00:00Z", "nothing wrong"],
    ["is more than 30 days away", "2023-12-01T23:59:59Z", "nothing wrong"],
    ["is less than 30 days away", "2023-12-02T00:00:01Z", "endsSoon, advisory"],
    ["is this very second", "2024-01-01T00:00:00Z", "endsSoon, advisory"],
    ["is over", "2024-01-01T00:00:01Z", "outsideItsDates, mandatory"],
  ])("%s", (_title, now, expected) => {
    const outcome = policy.check(until2024, at(now));
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    const first = findings.find(({ path }) => path === "/etc/etcd/client.pem");
    expect(first === undefined ? "nothing wrong" : `${first.message}, ${first.level ?? "mandatory"}`).toBe(expected);
  });

  it("is reported with dates, and with no number of days that changes every day", () => {
    const outcome = policy.check(until2024, at("2024-02-01T00:00:00Z"));
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages["outsideItsDates"]?.([first, ...rest], until2024)).toMatchInlineSnapshot(`
      "etcd.external.certFile /etc/etcd/client.pem expired at 2024-01-01T00:00:00Z on master01, master02.
        master01  CN=etcd-node-master01 expired at 2024-01-01T00:00:00Z
        master02  CN=etcd-node-master01 expired at 2024-01-01T00:00:00Z
      etcd would reject kube-apiserver: x509: certificate has expired or is not yet valid. kubeadm does not renew certificates of an external etcd, and an upgrade does not check them.
      Fix: renew it, and replace it on each node."
    `);
  });

  it("of an old CA does not count while its successor stands beside it", () => {
    const bundle = clusterOf("tls-ca-bundle");
    expect(policy.check(bundle, NOW).kind).toBe("pass");
  });

  it("of the CA stops everybody, also where etcd asks for no certificate", () => {
    const outcome = policy.check({ ...until2024, etcdServers: null }, at("2200-01-01T00:00:00Z"));
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings.filter(({ group }) => group === "caFile") : [];
    if (first === undefined) throw new Error("it must fail");
    expect(first.level).toBeUndefined();
    expect(policy.messages["outsideItsDates"]?.([first, ...rest], until2024)).toContain(
      "\nkubeadm and kube-apiserver would reject the certificate of every etcd server: x509: ",
    );
  });

  it("is told for each node where they differ", () => {
    const nodes = [{ name: "master01" }, { name: "master02" }, { name: "master03" }];
    const files = nodes.map(({ name }, index) => ({
      nodes: [name],
      path: "/etc/etcd/client.pem",
      content: index === 2 ? pems("tls-good").certificate : certificate,
    }));
    const text = externalEtcd({ certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem" });
    const cluster = clusterFrom(text, { name: "prod", controlPlaneNodes: nodes, files });
    const outcome = policy.check(cluster, at("2200-01-01T00:00:00Z"));
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(
      policy.messages["outsideItsDates"]?.([first, ...rest], cluster)
        .split("\n")
        .slice(0, 4),
    ).toEqual([
      "etcd.external.certFile /etc/etcd/client.pem is not valid now on master01, master02, master03.",
      "  master01  CN=etcd-node-master01 expired at 2024-01-01T00:00:00Z",
      "  master02  CN=etcd-node-master01 expired at 2024-01-01T00:00:00Z",
      "  master03  CN=etcd-node-master01 expired at 2124-01-01T00:00:00Z",
    ]);
  });

  it.each([
    ["the earlier one first", (earlier: string, later: string) => earlier + later],
    ["the later one first", (earlier: string, later: string) => later + earlier],
  ])("of several certificates in caFile is that of the one valid for longest: %s", (_title, bundle) => {
    const content = bundle(certificate, ca);
    const text = externalEtcd({ caFile: "/etc/etcd/ca.pem" });
    const files = [{ path: "/etc/etcd/ca.pem", content }];
    const cluster = clusterFrom(text, { name: "prod", controlPlaneNodes: [{ name: "master01" }], files });
    expect(policy.check(cluster, NOW).kind).toBe("pass");
    // One that has not begun does not count while another is valid.
    expect(policy.check(cluster, at("2023-06-01T00:00:00Z")).kind).toBe("pass");
  });

  it("of the only CA counts", () => {
    const outcome = policy.check(until2024, at("2200-01-01T00:00:00Z"));
    expect(outcome).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ message: "outsideItsDates", path: "/etc/etcd/ca.pem", group: "caFile" }),
      ]),
    });
  });
});

const CERTIFICATE = urn("client", "tls:index/locallySignedCert:LocallySignedCert");

/** A cluster whose certificate a tls resource will make, with these facts. */
function promised(facts: Partial<CertificateFacts>) {
  const evidence: Evidence = {
    source: source("certs"),
    machine: { by: "every-control-plane-node" },
    operations: [
      {
        do: "put",
        to: { kind: "file", path: "/etc/etcd/client.pem" },
        content: { kind: "tls", urn: CERTIFICATE, property: "certPem" },
      },
    ],
  };
  const unknown = { names: undefined, isCa: false, key: undefined, signer: undefined, x509: undefined };
  const certificate = { ...unknown, validity: undefined, extendedKeyUsages: undefined, ...facts };
  const text = externalEtcd({ certFile: "/etc/etcd/client.pem", keyFile: "/k.pem", caFile: "/ca.pem" });
  return clusterFrom(
    text,
    { name: "prod", controlPlaneNodes: [{ name: "master01" }] },
    {
      evidence: [evidence],
      kubeadmRuns: [],
      nodes: [],
      graph: { machines: new Map(), dependencies: new Map() },
      plannedPems: new Map([[CERTIFICATE, { kind: "certificate", certificate }]]),
      precedes: () => true,
    },
  );
}

describe("a certificate that a tls resource will make", () => {
  const YEAR = { kind: "hours", hours: 8760 } as const;

  it.each([
    ["passes with client_auth for a year", { extendedKeyUsages: ["clientAuth"], validity: YEAR }, "pass"],
    ["passes without any extended usage", { extendedKeyUsages: "any", validity: YEAR }, "pass"],
    ["fails with server_auth alone", { extendedKeyUsages: ["serverAuth"], validity: YEAR }, "fail"],
    ["fails, advisory, for a day", { extendedKeyUsages: "any", validity: { kind: "hours", hours: 24 } }, "fail"],
    ["is undecided while its usages are unknown", { validity: YEAR }, "undecided"],
    ["is undecided while its end is unknown", { extendedKeyUsages: "any" }, "undecided"],
    ["fails for a day, whatever its usages are", { validity: { kind: "hours", hours: 24 } }, "fail"],
    ["passes for 30 days", { extendedKeyUsages: "any", validity: { kind: "hours", hours: 720 } }, "pass"],
    [
      "fails, advisory, for an hour less",
      { extendedKeyUsages: "any", validity: { kind: "hours", hours: 719 } },
      "fail",
    ],
  ] as const)("%s", (_title, facts, kind) => {
    expect(policy.check(promised(facts), NOW).kind).toBe(kind);
  });
});

it("a certificate that will be made for a day is told with its hours", () => {
  const facts = { extendedKeyUsages: "any", validity: { kind: "hours", hours: 24 } } as const;
  expect(policy.check(promised(facts), NOW)).toMatchObject({
    findings: [{ level: "advisory", data: { certificate: "client", fault: "will be valid for only 24 hours" } }],
  });
});

describe("what a certificate's file will hold", () => {
  const KEY = urn("key", "tls:index/privateKey:PrivateKey");
  const holding = (...operations: Evidence["operations"]) => {
    const text = externalEtcd({ certFile: "/c.pem", keyFile: "/k.pem" });
    return clusterFrom(
      text,
      { name: "prod", controlPlaneNodes: [{ name: "master01" }] },
      {
        evidence: [{ source: source("certs"), machine: { by: "every-control-plane-node" }, operations }],
        kubeadmRuns: [],
        nodes: [],
        graph: { machines: new Map(), dependencies: new Map() },
        plannedPems: new Map([[KEY, { kind: "private-key", key: { by: "resource", urn: KEY } }]]),
        precedes: () => true,
      },
    );
  };
  const later = { kind: "unknown-until-update", waitsFor: ["vault-secret"] } as const;

  it("is not known before the update", () => {
    expect(policy.check(holding(put("/c.pem", later)), NOW)).toEqual({
      kind: "undecided",
      undecided: [
        {
          reason: { id: "content-unknown-until-update", data: { waitsFor: ["vault-secret"] } },
          node: "master01",
          path: "/c.pem",
        },
      ],
      remarks: [],
    });
  });

  it("is another policy's matter where it is a key, and so is what the key's file holds", () => {
    const key = { kind: "tls", urn: KEY, property: "privateKeyPem" } as const;
    expect(policy.check(holding(put("/c.pem", key)), NOW).kind).toBe("not-applicable");
    expect(policy.check(holding(put("/k.pem", later)), NOW).kind).toBe("not-applicable");
  });
});

describe("a cluster that this policy has nothing to say about", () => {
  it.each([
    ["shows no content", [{ path: "/c.pem" }, { path: "/k.pem" }, { path: "/ca.pem" }]],
    ["shows what is not a certificate", [{ path: "/c.pem", content: "?" }]],
    ["has no files at all", []],
  ])("%s", (_title, files) => {
    const text = externalEtcd({ certFile: "/c.pem", keyFile: "/k.pem", caFile: "/ca.pem" });
    const cluster = clusterFrom(text, { name: "prod", controlPlaneNodes: [{ name: "master01" }], files });
    expect(policy.check(cluster, NOW).kind).toBe("not-applicable");
  });
});
