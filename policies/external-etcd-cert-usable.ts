import { type Certificate, readCas, readCertificate } from "../cluster/certificates/certificate";
import { allowsUsage, type CertificateFacts } from "../cluster/certificates/certificate-facts";
import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { type ExternalEtcdField, type ExternalEtcdFile, externalEtcdFiles } from "../cluster/external-etcd-files";
import { describeNode } from "../cluster/node";
import type { Finding } from "../cluster/outcome";
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

/** A certificate that expires sooner is an advisory finding, unless the settings give another number. */
const MIN_REMAINING_DAYS = 30;
const DAY = 86_400_000;

interface About {
  readonly field: ExternalEtcdField;
  readonly path: string;
  /** The certificate's subject, or the resource that will make it. */
  readonly certificate: string;
  /** The end of a sentence about it: `expired at 2025-01-01T00:00:00Z`. */
  readonly fault: string;
}

const outsideItsDates = messageTemplate<About>("outsideItsDates", (findings) => {
  const [{ data }] = findings;
  const victim =
    data.field === "caFile"
      ? "kubeadm and kube-apiserver would reject the certificate of every etcd server"
      : "etcd would reject kube-apiserver";
  return [
    ...headOf(findings, "is not valid now"),
    `${victim}: x509: certificate has expired or is not yet valid. kubeadm does not renew certificates of an external etcd, and an upgrade does not check them.`,
    "Fix: renew it, and replace it on each node.",
  ].join("\n");
});

const endsSoon = messageTemplate<About>("endsSoon", (findings, cluster) =>
  [
    ...headOf(findings, "expires soon"),
    `That is within ${minRemainingDays(cluster)} days. kubeadm does not renew certificates of an external etcd and does not warn before they expire.`,
    "Fix: renew it before then, and replace it on each node.",
  ].join("\n"),
);

const notForClients = messageTemplate<About>("notForClients", (findings) =>
  [
    ...headOf(findings, "is not valid for client authentication"),
    "etcd would reject kube-apiserver: x509: certificate specifies an incompatible key usage. An upgrade does not look.",
    "Fix: issue it with the extended key usage clientAuth (for tls resources: client_auth in allowedUses), or with no extended key usage.",
  ].join("\n"),
);

/** The client certificate of etcd.external is valid, also for client authentication, and so is the CA. The time is handed in. */
export const externalEtcdCertUsable: Policy = {
  id: "external-etcd-cert-usable",
  title: "External etcd certificate usable",
  description:
    "The certificate of etcd.external is valid for client authentication, and neither it nor its CA has expired or expires soon.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Issue a certificate with the extended key usage clientAuth, and renew the certificate and the CA before they expire.",
  tags: ["etcd", "certificates"],
  messages: {
    outsideItsDates: outsideItsDates.message,
    endsSoon: endsSoon.message,
    notForClients: notForClients.message,
  },
  check(cluster, { now }) {
    const applicable = unlessExternalEtcd(cluster);
    if (applicable.kind !== "applicable") return applicable.outcome;
    const files = externalEtcdFiles(applicable.reading).filter(({ field }) => field !== "keyFile");
    const results = applicable.nodes.flatMap((node) =>
      files.map((file) => check({ node, file, cluster, now: now.getTime() }, shownContent(node, file.path, cluster))),
    );
    return outcomeOfContents(results, "certFile and caFile");
  },
};

interface Question {
  readonly node: ControlPlaneNode;
  readonly file: ExternalEtcdFile;
  readonly cluster: Cluster;
  readonly now: number;
}

function check(question: Question, shown: ShownContent): ContentResult {
  const { node, file } = question;
  switch (shown.kind) {
    case "text": {
      const certificate = certificateThatCounts(question, shown.text);
      return certificate === undefined ? undefined : faults(question, certificate, certificate.subject);
    }
    case "pem": {
      if (shown.pem.kind !== "certificate") return undefined;
      const { certificate } = shown.pem;
      const checked = faults(question, certificate, shown.maker);
      const known = certificate.validity !== undefined && certificate.extendedKeyUsages !== undefined;
      return known || checked.findings.length > 0
        ? checked
        : { findings: [], undecided: [unknownContent(node, file.path, shown.waitsFor)] };
    }
    case "unknown-until-update":
      return { findings: [], undecided: [unknownContent(node, file.path, shown.waitsFor)] };
    case "not-shown":
    case "absent":
      return undefined;
  }
}

/**
 * The leaf of certFile. Of caFile the CA that is valid for longest: one that is on its way out may stand beside its
 * successor. What cannot be read is the matter of the policies on pairs and on trust.
 */
function certificateThatCounts({ file, now }: Question, text: string): Certificate | undefined {
  if (file.field !== "caFile") {
    const read = readCertificate(text);
    return read.ok ? read.value : undefined;
  }
  const cas = readCas(text);
  if (!cas.ok) return undefined;
  const rank = ({ validity: { notBefore, notAfter } }: Certificate) => (notBefore > now ? -notBefore : notAfter);
  return [...cas.value].sort((one, other) => rank(other) - rank(one))[0];
}

function faults(question: Question, certificate: CertificateFacts, name: string): NonNullable<ContentResult> {
  const { node, file, cluster } = question;
  const findings: Finding[] = [];
  const report = (template: typeof endsSoon, fault: string, level?: "advisory") => {
    findings.push(
      template.finding({
        node: describeNode(node),
        path: file.path,
        group: file.field,
        ...(level === undefined ? {} : { level }),
        data: { ...file, certificate: name, fault },
      }),
    );
  };
  const level = file.field === "certFile" && isIgnoredByEtcd(cluster) ? "advisory" : undefined;
  if (file.field === "certFile" && allowsUsage(certificate, "clientAuth") === false)
    report(notForClients, `is not valid for client authentication, only for ${usagesText(certificate)}`, level);
  const dates = dateFault(certificate, question.now, minRemainingDays(cluster));
  if (dates?.kind === "soon") report(endsSoon, dates.fault, "advisory");
  if (dates?.kind === "outside") report(outsideItsDates, dates.fault, level);
  return findings.length === 0 ? NOTHING_WRONG : { findings, undecided: [] };
}

/** True where a listing says that etcd asks its clients for no certificate. */
function isIgnoredByEtcd({ etcdServers }: Cluster): boolean {
  return etcdServers === null || etcdServers?.trustedCA === null;
}

function usagesText({ extendedKeyUsages }: CertificateFacts): string {
  return Array.isArray(extendedKeyUsages) ? inOneLine(extendedKeyUsages) : "other things";
}

interface DateFault {
  readonly kind: "outside" | "soon";
  readonly fault: string;
}

function minRemainingDays({ settings }: Cluster): number {
  return settings.minRemainingDays ?? MIN_REMAINING_DAYS;
}

function dateFault({ validity }: CertificateFacts, now: number, minDays: number): DateFault | undefined {
  if (validity === undefined) return undefined;
  if (validity.kind === "hours") {
    if (validity.hours >= minDays * 24) return undefined;
    return { kind: "soon", fault: `will be valid for only ${validity.hours} hours` };
  }
  const { notBefore, notAfter } = validity;
  if (now < notBefore) return { kind: "outside", fault: `is not valid before ${timeText(notBefore)}` };
  if (now > notAfter) return { kind: "outside", fault: `expired at ${timeText(notAfter)}` };
  if (now + minDays * DAY > notAfter) return { kind: "soon", fault: `expires at ${timeText(notAfter)}` };
  return undefined;
}

/** The faulty file and its nodes in one line, then each node's certificate. `summary` stands for faults that differ. */
function headOf(findings: readonly [Finding<About>, ...Finding<About>[]], summary: string): readonly string[] {
  const [{ data }] = findings;
  const { field, path } = data;
  const fault = findings.every((one) => one.data.fault === data.fault) ? data.fault : summary;
  return [
    `etcd.external.${field} ${path} ${fault} on ${inOneLine(findings.map(({ node }) => node ?? ""))}.`,
    ...inLines(findings.map((one) => ({ name: one.node ?? "", text: `${one.data.certificate} ${one.data.fault}` }))),
  ];
}
