import { dump } from "js-yaml";
import type { ConfigurationRecord } from "../cluster/record/configuration-record";

/** The text of a record, in YAML that is made to be committed and reviewed: one field a line, in path order. */
export function recordFile({ cluster, configuration, filesOnEveryNode, history }: ConfigurationRecord): string {
  const document = {
    apiVersion: "kubeadm-guard/v1",
    kind: "KubeadmConfigRecord",
    cluster,
    configuration: Object.fromEntries(configuration),
    ...(filesOnEveryNode === undefined ? {} : { filesOnEveryNode }),
    history: history.map(({ date, by, reason, kubernetesVersion, changes }) => ({
      date,
      ...(by === undefined ? {} : { by }),
      reason,
      kubernetesVersion,
      ...(changes.length === 0 ? {} : { changes }),
    })),
  };
  return `${HEADER}${dump(document, { lineWidth: -1, noRefs: true })}`;
}

const HEADER = `# The recorded kubeadm-config of a cluster. kubeadm-guard record writes it; commit it, and do not edit it by hand.
`;
