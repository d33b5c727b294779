import type { Cluster } from "../../../cluster/cluster";
import type { EtcdEndpoint } from "../../../kubeadm/config/etcd-endpoint";
import type { EndpointData } from "./endpoint-message";

/** The endpoints that are known, and where they stand. */
export interface Endpoints {
  readonly cluster: Cluster;
  readonly endpoints: readonly EtcdEndpoint[];
  /** False where others contain templates, so that it is not known whether they work. */
  readonly isWhole: boolean;
  /** True if any of caFile, certFile and keyFile is set. */
  readonly withFiles: boolean;
  readonly where: (endpoint: EtcdEndpoint, why: string) => { readonly data: EndpointData };
}
