import type { AllowedDifference } from "./allowed-difference";
import type { RecordReading } from "./configuration-record";

/** The other environment that this cluster is to agree with, by its record, and where it may differ. */
export interface Comparison {
  readonly other: RecordReading;
  readonly allowed: readonly AllowedDifference[];
}
