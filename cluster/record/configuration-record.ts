import type { NormalForm } from "../../kubeadm/config/normal-form";

/** The committed copy of a kubeadm-config that drift is measured against, with the reasons why it changed. */
export interface ConfigurationRecord {
  /** The cluster's name when it was recorded. */
  readonly cluster: string;
  readonly configuration: NormalForm;
  /** Paths of files that every control-plane node had, where the disks were known; in path order. */
  readonly filesOnEveryNode: readonly string[] | undefined;
  /** Oldest first; never empty. */
  readonly history: readonly RecordEntry[];
}

/** One line of the change record: who recorded the configuration, when and why, and what had changed since the entry before. */
export interface RecordEntry {
  /** ISO 8601, in UTC. */
  readonly date: string;
  /** Who, as git knows them; undefined where it was not given. */
  readonly by: string | undefined;
  readonly reason: string;
  readonly kubernetesVersion: string;
  /** Fields that differ from the entry before, one line each; empty for the first. */
  readonly changes: readonly string[];
}

/** A record that the settings name, as far as it could be read. `path` is absolute. */
export type RecordReading =
  | { readonly kind: "record"; readonly path: string; readonly record: ConfigurationRecord }
  /** `why` is the end of a sentence. */
  | { readonly kind: "unusable"; readonly path: string; readonly why: string };
