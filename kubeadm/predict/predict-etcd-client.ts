import { loadCaPool } from "../go/x509/ca-pool";
import { certificateBlocks, loadKeyPair } from "../go/x509/key-pair";
import { parseX509 } from "../go/x509/x509";
import type { ExternalEtcdFileStates, NamedFile } from "./file-state";
import { openErrorText } from "./open-error";

/** What kubeadm says of the external etcd files on one node; `why` names what would have to be known. */
export type EtcdClientPrediction =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: string }
  | { readonly ok: null; readonly why: string };

/**
 * Predicts `kubeadm upgrade` on one node: building the client for the external etcd (kubeadm util/etcd/etcd.go New,
 * etcd client/pkg/v3 transport/listener.go ClientConfig; the same in kubeadm 1.30.14, 1.34.2 and 1.37.2).
 *
 * The error is what follows `failed to create etcd client for external etcd: `. kubeadm stops at the first fault: both
 * or none of certificate and key named, the certificate opens, the key opens, they are a pair, the CA file opens and
 * holds nothing but certificates. Nothing is dialled: dates, usages and signers are not looked at.
 */
export function predictEtcdClient(files: ExternalEtcdFileStates): EtcdClientPrediction {
  const { certFile, keyFile, caFile } = files;
  if ((certFile.path === "") !== (keyFile.path === "")) {
    const error = `KeyFile and CertFile must both be present[key: ${keyFile.path}, cert: ${certFile.path}]`;
    return { ok: false, error };
  }
  const pair =
    certFile.path === "" ? undefined : (openFile(certFile) ?? openFile(keyFile) ?? pairProblem(certFile, keyFile));
  const ca = caFile.path === "" ? undefined : (openFile(caFile) ?? caProblem(caFile));
  return pair ?? ca ?? { ok: true };
}

/** What stops kubeadm, or us, at one step; undefined where it goes on. */
type Stop = Exclude<EtcdClientPrediction, { readonly ok: true }>;

function openFile({ path, file }: NamedFile): Stop | undefined {
  if (file.state === "unopenable") return { ok: false, error: openErrorText(path, file.errno) };
  return file.state === "undecided" ? { ok: null, why: `whether ${path} can be opened` } : undefined;
}

function pairProblem(certFile: NamedFile, keyFile: NamedFile): Stop | undefined {
  const [certificate, key] = [shownContent(certFile), shownContent(keyFile)];
  if (certificate === undefined) return notShown(certFile);
  if (key === undefined) return certificateProblem(certificate) ?? notShown(keyFile);
  const pair = loadKeyPair(certificate, key);
  return pair.ok ? undefined : pair;
}

/** A certificate that cannot be read stops kubeadm whatever the key is. */
function certificateProblem(certificate: string): Stop | undefined {
  const blocks = certificateBlocks(certificate);
  if (!blocks.ok) return blocks;
  const parsed = parseX509(blocks.chain[0]);
  return parsed.ok ? undefined : parsed;
}

function caProblem(caFile: NamedFile): Stop | undefined {
  const content = shownContent(caFile);
  if (content === undefined) return notShown(caFile);
  const pool = loadCaPool(content);
  return pool.ok ? undefined : pool;
}

function shownContent({ file }: NamedFile): string | undefined {
  return file.state === "present" ? file.content : undefined;
}

function notShown({ path }: NamedFile): Stop {
  return { ok: null, why: `the content of ${path}` };
}
