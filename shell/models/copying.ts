import type { Destination, FileOperation, MatchDestination, MatchStep } from "../../machine/file-operation";
import { literalPattern } from "../../machine/path-pattern";
import { normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import { conditional } from "../conditional";
import {
  absolute,
  dependsOn,
  fill,
  matchDestination,
  mightRemove,
  mightWrite,
  nameOf,
  place,
  type TargetForm,
  writtenFilesUnknown,
} from "../file-operations";
import { modeOf } from "../mode-of";
import type { Options } from "../options";
import { globOf } from "../path-patterns";
import { EMPTY, endsWith, joined, literalOf, startsWith, type Text } from "../text";
import { withOptions } from "../with-options";
import { removal } from "./writing";

/** Long options that GNU's cp, mv, install and ln have in common. */
const COMMON = ["backup", "force", "interactive", "verbose", "no-target-directory", "context", "help", "version"];

/** cp: into a folder that is there, else to the very path; `-T`, `-t`, `DIR/.` and `-s` as coreutils has them (9.7). */
export const cp = withOptions(
  {
    values: "tS",
    longValues: ["target-directory", "suffix", "no-preserve", "sparse"],
    switches: "abdfiHlLnPpRrsTuvxZ",
    longSwitches: [
      ...COMMON,
      ...["archive", "attributes-only", "copy-contents", "debug", "link", "dereference", "no-clobber"],
      ...["no-dereference", "preserve", "parents", "recursive", "reflink", "remove-destination", "symbolic-link"],
      ...["strip-trailing-slashes", "update", "one-file-system", "keep-directory-symlink"],
    ],
  },
  (call, options) => {
    const transfer = transferOf(call, options);
    if (transfer === undefined) return {};
    if (options.has("parents", "attributes-only"))
      return { operations: [mightWrite(transfer.target, writtenFilesUnknown("cp"))] };
    const recursive = options.has("r", "R", "a", "recursive", "archive");
    const named = options.value("preserve");
    const preserves =
      options.has("p", "a", "archive", "l", "link") ||
      (named !== undefined && /^$|\b(?:mode|all)\b/.test(literalOf(named) ?? ""));
    // Which mode a file gets otherwise depends on more than its source.
    const losesMode = options.has("no-preserve", "copy-contents") || (call.umask === "unknown" && !preserves);
    const follows = options.has("L", "H", "dereference");
    const keepsLinks = !follows && (recursive || options.has("d", "P", "no-dereference"));
    const how: CopyHow = {
      recursive,
      ...(preserves && !losesMode ? { preserves: true } : {}),
      ...(losesMode ? { newMode: undefined } : {}),
      ...(typeof call.umask === "number" ? { umask: call.umask } : {}),
      ...(options.has("remove-destination") ? { replaces: true } : {}),
    };
    const operations = transfer.sources.map((source) => {
      if (options.has("s", "symbolic-link")) return linkTo(call, source, transfer, true);
      // `cp -r DIR/. TO` merges what is in DIR into TO.
      const contents = recursive && (endsWith(source, "/.") || literalOf(source) === ".");
      const isFollowed = follows ? ({ links: "followed" } as const) : {};
      const links = keepsLinks && !contents && !endsWith(source, "/") ? ({ links: "kept" } as const) : isFollowed;
      return copyFrom(call, source, contents ? { ...transfer, form: "file" } : transfer, { ...how, ...links });
    });
    return { operations: [...operations, ...besides(call, transfer, options)] };
  },
);

/** What GNU's programs do at their target by options: keep what is there, or keep it under another name. */
function besides({ name }: Call, transfer: Transfer, options: Options): readonly FileOperation[] {
  const reason = writtenFilesUnknown(name);
  // Of the others ln has -n, for something else.
  const kept = name !== "ln" && mayStay(options) ? placesIn(transfer).map((path) => mightWrite(path, reason)) : [];
  return options.has("b", "backup", "suffix", "S") ? [...kept, ...backups(transfer, options, reason)] : kept;
}

/** True where an option may leave what is there as it is. */
function mayStay(options: Options): boolean {
  return options.has("n", "no-clobber", "u", "update", "i", "interactive");
}

/** Where what is copied may land. */
function placesIn({ sources, target, form }: Transfer): readonly Text[] {
  const inside = sources.map((source) => {
    const name = nameOf(source);
    return name === undefined ? target : joined(target, ["/", name]);
  });
  return form === "into" ? inside : form === "file" ? [target] : [target, ...inside];
}

/** Files that are moved out of the way: `ca.pem~`, `ca.pem.~1~`, or with the suffix that is given. */
function backups({ target, form }: Transfer, options: Options, reason: Reason): readonly FileOperation[] {
  const path = literalOf(target);
  const suffix = literalOf(options.value("S", "suffix") ?? ["~"]);
  if (path === undefined || suffix === undefined) return [mightWrite(target, reason)];
  const beside = { kind: "matching", pattern: `${literalPattern(normalize(path))}*${literalPattern(suffix)}` } as const;
  const inside = {
    kind: "matching",
    pattern: `${literalPattern(normalize(path))}/*${literalPattern(suffix)}`,
  } as const;
  const scopes = form === "into" ? [inside] : form === "file" ? [beside] : [beside, inside];
  return scopes.map((scope) => ({ do: "might-write", scope, reason }));
}

/** mv: as cp, and the source is gone afterwards, unless an option may leave it where it is. */
export const mv = withOptions(
  {
    values: "tS",
    longValues: ["target-directory", "suffix"],
    switches: "bfinTuvZ",
    longSwitches: [...COMMON, "no-clobber", "strip-trailing-slashes", "update", "debug", "no-copy"],
  },
  (call, options) => {
    const transfer = transferOf(call, options);
    if (transfer === undefined) return {};
    const operations = transfer.sources.flatMap((source) => moveFrom(call, source, transfer));
    const done = mayStay(options) ? conditional(operations, writtenFilesUnknown("mv")) : operations;
    return { operations: [...done, ...besides(call, transfer, options)] };
  },
);

function moveFrom(call: Call, source: Text, transfer: Transfer): readonly FileOperation[] {
  const path = absolute(source, call.directory);
  const matches = forEachMatch(path, transfer, (to) => ({ do: "move", to }));
  if (matches !== undefined) return [matches];
  const from = literalOf(path);
  const moved = place(transfer.target, transfer.form, nameOf(path), (to) => moveTo(to, from, source));
  // Wherever it goes, it is gone from here.
  return moved.do === "might-write" ? [moved, ...removal(path, true)] : [moved];
}

/** install: makes folders (`-d`), or copies files with a mode of their own, 0755 unless `-m` says otherwise. */
export const install = withOptions(
  {
    values: "gmotS",
    longValues: ["group", "mode", "owner", "target-directory", "suffix", "strip-program"],
    switches: "bcCdDpsTvZ",
    longSwitches: [...COMMON, "compare", "directory", "preserve-timestamps", "strip", "preserve-context", "debug"],
  },
  (call, options) => {
    if (options.has("d", "directory")) return makeDirectories(call, options.operands);
    const transfer = transferOf(call, options);
    if (transfer === undefined) return {};
    const mode = modeOf(options.value("m", "mode")) ?? (options.has("m", "mode") ? undefined : "0755");
    // With -D and one source the last operand is the file itself: its folders are made.
    // A pattern may be several.
    const toFile =
      options.has("D") && transfer.form === "file-or-into" && globOf(transfer.sources[0] ?? EMPTY) === undefined;
    const form = toFile ? "file" : transfer.form;
    const how: CopyHow = { recursive: false, replaces: true, ...(mode === undefined ? {} : { mode }) };
    const copies = transfer.sources.map((source) => copyFrom(call, source, { ...transfer, form }, how));
    return { operations: [...copies, ...besides(call, { ...transfer, form }, options)] };
  },
);

/** ln: symbolic links with the target exactly as written; a hard link is another name for the same bytes. */
export const ln = withOptions(
  {
    values: "tS",
    longValues: ["target-directory", "suffix"],
    switches: "bdfFiLnPrsTv",
    longSwitches: [...COMMON, "directory", "logical", "no-dereference", "physical", "relative", "symbolic"],
  },
  (call, options) => {
    const [only, second] = options.operands;
    const transfer =
      only !== undefined && second === undefined && !options.has("t", "target-directory")
        ? ({ sources: [only], target: call.directory, form: "into" } as const)
        : transferOf(call, options);
    if (transfer === undefined) return {};
    // -n: a link to a folder at the target's place is itself replaced.
    const plain = options.has("n", "no-dereference") && transfer.form === "file-or-into";
    const placed: Transfer = { ...transfer, form: plain ? "file" : transfer.form };
    const symbolic = options.has("s", "symbolic");
    const replace = options.has("f", "force", "b", "backup", "S", "suffix");
    const operations = placed.sources.map((source) => {
      if (!symbolic) return copyFrom(call, source, placed, { recursive: false, preserves: true });
      // With -r the target is stored relative to the link; where it leads is the same.
      return linkTo(call, options.has("r", "relative") ? absolute(source, call.directory) : source, placed, replace);
    });
    return { operations: [...operations, ...besides(call, placed, options)] };
  },
);

/** mkdir; with `-p` or without, the folder is there afterwards. */
export const mkdir = withOptions(
  {
    values: "m",
    longValues: ["mode"],
    switches: "pvZ",
    longSwitches: ["parents", "verbose", "context", "help", "version"],
  },
  (call, { operands }) => makeDirectories(call, operands),
);

/** `rsync FROM... TO` on one machine. `FROM/` means what is in FROM. */
export function rsyncOnOneMachine(call: Call, sources: readonly Text[], target: Text, options: Options): Outcome {
  const to = absolute(target, call.directory);
  const recursive = options.has("a", "r", "archive", "recursive");
  const how: CopyHow = {
    recursive,
    replaces: true,
    ...(options.has("a", "p", "archive", "perms") ? { preserves: true } : {}),
  };
  const form = sources.length > 1 || endsWith(target, "/") ? "into" : "file-or-into";
  const copies = sources.map((source) =>
    copyFrom(call, source, { sources, target: to, form: endsWith(source, "/") ? "file" : form }, how),
  );
  // The sources are gone only if they were copied, which depends on what was there.
  const removed = options.has("remove-source-files")
    ? sources.flatMap((source) => mightRemove(absolute(source, call.directory), "rsync --remove-source-files"))
    : [];
  return { operations: [...rsyncOperations(to, options, copies), ...removed] };
}

/** Options by which rsync takes some of the files only, or puts them elsewhere than under their own names. */
const CHOICES = ["exclude", "include", "files-from", "filter", "exclude-from", "include-from", "f", "F"];
const CONDITIONS = ["existing", "ignore-non-existing", "max-size", "min-size", "C", "cvs-exclude", "read-batch"];
const ELSEWHERE = ["R", "relative", "write-batch"];
const DELETIONS = [
  "delete",
  "del",
  "delete-before",
  "delete-during",
  "delete-delay",
  "delete-after",
  "delete-excluded",
];

/** What rsync does to the target, where it would do `copies` without the options that choose files, move them or delete others. */
export function rsyncOperations(
  target: Text,
  options: Options,
  copies: readonly FileOperation[],
): readonly FileOperation[] {
  const isPlain = !options.has(...CHOICES, ...CONDITIONS, ...ELSEWHERE);
  return [
    ...(options.has(...DELETIONS) ? mightRemove(target, "rsync --delete") : []),
    ...(isPlain ? copies : [mightWrite(target, writtenFilesUnknown("rsync with a choice of files"))]),
  ];
}

interface Transfer {
  readonly sources: readonly Text[];
  readonly target: Text;
  readonly form: TargetForm;
}

/** The sources and the target of a program with coreutils' conventions; `undefined` where operands are missing. */
function transferOf(call: Call, options: Options): Transfer | undefined {
  const { operands } = options;
  const folder = options.value("t", "target-directory");
  if (folder !== undefined) return { sources: operands, target: absolute(folder, call.directory), form: "into" };
  const last = operands.at(-1);
  if (last === undefined || operands.length < 2) return undefined;
  const sources = operands.slice(0, -1);
  const target = absolute(last, call.directory);
  if (options.has("T", "no-target-directory")) return { sources, target, form: "file" };
  const folderForm = sources.length > 1 || endsWith(last, "/") || endsWith(last, "/.") || literalOf(last) === ".";
  return { sources, target, form: folderForm ? "into" : "file-or-into" };
}

/** How a program copies: all of a folder, over what is there, with the mode of the source or one of its own. */
type CopyHow = Pick<
  Extract<FileOperation, { readonly do: "copy" }>,
  "recursive" | "mode" | "newMode" | "umask" | "preserves" | "replaces" | "links"
>;

function copyFrom(call: Call, source: Text, { target, form }: Transfer, how: CopyHow): FileOperation {
  const path = absolute(source, call.directory);
  const withMode = how.mode === undefined ? {} : { mode: how.mode };
  const matches = forEachMatch(path, { target, form }, (to) => ({ do: "copy", to, ...how }));
  if (matches !== undefined) return matches;
  const from = literalOf(path);
  return place(target, form, nameOf(path), (to) => {
    if (from === "/dev/stdin") return fill(to, call.stdin, withMode);
    if (from === "/dev/null") return fill(to, EMPTY, withMode);
    const copy = { do: "copy", from: normalize(from ?? ""), to, ...how } as const;
    return from === undefined ? unknownSource(copy, source) : copy;
  });
}

/** The operation with each file that a pattern matches; `undefined` where the source is none, or the target not known. */
function forEachMatch(
  path: Text,
  { target, form }: Pick<Transfer, "target" | "form">,
  step: (to: MatchDestination) => MatchStep,
): FileOperation | undefined {
  const pattern = globOf(path);
  const to = pattern === undefined ? undefined : matchDestination(pattern, target, form);
  return pattern === undefined || to === undefined ? undefined : { do: "for-each-match", pattern, step: step(to) };
}

function moveTo(to: Destination, from: string | undefined, source: Text): FileOperation {
  const move = { do: "move", from: normalize(from ?? ""), to } as const;
  return from === undefined ? unknownSource(move, source) : move;
}

function linkTo(call: Call, target: Text, { target: place_, form }: Transfer, replace: boolean): FileOperation {
  // The links hold the words that the pattern becomes: only absolute paths reach the files from anywhere.
  const matches = startsWith(target, "/")
    ? forEachMatch(absolute(target, call.directory), { target: place_, form }, (to) => ({ do: "link", to, replace }))
    : undefined;
  if (matches !== undefined) return matches;
  const literal = literalOf(target);
  return place(place_, form, nameOf(target), (to) => {
    const link = { do: "link", to, target: literal ?? "", replace } as const;
    return literal === undefined ? unknownSource(link, target) : link;
  });
}

function unknownSource(operation: FileOperation, source: Text): FileOperation {
  const [possible] = conditional([operation], { id: "link-target-unknown", data: { dependsOn: dependsOn(source) } });
  return possible ?? operation;
}

function makeDirectories(call: Call, folders: readonly Text[]): Outcome {
  const paths = folders.map((folder) => literalOf(absolute(folder, call.directory)));
  return {
    operations: paths.flatMap((path) =>
      path === undefined ? [] : [{ do: "make-directory", path: normalize(path) } as const],
    ),
  };
}
