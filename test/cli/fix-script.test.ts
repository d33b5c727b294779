import { spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CaseFile, type RecordedCluster, recordedClusters } from "../helpers/recorded-clusters";
import { collected, collectScript, nodeDisk } from "./helpers/node-disks";
import { runCheck, runProgram } from "./helpers/run-check";
import { SHELLS } from "./helpers/shells";

let place = "";
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "fix-script-"));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const cases = recordedClusters("clusters");

function caseOf(id: string): RecordedCluster {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

/** The script for a cluster whose disks are listed as the case has them. */
async function scriptFor({ id, configMap, ...listing }: Pick<RecordedCluster, "id" | "configMap">): Promise<string> {
  const [config, nodes, script] = ["config.json", "nodes.json", "fix.sh"].map((name) => join(place, `${id}.${name}`));
  if (config === undefined || nodes === undefined || script === undefined) throw new Error("three names");
  writeFileSync(config, JSON.stringify(configMap));
  writeFileSync(nodes, JSON.stringify(listing));
  const without = await runProgram(["check", "--kubeadm-config", config, "--nodes", nodes, "--kubeadm", "1.30.14"]);
  const { code } = await runProgram([
    ...["check", "--kubeadm-config", config, "--nodes", nodes, "--kubeadm", "1.30.14"],
    ...["--fix-script", script],
  ]);
  expect(code).toBe(without.code);
  return readFileSync(script, "utf8");
}

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

/** Runs the script for a node whose disk lies below `root`. */
function run(
  script: string,
  [mode, node, root]: readonly [string, string, string],
  shell: readonly string[] = ["dash"],
  environment: Readonly<Record<string, string>> = {},
): Ran {
  const [program = "", ...args] = shell;
  const { status, stdout, stderr } = spawnSync(program, [...args, "-s", mode, node], {
    input: script,
    encoding: "utf8",
    env: { ...process.env, KUBEADM_GUARD_ROOT: root, ...environment },
  });
  return { code: status, said: `${stdout}${stderr}` };
}

/** Links of a case as they are below another root. */
function below({ path, link, ...file }: CaseFile): CaseFile {
  return { ...file, path, link: link?.startsWith("/") === true ? relative(dirname(path), link) : link };
}

/** Everything on a disk: folders, links with their targets, files with mode and bytes. */
function everything(root: string): Readonly<Record<string, string>> {
  const all = readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => {
    const path = join(root, name);
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return [name, `link ${readlinkSync(path)}`] as const;
    return [name, `${stat.mode.toString(8)} ${stat.isDirectory() ? "" : readFileSync(path, "latin1")}`] as const;
  });
  return Object.fromEntries(all);
}

/** The disk of each node, with the folder that is there on every machine. */
function disksOf({
  controlPlane,
  files,
}: Pick<RecordedCluster, "controlPlane" | "files">): Readonly<Record<string, string>> {
  return Object.fromEntries(
    controlPlane.map(({ name }) => {
      const root = nodeDisk(place, (files[name] ?? []).map(below));
      mkdirSync(join(root, "var/lib"), { recursive: true });
      return [name, root] as const;
    }),
  );
}

/** Files that a node is to have from another, as the operator hands them on. */
function handOn(script: string, node: string, disks: Readonly<Record<string, string>>): void {
  for (const [, from, paths, to] of script.matchAll(/^# {3}ssh '(.*?)' '(.*)' \| ssh '(.*?)' /gm)) {
    if (to !== node) continue;
    const inbox = join(disks[node] ?? "", "root/kubeadm-guard-files");
    mkdirSync(inbox, { recursive: true });
    const command = `${(paths ?? "").replaceAll("'\\''", "'").replace("sudo ", "").replace("-C /", '-C "$FROM"')} | tar -xf - -C "$TO"`;
    const { status } = spawnSync("sh", ["-c", command], {
      env: { ...process.env, FROM: disks[from ?? ""], TO: inbox },
    });
    expect(status).toBe(0);
  }
}

const CASE_FOLDERS = ["/opt/pki", "/etc/pki"].flatMap((folder) => ["--folder", folder]);

/** What is predicted for each node of the disks as they are. */
async function predicted({ id, configMap }: RecordedCluster, disks: Readonly<Record<string, string>>) {
  const config = join(place, `${id}.config.json`);
  writeFileSync(config, JSON.stringify(configMap));
  const collect = await collectScript(...CASE_FOLDERS, "--kubeadm-config", config);
  const listing = Object.entries(disks).map(([name, root]) => collected(collect, name, root));
  const file = join(place, `${id}.collected.yaml`);
  writeFileSync(file, listing.join(""));
  const { report } = await runCheck(["--nodes", file, "--kubeadm", "1.30.14"], JSON.stringify(configMap));
  return report.clusters[0].kubeadm;
}

describe("the script on the disks of a broken cluster", () => {
  it.each(cases)("$id: fixes what it does not refuse, twice without harm, and takes it back", async (one) => {
    const script = await scriptFor(one);
    const isRefused = !script.includes("\nsteps() {");
    const disks = disksOf(one);
    const refused: string[] = [];
    let changes = 0;
    for (const [node, root] of Object.entries(disks)) {
      handOn(script, node, disks);
      const before = everything(root);
      if (run(script, ["apply", node, root]).code !== 0) {
        refused.push(node);
        expect(everything(root)).toEqual(before);
        continue;
      }
      const after = everything(root);
      if (JSON.stringify(after) !== JSON.stringify(before)) changes++;
      expect(run(script, ["undo", node, root])).toMatchObject({ code: 0 });
      expect(everything(root)).toEqual(before);
      expect(run(script, ["apply", node, root]).code).toBe(0);
      expect(run(script, ["apply", node, root]).code).toBe(0);
      expect(everything(root)).toEqual(after);
      expect(run(script, ["verify", node, root])).toMatchObject({ code: 0 });
    }
    console.log(`${one.id} refusedAll=${isRefused} refused=${refused} changes=${changes}`);
    const verdicts = await predicted(one, disks);
    for (const node of Object.keys(disks)) if (!refused.includes(node)) expect(verdicts[node]?.ok, node).toBe(true);
  });
});
