import { type GoType, goParsed } from "./json/go-type";

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

/** The time package quotes on its own: every byte that is not printable ASCII as `\xNN`. */
function quote(text: string): string {
  const bytes = Array.from(Buffer.from(text), (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte < 0x20 || byte >= 0x80 ? `\\x${byte.toString(16).padStart(2, "0")}` : String.fromCharCode(byte);
  });
  return `"${bytes.join("")}"`;
}

/** time.ParseDuration (Go 1.26), with its errors. */
function parseGoDuration(text: string): bigint | { readonly error: string } {
  const invalid = { error: `time: invalid duration ${quote(text)}` };
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
    if (unitName === "") return { error: `time: missing unit in duration ${quote(text)}` };
    const unit = UNITS.get(unitName);
    if (unit === undefined) return { error: `time: unknown unit ${quote(unitName)} in duration ${quote(text)}` };
    rest = rest.slice(unitName.length);
    const parts = fraction.slice(0, 18);
    total += BigInt(whole === "" ? "0" : whole) * unit;
    if (parts !== "") total += (BigInt(parts) * unit) / 10n ** BigInt(parts.length);
    if (total > 2n ** 63n) return invalid;
  }
  if (negative) return -total;
  return total > 2n ** 63n - 1n ? invalid : total;
}

/** time.Duration.String (Go 1.26) of a whole number of nanoseconds: `8760h0m0s`, `1m30s`, `1.5s`. */
export function formatGoDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return "0s";
  const [sign, rest] = nanoseconds < 0n ? ["-", -nanoseconds] : ["", nanoseconds];
  const small = SMALL_UNITS.find(({ below }) => rest < below);
  if (small !== undefined) return `${sign}${decimal(rest, small.unit)}${small.name}`;
  const [hours, minutes] = [rest / HOUR, (rest % HOUR) / MINUTE];
  const seconds = `${decimal(rest % MINUTE, SECOND)}s`;
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;

/** Go writes less than a second in the largest unit that leaves a digit before the point. */
const SMALL_UNITS = [
  { below: 1_000n, unit: 1n, name: "ns" },
  { below: 1_000_000n, unit: 1_000n, name: "\u00b5s" },
  { below: SECOND, unit: 1_000_000n, name: "ms" },
] as const;

function decimal(value: bigint, unit: bigint): string {
  const digits = unit.toString().length - 1;
  const fraction = (value % unit).toString().padStart(digits, "0").replace(/0+$/, "");
  return digits === 0 || fraction === "" ? `${value / unit}` : `${value / unit}.${fraction}`;
}
