import { type Dirent, opendirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StackResource } from "../evidence/stack-resource";
import { Asset } from "../evidence/value";

/**
 * The resources, with the folders listed that they copy to machines (`new FileArchive("certs")`): the relative names of the
 * files as the provider walks them (pulumi-command v1.2.1, remote/copyController.go, copyDir). No file is opened.
 * What cannot be listed stays "not-listed", which makes what lies below its goal undecided: a folder that is not there, that
 * holds too much, or that a local command fills during the update. Without a program folder nothing is listed.
 */
export function listFolders(
  resources: readonly StackResource[],
  programFolder: string | undefined,
): readonly StackResource[] {
  if (programFolder === undefined) return resources;
  const typeOf = new Map<string, string>(resources.map(({ urn, type }) => [urn, type]));
  return resources.map((resource) => {
    const { source } = resource.inputs;
    if (resource.type !== "command:remote:CopyToRemote" || !(source instanceof Asset)) return resource;
    const { shape } = source;
    if (shape.kind !== "archive-path") return resource;
    if (resource.dependencies.some((urn) => typeOf.get(urn)?.startsWith("command:local:") === true)) return resource;
    const entries = entriesOf(resolve(programFolder, shape.path));
    if (entries === undefined) return resource;
    return { ...resource, inputs: { ...resource.inputs, source: new Asset({ ...shape, entries }) } };
  });
}

/** A folder with more than this is not one of certificates, and listing it would keep the preview waiting. */
const MOST_ENTRIES = 2000;

/** The relative names of all files below a folder, sorted. */
function entriesOf(folder: string): readonly string[] | undefined {
  const files: string[] = [];
  const waiting = [""];
  let seen = 0;
  try {
    for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
      for (const entry of entriesIn(join(folder, below))) {
        seen += 1;
        if (seen > MOST_ENTRIES) return undefined;
        const name = join(below, entry.name);
        if (entry.isDirectory()) waiting.push(name);
        // The provider opens the target of a link; at a link to a folder it fails.
        else if (entry.isFile() || statSync(join(folder, name)).isFile()) files.push(name);
        else return undefined;
      }
    }
  } catch {
    return undefined;
  }
  return files.sort();
}

/** One after the other: of a folder with a million files no more is read than is looked at. */
function* entriesIn(folder: string): Generator<Dirent> {
  const opened = opendirSync(folder);
  try {
    for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) yield entry;
  } finally {
    opened.closeSync();
  }
}
