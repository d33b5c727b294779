import { cutAt, joined, literalOf, startsWith, type Text, withoutStart } from "./text";

/** Which options of a program take a value; all others are switches. */
export interface OptionSpec {
  /** Short letters that take a value: `tSm`. */
  readonly values?: string;
  /** Long names that take a value as the next argument: `target-directory`. */
  readonly longValues?: readonly string[];
  /** Short letters that take a value only where it is attached: `i` of `sed -i.bak`. */
  readonly attached?: string;
  /** The switches that the program has, where all its options are listed: any other is unknown. */
  readonly switches?: string;
  /** Long switches, and those whose value can only follow `=`. */
  readonly longSwitches?: readonly string[];
  /** Long names with one dash, as openssl and kubelet's older flags have them. */
  readonly oneDash?: true;
  /** Options end at the first operand: programs that run another program. */
  readonly untilOperand?: true;
}

export interface Options {
  /** True if one of these letters or long names was given. */
  readonly has: (...names: readonly string[]) => boolean;
  /** The last value of these letters or long names. */
  readonly value: (...names: readonly string[]) => Text | undefined;
  /** All values of these letters or long names. */
  readonly values: (...names: readonly string[]) => readonly Text[];
  readonly operands: readonly Text[];
  /** True where the program does not have one of the options, as far as these are listed, or a word may be any option. */
  readonly isUnknown: boolean;
}

/** Reads arguments as getopt_long(3) does: clusters, `--name=value`, `--`, options after operands, beginnings of long names. */
export function readOptions(args: readonly Text[], spec: OptionSpec): Options {
  const reading: Reading = { spec, given: new Map(), isUnknown: false };
  const operands: Text[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? [];
    const [start] = arg;
    if (literalOf(arg) === "--") {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (typeof start !== "string" || !start.startsWith("-") || literalOf(arg) === "-") {
      operands.push(...(spec.untilOperand ? args.slice(index) : [arg]));
      if (spec.untilOperand) break;
    } else if (start.startsWith("--") || spec.oneDash) {
      if (readLong(reading, arg, args[index + 1])) index += 1;
    } else if (readShort(reading, start, arg, args[index + 1])) index += 1;
  }
  const { given, isUnknown } = reading;
  return {
    has: (...names) => names.some((name) => given.has(name)),
    value: (...names) => names.map((name) => given.get(name)?.at(-1)).find((value) => value !== undefined),
    values: (...names) => names.flatMap((name) => given.get(name) ?? []),
    operands,
    isUnknown,
  };
}

interface Reading {
  readonly spec: OptionSpec;
  readonly given: Map<string, Text[]>;
  isUnknown: boolean;
}

/** Reads `--name`, `--name=value` or `--name value`; true if it took the next argument. */
function readLong(reading: Reading, arg: Text, next: Text | undefined): boolean {
  const text = withoutStart(arg, startsWith(arg, "--") ? 2 : 1);
  const cut = cutAt(text, "=");
  const name = fullName(reading, literalOf(cut?.before ?? text));
  if (cut !== undefined) {
    add(reading, name, cut.after);
    return false;
  }
  const takes = reading.spec.longValues?.includes(name) === true && next !== undefined;
  add(reading, name, takes ? next : []);
  return takes;
}

/** The name of which this is enough of the beginning (getopt_long(3)), where the program's options are listed. */
function fullName(reading: Reading, given: string | undefined): string {
  const { longSwitches, longValues = [] } = reading.spec;
  const name = given ?? "";
  if (longSwitches === undefined) return name;
  const names = [...longSwitches, ...longValues];
  if (names.includes(name)) return name;
  const [only, another] = names.filter((one) => name !== "" && one.startsWith(name));
  if (only !== undefined && another === undefined) return only;
  reading.isUnknown = true;
  return name;
}

/** Reads `-rf`, `-m0600` or `-m 0600`; true if it took the next argument. */
function readShort(reading: Reading, start: string, arg: Text, next: Text | undefined): boolean {
  const { values = "", attached = "", switches } = reading.spec;
  for (let at = 1; at < start.length; at += 1) {
    const letter = start[at] ?? "";
    const rest = () => joined([start.slice(at + 1)], arg.slice(1));
    if (attached.includes(letter)) {
      add(reading, letter, rest());
      return false;
    }
    if (!values.includes(letter)) {
      if (switches?.includes(letter) === false) reading.isUnknown = true;
      add(reading, letter, []);
      continue;
    }
    const value = rest();
    add(reading, letter, value.length > 0 ? value : (next ?? []));
    return value.length === 0 && next !== undefined;
  }
  // What follows the letters is not known: it may be more of them.
  if (switches !== undefined && arg.length > 1) reading.isUnknown = true;
  return false;
}

function add({ given }: Reading, name: string, value: Text): void {
  given.set(name, [...(given.get(name) ?? []), value]);
}
