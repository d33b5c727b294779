import { type ConfigurationText, documentAlone } from "./configuration-text";
import { documentKind } from "./document-kind";
import { KUBEADM_GROUP } from "./kubeadm-versions";

/** More documents than kubeadm knows kinds of. */
const MOST_DOCUMENTS = 100;

/**
 * The ClusterConfiguration in a file for `--config`, each line where it stands in the file; undefined where the file holds none,
 * of which kubeadm then makes its own. A file that cannot be read is handed back whole: kubeadm's reading says what is wrong.
 */
export function clusterDocument(file: ConfigurationText): ConfigurationText | undefined {
  const split = file.documents();
  if (split.fault !== undefined) return file;
  const documents = split.documents.slice(0, MOST_DOCUMENTS).map((document) => {
    const reading = document.decoded();
    const kind = reading.kind === "value" ? documentKind(reading.value, "yaml") : undefined;
    return { document, kind: kind?.kind === "kind" ? kind.value : undefined };
  });
  const found = documents.find(({ kind }) => kind?.kind === "ClusterConfiguration" && kind.group === KUBEADM_GROUP);
  if (found !== undefined) return documentAlone(found.document);
  return documents.every(({ kind }) => kind !== undefined && kind.kind !== "") ? undefined : file;
}
