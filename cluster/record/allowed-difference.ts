import type { FieldDifference } from "./configuration-difference";

/** A difference between two environments that the team wants. */
export interface AllowedDifference {
  /** A field path, or the path of everything below it: `etcd.external.endpoints`, `apiServer.extraArgs`. */
  readonly field: string;
  readonly reason: string;
}

/** True if the difference is the allowed field, or lies below it. */
export function allows(allowed: AllowedDifference, { field }: Pick<FieldDifference, "field">): boolean {
  return field === allowed.field || field.startsWith(`${allowed.field}.`);
}
