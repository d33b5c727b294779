import type { FileOperation, RemovalScope } from "../../machine/file-operation";
import { normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write, writtenFilesUnknown } from "../file-operations";
import type { Options } from "../options";
import { globOf } from "../path-patterns";
import { fileWords } from "../program-words";
import { EMPTY, hole, literalOf, type Text } from "../text";
import { withOptions } from "../with-options";

/** Letters of tar that take a value, in the old form as the next words in their order. */
const TAR_VALUES = "CfTXbgIKFHLNV";

/** tar (GNU 1.34): unpacking might write anything below each `-C DIR`; packing writes the archive. */
export function tar(call: Call): Outcome {
  return tarWithOptions({ ...call, args: withoutOldForm(call.args) });
}

/** `tar xfC FILE DIR`: the old form, letters without a dash, whose values follow in their order. */
function withoutOldForm([first = EMPTY, ...rest]: readonly Text[]): readonly Text[] {
  const letters = literalOf(first) ?? "-";
  if (letters.startsWith("-")) return [first, ...rest];
  let taken = 0;
  const options = [...letters].flatMap((letter): readonly Text[] => {
    if (!TAR_VALUES.includes(letter)) return [[`-${letter}`]];
    taken += 1;
    return [[`-${letter}`], rest[taken - 1] ?? EMPTY];
  });
  return [...options, ...rest.slice(taken)];
}

const tarWithOptions = withOptions(
  {
    values: TAR_VALUES,
    longValues: [
      ...["directory", "file", "strip-components", "transform", "xform", "exclude", "mode", "owner", "group"],
      ...["files-from", "exclude-from", "exclude-tag", "exclude-tag-all", "exclude-tag-under", "exclude-ignore"],
      ...["exclude-ignore-recursive", "add-file", "group-map", "owner-map", "mtime", "sort", "xattrs-exclude"],
      ...["xattrs-include", "blocking-factor", "record-size", "format", "pax-option", "label", "starting-file"],
      ...["newer", "newer-mtime", "after-date", "suffix", "quoting-style", "quote-chars", "no-quote-chars", "warning"],
      ...["use-compress-program", "hole-detection", "level", "sparse-version", "tape-length"],
    ],
    switches: "AcdrtuxGnSkUWOmpsMBiajJzZhPlRvwo",
    longSwitches: [
      ...[
        "catenate",
        "concatenate",
        "create",
        "delete",
        "diff",
        "compare",
        "append",
        "list",
        "update",
        "extract",
        "get",
      ],
      ...[
        "verbose",
        "to-stdout",
        "absolute-names",
        "one-top-level",
        "remove-files",
        "gzip",
        "gunzip",
        "ungzip",
        "bzip2",
      ],
      ...["xz", "lzma", "lzip", "lzop", "zstd", "compress", "uncompress", "auto-compress", "no-auto-compress"],
      ...["keep-old-files", "keep-newer-files", "skip-old-files", "overwrite", "overwrite-dir", "no-overwrite-dir"],
      ...["unlink-first", "no-same-owner", "same-owner", "no-same-permissions", "same-permissions", "wildcards"],
      ...["preserve-permissions", "numeric-owner", "touch", "no-wildcards", "anchored", "no-anchored", "dereference"],
      ...["one-file-system", "sparse", "null", "recursion", "no-recursion", "posix", "acls", "no-acls", "xattrs"],
      ...["no-xattrs", "selinux", "no-selinux", "totals", "checkpoint", "force-local", "exclude-vcs", "exclude-caches"],
      ...["exclude-backups", "ignore-zeros", "ignore-failed-read", "atime-preserve", "clamp-mtime", "help", "version"],
      ...["delay-directory-restore", "keep-directory-symlink", "no-check-device", "preserve-order", "same-order"],
    ],
  },
  (call, options) => {
    const file = options.value("f", "file") ?? EMPTY;
    if (options.has("c", "create", "r", "append", "u", "update", "A", "catenate", "concatenate", "delete")) {
      const stdout = literalOf(file) === "-" || file.length === 0;
      const packed = stdout ? [] : write(absolute(file, call.directory), NOT_SHOWN);
      const removed = options.has("remove-files") ? options.operands.flatMap((one) => packedAway(call, one)) : [];
      return { operations: [...packed, ...removed], ...(stdout ? { stdout: hole("the output of tar") } : {}) };
    }
    if (!options.has("x", "extract", "get") || options.has("O", "to-stdout"))
      return { stdout: hole("the output of tar") };
    const reason = unpacked(literalOf(file));
    // With -G and -g it also removes what the archive does not have.
    if (options.has("P", "absolute-names", "g", "G"))
      return { operations: [{ do: "might-write", scope: { kind: "anywhere" }, reason }] };
    // Each -C starts from the one before.
    const folders = options.values("C", "directory");
    const all = folders.map((_, index) =>
      folders.slice(0, index + 1).reduce((from, folder) => absolute(folder, from), call.directory),
    );
    return { operations: (all.length === 0 ? [call.directory] : all).map((folder) => mightWrite(folder, reason)) };
  },
);

function packedAway(call: Call, file: Text): readonly FileOperation[] {
  const path = literalOf(absolute(file, call.directory));
  if (path === undefined) return [];
  const scope = { kind: "below", path: normalize(path) } as const;
  return [{ do: "might-remove", scope, reason: writtenFilesUnknown("tar --remove-files") }];
}

function unpacked(archive: string | undefined): Reason {
  const words = archive === undefined ? "" : fileWords(archive, "");
  return { id: "archive-unpacked", data: { archive: words === "" ? null : words } };
}

/** unzip: anything below `-d DIR`, unless it lists or prints. */
export const unzip = withOptions(
  { values: "dxPI", switches: "plftuvzTnoqajUCLXVKMWcZ:^", longSwitches: ["help", "version"] },
  (call, options) => {
    if (options.has("l", "p", "c", "t", "Z", "v", "z", "T")) return { stdout: hole("the output of unzip") };
    const reason = unpacked(literalOf(options.operands[0] ?? EMPTY));
    if (options.has(":")) return { operations: [{ do: "might-write", scope: { kind: "anywhere" }, reason }] };
    return {
      operations: [mightWrite(absolute(options.value("d") ?? EMPTY, call.directory), reason)],
      stdout: hole("the output of unzip"),
    };
  },
);

const OF_COMPRESSION = ["stdout", "decompress", "force", "keep", "list", "quiet", "test", "verbose", "help", "version"];

/** gzip, bzip2, xz and zstd, and their names for the way back: the result takes the place of the file, or is printed. */
export const compress = withOptions(
  {
    values: "SFCMTDo",
    longValues: ["suffix", "threads", "output-dir-flat", "output-dir-mirror", "filelist", "trace"],
    switches: "0123456789cdefhHklLnNqrstvVz",
    longSwitches: [
      ...OF_COMPRESSION,
      ...[
        "to-stdout",
        "uncompress",
        "no-name",
        "name",
        "recursive",
        "rsyncable",
        "fast",
        "best",
        "compress",
        "extreme",
      ],
      ...["small", "rm", "ultra", "long", "no-progress", "single-thread", "no-warn", "no-check"],
    ],
  },
  (call, options) => {
    const prints =
      options.has("c", "stdout", "to-stdout", "l", "list", "t", "test") ||
      options.operands.length === 0 ||
      call.name.endsWith("cat");
    if (prints) return { stdout: hole(`the output of ${call.name}`) };
    const isZstd = call.name.includes("zstd");
    // Names of other places, or from inside the file.
    const elsewhere = options.has("r", "recursive", "N", "name", "S", "suffix", "F", "o", "D", "output-dir-flat");
    const inOtherWays = elsewhere || options.has("output-dir-mirror", "filelist", "trace");
    const back = options.has("d", "decompress", "uncompress") || /^(?:un|gun|bun)/.test(call.name);
    const keeps = isZstd ? !options.has("rm") : options.has("k", "keep");
    return {
      operations: options.operands.flatMap((file) => {
        const path = absolute(file, call.directory);
        const literal = literalOf(path);
        const to = literal === undefined || inOtherWays ? undefined : resultOf(literal, call.name, back);
        return literal === undefined || to === undefined
          ? somewhereBeside(call, options, path)
          : [...write([to.path], NOT_SHOWN), ...(keeps ? [] : removed(to.from))];
      }),
    };
  },
);

function removed(path: string): readonly FileOperation[] {
  return [{ do: "remove", path: normalize(path), recursive: false }];
}

/** What is made of a file, and of which file it is made: `gunzip ca` takes ca.gz. */
function resultOf(
  path: string,
  program: string,
  back: boolean,
): { readonly path: string; readonly from: string } | undefined {
  const end = program.includes("zstd")
    ? ".zst"
    : program.includes("xz")
      ? ".xz"
      : program.includes("bz")
        ? ".bz2"
        : ".gz";
  if (!back) return { path: `${path}${end}`, from: path };
  if (path.endsWith(end)) return { path: path.slice(0, -end.length), from: path };
  return end === ".gz" && !/\.[a-z0-9]+$/i.test(path) ? { path, from: `${path}${end}` } : undefined;
}

/** Files come and go in the folder of a file, or anywhere. */
function somewhereBeside(call: Call, options: Options, path: Text): readonly FileOperation[] {
  const reason = writtenFilesUnknown(call.name);
  const output = options.value("o");
  if (output !== undefined) return write(absolute(output, call.directory), NOT_SHOWN);
  const [start] = path;
  const isKnown = typeof start === "string" && start.startsWith("/");
  if (!isKnown || options.has("output-dir-flat", "output-dir-mirror", "filelist", "trace"))
    return [{ do: "might-write", scope: { kind: "anywhere" }, reason }];
  const scope = { kind: "below", path: normalize(start.slice(0, start.lastIndexOf("/")) || "/") } as const;
  // What matches may go; with -r all below a folder does.
  const pattern = globOf(path);
  const gone: RemovalScope =
    pattern === undefined || options.has("r", "recursive") ? scope : { kind: "matching", pattern };
  return [
    { do: "might-write", scope, reason },
    { do: "might-remove", scope: gone, reason },
  ];
}
