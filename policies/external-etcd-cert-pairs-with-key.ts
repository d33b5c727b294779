import { readCertificate } from "../cluster/certificates/certificate";
import { isSameKey, type KeyIdentity } from "../cluster/certificates/certificate-facts";
import { pairProblem } from "../cluster/certificates/pair-problem";
import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { describeNode } from "../cluster/node";
import { unlessExternalEtcd } from "./support/applicability";
import { sourceText } from "./support/file-instead";
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

interface NoPair {
  readonly certFile: string;
  readonly keyFile: string;
  /** Where the node's two files come from, and whose key it has instead. */
  readonly detail: string;
  /** kubeadm's words; undefined before the PEM exists. */
  readonly error: string | undefined;
}

const noPair = messageTemplate<NoPair>("noPair", (findings) => {
  const [{ node, data }] = findings;
  const { certFile, keyFile, error } = data;
  const nodes = inOneLine(findings.map((one) => one.node ?? ""));
  const stop = "failed to create etcd client for external etcd";
  return [
    `Certificate ${certFile} and key ${keyFile} do not match on ${nodes}${error === undefined ? "" : `: ${error}`}.`,
    ...inLines(findings.map((one) => ({ name: one.node ?? "", text: one.data.detail }))),
    error === undefined
      ? `kubeadm would fail on ${node}: ${stop}, and kube-apiserver would not start.`
      : `kubeadm would fail on ${node}: ${stop}: ${error}`,
    "Fix: put a certificate and its own key there on each node, both in PEM. Nodes may have different pairs.",
  ].join("\n");
});

/** On each node the certificate of etcd.external and its key match. Source: tls.X509KeyPair, with which kubeadm loads them. */
export const externalEtcdCertPairsWithKey: Policy = {
  id: "external-etcd-cert-pairs-with-key",
  title: "External etcd certificate pairs with its key",
  description: "On each control-plane node, the key of etcd.external matches its certificate.",
  severity: "critical",
  level: "mandatory",
  remediation: "Put a certificate and its own key on each control-plane node, both in PEM.",
  tags: ["etcd", "certificates"],
  control: {
    reference: "1.2.23",
    specification: "Ensure that the --etcd-certfile and --etcd-keyfile arguments are set as appropriate",
  },
  messages: { noPair: noPair.message },
  check(cluster) {
    const applicable = unlessExternalEtcd(cluster);
    if (applicable.kind !== "applicable") return applicable.outcome;
    const { certFile, keyFile } = applicable.reading.configuration.etcd.external ?? { certFile: "", keyFile: "" };
    if (certFile === "" || keyFile === "")
      return { kind: "not-applicable", why: "etcd.external names no certificate with a key" };
    const results = applicable.nodes.map((node) => check({ node, cluster, certFile, keyFile }));
    return outcomeOfContents(results, "certFile and keyFile");
  },
};

interface Question {
  readonly node: ControlPlaneNode;
  readonly cluster: Cluster;
  readonly certFile: string;
  readonly keyFile: string;
}

function check(question: Question): ContentResult {
  const { node, cluster, certFile, keyFile } = question;
  const certificate = shownContent(node, certFile, cluster);
  const key = shownContent(node, keyFile, cluster);
  // kubeadm opens both before it looks into either.
  if (certificate.kind === "absent" || key.kind === "absent") return undefined;
  if (certificate.kind === "text" && key.kind === "text") {
    const problem = pairProblem(certificate.text, key.text);
    return problem === undefined ? NOTHING_WRONG : found(question, certificate, key, problem);
  }
  if (certificate.kind === "text") {
    const read = readCertificate(certificate.text);
    if (!read.ok) return found(question, certificate, key, read.error);
  }
  if (certificate.kind === "not-shown" || key.kind === "not-shown") return undefined;
  if (certificate.kind === "pem" && key.kind === "pem") {
    const same = isSameKey(certifiedKey(certificate), privateKey(key));
    if (same === true) return NOTHING_WRONG;
    if (same === false || certificate.pem.kind !== "certificate" || key.pem.kind !== "private-key")
      return found(question, certificate, key, undefined);
  }
  return {
    findings: [],
    undecided: [
      ...("waitsFor" in certificate ? [unknownContent(node, certFile, certificate.waitsFor)] : []),
      ...("waitsFor" in key ? [unknownContent(node, keyFile, key.waitsFor)] : []),
    ],
  };
}

type Promised = Extract<ShownContent, { kind: "pem" }>;

function certifiedKey({ pem }: Promised): KeyIdentity | undefined {
  return pem.kind === "certificate" ? pem.certificate.key : undefined;
}

function privateKey({ pem }: Promised): KeyIdentity | undefined {
  return pem.kind === "private-key" ? pem.key : undefined;
}

function found(
  question: Question,
  certificate: ShownContent,
  key: ShownContent,
  error: string | undefined,
): ContentResult {
  const { node, certFile, keyFile } = question;
  const sources = `certificate: ${describe(certificate)}; key: ${describe(key)}`;
  const owner = key.kind === "text" ? certificateOfKey(node, key.text) : undefined;
  const finding = noPair.finding({
    node: describeNode(node),
    path: certFile,
    group: error ?? "",
    data: {
      certFile,
      keyFile,
      error,
      detail: owner === undefined ? sources : `${sources}, which is the key of ${owner}`,
    },
  });
  return { findings: [finding], undecided: [] };
}

/** Where a file comes from, with the subject of a certificate that can be read. */
function describe(shown: ShownContent): string {
  if (!("file" in shown)) return "not shown";
  const source = sourceText(shown.file.source);
  if (shown.kind === "pem") return `${shown.maker} (${source})`;
  const read = shown.kind === "text" ? readCertificate(shown.text) : undefined;
  return read?.ok === true ? `${read.value.subject} (${source})` : source;
}

/** The path of a certificate on the node that the key does belong to. */
function certificateOfKey(node: ControlPlaneNode, key: string): string | undefined {
  return node.files.present.find(
    ({ file: { content } }) => content.kind === "text" && pairProblem(content.text, key) === undefined,
  )?.path;
}
