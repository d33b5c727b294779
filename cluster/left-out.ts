import type { Reason } from "../reasons/reason";
import type { ClusterSettings, SettingsProblem } from "./cluster-settings";

/**
 * Why there may be more to know about a cluster than its settings say: one reason for each part that was left out of these
 * keys because it could not be used.
 */
export function leftOut(
  problems: readonly SettingsProblem[],
  keys: readonly (keyof ClusterSettings)[],
): readonly Reason[] {
  const ours: readonly (string | undefined)[] = keys;
  const places = problems.filter(({ leavesOut }) => ours.includes(leavesOut)).map(({ where }) => where);
  return [...new Set(places)].map((where) => ({ id: "setting-unusable", data: { where } }));
}
