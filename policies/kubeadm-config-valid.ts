import type { Cluster, Subject } from "../cluster/cluster";
import { type Finding, type Outcome, outcomeOf } from "../cluster/outcome";
import { type ConfigurationFault, validateKubeadmConfig } from "../kubeadm/config/validate-configuration";
import { unlessUnread } from "./support/applicability";
import { inLines } from "./support/lists";
import { fieldText, placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { isToldByUpgradeable, TOLD_BY_UPGRADEABLE } from "./support/told-by-upgradeable";

interface Refused {
  readonly place: string;
  readonly error: string;
}

const refused = messageTemplate<Refused>("refused", ([{ data }]) =>
  [
    `${data.place}: kubeadm cannot read the configuration: ${inBrief(data.error)}`,
    `kubeadm would stop on every node: ${data.error}`,
    EXTRA_ARGS.test(data.error)
      ? "Fix: write extraArgs as a map (NAME: VALUE) in v1beta3, as a list of {name, value} in v1beta4."
      : "Fix: mend the text; kubeadm config validate --config FILE says whether it is in order.",
  ].join("\n"),
);

const EXTRA_ARGS = /cannot unmarshal (?:array|object) into Go struct field \S*[eE]xtraArgs /;

interface Invalid extends Refused {
  /** True for a file, which nobody reads from the ConfigMap. */
  readonly inFile: boolean;
}

const invalid = messageTemplate<Invalid>("invalid", (findings) => {
  const [{ data, level }] = findings;
  const brief = inBrief(data.error);
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : "";
  const all = findings.map((one) => ({ name: `${one.data.place}:`, text: one.data.error }));
  return [
    `${data.place}: kubeadm config validate refuses this configuration: ${brief}${more}`,
    ...(findings.length === 1 && brief === data.error ? [] : inLines(all)),
    data.inFile ? IN_FILE : level === "advisory" ? IN_SILENCE : LATER,
    "Fix: mend the fields named above.",
  ].join("\n");
});

const IN_FILE = "kubeadm init and join with this file only warn of unknown and duplicate fields, and stop at the rest.";
const IN_SILENCE =
  "kubeadm's reading of the ConfigMap passes over this in silence; kubeadm init, or a re-upload of the file, would not.";
/** What etcd's TLS options say, at which kubeadm's etcd client fails (etcd v3.5 client/pkg/transport/listener.go). */
const LATER =
  "kubeadm reads the ConfigMap all the same, and would stop on every node: failed to create etcd client for external etcd: KeyFile and CertFile must both be present";

/** The first line, without the stage and the kind of document that kubeadm names before it. */
function inBrief(error: string): string {
  const [line = ""] = error.replace(STAGE, "").split("strict decoding error: ").at(-1)?.split("\n") ?? [];
  return line;
}

const STAGE = /^failed to decode cluster configuration data: /;

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
    if (subject.file !== undefined) return outcomeOfFile(cluster, subject.file);
    if (configuration.kind === "text") return outcomeOfText(cluster, configuration);
    const read = unlessUnread(cluster);
    return read.kind === "settled" ? read.outcome : outcomeOf([], []);
  },
};

/** What `kubeadm config validate` says of a file. It is content with one that holds no ClusterConfiguration, or nothing. */
function outcomeOfFile(cluster: Cluster, { text, kubeadm }: NonNullable<Subject["file"]>): Outcome {
  return outcomeOfFaults(cluster, validateKubeadmConfig(text, kubeadm), []);
}

type KnownText = Extract<Cluster["configuration"], { kind: "text" }>;

function outcomeOfText(cluster: Cluster, { text, kubeadm, reading }: KnownText): Outcome {
  const place = (line: number | undefined) => placeText(cluster.subject.field, line);
  const further = reading.remarks
    .filter((remark) => remark.kind === "further-document")
    .map(({ line }) => furtherDocument.finding({ level: "advisory", data: { place: place(line) } }));
  if (reading.kind === "refused" && !isToldByUpgradeable(cluster)) {
    const data = { place: place(reading.position?.line), error: reading.error };
    return outcomeOf([refused.finding({ data }), ...further], []);
  }
  return outcomeOfFaults(cluster, validateKubeadmConfig(text, kubeadm), further);
}

function outcomeOfFaults(
  cluster: Cluster,
  faults: readonly ConfigurationFault[],
  further: readonly Finding[],
): Outcome {
  const toldElsewhere = isToldByUpgradeable(cluster);
  const own = toldElsewhere ? faults.filter(({ id }) => !TOLD_BY_UPGRADEABLE.has(id)) : faults;
  const findings = [...own.map((fault) => findingOf(fault, cluster.subject)), ...further];
  return toldElsewhere && findings.length === 0
    ? { kind: "not-applicable", why: "kubeadm of upgradeTo cannot read it (kubeadm-config-upgradeable)" }
    : outcomeOf(findings, []);
}

function findingOf({ path, line, message, toleratedInConfigMap }: ConfigurationFault, subject: Subject): Finding {
  const place = placeText(subject.field, line);
  const field = fieldText(path);
  const inFile = subject.file !== undefined;
  return invalid.finding({
    data: { place: message.includes(field) ? place : `${place} ${field}`, error: message, inFile },
    ...(toleratedInConfigMap && !inFile ? { level: "advisory" } : {}),
  });
}
