import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { Terminal } from "../../../cli/terminal";
import { runProgram } from "../../cli/helpers/run-check";
import { FILES_OF_CHECK, type MarkedFile } from "./inputs";
import { leaksOf, MARKS, type Mark } from "./marks";
import { placesOf, shapesFor } from "./places";
import { isPublic } from "./public-places";

/** Every format that a report has: these by the file's name, one on standard output. */
const REPORTS = ["r.json", "r.sarif", "r.xml", "r.md", "r.html", "r.txt", "code-quality.json"];

/** A folder with all files that `check` reads, in which the program is run. */
export interface MarkedFolder {
  readonly at: (name: string) => string;
  readonly put: (name: string, text: string) => void;
  /** `--report` for every format. */
  readonly reports: readonly string[];
  /** All that the program says and writes; `outputs` are the files that it writes besides reports. */
  readonly said: (run: MarkedRun) => Promise<string>;
}

export interface MarkedRun {
  readonly args: readonly string[];
  readonly input?: string;
  readonly run?: Terminal["run"];
  readonly outputs?: readonly string[];
}

/** A folder that is removed after the tests of the file. */
export function markedFolder(): MarkedFolder {
  const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-marks-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);
  const put = (name: string, text: string) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  for (const [name, { data, text }] of Object.entries(FILES_OF_CHECK)) put(name, text(data));
  const said = async ({ args, input, run, outputs = [] }: MarkedRun) => {
    const files = [...REPORTS, ...outputs];
    for (const name of files) rmSync(at(name), { force: true });
    const { output, complaints } = await runProgram(args, input, run);
    return [output, complaints, ...files.map((name) => textOf(at(name)))].join("\n");
  };
  return { at, put, said, reports: REPORTS.flatMap((name) => ["--report", at(name)]) };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Which marks are planted: all in a text of its own, or `inTurn` one in each place. */
export interface Planting {
  readonly marks?: readonly Mark[];
  readonly inTurn?: boolean;
}

/** The leaks of marks in every place of a file; `say` runs the program once the file's text is known. */
export async function leaksIn(
  name: string,
  { data, text }: MarkedFile,
  say: (text: string, turn: number) => Promise<string>,
  { marks = MARKS, inTurn = false }: Planting = {},
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, place] of placesOf(data, name).entries()) {
    for (const mark of shapesFor(inTurn ? { ...place, isPart: true } : place, index, marks)) {
      if (isPublic(place.name, mark)) continue;
      const all = await say(text(place.with(mark.text)), index);
      for (const leak of new Set(leaksOf(mark, all))) found.push(`${place.name} <${mark.shape}> ${leak}`);
    }
  }
  return found;
}
