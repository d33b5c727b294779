import type { NormalForm } from "../../kubeadm/config/normal-form";
import type { ControlPlane } from "../cluster";
import { configurationDifference, fieldDifferenceText } from "./configuration-difference";
import type { ConfigurationRecord } from "./configuration-record";

/** What is to be recorded, by whom, when and why. */
export interface NewEntry {
  readonly cluster: string;
  readonly configuration: NormalForm;
  readonly filesOnEveryNode: readonly string[] | undefined;
  readonly date: Date;
  readonly by: string | undefined;
  readonly reason: string;
}

/**
 * The record with one entry more, whose `changes` are the fields that differ from the entry before; `unchanged` where
 * nothing that is recorded differs.
 */
export function recordConfiguration(
  before: ConfigurationRecord | undefined,
  entry: NewEntry,
): { readonly kind: "record"; readonly record: ConfigurationRecord } | { readonly kind: "unchanged" } {
  const { cluster, configuration, filesOnEveryNode = before?.filesOnEveryNode } = entry;
  const changes = before === undefined ? [] : changesSince(before, configuration, filesOnEveryNode);
  if (before !== undefined && changes.length === 0) return { kind: "unchanged" };
  const kubernetesVersion = String(configuration.get("kubernetesVersion") ?? "");
  const { by, reason } = entry;
  const added = { date: entry.date.toISOString(), by, reason, kubernetesVersion, changes };
  return {
    kind: "record",
    record: { cluster, configuration, filesOnEveryNode, history: [...(before?.history ?? []), added] },
  };
}

function changesSince(
  { configuration: old, filesOnEveryNode: oldFiles = [] }: ConfigurationRecord,
  configuration: NormalForm,
  files: readonly string[] = [],
): readonly string[] {
  return [
    ...configurationDifference(old, configuration).map(fieldDifferenceText),
    ...files.filter((path) => !oldFiles.includes(path)).map((path) => `file on every node: ${path}`),
    ...oldFiles.filter((path) => !files.includes(path)).map((path) => `no longer on every node: ${path}`),
  ];
}

/** The files that every control-plane node has for certain, in path order; undefined where no disk is known. */
export function filesOnEveryNode(controlPlane: ControlPlane): readonly string[] | undefined {
  if (controlPlane.kind === "unknown") return undefined;
  const [first, ...others] = controlPlane.nodes;
  const paths = first?.files.present.map(({ path }) => path) ?? [];
  if (paths.length === 0) return undefined;
  return paths.filter((path) => others.every(({ files }) => files.presence(path).kind === "present")).sort();
}
