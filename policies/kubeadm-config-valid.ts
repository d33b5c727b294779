import type { Cluster } from "../cluster/cluster";
import { type ConfigurationFault, validateKubeadmConfig } from "../cluster/configuration/validate-configuration";
import { type Finding, outcomeOf } from "../cluster/outcome";
import { unlessUnread } from "./applicability";
import { placeText } from "./place";
import { messageTemplate, type Policy } from "./policy";

interface Refused {
  readonly place: string;
  readonly error: string;
}

const refused = messageTemplate<Refused>("refused", ([{ data }]) =>
  [
    `kubeadm cannot read ${data.place}.`,
    `kubeadm would stop on every node: ${data.error}`,
    "Fix: mend the text; kubeadm config validate --config FILE says whether it is in order.",
  ].join("\n"),
);

const invalid = messageTemplate<Refused>("invalid", (findings) =>
  [
    `kubeadm config validate refuses this configuration, at ${findings[0].data.place}${findings.length > 1 ? ` and ${findings.length - 1} more` : ""}.`,
    ...findings.map(({ data }) => `  ${data.place}: ${data.error}`),
    findings[0].level === "advisory"
      ? "kubeadm's reading of the ConfigMap passes over this in silence; kubeadm init, or a re-upload of the file, would not."
      : "Reading the ConfigMap, kubeadm stops at this later, on every node.",
    "Fix: mend the fields named above.",
  ].join("\n"),
);

const furtherDocument = messageTemplate<{ readonly place: string }>(
  "furtherDocument",
  ([{ data }]) =>
    `A further document begins at ${data.place}; kubeadm reads only the first one of a ConfigMap. Remove the others.`,
);

/** What `kubeadm config validate` demands of the configuration; what kubeadm's reading of the ConfigMap tolerates is advisory. */
export const kubeadmConfigValid: Policy = {
  id: "kubeadm-config-valid",
  title: "kubeadm-config valid",
  description: "kubeadm can read the ClusterConfiguration and finds every field of it in order.",
  severity: "high",
  level: "mandatory",
  remediation: "Mend the text of data.ClusterConfiguration.",
  messages: { refused: refused.message, invalid: invalid.message, furtherDocument: furtherDocument.message },
  check(cluster) {
    const { configuration, subject } = cluster;
    if (subject.partial !== undefined) return { kind: "not-applicable", why: subject.partial };
    if (configuration.kind === "absent") {
      return outcomeOf([refused.finding({ data: { place: subject.field, error: configuration.error } })], []);
    }
    if (configuration.kind === "text") return outcomeOf(findingsOf(cluster, configuration), []);
    const read = unlessUnread(cluster);
    return read.kind === "settled" ? read.outcome : outcomeOf([], []);
  },
};

type KnownText = Extract<Cluster["configuration"], { kind: "text" }>;

function findingsOf({ subject }: Cluster, { text, kubeadm, reading }: KnownText): readonly Finding[] {
  const place = (line: number | undefined) => placeText(subject.field, line);
  const further = reading.remarks
    .filter((remark) => remark.kind === "further-document")
    .map(({ line }) => furtherDocument.finding({ level: "advisory", data: { place: place(line) } }));
  if (reading.kind === "refused") {
    const data = { place: place(reading.position?.line), error: reading.error };
    return [refused.finding({ data }), ...further];
  }
  const faults = validateKubeadmConfig(text, kubeadm);
  return [...faults.map((fault) => findingOf(fault, place(fault.line))), ...further];
}

function findingOf(fault: ConfigurationFault, place: string): Finding {
  const field = fault.path.join(".");
  return invalid.finding({
    data: { place: field === "" ? place : `${place} ${field}`, error: fault.message },
    ...(fault.toleratedInConfigMap ? { level: "advisory" } : {}),
  });
}
