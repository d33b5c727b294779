import type { Cluster, Subject } from "../cluster/cluster";
import type { KnownConfiguration } from "../cluster/configuration/known-configuration";
import type { SubjectFile } from "../cluster/configuration/subject-file";
import { type Finding, type Outcome, outcomeOf } from "../cluster/outcome";
import { isToleratedInConfigMap } from "../kubeadm/config/is-tolerated-in-config-map";
import type { KubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { type Refusal, refusalText } from "../kubeadm/config/refusal";
import type { ConfigurationFault } from "../kubeadm/config/validate-kubeadm-config";
import { unlessUnread } from "./support/applicability";
import { configurationFix, FIX_ABSENT } from "./support/configuration-fix";
import { inLines } from "./support/lists";
import { fieldText, placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { isToldByUpgradeable, TOLD_BY_UPGRADEABLE } from "./support/told-by-upgradeable";

interface Refused {
  readonly place: string;
  readonly error: string;
  /** What to do about it, as a sentence. */
  readonly fix: string;
}

const refused = messageTemplate<Refused>("refused", ([{ data }]) =>
  [
    `${data.place}: kubeadm cannot read the configuration: ${inBrief(data.error)}`,
    `kubeadm would fail on every node: ${data.error}`,
    `Fix: ${data.fix}`,
  ].join("\n"),
);

const atCommand = messageTemplate<Refused & { readonly command: string }>("atCommand", ([{ data }]) =>
  [
    `${data.place}: ${data.command} fails on this file: ${inBrief(data.error)}`,
    ...(inBrief(data.error) === data.error ? [] : [`${data.command} --config would say: ${data.error}`]),
    "kubeadm config validate of this release ignores the document, so it does not report this.",
    `Fix: ${data.fix}`,
  ].join("\n"),
);

interface Invalid extends Refused {
  /** True for a file, as opposed to the ConfigMap. */
  readonly inFile: boolean;
  /** True if kubeadm only prints a warning about it when it reads the file. */
  readonly warned: boolean;
}

const invalid = messageTemplate<Invalid>("invalid", (findings) => {
  const [{ data, level }] = findings;
  const brief = inBrief(data.error);
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : "";
  const all = findings.map((one) => ({ name: `${one.data.place}:`, text: one.data.error }));
  return [
    `${data.place}: kubeadm config validate refuses this configuration: ${brief}${more}`,
    ...(findings.length === 1 && brief === data.error ? [] : inLines(all)),
    data.inFile ? (data.warned ? WARNED : STOPS) : level === "advisory" ? IN_SILENCE : LATER,
    ...[...new Set(findings.map((one) => one.data.fix))].map((fix) => `Fix: ${fix}`),
  ].join("\n");
});

const WARNED = "kubeadm init and join with this file only print a warning, and continue without the field.";
const STOPS = "kubeadm init and join with this file would fail.";

/** Faults for strict decoding only: `init`, `join` and `upgrade` decode leniently after a warning. */
const WARNED_OF: ReadonlySet<Refusal["id"]> = new Set(["unknownField", "duplicateField"] as const);

const FIX_FIELDS = "correct the fields named above.";

const IN_SILENCE =
  "kubeadm silently ignores this when it reads the ConfigMap; kubeadm init, or a re-upload of the file, would not.";
/** What etcd's TLS options say, at which kubeadm's etcd client fails (etcd v3.5 client/pkg/transport/listener.go). */
const LATER =
  "kubeadm still reads the ConfigMap, but would fail on every node: failed to create etcd client for external etcd: KeyFile and CertFile must both be present";

/** The first line, without the stage and the kind of document that kubeadm names before it. */
function inBrief(error: string): string {
  const [line = ""] = error.replace(STAGE, "").split("strict decoding error: ").at(-1)?.split("\n") ?? [];
  return line;
}

const STAGE = /^failed to decode cluster configuration data: /;

const furtherDocument = messageTemplate<{ readonly place: string }>(
  "furtherDocument",
  ([{ data }]) =>
    `Another document begins at ${data.place}; kubeadm reads only the first document of a ConfigMap. Remove the others.`,
);

/** What `kubeadm config validate` demands of the configuration; what kubeadm's reading of the ConfigMap tolerates is advisory. */
export const kubeadmConfigValid: Policy = {
  id: "kubeadm-config-valid",
  title: "kubeadm-config valid",
  description: "kubeadm can read the ClusterConfiguration, and every field is valid.",
  severity: "high",
  level: "mandatory",
  remediation: "Fix the text of data.ClusterConfiguration.",
  tags: ["configuration"],
  messages: {
    refused: refused.message,
    atCommand: atCommand.message,
    invalid: invalid.message,
    furtherDocument: furtherDocument.message,
  },
  check(cluster) {
    const { configuration, subject } = cluster;
    if (subject.partial !== undefined) return { kind: "not-applicable", why: subject.partial };
    if (configuration.kind === "absent") {
      const { error } = configuration;
      return outcomeOf([refused.finding({ data: { place: subject.field, error, fix: FIX_ABSENT } })], []);
    }
    if (subject.file !== undefined) return outcomeOfFile(cluster, subject.file);
    if (configuration.kind === "text") return outcomeOfText(cluster, configuration);
    const read = unlessUnread(cluster);
    return read.kind === "settled" ? read.outcome : outcomeOf([], []);
  },
};

/** What `kubeadm config validate` says of a file. It is content with one that holds no ClusterConfiguration, or nothing. */
function outcomeOfFile(cluster: Cluster, { kubeadm, faults, commandFaults }: SubjectFile): Outcome {
  const stops = commandFaults().map(({ command, line, refusal }) => {
    const place = placeText(cluster.subject.field, line);
    const fix = configurationFix(refusal, kubeadm);
    return atCommand.finding({ data: { place, command, error: refusalText(refusal), fix } });
  });
  const invalids = untold(cluster, faults()).map((fault) => {
    const warned = WARNED_OF.has(fault.id);
    const finding = { data: { ...faultData(fault, cluster.subject, kubeadm), inFile: true, warned } };
    return invalid.finding(warned ? { ...finding, level: "advisory" } : finding);
  });
  return outcomeUnlessTold(cluster, [...invalids, ...stops]);
}

function outcomeOfText(cluster: Cluster, { kubeadm, reading, faults }: KnownConfiguration): Outcome {
  const place = (line: number | undefined) => placeText(cluster.subject.field, line);
  const further = reading.remarks
    .filter((remark) => remark.kind === "further-document")
    .map(({ line }) => furtherDocument.finding({ level: "advisory", data: { place: place(line) } }));
  if (reading.kind === "refused" && !isToldByUpgradeable(cluster)) {
    const { refusal, position } = reading;
    const fix = configurationFix(refusal, kubeadm);
    const data = { place: place(position?.line), error: refusalText(refusal), fix };
    return outcomeOf([refused.finding({ data }), ...further], []);
  }
  const invalids = untold(cluster, faults()).map((fault) => {
    const data = { ...faultData(fault, cluster.subject, kubeadm), inFile: false, warned: WARNED_OF.has(fault.id) };
    return invalid.finding(isToleratedInConfigMap(fault, reading) ? { data, level: "advisory" } : { data });
  });
  return outcomeUnlessTold(cluster, [...invalids, ...further]);
}

function untold(cluster: Cluster, faults: readonly ConfigurationFault[]): readonly ConfigurationFault[] {
  return isToldByUpgradeable(cluster) ? faults.filter(({ id }) => !TOLD_BY_UPGRADEABLE.has(id)) : faults;
}

function outcomeUnlessTold(cluster: Cluster, findings: readonly Finding[]): Outcome {
  return isToldByUpgradeable(cluster) && findings.length === 0
    ? { kind: "not-applicable", why: "kubeadm of the target release cannot read it (kubeadm-config-upgradeable)" }
    : outcomeOf(findings, []);
}

function faultData(fault: ConfigurationFault, { field: text }: Subject, kubeadm: KubeadmRelease): Refused {
  const place = placeText(text, fault.line);
  const field = fieldText(fault.path);
  const error = refusalText(fault);
  return {
    place: error.includes(field) ? place : `${place} ${field}`,
    error,
    fix: configurationFix(fault, kubeadm, FIX_FIELDS),
  };
}
