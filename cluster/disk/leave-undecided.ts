import type { Reason } from "../../reasons/reason";
import type { Evidence } from "../evidence";
import type { UndecidedPlaces } from "./undecided-places";

/** Evidence that may be about a node: its operations may have happened there, at any moment. */
export function leaveUndecided(places: UndecidedPlaces, { source, operations }: Evidence, reason: Reason): void {
  for (const operation of operations) places.addOperation(operation, { reason, source }, Number.POSITIVE_INFINITY);
}
