import { YamlError } from "./yaml-error";

/** What go-yaml v2 makes of a scalar. Integers are kept exactly; `uint64` are those above int64, which cannot be keys. */
export type Scalar =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int" | "uint64"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string };

/**
 * The value of a scalar under go-yaml v2's rules (resolve.go v2.4.0): YAML 1.1 booleans, octal and binary integers with
 * underscores, no base-60 numbers; timestamps stay text. `tag` is "" for none; `plain` is go-yaml's "implicit".
 * @throws YamlError when an explicit tag does not fit the text
 */
export function resolveScalar(value: string, tag: string, plain: boolean): Scalar {
  if (tag === "" && !plain) return { kind: "string", value };
  if (tag === `${PREFIX}binary`) return { kind: "string", value: decodeBase64(value) };
  if (!RESOLVABLE.has(tag)) return { kind: "string", value };
  const resolved = tag === `${PREFIX}str` ? { name: "str", scalar: text(value) } : resolvePlain(value, tag);
  if (tag === "" || tag === PREFIX + resolved.name) return resolved.scalar;
  if (tag === `${PREFIX}float` && resolved.scalar.kind === "int") {
    return { kind: "float", value: Number(resolved.scalar.value) };
  }
  throw new YamlError(`cannot decode !!${resolved.name} \`${value}\` as a !!${tag.slice(PREFIX.length)}`, undefined);
}

const PREFIX = "tag:yaml.org,2002:";
const RESOLVABLE: ReadonlySet<string> = new Set([
  "",
  ...["str", "bool", "int", "float", "null", "timestamp"].map((name) => PREFIX + name),
]);

interface Resolved {
  readonly name: string;
  readonly scalar: Scalar;
}

const WORDS: ReadonlyMap<string, Resolved> = new Map([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(bool(true)),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(bool(false)),
  ...["", "~", "null", "Null", "NULL"].map((word): [string, Resolved] => [
    word,
    { name: "null", scalar: { kind: "null" } },
  ]),
  ...[".nan", ".NaN", ".NAN"].map(float(Number.NaN)),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map(float(Number.POSITIVE_INFINITY)),
  ...["-.inf", "-.Inf", "-.INF"].map(float(Number.NEGATIVE_INFINITY)),
]);

function bool(value: boolean): (word: string) => [string, Resolved] {
  return (word) => [word, { name: "bool", scalar: { kind: "bool", value } }];
}

function float(value: number): (word: string) => [string, Resolved] {
  return (word) => [word, { name: "float", scalar: { kind: "float", value } }];
}

function text(value: string): Scalar {
  return { kind: "string", value };
}

function resolvePlain(value: string, tag: string): Resolved {
  const word = WORDS.get(value);
  if (word !== undefined) return word;
  if (/^[-+0-9]/.test(value)) return resolveNumber(value, tag);
  if (value.startsWith(".") && /^\.\d+([eE][-+]?\d+)?$/.test(value)) return floatOr(value, value);
  return { name: "str", scalar: text(value) };
}

function resolveNumber(value: string, tag: string): Resolved {
  if ((tag === "" || tag === `${PREFIX}timestamp`) && isTimestamp(value)) {
    return { name: "timestamp", scalar: text(value) };
  }
  const plain = value.replaceAll("_", "");
  const integer = parseInteger(plain);
  if (integer !== undefined) return { name: "int", scalar: integer };
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) return floatOr(plain, value);
  return { name: "str", scalar: text(value) };
}

/** Numbers that do not fit a float64 stay text. */
function floatOr(digits: string, value: string): Resolved {
  const number = Number(digits);
  return Number.isFinite(number)
    ? { name: "float", scalar: { kind: "float", value: number } }
    : { name: "str", scalar: text(value) };
}

/** strconv.ParseInt and ParseUint with base 0: `0x`, `0o`, `0b` and a leading 0 for octal. */
function parseInteger(digits: string): Scalar | undefined {
  const match = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(0|[1-9]\d*))$/.exec(digits);
  if (match === null || digits.length > 100) return undefined;
  const [, sign, hex, octal, binary, oldOctal, decimal] = match;
  const literal =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : (octal ?? oldOctal) !== undefined
          ? `0o${octal ?? oldOctal}`
          : (decimal ?? "0");
  const value = sign === "-" ? -BigInt(literal) : BigInt(literal);
  if (value >= -(2n ** 63n) && value < 2n ** 63n) return { kind: "int", value };
  // ParseUint takes no sign.
  return value > 0n && sign === "" && value < 2n ** 64n ? { kind: "uint64", value } : undefined;
}

/** Only the forms that time.Parse takes with go-yaml's four layouts. They stay text, so the value does not matter. */
function isTimestamp(value: string): boolean {
  const match =
    /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d{2}:\d{2})| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/.exec(
      value,
    );
  if (match === null) return false;
  const [month, day, hour, minute, second] = [
    match[1],
    match[2],
    match[3] ?? match[6],
    match[4] ?? match[7],
    match[5] ?? match[8],
  ];
  const date = new Date(Date.UTC(Number(value.slice(0, 4)), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return false;
  return Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60 && Number(second ?? 0) < 60;
}

function decodeBase64(value: string): string {
  const compact = value.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    throw new YamlError("!!binary value contains invalid base64 data", undefined);
  }
  return new TextDecoder().decode(Uint8Array.from(atob(compact), (c) => c.charCodeAt(0)));
}
