import type { Content } from "../machine/content";
import type { FileOperation } from "../machine/file-operation";
import { normalize } from "../machine/paths";
import { UNKNOWN } from "../shell/unknown";
import { contentAfterUpdate } from "./content-after-update";
import { PROGRAM_FOLDER } from "./program-folder";
import { NOTHING_READ, type Reader } from "./reader";
import type { StackResource } from "./stack-resource";
import { stringAt } from "./value";

/** `local:index/file:File`: a file where the program runs, which a local command may hand to kubectl. */
export const localFile: Reader = {
  id: "local-file",
  reads: (type) => /^local:index\/(?:file:File|sensitiveFile:SensitiveFile)$/.test(type),
  read: (resource) => {
    const path = stringAt(resource.inputs, "filename");
    if (typeof path !== "string") return NOTHING_READ;
    const { name, type, urn } = resource;
    const to = { kind: "file", path: normalize(path.startsWith("/") ? path : `${PROGRAM_FOLDER}/${path}`) } as const;
    const put: FileOperation = { do: "put", to, content: contentOf(resource) };
    return { ...NOTHING_READ, local: [{ source: { name, kind: type, urn }, operations: [put], kubeconfig: "" }] };
  },
};

function contentOf(resource: StackResource): Content {
  const text = stringAt(resource.inputs, "content");
  if (text === UNKNOWN) return contentAfterUpdate(resource, "content");
  return text === undefined ? { kind: "not-shown" } : { kind: "text", text };
}
