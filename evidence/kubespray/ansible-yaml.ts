import { defineScalarTag, loadAll, realMapTag, YAMLException } from "js-yaml";
import { publicProblem } from "../../machine/public-text";
import { UNKNOWN, type Unknown } from "../../shell/unknown";
import { PYYAML_SCHEMA } from "../pyyaml-schema";
import type { Value } from "../value";

/** A YAML document as Ansible's loader sees it: mappings keep the order and the types of their keys. */
export type AnsibleYaml =
  | string
  | number
  | boolean
  | null
  | Unknown
  | readonly AnsibleYaml[]
  | ReadonlyMap<AnsibleYaml, AnsibleYaml>;

export type AnsibleYamlReading =
  | { readonly kind: "document"; readonly document: AnsibleYaml }
  | { readonly kind: "problem"; readonly message: string; readonly line?: number };

/**
 * Reads YAML or JSON as Ansible does: YAML 1.1 as PyYAML resolves it, the last of duplicate keys wins, one document at
 * most (null where there is none).
 * Values encrypted with Ansible Vault are UNKNOWN. Messages carry no text of the file.
 */
export function readAnsibleYaml(text: string): AnsibleYamlReading {
  try {
    const [document = null, ...more] = loadAll(text, OPTIONS);
    if (more.length > 0) return { kind: "problem", message: "it holds more than one YAML document" };
    return { kind: "document", document: plain(document, new Map()) };
  } catch (error) {
    if (error instanceof YAMLException) {
      const line = error.mark?.line;
      return {
        kind: "problem",
        message: `it is not YAML: ${publicProblem(error.reason)}`,
        ...(line === undefined ? {} : { line: line + 1 }),
      };
    }
    if (error instanceof Unsupported) return { kind: "problem", message: error.message };
    throw error;
  }
}

/** The value as readers of variables use it: mappings as records with text keys. What aliases share stays shared. */
export function readerValue(yaml: AnsibleYaml, made = new Map<AnsibleYaml, Value>()): Value {
  if (typeof yaml !== "object" || yaml === null) return yaml;
  const known = made.get(yaml);
  if (known !== undefined) return known;
  const value: Value = isMapping(yaml)
    ? Object.fromEntries([...yaml].map(([key, item]) => [String(key), readerValue(item, made)]))
    : yaml.map((item) => readerValue(item, made));
  made.set(yaml, value);
  return value;
}

/** A value of the settings, which are YAML or JSON that the engine has read. Anything else is UNKNOWN. */
export function readSettingsValue(value: unknown): Value {
  try {
    return readerValue(plain(value, new Map()));
  } catch (error) {
    if (error instanceof Unsupported) return UNKNOWN;
    throw error;
  }
}

export function isMapping(yaml: AnsibleYaml): yaml is ReadonlyMap<AnsibleYaml, AnsibleYaml> {
  return yaml instanceof Map;
}

class Unsupported extends Error {}

/** `!vault` text is for those who hold the password; `!unsafe` is text that is never a template. */
const vault = ["!vault", "!vault-encrypted"].map((tag) =>
  defineScalarTag<Unknown>(tag, { resolve: () => UNKNOWN, identify: () => false }),
);
const unsafe = defineScalarTag<string>("!unsafe", { resolve: (source) => source, identify: () => false });

const OPTIONS = {
  schema: PYYAML_SCHEMA.withTags(realMapTag, unsafe, ...vault),
  json: true,
} as const;

/** `made` holds what aliases share, so that they stay shared; a document that contains itself is refused. */
function plain(value: unknown, made: Map<object, AnsibleYaml | undefined>): AnsibleYaml {
  if (value === UNKNOWN) return UNKNOWN;
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") throw new Unsupported("it holds a value of a kind that no inventory has");
  const known = made.get(value);
  if (known !== undefined) return known;
  if (made.has(value)) throw new Unsupported("it holds an alias to something that the alias is part of");
  made.set(value, undefined);
  const result = collection(value, made);
  made.set(value, result);
  return result;
}

function collection(value: object, made: Map<object, AnsibleYaml | undefined>): AnsibleYaml {
  if (value instanceof Map) {
    const entries: readonly [unknown, unknown][] = [...value];
    return new Map(entries.map(([key, item]) => [plain(key, made), plain(item, made)]));
  }
  if (Array.isArray(value)) return value.map((item) => plain(item, made));
  if (value instanceof Set) return [...value].map((item) => plain(item, made));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return UNKNOWN;
  return new Map(Object.entries(value).map(([key, item]) => [key, plain(item, made)]));
}
