import { closestName } from "../cluster/closest-name";
import { publicKey } from "../machine/public-text";

/**
 * What one value of the settings must look like: one description for reading it and for the JSON schema that editors and
 * Pulumi check it with, so that the two cannot differ.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /**
   * The value as far as it can be used; `undefined` where it cannot. Reports each thing that is wrong, with its place, and
   * leaves out the smallest part that is wrong. Never throws.
   */
  readonly read: (value: unknown, at: Place) => T | undefined;
}

/** JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where a value is, and how to say what is wrong with it. */
export interface Place {
  /** `kubeadm-guard:clusters[0].controlPlaneNodes[1]`. */
  readonly where: string;
  /** `what` is one or two sentences; it never quotes a value, which may be a secret. */
  readonly report: (where: string, what: string) => void;
  /** Called for each part that is left out: an item of a list, or what an optional key says. */
  readonly leaveOut: (where: string) => void;
}

/** Text that is not empty; with a pattern, text of a form that `must` names: `must be an absolute path`. */
export function text(form?: { readonly pattern: RegExp; readonly must: string }): Shape<string> {
  return {
    schema: { type: "string", minLength: 1, ...(form === undefined ? {} : { pattern: form.pattern.source }) },
    read: (value, at) => {
      if (typeof value !== "string") return refuse(at, `must be text${typeof value === "number" ? " (quote it)" : ""}`);
      if (value === "") return refuse(at, "must not be empty");
      return form === undefined || form.pattern.test(value) ? value : refuse(at, form.must);
    },
  };
}

/** Text with something in it to read: a space is no reason. */
export const notBlank = text({ pattern: /\S/, must: "must not be empty" });

/** Any text, also empty. */
export const anyText: Shape<string> = {
  schema: { type: "string" },
  read: (value, at) => (typeof value === "string" ? value : refuse(at, "must be text")),
};

/** One of a few words. A word that is close to one of them is answered with it. */
export function oneOf<const Word extends string>(words: readonly Word[]): Shape<Word> {
  const listed = words.map((word) => `"${word}"`).join(" or ");
  return {
    schema: { enum: words },
    read: (value, at) => {
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      const close = typeof value === "string" ? closestName(value, words) : undefined;
      return refuse(at, `must be ${listed}${close === undefined ? "" : `; did you mean ${close}?`}`);
    },
  };
}

/** A whole number of something (`days`) within bounds, both included. */
export function wholeNumber(unit: string, minimum: number, maximum: number): Shape<number> {
  return {
    schema: { type: "integer", minimum, maximum },
    read: (value, at) =>
      typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum
        ? value
        : refuse(at, `must be a whole number of ${unit} from ${minimum} to ${maximum}`),
  };
}

/** A list. Items that cannot be used are left out. `must` says what it is: `must be a list of machines: [{name: master01}]`. */
export function list<Item>(item: Shape<Item>, must: string): Shape<readonly Item[]> {
  return {
    schema: { type: "array", items: item.schema },
    read: (value, at) => {
      if (!Array.isArray(value)) return refuse(at, must);
      const items: readonly unknown[] = value;
      return items.flatMap((one, index) => {
        const where = `${at.where}[${index}]`;
        const read = item.read(one, { ...at, where });
        if (read === undefined) at.leaveOut(where);
        return read === undefined ? [] : [read];
      });
    },
  };
}

/** A list of things with names, compared without case: of each name the first counts. */
export function namedList<Item extends { readonly name: string }>(
  item: Shape<Item>,
  must: string,
): Shape<readonly Item[]> {
  return {
    schema: list(item, must).schema,
    read: (value, at) => {
      const names = new Set<string>();
      const first: Shape<Item> = {
        schema: item.schema,
        read: (one, place) => {
          const read = item.read(one, place);
          const name = read?.name.toLowerCase();
          if (name === undefined || !names.has(name)) {
            if (name !== undefined) names.add(name);
            return read;
          }
          place.report(`${place.where}.name`, "The name is used more than once; only the first entry counts.");
          return undefined;
        },
      };
      return list(first, must).read(value, at);
    },
  };
}

/** A map with names of any kind, whose values are plain data of any kind. */
export function mapOfAnything(must: string): Shape<Readonly<Record<string, unknown>>> {
  return {
    schema: { type: "object" },
    read: (value, at) => {
      if (!isMap(value)) return refuse(at, must);
      if (!isPlainData(value)) return refuse(at, "must be plain data that does not refer to itself or nest deeply");
      return value;
    },
  };
}

/** How a key of a map matters to the rest of the map. */
type Presence =
  /** Without it the map says nothing. */
  | "required"
  /** May be absent; where it is wrong, the map without it is still true. */
  | "optional"
  /** May be absent; where it is wrong, the map without it would say something else, so nothing of the map is used. */
  | "decisive";

export interface Field<T, P extends Presence = Presence> {
  readonly presence: P;
  readonly shape: Shape<T>;
  /** One sentence for editors. */
  readonly description: string;
}

export function required<T>(shape: Shape<T>, description: string): Field<T, "required"> {
  return { presence: "required", shape, description };
}

export function optional<T>(shape: Shape<T>, description: string): Field<T, "optional"> {
  return { presence: "optional", shape, description };
}

export function decisive<T>(shape: Shape<T>, description: string): Field<T, "decisive"> {
  return { presence: "decisive", shape, description };
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K]["presence"] extends "required" ? K : never }[keyof F];
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The type of the map that these fields describe. */
export type MapOf<F extends Fields> = {
  readonly [K in RequiredKeys<F>]: ValueOf<F[K]>;
} & { readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: ValueOf<F[K]> };

/** A map of known keys. Keys that are not known are reported with the one that was probably meant, and not used. */
export function map<F extends Fields>(fields: F, example: string): Shape<MapOf<F>> {
  const names = Object.keys(fields);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(
        Object.entries(fields).map(([name, { shape, description }]) => [name, { ...shape.schema, description }]),
      ),
      required: names.filter((name) => fields[name]?.presence === "required"),
      additionalProperties: false,
    },
    read: (value, at) => {
      if (!isMap(value)) return refuse(at, `must be a map: ${example}`);
      const given = new Map(Object.entries(value));
      for (const key of given.keys()) if (!names.includes(key)) at.report(...unknownKey(at.where, key, names));
      return readFields(fields, given, at);
    },
  };
}

function readFields<F extends Fields>(fields: F, given: ReadonlyMap<string, unknown>, at: Place): MapOf<F> | undefined {
  let usable = true;
  const read: (readonly unknown[])[] = [];
  for (const [name, { presence, shape }] of Object.entries(fields)) {
    const where = `${at.where}.${name}`;
    const value = given.get(name);
    const used = value === undefined ? undefined : shape.read(value, { ...at, where });
    if (used !== undefined) read.push([name, used]);
    else if (presence === "required" || (presence === "decisive" && value !== undefined)) usable = false;
    else if (value !== undefined) at.leaveOut(where);
    if (presence === "required" && value === undefined) at.report(where, `It is required: ${name}.`);
  }
  // The entries are those of the fields, each of the type that its shape has read.
  return usable ? Object.fromEntries(read) : undefined;
}

/** What is said of a key that is not known: its place, and what was probably meant. */
export function unknownKey(where: string, key: string, known: readonly string[]): readonly [string, string] {
  const shown = PLAIN_KEY.test(key) && publicKey(key) === key ? key : undefined;
  const close = closestName(key, known);
  const meant = close === undefined ? "" : `; did you mean ${close}?`;
  return shown === undefined
    ? [where, "It has a key that is not known and not shown here, because it is long or not plain. It is not used."]
    : [`${where}.${shown}`, `There is no key ${shown}${meant === "" ? "." : meant} It is not used.`];
}

/** A key that can be printed: longer or odder ones are values in the wrong place, possibly secret ones. */
const PLAIN_KEY = /^[A-Za-z][\w.-]{0,39}$/;

/** Says that the value at a place must be something else. */
export function refuse(at: Place, must: string): undefined {
  at.report(at.where, `It ${must}${must.endsWith("?") ? "" : "."}`);
  return undefined;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const DEEPEST = 32;
const MOST_VALUES = 100_000;

/** True for data as JSON has it, of a size that a person may have written; aliases of YAML count as often as they occur. */
function isPlainData(value: unknown): boolean {
  let left = MOST_VALUES;
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    left -= 1;
    if (left < 0 || one.depth > DEEPEST) return false;
    if (typeof one.value === "object" && one.value !== null) {
      for (const inner of Object.values(one.value)) waiting.push({ value: inner, depth: one.depth + 1 });
    } else if (!["string", "number", "boolean", "undefined"].includes(typeof one.value) && one.value !== null) {
      return false;
    }
  }
  return true;
}
