import { describe, expect, it } from "vitest";
import type { CertificateFacts } from "../../cluster/certificates/certificate-facts";
import type { PlannedPem } from "../../cluster/certificates/planned-pem";
import type { Cluster } from "../../cluster/cluster";
import type { Evidence } from "../../cluster/evidence";
import type { Content } from "../../machine/content";
import type { Urn } from "../../machine/source";
import { externalEtcdCertPairsWithKey as policy } from "../../policies/external-etcd-cert-pairs-with-key";
import { clusterFrom, externalEtcd, settingsOfCase } from "../helpers/cluster";
import { source, urn } from "../helpers/evidence";
import { type RecordedCluster, recordedClusters } from "../helpers/recorded-clusters";
import { pems as recordedPems } from "../kubeadm/predict/tls-cases";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const FILES = { certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem", caFile: "/etc/etcd/ca.pem" };

const textOf = (one: RecordedCluster) => one.configMap.data["ClusterConfiguration"] ?? "";
/** The errors that come from the pair itself: those of the CA's file and of opening are other policies' matter. */
const isOfPair = (one: RecordedCluster, error: string | null) =>
  error !== null && /^(tls|x509): /.test(error) && !one.id.startsWith("ca-");
const casesAboutPairs = recordedClusters("clusters").filter((one) =>
  Object.values(one.kubeadm.nodes).some(({ error }) => isOfPair(one, error)),
);
const sound = recordedClusters("clusters").filter((one) =>
  Object.values(one.kubeadm.nodes).every(({ ok, stage }) => ok && stage !== "config"),
);

describe("kubeadm's own verdicts", () => {
  it("are about pairs in dozens of the cases", () => {
    expect(casesAboutPairs.length).toBeGreaterThan(25);
  });

  it.each(casesAboutPairs.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_title, one) => {
    const outcome = policy.check(clusterFrom(textOf(one), settingsOfCase(one)), NOW);
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    const expected = one.controlPlane.map(({ name }) => {
      const error = one.kubeadm.nodes[name]?.error ?? null;
      return [name, isOfPair(one, error) ? expect.objectContaining({ error }) : null];
    });
    expect(
      one.controlPlane.map(({ name }) => [name, findings.find(({ node }) => node === name)?.data ?? null]),
    ).toEqual(expected);
  });

  it.each(sound.map((one) => [`${one.id}: ${one.title}`, one] as const))("no false alarm: %s", (_title, one) => {
    expect(policy.check(clusterFrom(textOf(one), settingsOfCase(one)), NOW).kind).not.toBe("fail");
  });
});

/** A cluster of one master whose files have these contents; `undefined` for a file that nothing puts there. */
function withContents(
  contents: { readonly certificate?: Content; readonly key?: Content },
  plannedPems: ReadonlyMap<Urn, PlannedPem> = new Map(),
) {
  const put = (path: string, content: Content | undefined): Evidence["operations"] =>
    content === undefined ? [] : [{ do: "put", to: { kind: "file", path }, content }];
  const evidence: Evidence = {
    source: source("certs"),
    machine: { by: "every-control-plane-node" },
    operations: [...put(FILES.certFile, contents.certificate), ...put(FILES.keyFile, contents.key)],
  };
  const settings = { name: "prod", controlPlaneNodes: [{ name: "master01" }] };
  return clusterFrom(externalEtcd(FILES), settings, {
    evidence: [evidence],
    kubeadmRuns: [],
    nodes: [],
    graph: { machines: new Map(), dependencies: new Map() },
    plannedPems,
    precedes: () => true,
  });
}

const CERTIFICATE = urn("client", "tls:index/locallySignedCert:LocallySignedCert");
const KEY = urn("client-key", "tls:index/privateKey:PrivateKey");
const OTHER_KEY = urn("other-key", "tls:index/privateKey:PrivateKey");
const facts = (key: Urn | undefined): CertificateFacts => ({
  names: undefined,
  validity: undefined,
  isCa: false,
  extendedKeyUsages: "any",
  key: key === undefined ? undefined : { by: "resource", urn: key },
  signer: undefined,
  x509: undefined,
});
const pems = (certified: Urn | undefined): ReadonlyMap<Urn, PlannedPem> =>
  new Map<Urn, PlannedPem>([
    [CERTIFICATE, { kind: "certificate", certificate: facts(certified) }],
    [KEY, { kind: "private-key", key: { by: "resource", urn: KEY } }],
    [OTHER_KEY, { kind: "private-key", key: { by: "resource", urn: OTHER_KEY } }],
  ]);
const tls = (of: Urn): Content => ({ kind: "tls", urn: of, property: "pem" });
const NOT_SHOWN: Content = { kind: "not-shown" };
const UNKNOWN_UNTIL_UPDATE: Content = { kind: "unknown-until-update", waitsFor: ["vault-secret"] };

describe("a pair from tls resources, before any PEM exists", () => {
  it.each([
    ["passes when the certificate is for that key", KEY, CERTIFICATE, KEY, "pass"],
    ["fails when the certificate is for another key", OTHER_KEY, CERTIFICATE, KEY, "fail"],
    ["fails when certificate and key have changed places", KEY, KEY, CERTIFICATE, "fail"],
    ["is undecided when the request comes from elsewhere", undefined, CERTIFICATE, KEY, "undecided"],
    ["fails when both are a key", KEY, KEY, KEY, "fail"],
    ["fails when both are a certificate", KEY, CERTIFICATE, CERTIFICATE, "fail"],
  ] as const)("%s", (_title, certified, inCertFile, inKeyFile, kind) => {
    const cluster = withContents({ certificate: tls(inCertFile), key: tls(inKeyFile) }, pems(certified));
    expect(policy.check(cluster, NOW).kind).toBe(kind);
  });
});

describe("a pair of which the program shows little", () => {
  it.each([
    ["files copied from disk do not concern it", { certificate: NOT_SHOWN, key: NOT_SHOWN }, "not-applicable"],
    [
      "a fingerprint is not content",
      { certificate: { kind: "sha256", sha256: "00" }, key: NOT_SHOWN },
      "not-applicable",
    ],
    [
      "one that will never be shown does not concern it",
      { certificate: UNKNOWN_UNTIL_UPDATE, key: NOT_SHOWN },
      "not-applicable",
    ],
    [
      "a key that nothing puts there is no matter of this policy",
      { certificate: UNKNOWN_UNTIL_UPDATE },
      "not-applicable",
    ],
    [
      "both will be known after the update",
      { certificate: UNKNOWN_UNTIL_UPDATE, key: UNKNOWN_UNTIL_UPDATE },
      "undecided",
    ],
    [
      "no key makes an unreadable certificate good",
      { certificate: { kind: "text", text: "?" }, key: NOT_SHOWN },
      "fail",
    ],
  ] as const)("%s", (_title, contents, kind) => {
    expect(policy.check(withContents(contents), NOW).kind).toBe(kind);
  });

  it("says what it waits for", () => {
    expect(policy.check(withContents({ certificate: UNKNOWN_UNTIL_UPDATE, key: tls(KEY) }), NOW)).toMatchObject({
      undecided: [
        {
          reason: { id: "content-unknown-until-update", data: { waitsFor: ["vault-secret"] } },
          node: "master01",
          path: FILES.certFile,
        },
        {
          reason: { id: "content-unknown-until-update", data: { waitsFor: ["client-key"] } },
          node: "master01",
          path: FILES.keyFile,
        },
      ],
    });
  });

  const { certificate, key } = recordedPems("tls-good");
  it.each<readonly [string, Parameters<typeof withContents>[0], string, string]>([
    [
      "a certificate that is known, for its key",
      { certificate: { kind: "text", text: certificate }, key: UNKNOWN_UNTIL_UPDATE },
      FILES.keyFile,
      "vault-secret",
    ],
    [
      "a certificate that is known, for a tls resource's key",
      { certificate: { kind: "text", text: certificate }, key: tls(KEY) },
      FILES.keyFile,
      "client-key",
    ],
    [
      "a key that is known, for its certificate",
      { certificate: tls(CERTIFICATE), key: { kind: "text", text: key } },
      FILES.certFile,
      "client",
    ],
  ])("waits with %s alone", (_title, contents, path, from) => {
    expect(policy.check(withContents(contents, pems(KEY)), NOW)).toMatchObject({
      kind: "undecided",
      undecided: [{ reason: { data: { waitsFor: [from] } }, node: "master01", path }],
    });
  });

  it("has nothing to say of a file that nothing puts there", () => {
    const contents = { key: { kind: "text", text: key } } as const;
    expect(policy.check(withContents(contents), NOW).kind).toBe("not-applicable");
  });

  it("has nothing to say of a cluster without client certificate", () => {
    const cluster = clusterFrom(externalEtcd({ caFile: FILES.caFile }), {
      name: "prod",
      controlPlaneNodes: [{ name: "master01" }],
    });
    expect(policy.check(cluster, NOW).kind).toBe("not-applicable");
  });
});

describe("the message", () => {
  const linkHalf = casesAboutPairs.find((one) => one.id === "link-half");

  it("says whose key the node has instead, and no byte of it", () => {
    if (linkHalf === undefined) throw new Error("there is a case link-half");
    const cluster = clusterFrom(textOf(linkHalf), { ...settingsOfCase(linkHalf), name: "prod" });
    const outcome = policy.check(cluster, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages["noPair"]?.([first, ...rest], cluster)).toMatchInlineSnapshot(`
      "Certificate /etc/ssl/etcd/ssl/node-master03.pem and key /etc/ssl/etcd/ssl/node-master03-key.pem do not match on master02: tls: private key does not match public key.
        master02  certificate: CN=etcd-node-master02 (clusters[prod].files[11], settings); key: clusters[prod].files[12], settings
      kubeadm would fail on master02: failed to create etcd client for external etcd: tls: private key does not match public key
      Fix: put a certificate and its own key there on each node, both in PEM. Nodes may have different pairs."
    `);
  });

  const said = (cluster: Cluster) => {
    const outcome = policy.check(cluster, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    return policy.messages["noPair"]?.([first, ...rest], cluster)
      .split("\n")
      .slice(0, 3);
  };

  it("names the certificate on the node that the key belongs to", () => {
    const [own, other] = [recordedPems("tls-good"), recordedPems("tls-client-other-ca-same-name")];
    const cluster = clusterFrom(externalEtcd(FILES), {
      name: "prod",
      controlPlaneNodes: [{ name: "master01" }],
      files: [
        { path: FILES.certFile, content: own.certificate },
        { path: FILES.keyFile, content: other.key },
        { path: "/opt/other.pem", content: other.certificate },
      ],
    });
    expect(said(cluster)?.[1]).toMatch(
      /; key: clusters\[prod\]\.files\[1\], settings, which is the key of \/opt\/other\.pem$/,
    );
  });

  it("names the tls resources of a pair that will not match", () => {
    const source = "(certs, command:remote:CopyToRemote)";
    const cluster = withContents({ certificate: tls(CERTIFICATE), key: tls(OTHER_KEY) }, pems(KEY));
    expect(said(cluster)).toEqual([
      `Certificate ${FILES.certFile} and key ${FILES.keyFile} do not match on master01.`,
      `  master01  certificate: client ${source}; key: other-key ${source}`,
      "kubeadm would fail on master01: failed to create etcd client for external etcd, and kube-apiserver would not start.",
    ]);
  });

  it("says that a key is not shown beside a certificate that is none", () => {
    const cluster = withContents({ certificate: { kind: "text", text: "?" }, key: NOT_SHOWN });
    expect(said(cluster)?.[1]).toMatch(/; key: not shown$/);
  });
});
