import { describe, expect, it } from "vitest";
import type { CertificateFacts } from "../../cluster/certificates/certificate-facts";
import type { PlannedPem } from "../../cluster/certificates/planned-pem";
import type { Cluster } from "../../cluster/cluster";
import type { Evidence } from "../../cluster/evidence";
import type { Content } from "../../machine/content";
import type { Urn } from "../../machine/source";
import { externalEtcdCertTrusted as policy } from "../../policies/external-etcd-cert-trusted";
import { clusterFrom, externalEtcd, settingsOfCase } from "../helpers/cluster";
import { put, source, urn } from "../helpers/evidence";
import { type RecordedCluster, recordedClusters } from "../helpers/recorded-clusters";
import { pems, TLS_CASES, type TlsCase, tlsCase } from "../kubeadm/predict/tls-cases";

/** All certificates of the cases are valid then that are not about dates. */
const NOW = { now: new Date("2026-11-23T12:00:00Z") };
const FILES = { certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem", caFile: "/etc/etcd/ca.pem" };

const clusterOf = (one: RecordedCluster, etcdServers?: TlsCase["etcdServers"]) => ({
  ...clusterFrom(one.configMap.data["ClusterConfiguration"] ?? "", { ...settingsOfCase(one), name: "prod" }),
  etcdServers,
});
const checked = (one: TlsCase) => policy.check(clusterOf(one, one.etcdServers), NOW);
const findingsOf = (outcome: ReturnType<typeof policy.check>) =>
  outcome.kind === "fail" ? outcome.findings.map(({ message, level }) => `${message}, ${level ?? "mandatory"}`) : [];

describe("where a listing says what etcd serves and trusts", () => {
  const faults: ReadonlyMap<string, readonly string[]> = new Map([
    ["tls-ca-file-empty", ["unusableCa, mandatory"]],
    ["tls-ca-file-other-ca", ["serverNotTrusted, mandatory"]],
    ["tls-ca-file-other-ca-same-name", ["serverNotTrusted, mandatory"]],
    ["tls-client-intermediate-left-out", ["clientNotTrusted, mandatory"]],
    ["tls-client-other-ca-other-name", ["clientNotTrusted, mandatory"]],
    ["tls-client-other-ca-same-name", ["clientNotTrusted, mandatory"]],
    ["tls-no-client-certificate", ["noClientCertificate, mandatory"]],
    ["tls-server-eku-client-only", ["serverNotTrusted, mandatory"]],
    ["tls-server-expired", ["serverNotTrusted, mandatory"]],
  ]);

  it.each(TLS_CASES.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_title, one) => {
    expect(findingsOf(checked(one))).toEqual(faults.get(one.id) ?? []);
  });

  it("no case that kubeadm was content with has a finding", () => {
    const content = TLS_CASES.filter((one) => Object.values(one.kubeadm.nodes).every(({ ok }) => ok));
    expect(content.flatMap((one) => findingsOf(checked(one)))).toEqual([]);
  });
});

describe("where nothing says what etcd trusts", () => {
  it.each([
    ["tls-good", []],
    ["tls-ca-bundle", []],
    ["tls-client-intermediate", []],
    ["tls-ca-file-empty", ["unusableCa, mandatory"]],
    ["tls-ca-file-other-ca", ["clientNotOfCaFile, advisory"]],
    ["tls-ca-file-other-ca-same-name", ["clientOfRecreatedCa, mandatory"]],
    ["tls-client-other-ca-same-name", ["clientOfRecreatedCa, mandatory"]],
  ] as const)("%s: %j", (id, expected) => {
    expect(findingsOf(policy.check(clusterOf(tlsCase(id)), NOW))).toEqual(expected);
  });

  it("a certificate of another CA than caFile's stops nobody: etcd may have one CA for clients and one for servers", () => {
    const cluster = clusterOf(tlsCase("tls-client-other-ca-other-name"));
    expect(policy.check(cluster, NOW)).toMatchObject({ kind: "fail", findings: [{ level: "advisory" }] });
  });
});

describe("the CA file at an upgrade", () => {
  const cases = recordedClusters("clusters").filter((one) =>
    Object.values(one.kubeadm.nodes).some(({ error }) => error?.startsWith("x509: ") && one.id.startsWith("ca-")),
  );

  it.each(cases.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_title, one) => {
    const outcome = policy.check(clusterOf(one), NOW);
    const findings = outcome.kind === "fail" ? outcome.findings.filter(({ message }) => message === "unusableCa") : [];
    expect(findings.map(({ node, data }) => [node, data])).toEqual(
      one.controlPlane
        .filter(({ name }) => one.kubeadm.nodes[name]?.error?.startsWith("x509: "))
        .map(({ name }) => [name, expect.objectContaining({ error: one.kubeadm.nodes[name]?.error })]),
    );
  });

  it("is checked more strictly than by an upgrade only where kube-apiserver would trust no server: no certificate, or a CA that was created again", () => {
    const content = recordedClusters("clusters").filter((one) =>
      Object.values(one.kubeadm.nodes).every(({ ok }) => ok),
    );
    const alarms = content.filter((one) => findingsOf(policy.check(clusterOf(one), NOW)).some(isMandatory));
    expect(alarms.map(({ id }) => id)).toEqual([
      "ca-base64-of-the-pem",
      "ca-cut-off",
      "ca-empty",
      "ca-literal-backslash-n",
      "ca-no-dashes",
      "ca-of-another-cluster",
      "ca-one-line",
      "ca-plain-text",
      "stale-pair-of-another-ca",
    ]);
  });
});

const isMandatory = (finding: string) => finding.endsWith("mandatory");

const CA = urn("etcd-ca", "tls:index/selfSignedCert:SelfSignedCert");
const CLIENT = urn("client", "tls:index/locallySignedCert:LocallySignedCert");
const [CA_KEY, OTHER_KEY] = [urn("ca-key", "tls:k"), urn("other-key", "tls:k")];

/** A cluster of one master whose CA and certificate tls resources will make. */
function promised(
  signer: Urn | undefined,
  isCa: boolean | undefined,
  names: { readonly ca?: string; readonly issuer?: string } = {},
  shown: { readonly client?: Content; readonly ca?: Content } = {},
) {
  const none: CertificateFacts = {
    names: undefined,
    validity: undefined,
    isCa,
    extendedKeyUsages: "any",
    key: undefined,
    signer: undefined,
    x509: undefined,
  };
  const key = (of: Urn | undefined) => (of === undefined ? undefined : ({ by: "resource", urn: of } as const));
  const plannedPems = new Map<Urn, PlannedPem>([
    [CA, { kind: "certificate", certificate: { ...none, key: key(CA_KEY), signer: key(CA_KEY) }, subject: names.ca }],
    [CA_KEY, { kind: "private-key", key: { by: "resource", urn: CA_KEY } }],
    [CLIENT, { kind: "certificate", certificate: { ...none, isCa: false, signer: key(signer) }, issuer: names.issuer }],
  ]);
  const tls = (of: Urn): Content => ({ kind: "tls", urn: of, property: "certPem" });
  const evidence: Evidence = {
    source: source("certs"),
    machine: { by: "every-control-plane-node" },
    operations: [put(FILES.certFile, shown.client ?? tls(CLIENT)), put(FILES.caFile, shown.ca ?? tls(CA))],
  };
  return clusterFrom(
    externalEtcd(FILES),
    { name: "prod", controlPlaneNodes: [{ name: "master01" }] },
    {
      evidence: [evidence],
      kubeadmRuns: [],
      nodes: [],
      graph: { machines: new Map(), dependencies: new Map() },
      plannedPems,
      precedes: () => true,
    },
  );
}

describe("certificates that tls resources will make", () => {
  it.each([
    ["pass when the CA's key signs", CA_KEY, true, "pass"],
    ["fail when another key signs", OTHER_KEY, true, "fail"],
    ["fail when the signer is no CA", CA_KEY, false, "fail"],
    ["are undecided while the signer is not known", undefined, true, "undecided"],
    ["are undecided while it is not known whether the signer is a CA", CA_KEY, undefined, "undecided"],
  ] as const)("%s", (_title, signer, isCa, kind) => {
    expect(policy.check(promised(signer, isCa), NOW).kind).toBe(kind);
  });

  it.each([
    [
      "is mandatory where both CAs have one name",
      { ca: "etcd-ca", issuer: "etcd-ca" },
      ["clientOfRecreatedCa", undefined],
    ],
    ["is advisory where they have two", { ca: "etcd-ca", issuer: "corp-ca" }, ["clientNotOfCaFile", "advisory"]],
    ["is advisory where the names are not known", {}, ["clientNotOfCaFile", "advisory"]],
  ] as const)("another key %s", (_title, names, finding) => {
    const outcome = policy.check(promised(OTHER_KEY, true, names), NOW);
    const found = outcome.kind === "fail" ? outcome.findings.map(({ message, level }) => [message, level]) : [];
    expect(found).toEqual([finding]);
  });
});

describe("what is not known before the update", () => {
  const later: Content = { kind: "unknown-until-update", waitsFor: ["vault-secret"] };
  const text = (pem: string): Content => ({ kind: "text", text: pem });
  const { certificate, ca } = pems("tls-good");

  it.each<readonly [string, Parameters<typeof promised>[3], readonly (readonly [string, string])[]]>([
    [
      "both",
      { client: later, ca: later },
      [
        [FILES.certFile, "vault-secret"],
        [FILES.caFile, "vault-secret"],
      ],
    ],
    ["the certificate", { client: later, ca: text(ca) }, [[FILES.certFile, "vault-secret"]]],
    ["the CA", { client: text(certificate), ca: later }, [[FILES.caFile, "vault-secret"]]],
    ["what a tls resource makes of the certificate", { ca: text(ca) }, [[FILES.certFile, "client"]]],
    ["what a tls resource makes of the CA", { client: text(certificate) }, [[FILES.caFile, "etcd-ca"]]],
    [
      "whose CA it is, where a key will be in its place",
      { ca: { kind: "tls", urn: CA_KEY, property: "privateKeyPem" } },
      [
        [FILES.certFile, "client"],
        [FILES.caFile, "ca-key"],
      ],
    ],
  ])("is undecided, and names what it waits for: %s", (_title, shown, files) => {
    expect(policy.check(promised(CA_KEY, true, {}, shown), NOW)).toMatchObject({
      kind: "undecided",
      undecided: files.map(([path, from]) => ({
        reason: { id: "content-unknown-until-update", data: { waitsFor: [from] } },
        node: "master01",
        path,
      })),
    });
  });

  it("is nobody's business beside a file that is not shown", () => {
    expect(policy.check(promised(CA_KEY, true, {}, { ca: { kind: "not-shown" } }), NOW).kind).toBe("not-applicable");
    expect(policy.check(promised(CA_KEY, true, {}, { client: { kind: "not-shown" } }), NOW).kind).toBe(
      "not-applicable",
    );
  });
});

describe("an etcd that a listing shows", () => {
  it.each<readonly [string, string, TlsCase["etcdServers"]]>([
    ["speaks plain http: any certificate will do", "tls-client-other-ca-other-name", null],
    ["asks for no certificate: any will do", "tls-client-other-ca-other-name", { trustedCA: null, certificates: {} }],
    ["asks for none: none is needed", "tls-no-client-certificate", { trustedCA: null, certificates: {} }],
    [
      "trusts what cannot be read: nothing is known",
      "tls-good",
      {
        trustedCA: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        certificates: {},
      },
    ],
  ])("%s", (_title, id, etcdServers) => {
    expect(policy.check(clusterOf(tlsCase(id), etcdServers), NOW).kind).not.toBe("fail");
  });

  it("is not compared where the certificate is not shown", () => {
    const etcdServers = { trustedCA: pems("tls-good").trustedCa, certificates: {} };
    const hidden = { ...promised(CA_KEY, true), etcdServers };
    expect(policy.check(hidden, NOW).kind).toBe("not-applicable");
  });
});

describe("the message", () => {
  const said = (cluster: Cluster, now = NOW) => {
    const outcome = policy.check(cluster, now);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    return policy.messages[first.message]?.([first, ...rest], cluster).split("\n") ?? [];
  };

  it.each([
    [
      "of another purpose",
      "tls-server-eku-client-only",
      "x509: certificate specifies an incompatible key usage",
      "Fix: issue it with the extended key usages serverAuth and clientAuth.",
    ],
    [
      "that is over",
      "tls-server-expired",
      "expired at 2024-01-01T00:00:00Z",
      "Fix: renew the certificate that is not valid now.",
    ],
    [
      "of another CA",
      "tls-ca-file-other-ca",
      "its issuer CN=etcd-ca is not among the CAs there",
      "Fix: put the CA that issued the etcd servers' certificates into caFile. A CA is identified by its key: one that was recreated under the same name is a different CA.",
    ],
  ])("says what to do about a server's certificate %s", (_title, id, reason, fix) => {
    const lines = said(clusterOf(tlsCase(id), tlsCase(id).etcdServers));
    expect(lines[0]).toMatch(/^The certificate of etcd server etcd01 is not trusted by caFile, on master01/);
    expect(lines[1]).toMatch(/^ {2}master01 {2}/);
    expect(lines[1]).toContain(reason);
    expect(lines.at(-1)).toBe(fix);
  });

  it("says from when on a server's certificate is valid", () => {
    const one = tlsCase("tls-good");
    const lines = said(clusterOf(one, one.etcdServers), { now: new Date("2023-06-01T00:00:00Z") });
    expect(lines[1]).toMatch(/^ {2}master01 {2}CN=.* is not valid before 2024-01-01T00:00:00Z$/);
    expect(lines.at(-1)).toBe("Fix: renew the certificate that is not valid now.");
  });

  it("says what Go says of a CA file on which kubeadm stops, and else that there is none", () => {
    const one = recordedClusters("clusters").find(({ id }) => id === "ca-garbled-der");
    if (one === undefined) throw new Error("there is such a case");
    const error = Object.values(one.kubeadm.nodes).find((of) => of.error !== null)?.error;
    const [first, second] = said(clusterOf(one));
    expect(first).toContain(`cannot be used: ${error}, on master`);
    expect(second).toMatch(/^kubeadm would fail on master0\d: failed to create etcd client for external etcd: x509: /);
    expect(said(clusterOf(tlsCase("tls-ca-file-empty")))[0]).toContain("contains no PEM certificate, on master01.");
  });

  it.each([
    ["another key", OTHER_KEY, true, "etcd-ca has a different key from the one that signs client"],
    ["no CA", CA_KEY, false, "etcd-ca will not be a CA certificate"],
  ])("says what is wrong with certificates that will be made: %s", (_title, signer, isCa, reason) => {
    expect(said(promised(signer, isCa))[1]).toBe(`  master01  ${reason}`);
  });

  it("says which CA is meant, by key and not by name", () => {
    const one = tlsCase("tls-client-other-ca-same-name");
    const cluster = clusterOf(one, one.etcdServers);
    const outcome = policy.check(cluster, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages["clientNotTrusted"]?.([first, ...rest], cluster)).toMatchInlineSnapshot(`
      "etcd.external.certFile /etc/ssl/etcd/ssl/node-master01.pem does not chain to the CA that etcd trusts for its clients, on master01.
        master01  the CA there named CN=etcd-ca has a different key from the one that signed it
      etcd would reject kube-apiserver. An upgrade does not check this, and kubeadm sees only a TLS alert.
      Fix: issue it from the CA in etcd's --trusted-ca-file. A CA is identified by its key: one that was recreated under the same name is a different CA."
    `);
  });

  it("names an intermediate CA that is on the node, but not in the certificate's file", () => {
    const { certificate, trustedCa } = pems("tls-client-intermediate");
    const [leaf = "", intermediate = ""] = certificate.split(/(?<=-----END CERTIFICATE-----\n)/);
    const cluster = clusterFrom(externalEtcd(FILES), {
      name: "prod",
      controlPlaneNodes: [{ name: "master01" }],
      files: [
        { path: FILES.certFile, content: leaf },
        { path: FILES.caFile, content: trustedCa },
        { path: "/etc/etcd/intermediate.pem", content: intermediate },
      ],
    });
    expect(policy.check(cluster, NOW)).toMatchObject({
      findings: [{ data: { reason: expect.stringMatching(/^the intermediate CA .* must follow it/) } }],
    });
  });
});
