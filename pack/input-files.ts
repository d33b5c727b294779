import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../cluster/cluster";
import { inventoryLines, kubeadmConfigLines, listingLines } from "../evidence/lines/document-lines";
import type { InputFile } from "../reports/finding-places";
import { readDocumentFiles } from "../settings/read-files";
import { shownFile } from "../settings/shown-file";
import type { RunSettings } from "./run-settings";

/** The files of a project in which findings about a cluster can be shown: its program in YAML, its settings, and what these name. */
export function inputFiles({ configuration, subject, settings }: Cluster, run: RunSettings): readonly InputFile[] {
  const { folder, stack, readDocument } = run;
  const named = shownFile(folder);
  const text = configuration.kind === "text" ? configuration.text : undefined;
  const { inventory, listing } = readDocumentFiles(settings, folder, readDocument);
  const input = (
    role: InputFile["role"],
    absolutePath: string,
    linesOf: (text: string) => InputFile["lines"],
  ): readonly InputFile[] => {
    const document = readDocument(absolutePath);
    return document.kind === "unreadable" ? [] : [{ role, ...named(absolutePath), lines: linesOf(document.text) }];
  };
  // Whether a file that a component loads is the one, only its text tells.
  const manifests = (subject.programFiles ?? [])
    .flatMap(filesAt)
    .flatMap((path) =>
      input("kubeadm-config", path, (all) =>
        kubeadmConfigLines(all, subject.file === undefined ? { value: text } : "all"),
      ),
    )
    .filter(({ lines }) => lines.ofConfiguration(undefined) !== undefined || subject.file !== undefined);
  return [
    ...manifests,
    ...input("project", join(folder, "Pulumi.yaml"), (all) =>
      kubeadmConfigLines(all, { value: text, resource: subject.source.name }),
    ),
    ...(inventory === undefined
      ? []
      : input("inventory", inventory.path, (all) => inventoryLines(all, inventory.path))),
    ...(listing === undefined ? [] : input("listing", listing.path, listingLines)),
    ...(stack === undefined ? [] : input("settings", join(folder, `Pulumi.${stack}.yaml`), listingLines)),
  ];
}

/** A folder with more than this is not one of a few manifests. */
const MOST_ENTRIES = 200;

/** The file, or the YAML and JSON files directly in the folder. */
function filesAt(path: string): readonly string[] {
  try {
    const entries = readdirSync(path);
    return entries.length > MOST_ENTRIES
      ? []
      : entries
          .filter((name) => /\.(?:ya?ml|json)$/.test(name))
          .sort()
          .map((name) => join(path, name));
  } catch {
    // Not a folder, or one that cannot be read: then reading it as a file fails as well.
    return [path];
  }
}
