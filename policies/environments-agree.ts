import type { Cluster } from "../cluster/cluster";
import { outcomeOf } from "../cluster/outcome";
import { type AllowedDifference, allows } from "../cluster/record/allowed-difference";
import {
  configurationDifference,
  type FieldDifference,
  normalValueText,
} from "../cluster/record/configuration-difference";
import type { ConfigurationRecord } from "../cluster/record/configuration-record";
import { normalForm } from "../kubeadm/config/normal-form";
import { publicKey, publicPath, publicProse } from "../machine/public-text";
import { settingName } from "../reasons/setting-name";
import { unlessUnread } from "./support/applicability";
import { audienceOf } from "./support/audience-of";
import { cutLines } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";
import { unusableRecord } from "./support/unusable-record";

const differs = messageTemplate<{ readonly difference: FieldDifference; readonly other: string }>(
  "differs",
  (findings, cluster) => {
    const [{ data }] = findings;
    return [
      `${cluster.name} differs from ${data.other} in ${findings.length === 1 ? "1 field" : `${findings.length} fields`} of the kubeadm-config.`,
      ...cutLines(
        findings.map(
          ({ data: { difference, other } }) =>
            `  ${publicKey(difference.field)}: ${normalValueText(difference.before)} in ${other}, ${normalValueText(difference.after)} here`,
        ),
      ),
      `Fix: align the two environments, or list the field with the reason for the difference: ${settingName("compareWith.allow", audienceOf(cluster))}.`,
    ].join("\n");
  },
);

const allowedButEqual = messageTemplate<{ readonly allowed: AllowedDifference; readonly other: string }>(
  "allowedButEqual",
  (findings, cluster) =>
    [
      `${cluster.name} and ${findings[0].data.other} no longer differ where a difference is allowed.`,
      ...cutLines(
        findings.map(({ data: { allowed } }) => `  ${publicKey(allowed.field)}: ${publicProse(allowed.reason)}`),
      ),
      `Fix: remove these entries: ${settingName("compareWith.allow", audienceOf(cluster))}.`,
    ].join("\n"),
);

const fileOnlyThere = messageTemplate<{ readonly other: string }>("fileOnlyThere", (findings, cluster) =>
  [
    `Files that every control-plane node of ${findings[0].data.other} has are missing in ${cluster.name}.`,
    ...cutLines(findings.map(({ node, path }) => `  ${path} on ${node}`)),
    "Fix: put the files on these nodes, or record the other environment again if it no longer needs them.",
  ].join("\n"),
);

/** This environment's kubeadm-config and file layout match those of another, except for the differences that the team allows. */
export const environmentsAgree: Policy = {
  id: "environments-agree",
  title: "Environments agree",
  description:
    "The kubeadm-config matches that of the environment it is compared with, except for differences that the team allows.",
  severity: "low",
  level: "advisory",
  remediation: "Align the two environments, or allow the difference and give a reason.",
  tags: ["drift"],
  messages: {
    differs: differs.message,
    allowedButEqual: allowedButEqual.message,
    fileOnlyThere: fileOnlyThere.message,
  },
  check(cluster) {
    const { comparison } = cluster;
    if (comparison === undefined) return { kind: "not-applicable", why: "no environment to compare with is named" };
    const { other, allowed } = comparison;
    if (other.kind === "unusable") return outcomeOf([], [unusableRecord(other)]);
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const { record } = other;
    const differences = configurationDifference(record.configuration, normalForm(read.reading.configuration));
    const unwanted = differences.filter((difference) => !allowed.some((one) => allows(one, difference)));
    const equal = allowed.filter((one) => !differences.some((difference) => allows(one, difference)));
    const name = nameOfOther(cluster, record);
    const files = missingFiles(cluster, record, name);
    return outcomeOf(
      [
        ...unwanted.map((difference) => differs.finding({ data: { difference, other: name } })),
        ...files.missing.map((at) => fileOnlyThere.finding({ ...at, data: { other: name } })),
        ...equal.map((one) => allowedButEqual.finding({ data: { allowed: one, other: name } })),
      ],
      files.undecided,
    );
  },
};

/** The other environment: two whose clusters have one name, as kubeadm's default makes them, are told apart by the record. */
function nameOfOther({ name, settings }: Cluster, record: ConfigurationRecord): string {
  const path = settings.compareWith?.record;
  return record.cluster !== name || path === undefined ? record.cluster : `${record.cluster} of ${publicPath(path)}`;
}

/** The recorded files that nodes of this cluster lack. */
function missingFiles(cluster: Cluster, { filesOnEveryNode }: ConfigurationRecord, other: string) {
  if (filesOnEveryNode === undefined || cluster.controlPlane.kind === "unknown") return { missing: [], undecided: [] };
  const cells = cluster.controlPlane.nodes.flatMap((node) =>
    filesOnEveryNode.map((path) => ({ node: node.name, path, kind: node.files.presence(path).kind })),
  );
  const open = [...new Set(cells.flatMap(({ path, kind }) => (kind === "undecided" ? [path] : [])))];
  return {
    missing: cells.flatMap(({ node, path, kind }) => (kind === "missing" ? [{ node, path }] : [])),
    undecided:
      open.length === 0
        ? []
        : [
            {
              reason: { id: "compared-files-undecided", data: { other, paths: open } },
              node: null,
              path: null,
            } as const,
          ],
  };
}
