import { join } from "../machine/paths";
import { homeOf } from "../shell/home-of";
import { literalOf } from "../shell/text";
import { UNKNOWN } from "../shell/unknown";
import { machineOfConnection, userOfConnection } from "./connection";
import type { FindResource } from "./reader";
import type { StackResource } from "./stack-resource";
import { Asset, stringAt } from "./value";

/** So many resources that a command waits for are looked at. */
const MOST_RESOURCES = 500;

/**
 * The scripts that copies put on the machine of a command before it runs, by path: what `bash /tmp/setup.sh` then runs.
 * A path that two copies write with different texts is left out.
 */
export function copiedScripts(command: StackResource, find: FindResource): ReadonlyMap<string, string> {
  const machine = JSON.stringify(machineOfConnection(command));
  const scripts = new Map<string, string | undefined>();
  for (const resource of waitedFor(command, find)) {
    const copied = JSON.stringify(machineOfConnection(resource)) === machine ? scriptOf(resource) : undefined;
    if (copied === undefined) continue;
    const { path, text } = copied;
    scripts.set(path, scripts.has(path) && scripts.get(path) !== text ? undefined : text);
  }
  return new Map([...scripts].flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
}

/** The resources that have finished before this one begins, as far as they are shown. */
function waitedFor(resource: StackResource, find: FindResource): readonly StackResource[] {
  const seen = new Set<string>();
  const found: StackResource[] = [];
  const queue: string[] = [...resource.dependencies];
  for (let urn = queue.shift(); urn !== undefined && seen.size < MOST_RESOURCES; urn = queue.shift()) {
    const one = seen.has(urn) ? undefined : find(urn);
    seen.add(urn);
    if (one === undefined) continue;
    found.push(one);
    queue.push(...one.dependencies);
  }
  return found;
}

/** A text with the mark of a script, or the name of one, and where it is copied to. */
function scriptOf(resource: StackResource): { readonly path: string; readonly text: string } | undefined {
  const { source } = resource.inputs;
  const remotePath = stringAt(resource.inputs, "remotePath");
  if (resource.type !== "command:remote:CopyToRemote" || !(source instanceof Asset) || source.shape.kind !== "text")
    return undefined;
  if (remotePath === undefined || remotePath === UNKNOWN || remotePath.endsWith("/")) return undefined;
  const { text } = source.shape;
  if (!text.startsWith("#!") && !/\.(sh|bash)$/.test(remotePath)) return undefined;
  if (remotePath.startsWith("/")) return { path: join("/", remotePath), text };
  const home = literalOf(homeOf(userOfConnection(resource)));
  return home === undefined ? undefined : { path: join(home, remotePath), text };
}
