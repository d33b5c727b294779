import { readCertificate } from "../../cluster/certificates/certificate";
import { isSameKey, isSignedBy } from "../../cluster/certificates/certificate-facts";
import { chainsTo } from "../../cluster/certificates/chains-to";
import { pairProblem } from "../../cluster/certificates/pair-problem";
import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { type ShownContent, shownContent } from "./shown-content";

/** A file of a node that is to be used; it may have to be copied from there. */
export interface PlacedFile {
  readonly node: ControlPlaneNode;
  readonly path: string;
}

/** What kube-apiserver is to use; undefined for a file that the configuration does not name. */
export interface EtcdClientFiles {
  readonly certFile: PlacedFile;
  readonly keyFile: PlacedFile;
  readonly caFile: PlacedFile | undefined;
}

/** Whether the files fit: `unsure` where they are there and too little of them is shown to say so. */
export type Fitness = "fit" | "unsure" | "unfit";

/** certFile and keyFile match, and the CA that etcd trusts for its clients signed the certificate: that of a listing, else caFile. */
export function fitness({ certFile, keyFile, caFile }: EtcdClientFiles, cluster: Cluster, now: number): Fitness {
  const shown = ({ node, path }: PlacedFile) => shownContent(node, path, cluster);
  const [certificate, key] = [shown(certFile), shown(keyFile)];
  const ca = caFile === undefined ? undefined : shown(caFile);
  if ([certificate, key, ca].some((one) => one?.kind === "absent")) return "unfit";
  const trusted = cluster.etcdServers?.trustedCA;
  const answers = [matches(certificate, key), isTrusted(certificate, typeof trusted === "string" ? trusted : ca, now)];
  if (answers.includes(false)) return "unfit";
  return answers.includes(undefined) ? "unsure" : "fit";
}

function matches(certificate: ShownContent, key: ShownContent): boolean | undefined {
  if (certificate.kind === "text" && key.kind === "text") return pairProblem(certificate.text, key.text) === undefined;
  if (certificate.kind !== "pem" || key.kind !== "pem") return undefined;
  if (certificate.pem.kind !== "certificate" || key.pem.kind !== "private-key") return false;
  return isSameKey(certificate.pem.certificate.key, key.pem.key);
}

function isTrusted(certificate: ShownContent, ca: ShownContent | string | undefined, now: number): boolean | undefined {
  const caText = typeof ca === "string" ? ca : ca?.kind === "text" ? ca.text : undefined;
  if (certificate.kind === "text") {
    if (!readCertificate(certificate.text).ok) return false;
    if (caText === undefined) return undefined;
    return chainsTo({ leafPem: certificate.text, trustedCaPem: caText, usage: "clientAuth", now }).ok;
  }
  if (typeof ca === "string" || certificate.kind !== "pem" || ca?.kind !== "pem") return undefined;
  if (certificate.pem.kind !== "certificate" || ca.pem.kind !== "certificate") return false;
  return isSignedBy(certificate.pem.certificate, ca.pem.certificate);
}
