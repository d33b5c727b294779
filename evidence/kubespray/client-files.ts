import { join } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { InventoryHost } from "./inventory";
import type { KubesprayVariables } from "./kubespray-variables";

/** The three paths that Kubespray writes into the kubeadm-config when it renders it on one node. */
export type ClientFiles =
  | { readonly kind: "known"; readonly caFile: string; readonly certFile: string; readonly keyFile: string }
  | { readonly kind: "undecided"; readonly reason: Reason };

/** `{{ etcd_cert_dir }}/{{ kube_etcd_*_file }}` of templates/kubeadm-config.*.yaml.j2, the same from v2.15 to v2.31. */
export function clientFiles(host: InventoryHost, certDir: string, variables: KubesprayVariables): ClientFiles {
  const [ca, cert, key] = [
    variables.text(host, "kube_etcd_cacert_file"),
    variables.text(host, "kube_etcd_cert_file"),
    variables.text(host, "kube_etcd_key_file"),
  ];
  if (ca.kind === "undecided") return ca;
  if (cert.kind === "undecided") return cert;
  if (key.kind === "undecided") return key;
  return {
    kind: "known",
    caFile: join(certDir, ca.text),
    certFile: join(certDir, cert.text),
    keyFile: join(certDir, key.text),
  };
}
