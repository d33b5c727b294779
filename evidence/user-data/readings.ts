import type { Budget } from "../../machine/budget";
import type { Reason } from "../../reasons/reason";
import type { ShellReading } from "../../shell/shell-reading";

/** Texts of files that earlier steps wrote, by path. Grows while one machine's user data is played. */
export type Files = Map<string, string> & { readonly budget?: Budget };

/** No files yet, for a machine whose user data may cost as much as the budget has. */
export function newFiles(budget: Budget | undefined): Files {
  return Object.assign(new Map<string, string>(), budget === undefined ? {} : { budget });
}

/** One reading for several, in their order. */
export function joinReadings(readings: readonly ShellReading[]): ShellReading {
  return {
    operations: readings.flatMap((reading) => reading.operations),
    kubeadm: readings.flatMap((reading) => reading.kubeadm),
    remote: readings.flatMap((reading) => reading.remote),
    unread: readings.flatMap((reading) => reading.unread),
  };
}

/** What may put anything anywhere. */
export function mightWriteAnywhere(reason: Reason): ShellReading {
  return {
    operations: [{ do: "might-write", scope: { kind: "anywhere" }, reason }],
    kubeadm: [],
    remote: [],
    unread: [],
  };
}
