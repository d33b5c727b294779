import type { ClusterConfiguration } from "./cluster-configuration.js";

/** What kubeadm makes of the text of `data.ClusterConfiguration`. */
export type ConfigurationReading =
  | {
      readonly kind: "decoded";
      readonly configuration: ClusterConfiguration;
      /** The 1-based line of a field that the text holds; undefined for a field that it does not hold. */
      readonly lineOf: LineOf;
      readonly remarks: readonly ConfigurationRemark[];
    }
  | {
      readonly kind: "refused";
      /** kubeadm's words where they can be known, as in "failed to decode cluster configuration data: …". */
      readonly error: string;
      readonly position?: TextPosition;
      readonly remarks: readonly ConfigurationRemark[];
    };

/** A field path as in the text: `["etcd", "external", "endpoints", 0]`. */
export type FieldPath = readonly (string | number)[];

export type LineOf = (path: FieldPath) => number | undefined;

/** 1-based. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Something in the text that kubeadm passes over without a word (or with a warning in its log). */
export type ConfigurationRemark =
  | { readonly kind: "duplicate-field"; readonly path: FieldPath; readonly line: number; readonly firstLine: number }
  | { readonly kind: "unknown-field"; readonly path: FieldPath; readonly line: number; readonly suggestion?: string }
  | { readonly kind: "further-document"; readonly line: number };
