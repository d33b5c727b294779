import type { FileOperation } from "../../machine/file-operation";
import type { Source } from "../../machine/source";
import type { Presence } from "../presence";
import { type DiskState, ranBefore } from "./disk-state";
import { presenceOf } from "./presence-of";
import { unorderedWritersOf } from "./unordered-writers";

/** A file of which kubeadm made the kubeadm-config, as it was at that moment. */
export interface UploadedConfig {
  /** What ran kubeadm. */
  readonly source: Source;
  /** Undefined where the script does not show which file. */
  readonly path: string | undefined;
  /** What lay there; undefined beside an undefined path. */
  readonly file: Presence | undefined;
}

/** What kubeadm finds now at the path that it is given. */
export function uploadedConfig(
  disk: DiskState,
  { path, text }: Extract<FileOperation, { readonly do: "upload-config" }>,
  source: Source,
): UploadedConfig {
  if (path === undefined) return { source, path, file: undefined };
  const found = presenceOf(disk, path);
  if (text !== undefined) {
    const origin = found.kind === "present" && found.file.content.kind === "text" ? found.file : { source };
    return { source, path, file: shown(path, { ...origin, content: { kind: "text", text } }) };
  }
  if (found.kind === "present" && ranBefore(disk, found.file.source, source)) return { source, path, file: found };
  const unordered = unorderedWritersOf(disk, path, { below: false }, source);
  const writers = found.kind === "present" ? [found.file.source] : unordered.map(({ writer }) => writer);
  if (writers.length === 0) return { source, path, file: found };
  const reasons = writers.map((writer) => ({
    reason: {
      id: "unordered-operations",
      data: { copied: path, isPattern: false, writer: writer.name, path },
    } as const,
    source,
  }));
  return { source, path, file: { kind: "undecided", reasons } };
}

function shown(path: string, file: Extract<Presence, { readonly kind: "present" }>["file"]): Presence {
  return { kind: "present", realPath: path, file, links: [] };
}
