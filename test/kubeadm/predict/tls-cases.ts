import type { EtcdServers } from "../../../kubeadm/predict/predict-init-preflight";
import { type RecordedCluster, recordedClusters } from "../../helpers/recorded-clusters";

/** A case with a listening etcd. */
export interface TlsCase extends RecordedCluster {
  readonly etcdServers: EtcdServers | null;
}

/** A time at which every certificate of the cases is valid that is not about dates. */
export const NOW = Date.UTC(2026, 10, 23, 12);

export const TLS_CASES: readonly TlsCase[] = recordedClusters("clusters-with-etcd").filter(
  (one): one is TlsCase => "etcdServers" in one,
);

export function tlsCase(id: string): TlsCase {
  const one = TLS_CASES.find((candidate) => candidate.id === id);
  if (one === undefined) throw new Error(`no case ${id}`);
  return one;
}

/** The PEM texts of a case: master01's files, etcd's CA for its clients, what etcd01 serves. */
export function pems(id: string) {
  const { files, etcdServers } = tlsCase(id);
  const content = (name: string) =>
    files["master01"]?.find(({ path }) => path === `/etc/ssl/etcd/ssl/${name}`)?.content ?? "";
  return {
    certificate: content("node-master01.pem"),
    key: content("node-master01-key.pem"),
    ca: content("ca.pem"),
    trustedCa: etcdServers?.trustedCA ?? "",
    served: etcdServers?.certificates["etcd01"] ?? "",
  };
}
