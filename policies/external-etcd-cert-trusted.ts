import { type Certificate, readCas, readCertificate } from "../cluster/certificates/certificate";
import { allowsUsage, isSignedBy } from "../cluster/certificates/certificate-facts";
import { type ChainFault, type ChainQuestion, chainsTo } from "../cluster/certificates/chains-to";
import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { describeNode } from "../cluster/node";
import type { Finding } from "../cluster/outcome";
import type { ExternalEtcd } from "../kubeadm/config/cluster-configuration";
import { unlessExternalEtcd } from "./support/applicability";
import { inLines, inOneLine } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";
import {
  type ContentResult,
  NOTHING_WRONG,
  outcomeOfContents,
  type ShownContent,
  shownContent,
  unknownContent,
} from "./support/shown-content";
import { timeText } from "./support/time-text";

interface UnusableCa {
  readonly caFile: string;
  /** Go's words; undefined where the file holds no PEM at all, on which an upgrade does not fail. */
  readonly error: string | undefined;
}

const unusableCa = messageTemplate<UnusableCa>("unusableCa", (findings) => {
  const [{ node, data }] = findings;
  const nodes = inOneLine(findings.map((one) => one.node ?? ""));
  const what = data.error === undefined ? "contains no PEM certificate" : `cannot be used: ${data.error}`;
  return [
    `etcd.external.caFile ${data.caFile} ${what}, on ${nodes}.`,
    data.error === undefined
      ? "kubeadm upgrade does not fail on it, but kubeadm init and kube-apiserver would then reject the certificate of every etcd server: x509: certificate signed by unknown authority"
      : `kubeadm would fail on ${node}: failed to create etcd client for external etcd: ${data.error}`,
    "Fix: put the CA of the etcd servers there, in PEM; the file may contain only certificates.",
  ].join("\n");
});

interface NotTrusted {
  /** The file of the certificate, or whose it is. */
  readonly certificate: string;
  readonly reason: string;
}

const clientNotTrusted = messageTemplate<NotTrusted>("clientNotTrusted", (findings) =>
  [
    ...headOf(findings, "does not chain to the CA that etcd trusts for its clients"),
    "etcd would reject kube-apiserver. An upgrade does not check this, and kubeadm sees only a TLS alert.",
    "Fix: issue it from the CA in etcd's --trusted-ca-file. A CA is identified by its key: one that was recreated under the same name is a different CA.",
  ].join("\n"),
);

const clientNotOfCaFile = messageTemplate<NotTrusted>("clientNotOfCaFile", (findings, cluster) =>
  [
    ...headOf(findings, "does not chain to caFile"),
    "That is correct only if etcd has one CA for its clients and another for its servers; otherwise it would reject kube-apiserver.",
    `Fix: issue it from etcd's CA; or, if the CAs are separate, set etcdServers.trustedCA in a listing of cluster ${cluster.name}.`,
  ].join("\n"),
);

const clientOfRecreatedCa = messageTemplate<NotTrusted>("clientOfRecreatedCa", (findings) =>
  [
    ...headOf(findings, "was issued by a CA with the same name as the one in caFile, but with a different key"),
    "Two CAs with the same name mean that the CA was recreated: etcd would reject kube-apiserver, or kube-apiserver would reject etcd. An upgrade does not look.",
    "Fix: find out which of the two etcd uses (its --trusted-ca-file), put that one into caFile on every node, and issue the client certificate from it.",
  ].join("\n"),
);

interface ServerNotTrusted extends NotTrusted {
  /** Go's words. */
  readonly error: string;
  readonly fix: string;
}

const serverNotTrusted = messageTemplate<ServerNotTrusted>("serverNotTrusted", (findings) =>
  [
    ...headOf(findings, "is not trusted by caFile"),
    `kubeadm init and kube-apiserver would reject it: tls: failed to verify certificate: ${findings[0].data.error}. An upgrade does not look.`,
    `Fix: ${findings[0].data.fix}`,
  ].join("\n"),
);

function fixOfServer({ kind }: ChainFault): string {
  switch (kind) {
    case "usage":
      return "issue it with the extended key usages serverAuth and clientAuth.";
    case "expired":
    case "not-yet-valid":
      return "renew the certificate that is not valid now.";
    default:
      return "put the CA that issued the etcd servers' certificates into caFile. A CA is identified by its key: one that was recreated under the same name is a different CA.";
  }
}

const noClientCertificate = messageTemplate<Record<string, never>>("noClientCertificate", (findings) =>
  [
    `etcd.external names no certFile, but etcd accepts only clients with a certificate, on ${inOneLine(findings.map(({ node }) => node ?? ""))}.`,
    "etcd would reject kube-apiserver: remote error: tls: certificate required. kubeadm init would fail; an upgrade does not check this.",
    "Fix: name a client certificate and its key in certFile and keyFile.",
  ].join("\n"),
);

/**
 * caFile is the CA of the etcd servers, and the client certificate chains to the CA that etcd trusts, on each node.
 *
 * Which CA etcd trusts is known only from a listing's etcdServers. Without it the certificate is held against caFile, at
 * level advisory: etcd may have one CA for clients and another for servers. Not where both go by the same name: that is one
 * CA, created again.
 */
export const externalEtcdCertTrusted: Policy = {
  id: "external-etcd-cert-trusted",
  title: "External etcd certificate trusted",
  description:
    "On each control-plane node, etcd trusts the certificate of etcd.external, and caFile is the CA of the etcd servers.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Issue the client certificate from the CA that etcd trusts, and put the CA of the etcd servers into caFile.",
  tags: ["etcd", "certificates"],
  control: {
    reference: "1.2.26",
    specification: "Ensure that the --etcd-cafile argument is set as appropriate",
  },
  messages: {
    unusableCa: unusableCa.message,
    noClientCertificate: noClientCertificate.message,
    clientNotTrusted: clientNotTrusted.message,
    clientNotOfCaFile: clientNotOfCaFile.message,
    clientOfRecreatedCa: clientOfRecreatedCa.message,
    serverNotTrusted: serverNotTrusted.message,
  },
  check(cluster, { now }) {
    const applicable = unlessExternalEtcd(cluster);
    if (applicable.kind !== "applicable") return applicable.outcome;
    const { external } = applicable.reading.configuration.etcd;
    if (external === undefined) return { kind: "not-applicable", why: "etcd is local" };
    const results = applicable.nodes.flatMap((node) => check({ node, external, cluster, now: now.getTime() }));
    return outcomeOfContents(results, "caFile and certFile");
  },
};

interface Question {
  readonly node: ControlPlaneNode;
  readonly external: ExternalEtcd;
  readonly cluster: Cluster;
  readonly now: number;
}

function check(question: Question): readonly ContentResult[] {
  const { node, external, cluster } = question;
  const ca = shownContent(node, external.caFile, cluster);
  const client = shownContent(node, external.certFile, cluster);
  const broken = ca.kind === "text" ? caFault(question, ca.text) : undefined;
  if (broken !== undefined) return [resultOf([broken])];
  return [
    ca.kind === "text" ? resultOf(serverFaults(question, ca.text)) : undefined,
    cluster.etcdServers === undefined ? againstCaFile(question, client, ca) : againstTrustedCa(question, client),
  ];
}

function caFault({ node, external: { caFile } }: Question, text: string): Finding | undefined {
  const cas = readCas(text);
  if (cas.ok && cas.value.length > 0) return undefined;
  const error = cas.ok ? undefined : cas.error;
  return unusableCa.finding({
    node: describeNode(node),
    path: caFile,
    group: error ?? "",
    data: { caFile, error },
  });
}

/** What kubeadm init would say of the certificates that the etcd servers show, except for their names. */
function serverFaults({ node, external, cluster, now }: Question, ca: string): readonly Finding[] {
  return Object.entries(cluster.etcdServers?.certificates ?? {}).flatMap(([host, served]) => {
    const fault = chainFault({ leafPem: served, trustedCaPem: ca, usage: "serverAuth", now });
    if (fault === undefined) return [];
    const { error } = fault;
    const certificate = `The certificate of etcd server ${host}`;
    const data = { certificate, reason: reasonOf(fault), error, fix: fixOfServer(fault) };
    return [serverNotTrusted.finding({ node: describeNode(node), path: external.caFile, group: host, data })];
  });
}

/** Where a listing says which CA etcd trusts. */
function againstTrustedCa({ node, external, cluster, now }: Question, client: ShownContent): ContentResult {
  const trustedCa = cluster.etcdServers?.trustedCA;
  // Plain http, or no certificate asked for: any will do.
  if (typeof trustedCa !== "string") return undefined;
  if (external.certFile === "") return resultOf([noClientCertificate.finding({ node: describeNode(node), data: {} })]);
  if (client.kind !== "text") return undefined;
  const question: ChainQuestion = { leafPem: client.text, trustedCaPem: trustedCa, usage: "clientAuth", now };
  const fault = clientFault(question, node);
  if (fault === undefined) return NOTHING_WRONG;
  const data = { certificate: `etcd.external.certFile ${external.certFile}`, reason: reasonOf(fault) };
  return resultOf([clientNotTrusted.finding({ node: describeNode(node), path: external.certFile, data })]);
}

function againstCaFile({ node, external, now }: Question, client: ShownContent, ca: ShownContent): ContentResult {
  const place = { node: describeNode(node), path: external.certFile };
  const dataOf = (reason: string): NotTrusted => ({
    certificate: `etcd.external.certFile ${external.certFile}`,
    reason,
  });
  const found = (reason: string): ContentResult =>
    resultOf([clientNotOfCaFile.finding({ ...place, level: "advisory", data: dataOf(reason) })]);
  const recreated = (reason: string): ContentResult =>
    resultOf([clientOfRecreatedCa.finding({ ...place, data: dataOf(reason) })]);
  if (client.kind === "text" && ca.kind === "text") {
    const question: ChainQuestion = { leafPem: client.text, trustedCaPem: ca.text, usage: "clientAuth", now };
    const fault = clientFault(question, node);
    if (fault === undefined) return NOTHING_WRONG;
    return fault.kind === "same-name-other-key" ? recreated(reasonOf(fault)) : found(reasonOf(fault));
  }
  if (client.kind === "pem" && ca.kind === "pem" && isCertificate(client) && isCertificate(ca)) {
    const issuer = ca.pem.certificate;
    const signed = isSignedBy(client.pem.certificate, issuer);
    if (signed === false) {
      const reason = `${ca.maker} has a different key from the one that signs ${client.maker}`;
      const isSameName = ca.pem.subject !== undefined && ca.pem.subject === client.pem.issuer;
      return isSameName ? recreated(reason) : found(reason);
    }
    if (signed === true && issuer.isCa === false) return found(`${ca.maker} will not be a CA certificate`);
    if (signed === true && issuer.isCa === true) return NOTHING_WRONG;
  }
  const willBeShown = [client, ca].every(({ kind }) => kind !== "not-shown" && kind !== "absent");
  if (!willBeShown) return undefined;
  return {
    findings: [],
    undecided: [
      ...("waitsFor" in client ? [unknownContent(node, external.certFile, client.waitsFor)] : []),
      ...("waitsFor" in ca ? [unknownContent(node, external.caFile, ca.waitsFor)] : []),
    ],
  };
}

type Promised = Extract<ShownContent, { kind: "pem" }>;
type PromisedCertificate = Promised & { readonly pem: Extract<Promised["pem"], { kind: "certificate" }> };

function isCertificate(shown: Promised): shown is PromisedCertificate {
  return shown.pem.kind === "certificate";
}

/**
 * Why etcd would not trust the client certificate. One that cannot be read is the matter of
 * external-etcd-cert-pairs-with-key, its own dates and usages that of external-etcd-cert-usable.
 */
function clientFault(question: ChainQuestion, node: ControlPlaneNode): ChainFault | undefined {
  const fault = chainFault(question, node);
  if (fault === undefined || fault.kind === "unreadable-certificate" || fault.kind === "unreadable-ca")
    return undefined;
  const own = readCertificate(question.leafPem);
  const subject = own.ok ? own.value.subject : "";
  const isOwnDate = (fault.kind === "expired" || fault.kind === "not-yet-valid") && fault.subject === subject;
  const isOwnUsage = fault.kind === "usage" && own.ok && !allowsUsage(own.value, "clientAuth");
  return isOwnDate || isOwnUsage ? undefined : fault;
}

/** Certificates elsewhere on the node are looked at only where the chain is broken: one may be the missing link. */
function chainFault(question: ChainQuestion, node?: ControlPlaneNode): ChainFault | undefined {
  const verdict = chainsTo(question);
  if (verdict.ok) return undefined;
  if (verdict.fault.kind !== "unknown-authority" || node === undefined) return verdict.fault;
  const closer = chainsTo({ ...question, alsoKnown: shownCertificates(node) });
  return closer.ok ? verdict.fault : closer.fault;
}

function shownCertificates(node: ControlPlaneNode): readonly Certificate["x509"][] {
  return node.files.present.flatMap(({ file: { content } }) => {
    const read = content.kind === "text" ? readCertificate(content.text) : undefined;
    return read?.ok === true ? [read.value.x509] : [];
  });
}

function reasonOf(fault: ChainFault): string {
  switch (fault.kind) {
    case "unknown-authority":
      return `its issuer ${fault.issuer} is not among the CAs there`;
    case "same-name-other-key":
      return `the CA there named ${fault.issuer} has a different key from the one that signed it`;
    case "intermediate-missing":
      return `the intermediate CA ${fault.issuer} must follow it in the same file`;
    case "expired":
      return `${fault.subject} expired at ${timeText(fault.on)}`;
    case "not-yet-valid":
      return `${fault.subject} is not valid before ${timeText(fault.from)}`;
    default:
      return fault.error;
  }
}

function resultOf(findings: readonly Finding[]): ContentResult {
  return findings.length === 0 ? NOTHING_WRONG : { findings, undecided: [] };
}

function headOf(findings: readonly [Finding<NotTrusted>, ...Finding<NotTrusted>[]], fault: string): readonly string[] {
  const [{ data }] = findings;
  return [
    `${data.certificate} ${fault}, on ${inOneLine(findings.map(({ node }) => node ?? ""))}.`,
    ...inLines(findings.map((one) => ({ name: one.node ?? "", text: one.data.reason }))),
  ];
}
