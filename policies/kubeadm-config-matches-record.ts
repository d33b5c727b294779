import { outcomeOf } from "../cluster/outcome";
import {
  configurationDifference,
  type FieldDifference,
  fieldDifferenceText,
} from "../cluster/record/configuration-difference";
import type { RecordEntry } from "../cluster/record/configuration-record";
import { normalForm } from "../kubeadm/config/normal-form";
import { publicProse } from "../machine/public-text";
import { unlessUnread } from "./support/applicability";
import { cutLines } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";
import { unusableRecord } from "./support/unusable-record";

interface DifferenceData {
  readonly difference: FieldDifference;
  readonly record: string;
  readonly last: RecordEntry;
}

const differs = messageTemplate<DifferenceData>("differs", (findings) => {
  const [{ data }] = findings;
  const { date, by, reason } = data.last;
  const fields = findings.length === 1 ? "1 field" : `${findings.length} fields`;
  return [
    `The kubeadm-config differs from its record in ${fields}: ${data.record}.`,
    ...cutLines(findings.map((one) => `  ${fieldDifferenceText(one.data.difference)}`)),
    `Recorded on ${date.slice(0, 10)}${by === undefined ? "" : ` by ${publicProse(by)}`}: ${publicProse(reason)}`,
    `Fix: if the change is intended, record it with its reason (kubeadm-guard record --out ${data.record} --reason "..."); otherwise restore the recorded values.`,
  ].join("\n");
});

/** The kubeadm-config matches its latest record, in which each change has a reason. */
export const kubeadmConfigMatchesRecord: Policy = {
  id: "kubeadm-config-matches-record",
  title: "kubeadm-config matches its record",
  description: "The kubeadm-config matches the record that the team keeps of it.",
  severity: "medium",
  level: "advisory",
  remediation: "Record an intended change with its reason, and revert any other change.",
  tags: ["drift"],
  messages: { differs: differs.message },
  check(cluster) {
    const { record: reading } = cluster;
    if (reading === undefined) return { kind: "not-applicable", why: "no record is named" };
    if (reading.kind === "unusable") {
      return outcomeOf([], [unusableRecord(reading)]);
    }
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const { path, record } = reading;
    const last = record.history.at(-1);
    if (last === undefined) return { kind: "not-applicable", why: `the record ${path} has no entry` };
    const differences = configurationDifference(record.configuration, normalForm(read.reading.configuration));
    return outcomeOf(
      differences.map((difference) => differs.finding({ data: { difference, record: path, last } })),
      [],
    );
  },
};
