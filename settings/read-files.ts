import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ClusterSettings } from "../cluster/cluster-settings";
import type { DocumentFile, Documents } from "../cluster/documents";

/** Reads the files that the settings name, relative to `folder`. Never throws: what cannot be read says why. */
export function readDocumentFiles(settings: ClusterSettings, folder: string): Documents {
  const inventory = settings.kubespray === undefined ? undefined : resolve(folder, settings.kubespray.inventory);
  return {
    ...(settings.listing === undefined ? {} : { listing: readDocument(resolve(folder, settings.listing)) }),
    ...(inventory === undefined ? {} : { inventory: readDocument(inventory) }),
    variables: inventory === undefined ? [] : variableFiles(dirname(inventory)).map(readDocument),
  };
}

/** Larger files are no inventories or listings. */
const LARGEST = 16 * 1024 * 1024;
/** More files than this beside an inventory are not read. */
const MOST_FILES = 2000;

function readDocument(path: string): DocumentFile {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return { kind: "unreadable", path, why: "it is a folder" };
    if (stat.size > LARGEST) return { kind: "unreadable", path, why: "it is larger than 16 MiB" };
    return { kind: "text", path, text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return { kind: "unreadable", path, why: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return "it is not UTF-8 text";
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "it may not be read";
  return typeof code === "string" ? `reading it failed with ${code}` : "reading it failed";
}

/** group_vars and host_vars beside the inventory, folders within them included, in a fixed order. */
function variableFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const waiting = [join(folder, "group_vars"), join(folder, "host_vars")];
  for (let next = waiting.shift(); next !== undefined && found.length < MOST_FILES; next = waiting.shift()) {
    for (const entry of entriesOf(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (/(\.ya?ml|\.json|^[^.]+)$/.test(entry.name)) found.push(path);
    }
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // No group_vars beside the inventory is the usual case.
    return [];
  }
}
