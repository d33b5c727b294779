import type { FileOperation, UploadForm } from "../../machine/file-operation";
import type { Source } from "../../machine/source";
import type { Presence } from "../presence";
import { type DiskState, ranBefore } from "./disk-state";
import { presenceOf } from "./presence-of";
import { unorderedWritersOf } from "./unordered-writers";

/** A file of which the kubeadm-config was made, as it was at that moment. */
export interface UploadedConfig {
  /** What ran kubeadm or kubectl. */
  readonly source: Source;
  readonly form: UploadForm;
  /** Undefined where the script does not show which file. */
  readonly path: string | undefined;
  /** What lay there; undefined beside an undefined path. */
  readonly file: Presence | undefined;
}

/** What kubeadm or kubectl finds now at the path that it is given. */
export function uploadedConfig(
  disk: DiskState,
  { path, text, form }: Extract<FileOperation, { readonly do: "upload-config" }>,
  source: Source,
): UploadedConfig {
  const upload = { source, form, path };
  const found = path === undefined ? undefined : presenceOf(disk, path);
  if (text !== undefined) {
    const origin = found?.kind === "present" && found.file.content.kind === "text" ? found.file : { source };
    return { ...upload, file: shown(path ?? "", { ...origin, content: { kind: "text", text } }) };
  }
  if (path === undefined || found === undefined) return { ...upload, file: undefined };
  if (found.kind === "present" && ranBefore(disk, found.file.source, source)) return { ...upload, file: found };
  const unordered = unorderedWritersOf(disk, path, { below: false }, source);
  const writers = found.kind === "present" ? [found.file.source] : unordered.map(({ writer }) => writer);
  if (writers.length === 0) return { ...upload, file: found };
  const reasons = writers.map((writer) => ({
    reason: {
      id: "unordered-operations",
      data: { copied: path, isPattern: false, writer: writer.name, path },
    } as const,
    source,
  }));
  return { ...upload, file: { kind: "undecided", reasons } };
}

function shown(path: string, file: Extract<Presence, { readonly kind: "present" }>["file"]): Presence {
  return { kind: "present", realPath: path, file, links: [] };
}
