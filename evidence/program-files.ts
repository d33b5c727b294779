import type { FindResource } from "./reader";
import type { StackResource } from "./stack-resource";
import { Asset, at, type Value } from "./value";

/**
 * The files of the program from which a kubeadm-config may come, as the program names them: what the YAML components above its
 * resource load (inputs `file`, `files` and `directory`; a `ConfigFile` is named after its file by default), and what the resource
 * itself copies. Remote components (`yaml/v2`) show no inputs, so that only their names may tell.
 */
export function programFiles(resource: StackResource, find: FindResource): readonly string[] {
  const named: Value[] = [];
  for (let parent = parentOf(resource, find); parent !== undefined; parent = parentOf(parent, find)) {
    const { type, name, inputs } = parent;
    if (loadsProgramFiles(type)) named.push(...["file", "files", "directory"].flatMap((key) => at(inputs, key)), name);
  }
  const { source } = resource.inputs;
  if (source instanceof Asset && source.shape.kind === "file") named.push(source.shape.path);
  return [...new Set(named.filter((one) => typeof one === "string"))];
}

/** True for the components that render files of the program. */
export function loadsProgramFiles(type: string): boolean {
  return /^kubernetes:(?:yaml|kustomize)[/:]/.test(type);
}

function parentOf({ parent }: StackResource, find: FindResource): StackResource | undefined {
  return parent === undefined ? undefined : find(parent);
}
