import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the package says of itself. */
export interface ThisPackage {
  readonly name: string;
  readonly version: string;
  /** Null where package.json has none. */
  readonly homepage: string | null;
}

const NAME = "kubeadm-guard";

/** Reads the package's own package.json, from the sources as from dist/. Never throws. */
export function thisPackage(): ThisPackage {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = read(join(folder, "package.json"));
    if (found !== undefined) return found;
  }
  return { name: NAME, version: "unknown", homepage: null };
}

function read(path: string): ThisPackage | undefined {
  try {
    const facts: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof facts !== "object" || facts === null) return undefined;
    const { name, version, homepage }: { name?: unknown; version?: unknown; homepage?: unknown } = facts;
    if (name !== NAME || typeof version !== "string") return undefined;
    return { name, version, homepage: typeof homepage === "string" ? homepage : null };
  } catch {
    return undefined;
  }
}
