import { NOT_RECORDED, type NormalForm, type NormalValue } from "../../kubeadm/config/normal-form";
import { publicKey, publicValue } from "../../machine/public-text";

/** A field whose value differs; `undefined` where it is not set. */
export interface FieldDifference {
  readonly field: string;
  readonly before: NormalValue | undefined;
  readonly after: NormalValue | undefined;
}

/** The fields in which two configurations differ, in path order. */
export function configurationDifference(before: NormalForm, after: NormalForm): readonly FieldDifference[] {
  const fields = [...new Set([...before.keys(), ...after.keys()])].sort();
  return fields
    .map((field) => ({ field, before: before.get(field), after: after.get(field) }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

/** `certFile: /a.pem → /b.pem`, `featureGates.X: (not set) → true`. */
export function fieldDifferenceText({ field, before, after }: FieldDifference): string {
  return `${publicKey(field)}: ${normalValueText(before)} → ${normalValueText(after)}`;
}

/** A value as messages show it, where it may be shown; lists in brackets. */
export function normalValueText(value: NormalValue | undefined): string {
  if (value === undefined) return "(not set)";
  if (typeof value === "object") return `[${value.map(valueText).join(", ")}]`;
  return typeof value === "boolean" ? String(value) : valueText(value);
}

function valueText(value: string): string {
  if (value === "") return '""';
  return value === NOT_RECORDED ? value : publicValue(value);
}
