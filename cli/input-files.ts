import { resolve } from "node:path";
import type { Cluster } from "../cluster/cluster";
import type { DocumentFile, Documents } from "../cluster/documents";
import { inventoryLines, kubeadmConfigLines, listingLines } from "../evidence/lines/document-lines";
import type { InputFile } from "../reports/finding-places";
import { readDocument } from "../settings/read-files";
import { shownFile } from "../settings/shown-file";

/** What the command line handed over for one cluster. */
export interface HandedOver {
  readonly cluster: Cluster;
  /** As named on the command line; undefined where it was not a file. */
  readonly kubeadmConfig: { readonly file: string; readonly text: string } | undefined;
  readonly documents: Documents;
  /** The file of acceptances. */
  readonly accept: string | undefined;
}

/** The files that were read for a cluster, what carries the kubeadm-config first. */
export function inputFiles(
  { cluster, kubeadmConfig, documents, accept }: HandedOver,
  folder: string,
): readonly InputFile[] {
  const named = shownFile(folder);
  const input = (role: InputFile["role"], path: string, lines: InputFile["lines"]): InputFile => ({
    role,
    ...named(path),
    lines,
  });
  const { configuration, subject } = cluster;
  const text = configuration.kind === "text" ? configuration.text : undefined;
  const { inventory, listing } = documents;
  const agreed = accept === undefined ? undefined : readDocument(resolve(folder, accept));
  return [
    ...(kubeadmConfig === undefined
      ? []
      : [
          input(
            "kubeadm-config",
            kubeadmConfig.file,
            kubeadmConfigLines(kubeadmConfig.text, subject.file === undefined ? { value: text } : "all"),
          ),
        ]),
    ...textOf(inventory).map(({ path, text }) => input("inventory", path, inventoryLines(text, path))),
    ...textOf(listing).map(({ path, text }) => input("listing", path, listingLines(text))),
    ...textOf(agreed).map(({ path, text }) => input("settings", path, listingLines(text))),
  ];
}

function textOf(document: DocumentFile | undefined): readonly { readonly path: string; readonly text: string }[] {
  return document?.kind === "text" ? [document] : [];
}
