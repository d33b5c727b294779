import { fixLines } from "./fix/fix-lines";
import type { ClusterReport } from "./report";
import { upgradePathText } from "./upgrade-path-text";

/** A block of a report that says what to do; plain text, whose columns are aligned by spaces. */
export interface PlanBlock {
  /** Without the colon after it. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** What gives the nodes the files that they lack, and the upgrade path; nothing of what a report does not have. */
export function planBlocks({ fix, upgradePath }: ClusterReport): readonly PlanBlock[] {
  return [
    ...(fix === undefined ? [] : [{ title: FIX, lines: [...fixLines(fix), ...otherNames(fix)] }]),
    ...(upgradePath === undefined ? [] : [{ title: "Upgrade path", lines: upgradePathText(upgradePath) }]),
  ];
}

const FIX =
  "Commands that give the nodes these files (check --fix-script FILE writes them as a script that also verifies and undoes)";

function otherNames({ names }: NonNullable<ClusterReport["fix"]>): readonly string[] {
  if (names.length === 0) return [];
  const listed = names.map(({ field, path }) => `${field} ${path}`).join(", ");
  return [`  or, in the same script, other names for the kubeadm-config: ${listed}`];
}
