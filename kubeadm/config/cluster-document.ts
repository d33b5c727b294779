import { documentKind } from "./document-kind";
import { KUBEADM_GROUP } from "./kubeadm-versions";
import { splitDocuments } from "./split-documents";
import { textToJson } from "./text-to-json";

/** More documents than kubeadm knows kinds of. */
const MOST_DOCUMENTS = 100;

/**
 * The ClusterConfiguration in a file for `--config`, each line where it stands in the file; undefined where the file holds none,
 * of which kubeadm then makes its own. A file that cannot be read is handed back whole: kubeadm's reading says what is wrong.
 */
export function clusterDocument(file: string): string | undefined {
  const split = splitDocuments(file);
  if (split.fault !== undefined) return file;
  const documents = split.documents.slice(0, MOST_DOCUMENTS).map(({ text, firstLine }) => {
    const reading = textToJson(text);
    const kind = reading.kind === "value" ? documentKind(reading.value, "yaml") : undefined;
    return { text, firstLine, kind: kind?.kind === "kind" ? kind.value : undefined };
  });
  const found = documents.find(({ kind }) => kind?.kind === "ClusterConfiguration" && kind.group === KUBEADM_GROUP);
  if (found !== undefined) return "\n".repeat(found.firstLine) + found.text;
  return documents.every(({ kind }) => kind !== undefined && kind.kind !== "") ? undefined : file;
}
