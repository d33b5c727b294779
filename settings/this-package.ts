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

/** The package's own package.json, from the sources as from dist/. Never throws. */
export function thisPackage(): ThisPackage {
  return find()?.facts ?? { name: NAME, version: "unknown", homepage: null };
}

/** A page of the package's own docs/, such as `undecided.md`; undefined where there is none. Never throws. */
export function docsPage(page: string): string | undefined {
  return packageText("docs", page);
}

/** A text file of the package, by the parts of its path in it; undefined where there is none. Never throws. */
export function packageText(...path: readonly string[]): string | undefined {
  const folder = find()?.folder;
  return folder === undefined ? undefined : textOf(join(folder, ...path));
}

function find(): { readonly folder: string; readonly facts: ThisPackage } | undefined {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const facts = read(join(folder, "package.json"));
    if (facts !== undefined) return { folder, facts };
  }
  return undefined;
}

function read(path: string): ThisPackage | undefined {
  try {
    const facts: unknown = JSON.parse(textOf(path) ?? "");
    if (typeof facts !== "object" || facts === null) return undefined;
    const { name, version, homepage }: { name?: unknown; version?: unknown; homepage?: unknown } = facts;
    if (name !== NAME || typeof version !== "string") return undefined;
    return { name, version, homepage: typeof homepage === "string" ? homepage : null };
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
