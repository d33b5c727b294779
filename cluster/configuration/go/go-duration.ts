import { goQuote } from "./go-syntax";
import { type GoType, goParsed } from "./go-type";

/** `metav1.Duration`: a text such as `4m0s`; the value is in nanoseconds. */
export const goDuration: GoType<bigint> = goParsed<bigint>("v1.Duration", 0n, (text) => {
  const result = parseGoDuration(text);
  return typeof result === "bigint" ? { value: result } : { error: result.error };
});

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1_000n],
  ["\u00b5s", 1_000n],
  ["\u03bcs", 1_000n],
  ["ms", 1_000_000n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n],
]);

/** time.ParseDuration (Go 1.26), with its errors. */
function parseGoDuration(text: string): bigint | { readonly error: string } {
  const invalid = { error: `time: invalid duration ${goQuote(text)}` };
  const negative = text.startsWith("-");
  let rest = /^[-+]/.test(text) ? text.slice(1) : text;
  if (rest === "0") return 0n;
  if (rest === "") return invalid;
  let total = 0n;
  while (rest !== "") {
    const [number = "", whole = "", fraction = ""] = /^(\d*)\.?(\d*)/.exec(rest) ?? [];
    if (whole === "" && fraction === "") return invalid;
    rest = rest.slice(number.length);
    const [unitName = ""] = /^[^.\d]*/.exec(rest) ?? [];
    if (unitName === "") return { error: `time: missing unit in duration ${goQuote(text)}` };
    const unit = UNITS.get(unitName);
    if (unit === undefined) return { error: `time: unknown unit ${goQuote(unitName)} in duration ${goQuote(text)}` };
    rest = rest.slice(unitName.length);
    const parts = fraction.slice(0, 18);
    total += BigInt(whole === "" ? "0" : whole) * unit;
    if (parts !== "") total += (BigInt(parts) * unit) / 10n ** BigInt(parts.length);
    if (total > 2n ** 63n) return invalid;
  }
  if (negative) return -total;
  return total > 2n ** 63n - 1n ? invalid : total;
}
