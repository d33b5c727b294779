import type { ConfigurationReading } from "./read-cluster-configuration";
import type { Refusal } from "./refusal";

/** True for what kubeadm tolerates when it reads the ConfigMap, and in what it does afterwards. */
export function isToleratedInConfigMap({ id }: Refusal, reading: ConfigurationReading): boolean {
  return reading.kind === "decoded" && !FATAL_LATER.has(id);
}

/** What kubeadm does not see in the ConfigMap, and at which its etcd client fails (etcd v3.5 client/pkg/transport/listener.go). */
const FATAL_LATER: ReadonlySet<Refusal["id"]> = new Set(["etcdCertificateWithoutKey"] as const);
