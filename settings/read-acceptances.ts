import type { Acceptance } from "../cluster/acceptance";
import { closestName } from "../cluster/closest-name";
import { acceptanceShape } from "./acceptance-shape";
import type { SettingsSource } from "./read-settings";

/**
 * Reads one array of acceptances; `policies` are those that there are. Never throws. An entry with any mistake accepts nothing: a
 * misspelt key would otherwise accept more than was meant.
 */
export function readAcceptances({ where, value }: SettingsSource, policies: readonly string[]): readonly Acceptance[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    return [
      { kind: "unusable", where, faults: ["It must be a list: [{policy: ID, reason: TEXT, until: 2027-03-31}]."] },
    ];
  const items: readonly unknown[] = value;
  return items.map((item, index) => readAcceptance(item, `${where}[${index}]`, policies));
}

function readAcceptance(item: unknown, where: string, policies: readonly string[]): Acceptance {
  const faults: string[] = [];
  const report = (place: string, what: string) => {
    const key = place.slice(where.length + 1);
    faults.push(key === "" ? what : `${key}: ${what}`);
  };
  const read = acceptanceShape.read(withTextDate(item), { where, report, leaveOut: () => {} });
  if (read !== undefined) {
    if (read.policy !== undefined && !policies.includes(read.policy))
      report(`${where}.policy`, unknownPolicy(read.policy, policies));
    if (!isDay(read.until)) report(`${where}.until`, "It must be a day that exists, such as 2027-03-31.");
  }
  return read === undefined || faults.length > 0
    ? { kind: "unusable", where, faults }
    : { kind: "usable", where, ...read };
}

function unknownPolicy(given: string, policies: readonly string[]): string {
  const close = closestName(given, policies);
  return close === undefined ? "There is no such policy." : `There is no such policy; did you mean ${close}?`;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** YAML may take a day for a time; to us it is the day. */
function withTextDate(item: unknown): unknown {
  if (typeof item !== "object" || item === null || !("until" in item)) return item;
  const { until } = item;
  if (!(until instanceof Date) || Number.isNaN(until.getTime())) return item;
  return { ...item, until: until.toISOString().slice(0, 10) };
}
