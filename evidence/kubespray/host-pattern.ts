import { InventoryError } from "./inventory-error";

export interface HostPattern {
  readonly names: readonly string[];
  readonly port?: number;
}

/** How many names the ranges of one inventory may still make. Shared by all its patterns, so that nesting cannot multiply. */
export interface NameBudget {
  left: number;
}

/**
 * The names and the port that a host pattern stands for: `node[1:3]`, `node[01:50:2]`, `db-[a:f].example.org:2222`,
 * `[fd00::1]:22` (ansible.plugins.inventory `_expand_hostpattern`, `expand_hostname_range`; ansible.parsing.utils.addresses).
 *
 * Throws InventoryError where Ansible refuses the pattern or `budget` runs out.
 */
export function hostPattern(pattern: string, budget: NameBudget): HostPattern {
  if (pattern.length > MAX_LENGTH) throw new InventoryError(`a host name of more than ${MAX_LENGTH} characters`);
  const { name, port } = splitPort(pattern);
  const names = name.includes("[") ? expand(name, budget) : [name];
  return port === undefined ? { names } : { names, port };
}

const MAX_LENGTH = 1000;

/** Only what is an address or a host name may carry a port; anything else is a name as it is. */
function splitPort(pattern: string): { readonly name: string; readonly port?: number } {
  const found: { name: string; port?: number } = { name: pattern };
  for (const form of [BRACKETED_PORT, PORT]) {
    const match = form.exec(found.name);
    if (match === null) continue;
    found.name = match[1] ?? "";
    found.port = Number(match[2]);
  }
  return IPV4.test(found.name) || IPV6.test(found.name) || HOST_NAME.test(found.name) ? found : { name: pattern };
}

function expand(pattern: string, budget: NameBudget): readonly string[] {
  const parts = pattern.replace("[", "|").replace("]", "|").split("|");
  const [head, range, tail] = parts;
  if (parts.length !== 3 || head === undefined || range === undefined || tail === undefined)
    throw new InventoryError("a range in a host name is not closed, or there is a | in it");
  return sequence(range, budget).flatMap((step) => {
    const name = head + step + tail;
    return name.includes("[") ? expand(name, budget) : [name];
  });
}

function sequence(range: string, budget: NameBudget): readonly string[] {
  const [begin, end, stepText = "1", ...more] = range.split(":");
  if (end === undefined || more.length > 0)
    throw new InventoryError("a host range must be begin:end or begin:end:step");
  if (end === "") throw new InventoryError("a host range must say where it ends");
  const from = begin === undefined || begin === "" ? "0" : begin;
  const padded = from.length > 1 && from.startsWith("0");
  if (padded && from.length !== end.length)
    throw new InventoryError("begin and end of a host range with leading zeros must be equally long");
  const step = integer(stepText);
  if (step === 0) throw new InventoryError("the step of a host range is 0");
  const letters = LETTERS.indexOf(from) >= 0 && LETTERS.indexOf(end) >= 0;
  const first = letters ? LETTERS.indexOf(from) : integer(from);
  const last = letters ? LETTERS.indexOf(end) : integer(end);
  if (letters && first > last) throw new InventoryError("a host range ends before it begins");
  const count = Math.max(0, Math.ceil((last + 1 - first) / step));
  spend(count, budget);
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * step;
    return letters ? LETTERS.charAt(at) : padded ? zeroFill(at, from.length) : String(at);
  });
}

function spend(count: number, budget: NameBudget): void {
  budget.left -= count;
  if (!(budget.left >= 0)) throw new InventoryError("its host ranges stand for more hosts than kubeadm-guard reads");
}

/** Python's `string.ascii_letters`. */
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function integer(text: string): number {
  if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/u.test(text))
    throw new InventoryError("a host range is neither of letters nor of numbers");
  return Number(text.replaceAll("_", ""));
}

function zeroFill(value: number, length: number): string {
  return value < 0 ? `-${String(-value).padStart(length - 1, "0")}` : String(value).padStart(length, "0");
}

const BRACKETED_PORT = /^\[(.+)\]:([0-9]+)$/u;
const PORT = /^((?:[^:[\]]|\[[^\]]*\])*):([0-9]+)$/u;

const HEX = "(?:[0-9a-f]{1,4}|\\[[0-9a-f]+:[0-9a-f]+(?::[0-9]+)?\\])";
const OCTET = "(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|\\[[0-9]+:[0-9]+(?::[0-9]+)?\\])";
const RANGE = "\\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\\]";
const LABEL = `(?:[\\p{L}\\p{N}_]|${RANGE})(?:[\\p{L}\\p{N}_-]|${RANGE})*(?<![_-])`;

const IPV4 = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`, "iu");
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`, "iu");
const IPV6 = new RegExp(
  `^(?:${[
    `(?:${HEX}:){7}${HEX}`,
    `(?:${HEX}:){1,6}:`,
    `${HEX}:(?::${HEX}){1,6}`,
    `(?:${HEX}:){2}(?::${HEX}){1,5}`,
    `(?:${HEX}:){3}(?::${HEX}){1,4}`,
    `(?:${HEX}:){4}(?::${HEX}){1,3}`,
    `(?:${HEX}:){5}(?::${HEX}){1,2}`,
    `(?:${HEX}:){6}:${HEX}`,
    `:(?::${HEX}){1,6}`,
    `${HEX}?::`,
    `(?:0:){6}(?:${HEX}\\.){3}${HEX}`,
    `::(?:ffff:)?(?:${HEX}\\.){3}${HEX}`,
    `(?:0:){5}ffff:(?:${HEX}\\.){3}${HEX}`,
  ].join("|")})$`,
  "iu",
);
