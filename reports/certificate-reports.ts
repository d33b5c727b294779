import { type Certificate, readCas, readCertificate } from "../cluster/certificates/certificate";
import type { Cluster } from "../cluster/cluster";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { describeNode } from "../cluster/node";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { timeText } from "../policies/support/time-text";
import type { CertificateReport } from "./report";

/** The certificates that etcd.external names, where their content is known: each once, with the nodes that have it. */
export function certificateReports({ configuration, controlPlane }: Cluster): readonly CertificateReport[] {
  if (configuration.kind !== "text" || controlPlane.kind === "unknown") return [];
  const files = externalEtcdFiles(legibleConfiguration(configuration.reading)).filter(
    ({ field }) => field !== "keyFile",
  );
  const found = new Map<
    string,
    { readonly certificate: Certificate; readonly about: About; readonly nodes: string[] }
  >();
  for (const node of controlPlane.nodes) {
    for (const about of files) {
      const presence = node.files.presence(about.path);
      if (presence.kind !== "present" || presence.file.content.kind !== "text") continue;
      for (const certificate of certificatesIn(presence.file.content.text, about.field)) {
        const key = `${about.field} ${certificate.fingerprint}`;
        const one = found.get(key) ?? { certificate, about, nodes: [] };
        found.set(key, one);
        one.nodes.push(describeNode(node));
      }
    }
  }
  return [...found.values()].map(({ certificate, about, nodes }) => ({
    field: about.field,
    path: about.path,
    subject: certificate.subject,
    issuer: certificate.issuer,
    notBefore: timeText(certificate.validity.notBefore),
    notAfter: timeText(certificate.validity.notAfter),
    sha256: certificate.fingerprint,
    nodes,
  }));
}

type About = ReturnType<typeof externalEtcdFiles>[number];

/** The leaf of a client's certificate, and every CA of a pool; none of what Go cannot read. */
function certificatesIn(pem: string, field: About["field"]): readonly Certificate[] {
  if (field === "caFile") {
    const cas = readCas(pem);
    return cas.ok ? cas.value : [];
  }
  const read = readCertificate(pem);
  return read.ok ? [read.value] : [];
}
