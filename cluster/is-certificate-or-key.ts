import type { Content } from "../machine/content";

/** Folders whose certificates have nothing to do with how a cluster's own certificates arrive. */
const OTHER_USES =
  /^\/(usr\/(local\/)?share\/ca-certificates|etc\/(ca-certificates|pki\/ca-trust|ssl\/certs|docker\/certs\.d|containerd))\/|\/\.ssh\//;

/**
 * True if evidence that puts this file shows that the program itself brings the cluster's certificates (docs/architecture.md,
 * "When a file is missing").
 *
 * A file is taken for one by its name or by its PEM label. Trust stores, registries' CAs and SSH keys do not count: a
 * program that only installs the company's CA says nothing about how etcd's certificates arrive.
 */
export function isCertificateOrKey(path: string, content: Content | undefined): boolean {
  if (OTHER_USES.test(path)) return false;
  if (content?.kind === "tls") return true;
  if (content?.kind === "text" && /-----BEGIN [A-Z0-9 ]*(CERTIFICATE|PRIVATE KEY)-----/.test(content.text)) return true;
  return /\.(pem|crt|cer|cert|key)$/i.test(path);
}
