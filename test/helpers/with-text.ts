import type { Reason } from "../../reasons/reason";
import { reasonText } from "../../reasons/reason-texts";

/** The same value with the text of its reason in place of the reason, as people read it. */
export function withText<Value extends object>(value: Value): object {
  if (!hasReason(value)) return value;
  const { reason, ...rest } = value;
  return { ...rest, why: reasonText(reason) };
}

function hasReason(value: object): value is { readonly reason: Reason } {
  return "reason" in value;
}
