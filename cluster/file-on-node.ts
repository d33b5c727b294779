import type { NamedFile } from "../kubeadm/predict/file-state";
import type { ControlPlaneNode } from "./cluster";

/** What is known of the file that a path resolves to on a node; for an empty path, which names no file, nothing. */
export function fileOnNode(node: Pick<ControlPlaneNode, "files">, path: string): NamedFile {
  if (path === "") return { path, file: { state: "undecided" } };
  const presence = node.files.presence(path);
  switch (presence.kind) {
    case "present": {
      const { content } = presence.file;
      return { path, file: { state: "present", content: content.kind === "text" ? content.text : undefined } };
    }
    case "missing":
      return { path, file: { state: "unopenable", errno: presence.error } };
    case "undecided":
      return { path, file: { state: "undecided" } };
  }
}
