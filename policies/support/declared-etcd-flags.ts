import type { ApiServer } from "../../cluster/live-cluster";
import { hostText } from "../../cluster/node-names";
import type { ClusterConfiguration } from "../../kubeadm/config/cluster-configuration";

/** The etcd flags of a kube-apiserver; a file is empty where no flag names one. */
export type EtcdFlags = Pick<ApiServer, "caFile" | "certFile" | "keyFile" | "etcdServers">;

/**
 * The etcd flags that kubeadm would give kube-apiserver by this configuration (phases/controlplane/manifests.go
 * getAPIServerCommand, 1.26.15 to 1.37.2): those of extraArgs win.
 */
export function declaredEtcdFlags({ etcd, certificatesDir, apiServer }: ClusterConfiguration): EtcdFlags {
  const { external } = etcd;
  const hasPair = external !== undefined && external.certFile !== "" && external.keyFile !== "";
  const own =
    external === undefined
      ? {
          caFile: `${certificatesDir}/etcd/ca.crt`,
          certFile: `${certificatesDir}/apiserver-etcd-client.crt`,
          keyFile: `${certificatesDir}/apiserver-etcd-client.key`,
          etcdServers: LOCAL,
        }
      : {
          caFile: external.caFile,
          certFile: hasPair ? external.certFile : "",
          keyFile: hasPair ? external.keyFile : "",
          etcdServers: external.endpoints,
        };
  const given = new Map(apiServer.extraArgs.map(({ name, value }) => [name, value]));
  return {
    caFile: given.get("etcd-cafile") ?? own.caFile,
    certFile: given.get("etcd-certfile") ?? own.certFile,
    keyFile: given.get("etcd-keyfile") ?? own.keyFile,
    etcdServers: given.get("etcd-servers")?.split(",") ?? own.etcdServers,
  };
}

/** With IPv6 it is `[::1]`, for which `isSameServers` takes it. */
const LOCAL = ["https://127.0.0.1:2379"];

/** True for the same members in any order. */
export function isSameServers(one: readonly string[], other: readonly string[]): boolean {
  const [first, second] = [one, other].map((servers) => new Set(servers.map(serverText)));
  return first !== undefined && first.size === second?.size && [...first].every((server) => second.has(server));
}

/** An endpoint as it is compared: its host without case and, where it is an address, in its shortest form. */
function serverText(server: string): string {
  const text = server.trim().toLowerCase().replace(/\/$/, "");
  const [, scheme, host, port = ""] = /^([a-z]+:\/\/)(\[[^\]]*\]|[^:/[\]]*)(:\d+)?$/.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return text;
  const short = hostText(host);
  return `${scheme}${short === "::1" ? "127.0.0.1" : short}${port}`;
}
