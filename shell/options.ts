import { cutAt, joined, literalOf, startsWith, type Text, withoutStart } from "./text";

/** Which options of a program take a value; all others are switches. */
export interface OptionSpec {
  /** Short letters that take a value: `tSm`. */
  readonly values?: string;
  /** Long names that take a value as the next argument: `target-directory`. */
  readonly longValues?: readonly string[];
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
}

/** Reads arguments as getopt_long(3) does: clusters, `--name=value`, `--`, options after operands. */
export function readOptions(args: readonly Text[], spec: OptionSpec): Options {
  const given = new Map<string, Text[]>();
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
      if (readLong(arg, args[index + 1], spec, given)) index += 1;
    } else if (readShort(start, arg, args[index + 1], spec, given)) index += 1;
  }
  return {
    has: (...names) => names.some((name) => given.has(name)),
    value: (...names) => names.map((name) => given.get(name)?.at(-1)).find((value) => value !== undefined),
    values: (...names) => names.flatMap((name) => given.get(name) ?? []),
    operands,
  };
}

/** Reads `--name`, `--name=value` or `--name value`; true if it took the next argument. */
function readLong(arg: Text, next: Text | undefined, spec: OptionSpec, given: Map<string, Text[]>): boolean {
  const text = withoutStart(arg, startsWith(arg, "--") ? 2 : 1);
  const cut = cutAt(text, "=");
  if (cut !== undefined) {
    add(given, literalOf(cut.before) ?? "", cut.after);
    return false;
  }
  const name = literalOf(text) ?? "";
  const takes = spec.longValues?.includes(name) === true && next !== undefined;
  add(given, name, takes ? next : []);
  return takes;
}

/** Reads `-rf`, `-m0600` or `-m 0600`; true if it took the next argument. */
function readShort(
  start: string,
  arg: Text,
  next: Text | undefined,
  spec: OptionSpec,
  given: Map<string, Text[]>,
): boolean {
  for (let at = 1; at < start.length; at += 1) {
    const letter = start[at] ?? "";
    if (spec.values?.includes(letter) !== true) {
      add(given, letter, []);
      continue;
    }
    const rest = joined([start.slice(at + 1)], arg.slice(1));
    add(given, letter, rest.length > 0 ? rest : (next ?? []));
    return rest.length === 0 && next !== undefined;
  }
  return false;
}

function add(given: Map<string, Text[]>, name: string, value: Text): void {
  given.set(name, [...(given.get(name) ?? []), value]);
}
