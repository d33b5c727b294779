import { oneLine } from "../machine/public-text";
import type { Urn } from "../machine/source";
import { isUrn, urnName } from "../machine/urn";
import { UNKNOWN } from "../shell/unknown";
import type { StackResource } from "./stack-resource";
import { UNKNOWN_SENTINELS } from "./unknown-sentinels";
import { Asset, type AssetShape, isRecord, type Value, type ValueRecord } from "./value";

export type StackExportReading =
  | {
      readonly kind: "resources";
      readonly resources: readonly StackResource[];
      /** What could not be used of it, each a sentence without its period. */
      readonly problems: readonly string[];
    }
  /** A file that Pulumi wrote, but no export that can be used; `why` is the end of a sentence. */
  | { readonly kind: "problem"; readonly why: string };

/**
 * Reads what `pulumi stack export` wrote: `{version, deployment: {resources}}`. `undefined` for any other file, a listing
 * among them. Never throws.
 *
 * Resources that wait for their deletion are left out, as the engine leaves them out for policies. Secrets are unknown
 * unless the export was made with `--show-secrets`. Source: sdk/go/common/apitype/core.go and
 * pkg/resource/stack/deployment.go, 3.259.0.
 */
export function readStackExport(text: string): StackExportReading | undefined {
  if (!BEGINNING.test(text)) return undefined;
  const file = parse(text);
  if (isJsonMap(file?.["checkpoint"]))
    return { kind: "problem", why: "it is a state file of a backend; give what pulumi stack export writes" };
  const deployment = file?.["deployment"];
  if (!isJsonMap(deployment)) return undefined;
  const resources = deployment["resources"] ?? [];
  if (!Array.isArray(resources)) return { kind: "problem", why: "its deployment.resources is not a list" };
  const items: readonly unknown[] = resources;
  const live = items.filter((item) => !(isJsonMap(item) && item["delete"] === true));
  const read = live.map(resourceOf);
  const lost = read.filter((resource) => resource === undefined).length;
  return {
    kind: "resources",
    resources: read.filter((resource) => resource !== undefined),
    problems: lost === 0 ? [] : [`${lost} of its resources have no urn and type and are not used`],
  };
}

/** The engine writes these keys first; so no listing is parsed for nothing. */
const BEGINNING = /^\ufeff?\s*\{\s*"(?:version|features|deployment|checkpoint)"\s*:/;

type JsonMap = Readonly<Record<string, unknown>>;

function parse(text: string): JsonMap | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    return isJsonMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function resourceOf(item: unknown): StackResource | undefined {
  if (!isJsonMap(item)) return undefined;
  const { urn, type, parent, provider } = item;
  if (typeof urn !== "string" || !isUrn(urn) || typeof type !== "string") return undefined;
  return {
    urn,
    type,
    name: oneLine(urnName(urn)),
    inputs: propertiesOf(item["inputs"]),
    outputs: propertiesOf(item["outputs"]),
    dependencies: urnsOf(item["dependencies"]),
    propertyDependencies: propertyDependenciesOf(item["propertyDependencies"]),
    ...(typeof parent === "string" && isUrn(parent) ? { parent } : {}),
    ...(typeof provider === "string" ? providerOf(provider) : {}),
  };
}

/** A provider is stored as `URN::ID`. */
function providerOf(reference: string): Pick<StackResource, "provider"> {
  const urn = reference.slice(0, reference.lastIndexOf("::"));
  return isUrn(urn) ? { provider: { urn, name: urnName(urn) } } : {};
}

function urnsOf(value: unknown): readonly Urn[] {
  if (!Array.isArray(value)) return [];
  const items: readonly unknown[] = value;
  return items.filter((item) => typeof item === "string").filter(isUrn);
}

function propertyDependenciesOf(value: unknown): Readonly<Record<string, readonly Urn[]>> {
  if (!isJsonMap(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, urns]) => [key, urnsOf(urns)]));
}

/** Properties as a policy would see them: without those that are the engine's and the providers' own. */
function propertiesOf(properties: unknown): ValueRecord {
  if (!isJsonMap(properties)) return {};
  const own = Object.entries(properties).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(own.map(([key, value]) => [key, propertyValue(value, 0)]));
}

/** Deeper than any resource goes. */
const DEEPEST = 64;

function propertyValue(value: unknown, depth: number): Value {
  if (UNKNOWN_SENTINELS.has(value) || depth > DEEPEST) return UNKNOWN;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item) => propertyValue(item, depth + 1));
  }
  if (!isJsonMap(value)) return undefined;
  if (Object.hasOwn(value, SIGNATURE)) return signedValue(value, depth);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, propertyValue(item, depth + 1)]));
}

/** Marks a map that stands for a value of another kind; the second key says which (sdk/nodejs/runtime/rpc.ts). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

function signedValue(value: JsonMap, depth: number): Value {
  switch (value[SIGNATURE]) {
    case SECRET:
      return secretValue(value, depth);
    case ASSET:
      return new Asset(assetShape(value));
    case ARCHIVE:
      return new Asset(archiveShape(value, depth));
    case RESOURCE_REFERENCE:
      return referenceValue(value);
    case OUTPUT:
      return Object.hasOwn(value, "value") ? propertyValue(value["value"], depth + 1) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** `plaintext` is JSON (`--show-secrets`); `ciphertext` is for those who have the key. */
function secretValue({ plaintext }: JsonMap, depth: number): Value {
  if (typeof plaintext !== "string") return UNKNOWN;
  try {
    return propertyValue(JSON.parse(plaintext), depth + 1);
  } catch {
    return UNKNOWN;
  }
}

/** As the engine hands it to policies: the id, or the URN of what has none. */
function referenceValue({ id, urn }: JsonMap): Value {
  if (typeof id === "string") return id === "" || UNKNOWN_SENTINELS.has(id) ? UNKNOWN : id;
  return typeof urn === "string" ? urn : UNKNOWN;
}

function assetShape({ path, text, uri }: JsonMap): AssetShape {
  if (isText(path)) return { kind: "file", path };
  if (isText(text)) return { kind: "text", text };
  return isText(uri) ? { kind: "uri", uri, archive: false } : { kind: "empty" };
}

function archiveShape({ path, uri, assets }: JsonMap, depth: number): AssetShape {
  if (isText(path)) return { kind: "archive-path", path, entries: "not-listed" };
  if (isText(uri)) return { kind: "uri", uri, archive: true };
  const entries = propertyValue(assets ?? {}, depth + 1);
  if (!isRecord(entries) || Object.keys(entries).length === 0) return { kind: "empty" };
  return { kind: "archive-entries", entries: new Map(Object.entries(entries)) };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
