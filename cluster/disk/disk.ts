import type { FileOperation } from "../../machine/file-operation";
import { memoize } from "../../machine/memoize";
import type { Source } from "../../machine/source";
import type { Evidence } from "../evidence";
import type { Presence, PresentFile } from "../presence";
import { type DiskContext, type DiskState, mightWrite } from "./disk-state";
import { forEachMatch, MOST_MATCHES } from "./each-match";
import { Entries } from "./entries";
import { realPath } from "./look-up";
import { copy, link, move, remove, setMode, write } from "./operations";
import { presenceOf } from "./presence-of";
import { UndecidedPlaces } from "./undecided-places";
import { namedPlaces } from "./unordered-writers";
import { type UploadedConfig, uploadedConfig } from "./uploaded-config";

/** One node's disk while evidence is played on it. Mutable; only nodeFiles() sees it. */
export class Disk {
  private readonly state: DiskState;
  private readonly uploaded: UploadedConfig[] = [];

  constructor(context: DiskContext) {
    this.state = {
      ...context,
      entries: new Entries(),
      undecided: new UndecidedPlaces(),
      clock: 0,
      matchesLeft: MOST_MATCHES,
      namedPlaces: memoize(namedPlaces),
    };
  }

  play({ source, operations }: Evidence): void {
    for (const operation of operations) {
      this.state.clock += 1;
      if (operation.do === "upload-config") this.uploaded.push(uploadedConfig(this.state, operation, source));
      else perform(this.state, operation, source);
    }
  }

  /** The configuration files that kubeadm made a ConfigMap of, in order, each as it was then. */
  get uploads(): readonly UploadedConfig[] {
    return this.uploaded;
  }

  presence(path: string): Presence {
    return presenceOf(this.state, path);
  }

  /** The files that are there for certain, in path order. */
  present(): readonly { readonly path: string; readonly file: PresentFile }[] {
    const files: { readonly path: string; readonly file: PresentFile }[] = [];
    for (const [path, entry] of this.state.entries) if (entry.kind === "file") files.push({ path, file: entry });
    return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
}

type Upload = Extract<FileOperation, { readonly do: "upload-config" }>;

function perform(disk: DiskState, operation: Exclude<FileOperation, Upload>, source: Source): void {
  const { entries, undecided, clock } = disk;
  switch (operation.do) {
    case "put":
      return write(disk, operation.to, source, operation);
    case "link":
      return link(disk, operation.to, operation.target, operation.replace, source);
    case "make-directory":
      return entries.makeFolders(realPath(entries, operation.path), clock);
    case "copy":
      return copy(disk, operation.from, operation.to, source, operation);
    case "move":
      return move(disk, operation.from, operation.to, source);
    case "set-mode":
      // chmod(2) follows a link at the end, and so does chmod -R for what it is given.
      return setMode(disk, realPath(entries, operation.path, "follow"), operation.mode, operation.recursive);
    case "remove":
      return remove(disk, operation.path, source);
    case "for-each-match":
      return forEachMatch(disk, operation.pattern, operation.step, source);
    case "might-remove":
      return undecided.addRemoval(operation.scope, { reason: operation.reason, source }, clock);
    case "might-write":
      return mightWrite(disk, operation.scope, { reason: operation.reason, source });
  }
}
