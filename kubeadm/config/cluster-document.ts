import { type ConfigurationText, documentAlone } from "./configuration-text";
import { isClusterConfiguration, namedDocuments } from "./named-documents";

/**
 * The ClusterConfiguration in a file for `--config`, each line where it stands in the file; undefined where the file holds none,
 * of which kubeadm then makes its own. A file that cannot be read is handed back whole: kubeadm's reading says what is wrong.
 */
export function clusterDocument(file: ConfigurationText): ConfigurationText | undefined {
  const documents = namedDocuments(file);
  if (documents === undefined) return file;
  const found = documents.find(isClusterConfiguration);
  if (found !== undefined) return documentAlone(found.document);
  return documents.every(({ kind }) => kind !== undefined && kind.kind !== "") ? undefined : file;
}
