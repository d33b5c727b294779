import type { Cluster } from "../../cluster/cluster";
import type { Audience } from "../../reasons/setting-name";

/** Who reads what is said of a cluster: in a preview a resource carries its kubeadm-config, and check reads a file or the API. */
export function audienceOf({ subject }: Pick<Cluster, "subject">): Audience {
  return subject.urn === undefined ? "check" : "preview";
}
