import type { ReasonId } from "./reason";
import { REASON_TEXTS } from "./reason-texts";

/** The ids of all reasons, in the order of their texts. */
export const REASON_IDS: readonly ReasonId[] = Object.keys(REASON_TEXTS).filter(isReasonId);

function isReasonId(name: string): name is ReasonId {
  return name in REASON_TEXTS;
}
