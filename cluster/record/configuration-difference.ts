import type { NormalForm, NormalValue } from "../../kubeadm/config/normal-form";

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
    .filter((one) => normalValueText(one.before) !== normalValueText(one.after));
}

/** `certFile /a.pem → /b.pem`, `featureGates.X (not set) → true`. */
export function fieldDifferenceText({ field, before, after }: FieldDifference): string {
  return `${field}: ${normalValueText(before)} → ${normalValueText(after)}`;
}

/** A value as messages show it; lists in brackets. */
export function normalValueText(value: NormalValue | undefined): string {
  if (value === undefined) return "(not set)";
  return typeof value === "object" ? `[${value.join(", ")}]` : JSON.stringify(value).replace(/^"([^"\\]+)"$/, "$1");
}
