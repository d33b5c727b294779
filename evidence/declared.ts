import type { FileSettings } from "../cluster/cluster-settings";
import type { Evidence, Machine } from "../cluster/evidence";
import type { Content } from "../machine/content";
import type { FileOperation } from "../machine/file-operation";
import { publicProse } from "../machine/public-text";
import type { Source } from "../machine/source";

/** Evidence from `files` of the settings: what some tool outside the program puts on the nodes. */
export function declared(cluster: string, files: readonly FileSettings[]): readonly Evidence[] {
  return files.flatMap((file, index) => {
    const source: Source = { name: `clusters[${publicProse(cluster)}].files[${index}]`, kind: "settings" };
    const operations = [operationOf(file)];
    const machines: readonly Machine[] =
      file.nodes === undefined
        ? [{ by: "every-control-plane-node" }]
        : file.nodes.map((name): Machine => ({ by: "name", name }));
    return machines.map((machine) => ({ source, machine, operations }));
  });
}

function operationOf(file: FileSettings): FileOperation {
  const to = { kind: "file", path: file.path } as const;
  if (file.link !== undefined) return { do: "link", to, target: file.link, replace: true };
  return { do: "put", to, content: contentOf(file), ...(file.mode === undefined ? {} : { mode: file.mode }) };
}

function contentOf(file: FileSettings): Content {
  if (file.content !== undefined) return { kind: "text", text: file.content };
  return file.sha256 === undefined ? { kind: "not-shown" } : { kind: "sha256", sha256: file.sha256 };
}
