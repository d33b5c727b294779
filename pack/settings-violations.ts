import { unmatchedClusters } from "../settings/merge-settings";
import { type RunSettings, SETTINGS_POLICY } from "./run-settings";
import type { Violation } from "./violations";

/** What is wrong with the settings of a stack that has no cluster to tell it with. */
export function settingsViolations({ problems, layers }: RunSettings): readonly Violation[] {
  return [...problems, ...unmatchedClusters([], layers)]
    .filter(({ level }) => level !== "remark")
    .map(({ where, what, level }) => ({
      policy: SETTINGS_POLICY,
      message: `${where}: ${what}`,
      urn: undefined,
      ...(level === undefined ? {} : { level: "advisory" }),
    }));
}
