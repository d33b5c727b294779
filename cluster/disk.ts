import type { OpenError } from "../kubeadm/predict/open-error";
import type { Content } from "../machine/content";
import { candidates, matchScope } from "../machine/destinations";
import type { Destination, FileOperation, MatchDestination, MatchStep, Scope } from "../machine/file-operation";
import { cutPattern, literalPattern, matchesPattern } from "../machine/path-pattern";
import { ancestors, baseName, isAtOrBelow, join, normalize, parent } from "../machine/paths";
import type { Source } from "../machine/source";
import type { Reason } from "../reasons/reason";
import { Doubts, type MatchDoubt } from "./doubts";
import type { Evidence } from "./evidence";
import type { Doubt, Precedes, Presence, PresentFile, World } from "./presence";
import { isStandardFolder } from "./standard-folders";

type FileEntry = { readonly kind: "file"; readonly at: number } & PresentFile;

type Entry =
  | FileEntry
  | { readonly kind: "link"; readonly at: number; readonly target: string; readonly source: Source }
  /** `emptiedBy`: whatever else lay in it was removed. */
  | { readonly kind: "folder"; readonly at: number; readonly emptiedBy?: Source }
  | Gone;

interface Gone {
  readonly kind: "gone";
  readonly at: number;
  readonly source: Source;
}

/** Files that patterns match, in all: a bound on the work. Comparing so many names counts as one. */
const MOST_MATCHES = 50_000;
const ENTRIES_PER_MATCH = 50;

/** Linux follows at most 40 links in one lookup (fs/namei.c, MAXSYMLINKS). */
const MOST_LINKS = 40;
/** In bytes: NAME_MAX of the usual file systems, and PATH_MAX without its final NUL (limits.h). */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4095;
/** kubeadm is run by root; a relative path starts at root's home (the cases were recorded so). */
const WORKING_FOLDER = "/root";

/** One node's disk while evidence is played on it. Mutable; only nodeFiles() sees it. */
export class Disk {
  private readonly entries = new Map<string, Entry>();
  private readonly doubts = new Doubts();
  /** Removals by a pattern: they also take what nobody was seen to put there. */
  private readonly sweeps: Sweep[] = [];
  private clock = 0;
  private matchesLeft = MOST_MATCHES;

  constructor(
    private readonly world: World,
    /** All that will be played: a source that need not wait may run at any moment. */
    private readonly evidence: readonly Evidence[],
    private readonly folders: ReadonlySet<string>,
    private readonly interest: readonly string[],
    private readonly precedes: Precedes,
    /** Doubts that this node shares with others; they may concern any moment. */
    private readonly shared: readonly Doubts[],
  ) {}

  play({ source, operations }: Evidence): void {
    for (const operation of operations) {
      this.clock += 1;
      this.perform(operation, source);
    }
  }

  presence(path: string): Presence {
    const unusable = unusablePath(path);
    if (unusable !== undefined) return { kind: "missing", error: unusable, links: [] };
    const links: Source[] = [];
    const doubts: Doubt[] = [];
    const found = this.walk(path.startsWith("/") ? path : join(WORKING_FOLDER, path), links, doubts);
    switch (found.kind) {
      case "found":
        if (doubts.length > 0) return { kind: "undecided", doubts };
        if (found.entry.kind === "folder") return { kind: "missing", error: "is a directory", links };
        return { kind: "present", realPath: found.path, file: this.asKnown([path, found.path], found.entry), links };
      case "undecided":
        return { kind: "undecided", doubts: found.doubts };
      case "error":
        // What may have been taken away makes nothing appear.
        return {
          kind: "missing",
          error: found.error,
          ...(found.removedBy ? { removedBy: found.removedBy } : {}),
          links,
        };
    }
  }

  /** The file with what is known of it: what may have been written there since leaves its content open. */
  private asKnown(places: readonly string[], entry: FileEntry): PresentFile {
    const written = [this.doubts, ...this.shared].some((one) =>
      places.some((place) => one.mayReplace(normalize(place), this.interest, entry.at)),
    );
    return written ? { ...entry, content: { kind: "not-shown" } } : entry;
  }

  present(): readonly { readonly path: string; readonly file: PresentFile }[] {
    const files: { readonly path: string; readonly file: PresentFile }[] = [];
    for (const [path, entry] of this.entries) if (entry.kind === "file") files.push({ path, file: entry });
    return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  private perform(operation: FileOperation, source: Source): void {
    switch (operation.do) {
      case "put":
        return this.write(operation.to, source, operation);
      case "link":
        return this.link(operation.to, operation.target, operation.replace, source);
      case "make-directory":
        return this.makeFolders(this.physical(operation.path));
      case "copy":
        return this.copy(operation.from, operation.to, source, operation);
      case "move":
        this.move(operation.from, operation.to, source);
        return;
      case "set-mode":
        return this.setMode(this.physical(operation.path), operation.mode);
      case "remove":
        return this.remove(operation.path, source);
      case "for-each-match":
        return this.forEachMatch(operation.pattern, operation.step, source);
      case "might-remove":
        return this.doubts.addRemoval(operation.scope, { reason: operation.reason, source }, this.clock);
      case "might-write":
        return this.doubt(operation.scope, { reason: operation.reason, source });
    }
  }

  /** What may be written at a path may be written through the link that is there. */
  private doubt(scope: Scope, doubt: Doubt): void {
    this.doubts.add(scope, doubt, this.clock);
    if (scope.kind !== "below") return;
    const real = this.physical(scope.path, "follow");
    if (real !== normalize(scope.path)) this.doubts.add({ kind: "below", path: real }, doubt, this.clock);
  }

  private setMode(path: string, mode: string): void {
    const entry = this.entries.get(path);
    if (entry?.kind === "file") this.entries.set(path, { ...entry, mode });
  }

  private forEachMatch(given: string, step: MatchStep, source: Source): void {
    this.matchesLeft -= this.entries.size / ENTRIES_PER_MATCH;
    if (this.matchesLeft < 0) {
      const reason: Reason = { id: "too-many-matches", data: {} };
      return this.doubts.addOperation({ do: "for-each-match", pattern: given, step }, { reason, source }, this.clock);
    }
    const cut = cutPattern(given);
    const folder = this.physical(cut.folder, "follow");
    const pattern = `${literalPattern(folder === "/" ? "" : folder)}/${cut.rest}`;
    const known = [...this.entries]
      .filter(([path, entry]) => entry.kind !== "gone" && isAtOrBelow(path, folder) && matchesPattern(path, pattern))
      .map(([path, entry]) => ({ path, isFolder: entry.kind === "folder" }));
    this.matchesLeft -= known.length;
    const files = known.filter(({ isFolder }) => !isFolder).map(({ path }) => path);
    switch (step.do) {
      case "set-mode":
        for (const path of files) this.setMode(this.physical(path, "follow"), step.mode);
        return;
      case "remove":
        for (const path of step.recursive ? known.map((one) => one.path) : files) this.remove(path, source);
        this.sweeps.push({ pattern, recursive: step.recursive, at: this.clock, source });
        return;
      case "copy":
      case "link":
      case "move": {
        // Without -r cp stops at a folder.
        const taken = step.do === "copy" && !step.recursive ? files : known.map((one) => one.path);
        const others = this.otherMatches(pattern, folder, taken, source);
        const into = step.to.kind === "into" || taken.length > 1 || this.isFolderByThen(step.to.path);
        const target = step.to.kind === "into" ? step.to.directory : step.to.path;
        const to: MatchDestination = into ? { kind: "into", directory: target } : step.to;
        for (const path of taken) this.stepWith(path, step, { ...to, name: baseName(path) }, source);
        const scope = matchScope(pattern, to);
        for (const { path, reason } of others) {
          if (path !== undefined && into) this.mightWrite([join(target, baseName(path))], { reason, source });
          else this.doubts.add(scope, { reason, source }, this.clock);
        }
        if (step.do === "move") this.sweeps.push({ pattern, recursive: true, at: this.clock, source });
      }
    }
  }

  private stepWith(
    path: string,
    step: Extract<MatchStep, { readonly do: "copy" | "link" | "move" }>,
    to: Destination,
    source: Source,
  ): void {
    if (step.do === "link") return this.link(to, path, step.replace, source);
    if (step.do === "move") return this.move(path, to, source);
    this.copy(path, to, source, step);
  }

  /** Why the pattern may match more than these paths: which, where that is known. */
  private otherMatches(
    pattern: string,
    folder: string,
    known: readonly string[],
    source: Source,
  ): readonly MatchDoubt[] {
    const above = this.entryAt(folder);
    const since = above?.kind === "folder" && above.emptiedBy !== undefined ? above.at : 0;
    const doubts = [this.doubts, ...this.shared].flatMap((one) => one.aboutMatches(pattern, since));
    const unordered = this.evidence
      .filter(({ source: other }) => !this.ranBefore(other, source) && !this.ranBefore(source, other))
      .flatMap(({ source: other, operations }) =>
        operations.flatMap((operation) => writtenPaths(operation)).map((path) => ({ path, other })),
      )
      .filter(({ path }) => matchesPattern(path, pattern))
      .map(({ path, other }) => ({
        path,
        reason: {
          id: "unordered-operations",
          data: { copied: pattern, isPattern: true, writer: other.name, path },
        } as const,
      }));
    const found = [...doubts, ...unordered].filter(({ path }) => path === undefined || !known.includes(path));
    if (known.length === 0)
      return [...found, { reason: { id: "copied-file-unknown", data: { copied: pattern, isPattern: true } } }];
    if (this.world.kind === "closed" || this.isSearched(folder)) return found;
    return [...found, { reason: { id: "more-matches-possible", data: { pattern } } }];
  }

  private write(to: Destination, source: Source, file: Written): void {
    const landing = this.landing(to, "file");
    if (landing.kind === "undecided") return this.mightWrite(landing.paths, { reason: landing.reason, source });
    // Writing follows a link that is already there, as open(2) does: kubeadm download-certs, sftp, cp and tee alike.
    const path = file.replaces ? this.physical(landing.path) : this.physical(landing.path, "follow");
    this.makeFolders(parent(path));
    // `touch FOLDER` leaves the folder a folder, and nothing else can write onto one.
    if (this.isFolder(path)) return;
    const old = this.entries.get(path);
    // A file that is written again keeps its mode; so does one that may have been there.
    const isNew = old?.kind !== "file" && !this.doubts.mayReplace(path, this.interest, old?.at ?? 0);
    const mode = file.mode ?? (old?.kind === "file" && !file.replaces ? old.mode : isNew ? file.newMode : undefined);
    this.entries.set(path, {
      kind: "file",
      at: this.clock,
      content: file.content,
      source,
      ...(mode === undefined ? {} : { mode }),
      ...(file.origin === undefined ? {} : { origin: file.origin }),
    });
  }

  private isFolder(path: string): boolean {
    const entry = this.entries.get(path);
    return entry === undefined ? isStandardFolder(path) : entry.kind === "folder";
  }

  private link(to: Destination, target: string, replace: boolean, source: Source): void {
    const landing = this.landing(to, "link");
    if (landing.kind === "undecided") return this.mightWrite(landing.paths, { reason: landing.reason, source });
    const given = this.physical(landing.path);
    // `ln -sfn` takes the place of a link to a folder, and goes into a real one.
    const path = this.entries.get(given)?.kind === "folder" ? join(given, baseName(target)) : given;
    const old = this.entries.get(path);
    if (!replace && old !== undefined && old.kind !== "gone") return;
    this.makeFolders(parent(path));
    this.entries.set(path, { kind: "link", at: this.clock, target, source });
  }

  private move(from: string, to: Destination, source: Source): void {
    this.copy(from, to, source, { recursive: true, replaces: true, preserves: true });
    this.remove(from, source);
  }

  private copy(from: string, to: Destination, source: Source, how: Copying): void {
    const { recursive, preserves, replaces } = how;
    const found = this.presence(from);
    if (found.kind === "present") {
      if (this.ranBefore(found.file.source, source)) {
        const mode = how.mode ?? (preserves ? found.file.mode : undefined);
        return this.write(to, source, {
          content: found.file.content,
          ...(mode === undefined ? {} : { mode }),
          newMode: "newMode" in how ? how.newMode : withoutRights(found.file.mode, how.umask),
          ...(replaces === undefined ? {} : { replaces }),
          origin: found.file.source,
        });
      }
      const reason: Reason = {
        id: "unordered-operations",
        data: { copied: from, isPattern: false, writer: found.file.source.name, path: from },
      };
      return this.mightWrite(candidates(to), { reason, source });
    }
    if (found.kind === "missing" && found.error === "is a directory" && recursive)
      return this.copyFolder(from, to, source);
    this.mightWrite(candidates(to), {
      reason: { id: "copied-file-unknown", data: { copied: from, isPattern: false } },
      source,
    });
  }

  private copyFolder(from: string, to: Destination, source: Source): void {
    const root = this.physical(from, "follow");
    const landing = this.landing(to, "tree");
    if (landing.kind === "undecided") return this.mightWrite(landing.paths, { reason: landing.reason, source });
    const goal = this.physical(landing.path, "follow");
    this.makeFolders(goal);
    for (const [path, entry] of [...this.entries]) {
      if (!isAtOrBelow(path, root) || path === root) continue;
      const target = join(goal, path.slice(root.length));
      if (entry.kind === "file" && this.ranBefore(entry.source, source)) {
        this.makeFolders(parent(target));
        this.entries.set(target, { ...entry, at: this.clock, source, origin: entry.source });
      } else if (entry.kind === "link") {
        this.makeFolders(parent(target));
        this.entries.set(target, { ...entry, at: this.clock });
      } else if (entry.kind === "file") {
        this.mightWrite([target], {
          reason: {
            id: "unordered-operations",
            data: { copied: from, isPattern: false, writer: entry.source.name, path: null },
          },
          source,
        });
      }
    }
    for (const { reason } of this.doubts.aboutFolder(root)) this.mightWrite([goal], { reason, source });
  }

  private remove(path: string, source: Source): void {
    const real = this.physical(path);
    for (const below of [...this.entries.keys()])
      if (below !== real && isAtOrBelow(below, real)) this.entries.delete(below);
    this.entries.set(real, { kind: "gone", at: this.clock, source });
  }

  private ranBefore(first: Source, second: Source): boolean {
    return first === second || (first.urn !== undefined && first.urn === second.urn) || this.precedes(first, second);
  }

  private mightWrite(paths: readonly string[], doubt: Doubt): void {
    for (const path of paths) this.doubt({ kind: "below", path }, doubt);
  }

  /** Where a destination lies: exactly, or one of several places. */
  private landing(to: Destination, what: "file" | "link" | "tree"): Landing {
    if (to.kind === "file") return { kind: "path", path: to.path };
    if (to.kind === "into") return { kind: "path", path: join(to.directory, to.name) };
    const path = normalize(to.path);
    const real = this.physical(path, "follow");
    const entry = this.entries.get(real);
    // Where something lands below it later, a file cannot have been put there; a link or a tree can.
    const isFolder = what === "file" ? this.isFolderByThen(path) : entry?.kind === "folder" || isStandardFolder(real);
    if (isFolder) return { kind: "path", path: join(path, to.name) };
    const asked = this.interest.some((other) => other !== path && isAtOrBelow(normalize(other), path));
    if (entry?.kind === "file" || !asked) return { kind: "path", path };
    // Where the whole disk is described, a folder that nothing makes is not there for the link to go into.
    if (what === "link" && this.world.kind === "closed" && this.world.complete) return { kind: "path", path };
    return {
      kind: "undecided",
      // A file in the folder's place holds nothing below it; a link or a tree may.
      paths: what === "file" ? [join(path, to.name)] : candidates(to),
      reason: { id: "folder-or-file", data: { name: to.name, path } },
    };
  }

  /** Whether something copied to this path lands inside a folder. */
  private isFolderByThen(path: string): boolean {
    const real = this.physical(path, "follow");
    return this.entries.get(real)?.kind === "folder" || this.folders.has(real) || isStandardFolder(real);
  }

  /** What is known to be at a path, or to be gone from there. */
  private entryAt(path: string): Entry | undefined {
    const entry = this.entries.get(path);
    if (entry !== undefined || this.sweeps.length === 0) return entry;
    const sweep = this.sweeps.findLast(({ pattern }) => matchesPattern(path, pattern));
    return sweep === undefined ? undefined : { kind: "gone", at: sweep.at, source: sweep.source };
  }

  /** The same for a folder on the way to something: without -r only files were removed. */
  private folderAt(path: string): Entry | undefined {
    const entry = this.entries.get(path);
    if (entry !== undefined || this.sweeps.length === 0) return entry;
    const sweep = this.sweeps.findLast(({ pattern, recursive }) => recursive && matchesPattern(path, pattern));
    return sweep === undefined ? undefined : { kind: "gone", at: sweep.at, source: sweep.source };
  }

  /** Makes a folder and those above it, as mkdir -p does. */
  private makeFolders(path: string): void {
    for (const folder of [...ancestors(path), path]) {
      const entry = this.folderAt(folder);
      if (entry === undefined) this.entries.set(folder, { kind: "folder", at: this.clock });
      else if (entry.kind === "gone") {
        this.entries.set(folder, { kind: "folder", at: this.clock, emptiedBy: entry.source });
      }
    }
  }

  /** The path with links above its last name resolved; with "follow", a link at its end as well. Best effort: for writing. */
  private physical(path: string, last: "keep" | "follow" = "keep"): string {
    const [names, start] = [normalize(path).split("/").filter(Boolean), "/"];
    let current = start;
    let followed = 0;
    const rest = [...names];
    while (rest.length > 0) {
      const name = rest.shift();
      if (name === undefined) break;
      const next = join(current, name);
      const entry = this.entries.get(next);
      const follow = rest.length > 0 || last === "follow";
      if (entry?.kind === "link" && follow && followed < MOST_LINKS) {
        followed += 1;
        const target = entry.target.startsWith("/") ? entry.target : join(current, entry.target);
        rest.unshift(...normalize(target).split("/").filter(Boolean));
        current = start;
      } else current = next;
    }
    return current;
  }

  /** Linux's lookup of a path: name by name, `..` from where a link led, at most 40 links (path_resolution(7)). */
  private walk(path: string, links: Source[], removals: Doubt[]): Found {
    const rest = path.split("/").filter((name) => name !== "" && name !== ".");
    let mustBeFolder = path.endsWith("/") || path.endsWith("/.");
    let current = "/";
    let followed = 0;
    while (rest.length > 0) {
      const name = rest.shift();
      if (name === undefined) break;
      if (name === "..") {
        current = parent(current);
        continue;
      }
      if (Buffer.byteLength(name) > LONGEST_NAME) return { kind: "error", error: "file name too long" };
      const next = join(current, name);
      const entry = rest.length > 0 ? this.folderAt(next) : this.entryAt(next);
      const since = entry?.at ?? -1;
      removals.push(...[this.doubts, ...this.shared].flatMap((one) => one.aboutRemoval(next, since)));
      if (entry === undefined || entry.kind === "gone") {
        const full = rest.length === 0 ? next : join(next, rest.filter((one) => one !== "..").join("/"));
        const absent = this.absent(next, full, entry, current);
        if (absent.kind !== "folder") return absent;
        current = next;
      } else if (entry.kind === "link") {
        followed += 1;
        links.push(entry.source);
        if (followed > MOST_LINKS) return { kind: "error", error: "too many levels of symbolic links" };
        if (rest.length === 0 && entry.target.endsWith("/")) mustBeFolder = true;
        rest.unshift(...entry.target.split("/").filter((one) => one !== "" && one !== "."));
        if (entry.target.startsWith("/")) current = "/";
      } else if (entry.kind === "file") {
        if (rest.length > 0 || mustBeFolder) return { kind: "error", error: "not a directory" };
        return { kind: "found", path: next, entry };
      } else current = next;
    }
    return { kind: "found", path: current, entry: { kind: "folder", at: 0 } };
  }

  /** What it means that no evidence puts `path` there, while `full` is being looked for. */
  private absent(
    path: string,
    full: string,
    gone: Entry | undefined,
    folder: string,
  ): Found | { readonly kind: "folder" } {
    const above = this.entries.get(folder);
    const emptied = above?.kind === "folder" && above.emptiedBy !== undefined ? above.emptiedBy : undefined;
    const removed = gone?.kind === "gone" ? gone : this.removedAt(full);
    const emptiedBy = gone?.kind === "gone" ? gone.source : emptied;
    const since = Math.max(removed?.at ?? 0, emptied === undefined ? 0 : (above?.at ?? 0));
    const doubts = [this.doubts, ...this.shared].flatMap((one) => one.about(path, full, this.interest, since));
    if (doubts.length > 0) return { kind: "undecided", doubts };
    if (emptiedBy !== undefined) return { kind: "error", error: "no such file or directory", removedBy: emptiedBy };
    if (path !== full && isStandardFolder(path)) return { kind: "folder" };
    if (removed !== undefined) return { kind: "error", error: "no such file or directory", removedBy: removed.source };
    if (this.world.kind === "closed") return { kind: "error", error: "no such file or directory" };
    if (this.isSearched(full)) return { kind: "error", error: "no such file or directory" };
    return { kind: "undecided", doubts: [{ reason: openReason(this.world) }] };
  }

  /** True where a listing or a layout says all there is. */
  private isSearched(path: string): boolean {
    return (
      this.world.kind === "closed-below" &&
      this.world.known.some(({ folders }) => folders.some((one) => isAtOrBelow(path, normalize(one))))
    );
  }

  /** The removal of the path or of a folder above it, where those in between are not known to be there at all. */
  private removedAt(path: string): Gone | undefined {
    const entry = [this.entryAt(path), ...ancestors(path).map((folder) => this.folderAt(folder))].find(
      (one) => one?.kind === "gone",
    );
    return entry?.kind === "gone" ? entry : undefined;
  }
}

/** Why a file may be there that no evidence puts there. */
function openReason(world: Exclude<World, { readonly kind: "closed" }>): Reason {
  return world.kind === "open" ? world.reason : { id: "outside-known-folders", data: { known: world.known } };
}

/** What is written to a file. */
interface Written {
  readonly content: Content;
  /** The mode it gets in any case. */
  readonly mode?: string;
  /** The mode it gets where no file was there before. */
  readonly newMode?: string | undefined;
  /** It takes the place of what is there, also of a link, instead of being written through it. */
  readonly replaces?: true;
  readonly origin?: Source;
}

type Copying = Pick<
  Extract<FileOperation, { readonly do: "copy" }>,
  "mode" | "newMode" | "umask" | "replaces" | "preserves" | "recursive"
>;

/** The mode without the rights that a umask takes away. */
function withoutRights(mode: string | undefined, umask: number | undefined): string | undefined {
  if (mode === undefined || umask === undefined) return mode;
  return (Number.parseInt(mode, 8) & ~umask).toString(8).padStart(4, "0");
}

interface Sweep {
  readonly pattern: string;
  readonly recursive: boolean;
  readonly at: number;
  readonly source: Source;
}

/** The paths at which an operation may leave a file, where it names them. */
function writtenPaths(operation: FileOperation): readonly string[] {
  switch (operation.do) {
    case "put":
    case "link":
    case "copy":
    case "move":
      return candidates(operation.to);
    case "might-write":
      return operation.scope.kind === "below" ? [operation.scope.path] : [];
    default:
      return [];
  }
}

type Landing =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "undecided"; readonly paths: readonly string[]; readonly reason: Reason };

type Found =
  | { readonly kind: "found"; readonly path: string; readonly entry: Extract<Entry, { kind: "file" | "folder" }> }
  | { readonly kind: "error"; readonly error: OpenError; readonly removedBy?: Source }
  | { readonly kind: "undecided"; readonly doubts: readonly Doubt[] };

/** What Go (a NUL, syscall.ByteSliceFromString) or Linux (PATH_MAX) says to a path before it looks at any folder. */
function unusablePath(path: string): OpenError | undefined {
  if (path.includes("\0")) return "invalid argument";
  return Buffer.byteLength(path) > LONGEST_PATH ? "file name too long" : undefined;
}
