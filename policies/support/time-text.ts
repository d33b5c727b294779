/** A date of a certificate as messages print it: `2025-01-01T00:00:00Z`. Certificates know no fractions of a second. */
export function timeText(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}
