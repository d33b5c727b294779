import type { FileOperation } from "../../machine/file-operation";
import { baseName } from "../../machine/paths";
import type { Call, Outcome } from "../call";
import {
  absolute,
  mightRemove,
  mightWrite,
  NOT_SHOWN,
  pathUnknown,
  write,
  writtenFilesUnknown,
} from "../file-operations";
import { readOptions } from "../options";
import { EMPTY, hole, literalOf, type Text } from "../text";
import { withOptions } from "../with-options";
import { CURL_VALUES, WGET } from "./value-options";

/** curl: `-o FILE`, or `-O` under the name in the URL, and what it notes in files besides. */
export function curl(call: Call): Outcome {
  const options = readOptions(call.args, {
    values: "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
    longValues: CURL_VALUES,
  });
  // A file of options may say anything.
  if (options.has("K", "config")) return { unread: { id: "program-not-modeled", data: { program: "curl" } } };
  const folder = absolute(options.value("output-dir") ?? EMPTY, call.directory);
  const files = options.values("o", "output");
  const notes = NOTES_OF_CURL.flatMap((name) => options.values(name))
    .filter((file) => literalOf(file) !== "-")
    .flatMap((file) => write(absolute(file, call.directory), NOT_SHOWN));
  const outputs = files.flatMap((file) =>
    literalOf(file)?.includes("#") === true
      ? [mightWrite(folder, writtenFilesUnknown("curl"))]
      : write(absolute(file, folder), NOT_SHOWN),
  );
  const byName = options.has("O", "remote-name", "remote-name-all", "J", "remote-header-name");
  if (!byName && files.length === 0) return { operations: notes, stdout: hole("the output of curl"), asks: true };
  const isNamedThere = options.has("J", "remote-header-name") || options.operands.some(hasRanges);
  const named = isNamedThere
    ? [mightWrite(folder, writtenFilesUnknown("curl"))]
    : options.operands.flatMap((url) => fetched(url, folder));
  return { operations: [...notes, ...outputs, ...(byName ? named : [])] };
}

/** Options of curl that name a file which it writes. */
const NOTES_OF_CURL: readonly string[] = [
  ...["D", "dump-header", "c", "cookie-jar", "trace", "trace-ascii", "stderr", "etag-save", "hsts", "alt-svc"],
  ...["libcurl"],
];

/** A URL that stands for several: `{a,b}`, `[1-3]`. */
function hasRanges(url: Text): boolean {
  return url.some((piece) => typeof piece === "string" && /[{[]/.test(piece));
}

/** wget: `-O FILE`, or under the name in the URL in the working folder or `-P DIR`. */
export const wget = withOptions(WGET, (call, options) => {
  const logs = options
    .values("o", "a", "output-file", "append-output", "save-cookies", "rejected-log", "hsts-file")
    .flatMap((file) => write(absolute(file, call.directory), NOT_SHOWN));
  const file = options.value("O", "output-document");
  if (file !== undefined && literalOf(file) === "-")
    return { operations: logs, stdout: hole("the output of wget"), asks: true };
  if (options.has("spider")) return { operations: logs, asks: true };
  if (file !== undefined) return { operations: [...logs, ...write(absolute(file, call.directory), NOT_SHOWN)] };
  const folder = absolute(options.value("P", "directory-prefix") ?? EMPTY, call.directory);
  if (options.has(...NAMED_OTHERWISE))
    return { operations: [...logs, mightWrite(folder, writtenFilesUnknown("wget"))] };
  return { operations: [...logs, ...options.operands.flatMap((url) => fetched(url, folder, "with-query"))] };
});

/** Options by which wget puts files in folders of hosts, gives them other names, or gets more than is named. */
const NAMED_OTHERWISE: readonly string[] = [
  ...["r", "recursive", "m", "mirror", "i", "input-file", "p", "page-requisites", "x", "force-directories", "E"],
  ...["adjust-extension", "content-disposition", "trust-server-names", "protocol-directories", "K", "backups"],
  ...["backup-converted", "warc-file", "config", "e", "execute", "save-headers", "default-page"],
];

/** `aws s3 cp FROM TO`, `gsutil cp FROM... TO`: a download where TO is a path, else nothing. */
export function bucketCopy(call: Call): Outcome {
  const options = readOptions(call.args, { longValues: ["profile", "region", "exclude", "include", "endpoint-url"] });
  const words = options.operands.map((word) => literalOf(word) ?? "");
  const verb = words.findIndex((word) => word === "cp" || word === "sync" || word === "mv" || word === "rsync");
  const sources = options.operands.slice(verb + 1, -1);
  const to = options.operands.at(-1);
  if (verb < 0 || sources.length === 0 || to === undefined) return { stdout: hole(`the output of ${call.name}`) };
  const target = literalOf(to) ?? "";
  // What is moved there is gone here.
  if (target.includes("://"))
    return { operations: words[verb] === "mv" ? sources.flatMap((file) => movedAway(call, file)) : [] };
  if (target === "-") return { stdout: hole(`the output of ${call.name}`) };
  const path = absolute(to, call.directory);
  if (words[verb] !== "cp" || options.has("recursive", "r"))
    return { operations: [mightWrite(path, writtenFilesUnknown(call.name))] };
  const into = target.endsWith("/") || target === "." || sources.length > 1;
  return { operations: into ? sources.flatMap((from) => fetched(from, path)) : write(path, NOT_SHOWN) };
}

function movedAway(call: Call, file: Text): readonly FileOperation[] {
  const path = absolute(file, call.directory);
  return literalOf(path)?.includes("://") ? [] : mightRemove(path, call.name);
}

/** gcloud: copies from buckets, and `--out-file=FILE` (a secret's version); nothing else writes files of nodes. */
export function gcloud(call: Call): Outcome {
  const { operands, value } = readOptions(call.args, { longValues: ["out-file", "project", "secret", "version"] });
  if (literalOf(operands[0] ?? EMPTY) === "storage") return bucketCopy(call);
  return written(call, value("out-file"));
}

/** az: `--file FILE` of a download (a secret, a certificate, a blob); nothing else writes files of nodes. */
export function az(call: Call): Outcome {
  const { operands, value } = readOptions(call.args, {
    values: "fn",
    longValues: ["file", "name", "vault-name", "id", "container-name", "account-name", "encoding", "auth-mode"],
  });
  const downloads = operands.some((word) => literalOf(word) === "download");
  return written(call, downloads ? value("f", "file") : undefined);
}

function written(call: Call, file: Text | undefined): Outcome {
  return file === undefined
    ? { stdout: hole(`the output of ${call.name}`) }
    : { operations: write(absolute(file, call.directory), NOT_SHOWN) };
}

/** git clone fills a folder; other commands change files below the working folder. */
export function git(call: Call): Outcome {
  const { operands, value } = readOptions(call.args, {
    values: "bCco",
    longValues: ["branch", "depth", "config", "origin"],
  });
  const base = absolute(value("C") ?? EMPTY, call.directory);
  const [verb, url, folder] = operands;
  if (literalOf(verb ?? EMPTY) !== "clone" || url === undefined) {
    const removed = literalOf(verb ?? EMPTY) === "clean" ? mightRemove(base, "git clean") : [];
    const operations = [...removed, mightWrite(base, writtenFilesUnknown("git"))];
    return { operations, stdout: hole("the output of git") };
  }
  const name = baseName(literalOf(url) ?? "");
  const target = folder ?? (name === "" ? EMPTY : [name.endsWith(".git") ? name.slice(0, -4) : name]);
  return { operations: [mightWrite(absolute(target, base), writtenFilesUnknown("git clone"))] };
}

/** What a download leaves in a folder: a file under the last name of the URL; wget takes the query for a part of the name. */
function fetched(
  url: Text,
  folder: Text,
  query: "with-query" | "without-query" = "without-query",
): readonly FileOperation[] {
  const literal = literalOf(url);
  const isNamed = literal !== undefined && !(query === "with-query" && literal.includes("?"));
  const name = isNamed ? baseName(literal.split("?")[0] ?? "") : "";
  return name === "" ? [mightWrite(folder, pathUnknown("download", url))] : write(absolute([name], folder), NOT_SHOWN);
}
