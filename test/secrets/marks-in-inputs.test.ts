import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Terminal } from "../../cli/terminal";
import { runProgram } from "../cli/helpers/run-check";
import { FILES_OF_CHECK, KUBECTL_OUTPUT, type MarkedFile } from "./helpers/inputs";
import { leaksOf, MARKS } from "./helpers/marks";
import { placesOf, shapesFor } from "./helpers/places";
import { isPublic } from "./helpers/public-places";

const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-marks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const at = (name: string) => join(folder, name);
/** Every format that a report has: these by the file's name, one on standard output. */
const REPORTS = ["r.json", "r.sarif", "r.xml", "r.md", "r.html", "r.txt", "code-quality.json"];
const OPTIONS = [
  ...["--nodes", at("listing.yaml"), "--inventory", at("inventory.ini"), "--kubespray", "v2.25.0"],
  ...["--accept", at("accept.yaml"), "--record", at("record.yaml"), "--compare", at("compare.yaml")],
  ...["--baseline", at("baseline.json")],
  ...REPORTS.flatMap((name) => ["--report", at(name)]),
];
const VERBOSE = ["--verbose"];
const GITHUB = ["--format", "github"];
const EXPLAINED = ["--explain", "master01:/etc/ssl/etcd/ssl/ca.pem"];

/** All that the program says and writes. */
async function said(args: readonly string[], input?: string, run?: Terminal["run"]): Promise<string> {
  for (const name of REPORTS) rmSync(at(name), { force: true });
  const { output, complaints } = await runProgram(args, input, run);
  const reports = REPORTS.map((name) => {
    try {
      return readFileSync(at(name), "utf8");
    } catch {
      return "";
    }
  });
  return [output, complaints, ...reports].join("\n");
}

/** The leaks of marks in every place of a file; `say` runs the program once the file's text is known. */
async function leaks(name: string, { data, text }: MarkedFile, say: (text: string, turn: number) => Promise<string>) {
  const found: string[] = [];
  for (const [index, place] of placesOf(data, name).entries()) {
    for (const mark of shapesFor(place, index, MARKS)) {
      if (isPublic(place.name, mark)) continue;
      const all = await say(text(place.with(mark.text)), index);
      for (const leak of new Set(leaksOf(mark, all))) found.push(`${place.name} <${mark.shape}> ${leak}`);
    }
  }
  return found;
}

function putAll(): void {
  for (const [name, { data, text }] of Object.entries(FILES_OF_CHECK)) put(name, text(data));
}

describe("a mark in every place of a file that check reads comes out in no format", () => {
  it.each(Object.entries(FILES_OF_CHECK))(
    "%s",
    async (name, file) => {
      putAll();
      const found = await leaks(name, file, (text, turn) => {
        put(name, text);
        const way = [VERBOSE, GITHUB, EXPLAINED][turn % 3] ?? [];
        return said(["check", "--kubeadm-config", at("cm.yaml"), ...OPTIONS, ...way]);
      });
      expect(found).toEqual([]);
    },
    240_000,
  );

  it("what kubectl printed", async () => {
    putAll();
    const found = await leaks("kubectl", KUBECTL_OUTPUT, (text, turn) =>
      said(["check", ...REPORTS.flatMap((one) => ["--report", at(one)]), ...([VERBOSE, GITHUB][turn % 2] ?? [])], text),
    );
    expect(found).toEqual([]);
  }, 240_000);
});
