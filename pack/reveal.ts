import { UNKNOWN_SENTINELS } from "../evidence/unknown-sentinels";
import { Asset, type AssetShape, type Value, type ValueRecord } from "../evidence/value";
import { UNKNOWN } from "../shell/unknown";

/**
 * The boundary with the SDK's values: the only file that looks behind its proxies.
 *
 * Properties arrive wrapped in proxies that throw on any unknown, and assets hold promises that cannot be awaited
 * through them (docs/engine.md, "Unknown values"). Own property descriptors show what is behind both.
 */
export async function reveal(properties: unknown): Promise<ValueRecord> {
  const value = await revealValue(properties, 0);
  return isPlain(value) ? value : {};
}

/** Deeper than any resource goes; a guard against a structure that refers to itself. */
const DEEPEST = 64;

async function revealValue(value: unknown, depth: number): Promise<Value> {
  if (UNKNOWN_SENTINELS.has(value) || depth > DEEPEST) return UNKNOWN;
  if (value === null || value === undefined) return value;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") return undefined;
  if (own(value, "__pulumiAsset") === true) return new Asset(await assetShape(value));
  if (own(value, "__pulumiArchive") === true) return new Asset(await archiveShape(value, depth));
  if (Array.isArray(value)) {
    const items: Value[] = [];
    for (let index = 0; index < value.length; index += 1)
      items.push(await revealValue(own(value, String(index)), depth + 1));
    return items;
  }
  const record: Record<string, Value> = {};
  for (const key of Object.keys(value)) record[key] = await revealValue(own(value, key), depth + 1);
  return record;
}

async function assetShape(asset: object): Promise<AssetShape> {
  const [path, text, uri]: readonly unknown[] = await Promise.all([
    own(asset, "path"),
    own(asset, "text"),
    own(asset, "uri"),
  ]);
  if (typeof path === "string") return { kind: "file", path };
  if (typeof text === "string") return { kind: "text", text };
  if (typeof uri === "string") return { kind: "uri", uri, archive: false };
  return { kind: "empty" };
}

async function archiveShape(archive: object, depth: number): Promise<AssetShape> {
  const [path, uri, assets]: readonly unknown[] = await Promise.all([
    own(archive, "path"),
    own(archive, "uri"),
    own(archive, "assets"),
  ]);
  if (typeof path === "string") return { kind: "archive-path", path, entries: "not-listed" };
  if (typeof uri === "string") return { kind: "uri", uri, archive: true };
  if (typeof assets !== "object" || assets === null || Object.keys(assets).length === 0) return { kind: "empty" };
  const entries = new Map<string, Value>();
  for (const key of Object.keys(assets)) entries.set(key, await revealValue(own(assets, key), depth + 1));
  return { kind: "archive-entries", entries };
}

/** The raw value of an own property: proxies have no trap for descriptors. */
function own(value: object, key: string): unknown {
  const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return found;
}

function isPlain(value: Value): value is ValueRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Asset);
}
