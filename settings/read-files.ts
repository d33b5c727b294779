import { readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ClusterSettings } from "../cluster/cluster-settings";
import type { DocumentFile, Documents } from "../cluster/documents";
import { fileError, isAbsent } from "./file-error";
import { readRegularFile } from "./read-regular-file";

/** Reads one file of text, of 16 MiB or `largest` MiB at most. Never throws: a file that cannot be read says why. */
export type ReadDocument = (path: string, largest?: number) => DocumentFile;

/** Reads each file when it is first asked for, and never again. */
export function readOnce(): ReadDocument {
  const known = new Map<string, DocumentFile>();
  return (path, largest) => {
    const document = known.get(path) ?? readDocument(path, largest);
    known.set(path, document);
    return document;
  };
}

/**
 * Reads the files that a cluster's settings name, relative to `folder`, and group_vars and host_vars beside its inventory.
 * The only effect of the settings. Never throws.
 */
export function readDocumentFiles(
  settings: ClusterSettings,
  folder: string,
  read: ReadDocument = readDocument,
): Documents {
  const inventory =
    settings.kubespray === undefined ? undefined : inventoryFile(resolve(folder, settings.kubespray.inventory));
  return {
    ...(settings.listing === undefined ? {} : { listing: read(resolve(folder, settings.listing), LARGEST_LISTING) }),
    ...(inventory === undefined
      ? {}
      : {
          inventory:
            inventory.why === undefined
              ? read(inventory.path)
              : { kind: "unreadable", path: inventory.path, why: inventory.why },
        }),
    variables: inventory === undefined ? [] : readVariables(dirname(inventory.path), read),
    ...(settings.record === undefined ? {} : { record: read(resolve(folder, settings.record)) }),
    ...(settings.compareWith === undefined
      ? {}
      : { comparedRecord: read(resolve(folder, settings.compareWith.record)) }),
  };
}

/** A file, or the only one of a folder by whose name an inventory is known, as in Kubespray's inventory/sample. */
function inventoryFile(path: string): { readonly path: string; readonly why?: string } {
  if (!isFolder(path)) return { path };
  const names = namesIn(path);
  if (names.kind === "unreadable") return { path, why: names.why };
  const [only, another] = names.list.filter((name) => INVENTORY_FILE.test(name) && !isFolder(join(path, name)));
  if (only === undefined)
    return { path, why: "it is a folder without an inventory (inventory.ini, hosts.yaml); name the file" };
  if (another !== undefined)
    return { path, why: `it is a folder with several inventories (${only}, ${another}); name one` };
  return { path: join(path, only) };
}

const INVENTORY_FILE = /^(?:inventory|hosts)(?:\.(?:ini|ya?ml|json))?$/;

/** More files and folders than this beside an inventory, or more text in them, are not variables of a cluster. */
const MOST_ENTRIES = 2000;
const MOST_TEXT = 64 * 1024 * 1024;

/** In MiB: a million entries as `kubeadm-guard collect` prints them. */
const LARGEST_LISTING = 64;

/** Reads it now. */
export const readDocument: ReadDocument = (path, largest) => {
  try {
    const reading = readRegularFile(path, largest);
    if (reading.kind === "unfit") return { kind: "unreadable", path, why: reading.why };
    return { kind: "text", path, text: new TextDecoder("utf-8", { fatal: true }).decode(reading.bytes) };
  } catch (error) {
    return { kind: "unreadable", path, why: fileError(error, "read") };
  }
};

/** The files that Ansible takes for variables, in a fixed order; beyond the bounds one entry that says so. */
function readVariables(folder: string, read: ReadDocument): readonly DocumentFile[] {
  const files: DocumentFile[] = [];
  let [entriesLeft, textLeft] = [MOST_ENTRIES, MOST_TEXT];
  const waiting = [join(folder, "host_vars"), join(folder, "group_vars")];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const names = namesIn(path);
    if (names.kind === "unreadable") files.push(names);
    else entriesLeft -= names.list.length;
    if (entriesLeft < 0 || textLeft < 0) return [...files, { kind: "unreadable", path, why: TOO_MUCH }];
    for (const name of names.kind === "unreadable" ? [] : names.list) {
      const below = join(path, name);
      if (isFolder(below)) waiting.push(below);
      else if (dirname(path) === folder || VARIABLES_FILE.test(name)) {
        const file = read(below);
        if (file.kind === "text") textLeft -= file.text.length;
        files.push(file);
      }
    }
  }
  return files;
}

const TOO_MUCH = "there is more beside the inventory than variables of a cluster, so it was not read to the end";

/** Below the folders of groups and hosts Ansible heeds three endings (ansible-core 2.19, parsing/dataloader.py). */
const VARIABLES_FILE = /^[^.]+$|\.(?:ya?ml|json)$/;

type Names =
  | { readonly kind: "names"; readonly list: readonly string[] }
  | Extract<DocumentFile, { kind: "unreadable" }>;

/** The names in a folder without hidden files and backups, which Ansible ignores; none where there is no such folder. */
function namesIn(folder: string): Names {
  try {
    const names = readdirSync(folder).filter((name) => !name.startsWith(".") && !name.endsWith("~"));
    return { kind: "names", list: names.sort() };
  } catch (error) {
    if (isAbsent(error)) return { kind: "names", list: [] };
    return { kind: "unreadable", path: folder, why: fileError(error, "read") };
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Reading it will say why.
    return false;
  }
}
