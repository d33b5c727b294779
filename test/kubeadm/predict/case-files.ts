import { type NodeFiles, nodeFiles } from "../../../cluster/node-files";
import type { ExternalEtcd } from "../../../kubeadm/config/cluster-configuration";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { readClusterConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import type { ExternalEtcdFileStates, FileState, NamedFile } from "../../../kubeadm/predict/file-state";
import type { FileOperation } from "../../../machine/file-operation";
import { evidence } from "../../helpers/evidence";
import type { CaseFile, RecordedCluster } from "../../helpers/recorded-clusters";

/** What the case's configuration says of its external etcd. */
export function externalEtcdOf(one: RecordedCluster): ExternalEtcd {
  const reading = readClusterConfiguration(configurationText(one.configMap.data["ClusterConfiguration"] ?? ""), {
    minor: 30,
    patch: 14,
  });
  const external = reading.kind === "decoded" ? reading.configuration.etcd.external : undefined;
  if (external === undefined) throw new Error(`${one.id} has no external etcd`);
  return external;
}

/** The three files as they are on a node of the case. */
export function fileStates(one: RecordedCluster, node: string): ExternalEtcdFileStates {
  const { certFile, keyFile, caFile } = externalEtcdOf(one);
  const files = nodeFiles(
    [evidence("listing", ...(one.files[node] ?? []).map(operation))],
    { kind: "complete", because: { by: "setting" } },
    [certFile, keyFile, caFile],
    () => true,
  );
  const named = (path: string): NamedFile => ({ path, file: stateOf(files, path) });
  return { certFile: named(certFile), keyFile: named(keyFile), caFile: named(caFile) };
}

function stateOf(files: NodeFiles, path: string): FileState {
  const presence = files.presence(path);
  switch (presence.kind) {
    case "present":
      return {
        state: "present",
        content: presence.file.content.kind === "text" ? presence.file.content.text : undefined,
      };
    case "missing":
      return { state: "unopenable", errno: presence.error };
    case "undecided":
      return { state: "undecided" };
  }
}

function operation({ path, link, content }: CaseFile): FileOperation {
  const to = { kind: "file", path } as const;
  return link === null
    ? { do: "put", to, content: { kind: "text", text: content ?? "" } }
    : { do: "link", to, target: link, replace: true };
}
