import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Evidence } from "../../cluster/evidence";
import { nodeFiles } from "../../cluster/node-files";
import type { FileOperation } from "../../machine/file-operation";
import { isAtOrBelow } from "../../machine/paths";
import { destinationsLeft, placesOf } from "../../shell/conditional";
import { readShellText } from "../../shell/read-shell-text";
import { evidence, put } from "../helpers/evidence";

/** A place on the disk, as we say it is and as it is. */
export interface Disagreement {
  readonly place: string;
  readonly ours: string;
  readonly real: string;
}

export type Comparison =
  /** A command of it failed: the update would, and nothing is said. */
  | { readonly kind: "failed" }
  | {
      readonly kind: "compared";
      readonly disagreements: readonly Disagreement[];
      readonly undecided: readonly string[];
    };

/** What is on the disk before a text runs, and where it is looked at afterwards besides all that is or should be there then; all paths are relative. */
export interface Surroundings {
  readonly folders: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly places: readonly string[];
}

/**
 * Runs a text with the real bash in a folder of its own, and compares each place with what the text's reading says of it.
 * `text` gets the folder's path.
 */
export function againstBash(text: (root: string) => string, { folders, files, places }: Surroundings): Comparison {
  const root = mkdtempSync(join(tmpdir(), "kubeadm-guard-bash-"));
  try {
    for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
    for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content, { mode: 0o644 });
    const script = text(root);
    // The trap sees each command that fails outside of a condition.
    const traced = `trap 'echo failed >&9' ERR; set -E\numask 022\n${script}`;
    const ran = spawnSync("bash", ["-c", `exec 9>"$0.failed"; ${traced}`, root], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: root },
      stdio: "ignore",
      timeout: 60_000,
    });
    const failures = readFileSync(`${root}.failed`, "utf8");
    if (ran.status !== 0 || failures !== "") return { kind: "failed" };
    const before: Evidence = evidence(
      "before",
      ...folders.map((folder): FileOperation => ({ do: "make-directory", path: join(root, folder) })),
      ...Object.entries(files).map(([path, content]) => put(join(root, path), { kind: "text", text: content })),
    );
    const reading = readShellText(`umask 022\n${script}`, { user: "root", workingDirectory: root });
    const after: Evidence = evidence("text", ...reading.operations);
    const left = readdirSync(root, { recursive: true, encoding: "utf8" });
    const claimed = [...destinationsLeft(reading.operations).values()].flatMap(placesOf);
    const below = claimed.filter((path) => isAtOrBelow(path, root)).map((path) => relative(root, path));
    const seen = [...new Set([...places, ...Object.keys(files), ...left, ...below])].map((place) => ({
      place,
      ours: said(join(root, place), [before, after]),
      real: found(join(root, place)),
    }));
    return {
      kind: "compared",
      disagreements: seen.filter(({ ours, real }) => ours !== "undecided" && !agree(ours, real)),
      undecided: seen
        .filter(({ ours, place }) => ours === "undecided" && places.includes(place))
        .map(({ place }) => place),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
    rmSync(`${root}.failed`, { force: true });
  }
}

/** `missing`, `undecided` or `MODE CONTENT`, with `?` for what is not told. */
function said(path: string, played: readonly Evidence[]): string {
  const presence = nodeFiles(played, { kind: "complete", because: { by: "setting" } }, [path], () => true).presence(
    path,
  );
  if (presence.kind !== "present") return presence.kind;
  const { content, mode } = presence.file;
  return `${mode === undefined || !/^[0-7]+$/.test(mode) ? "?" : mode.padStart(4, "0")} ${content.kind === "text" ? JSON.stringify(content.text) : "?"}`;
}

function found(path: string): string {
  const stat = statOf(path);
  if (stat === undefined || !stat.isFile()) return "missing";
  return `${(stat.mode & 0o7777).toString(8).padStart(4, "0")} ${JSON.stringify(readFileSync(path, "utf8"))}`;
}

/** `undefined` also for links that lead round in circles. */
function statOf(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function agree(ours: string, real: string): boolean {
  if (ours === "missing" || real === "missing") return ours === real;
  const [ourMode, ourContent] = cut(ours);
  const [mode, content] = cut(real);
  // What may have been written again may have another mode as well.
  return ourContent === "?" || (ourContent === content && (ourMode === "?" || ourMode === mode));
}

function cut(text: string): readonly [string, string] {
  const at = text.indexOf(" ");
  return [text.slice(0, at), text.slice(at + 1)];
}
