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
  return { ...file, path, link: link?.startsWith("/") === true ? relative(dirname(path), link) || "." : link };
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

/** The recorded clusters on which the script makes something, with the nodes on which it does. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  "both-local-and-external": ["master01", "master02"],
  "ca-missing-on-one-node": ["master02"],
  "dotted-names-short-in-config": ["cp1.prod.example.com", "cp2.prod.example.com", "cp3.prod.example.com"],
  "field-twice": ["master01", "master02"],
  "first-node-cert": ["master02", "master03"],
  "five-nodes-own": ["cp-a", "cp-b", "cp-d", "cp-e"],
  "kubeadm-paths-first-node-only": ["master02", "master03"],
  "kubespray-11500": ["master01", "master02"],
  "leading-document-marker": ["master01", "master02"],
  "only-ca-missing": ["master02"],
  "other-worker-files": ["master01", "master02"],
  "partial-overlap": ["master03"],
  "path-other-case": ["master01", "master02", "master03"],
  "path-trailing-space": ["master01", "master02", "master03"],
  "path-typo-in-key": ["master01", "master02", "master03"],
  "removed-node": ["master01", "master02", "master03"],
  "renamed-node": ["master01", "master02"],
  "single-node-other-name": ["master01"],
  "two-documents-cluster-first": ["master01", "master02"],
  v1beta4: ["master01", "master02"],
};

/** 11500 with files whose names need quotes in a shell. */
function withOddNames({ configMap, files, ...one }: RecordedCluster): RecordedCluster {
  const odd = (text: string) => text.replaceAll("/ssl/node-", `/ssl/it's a "node" \\\\ & * (id); of-`);
  return {
    ...one,
    id: "odd-names",
    configMap: { ...configMap, data: { ClusterConfiguration: odd(configMap.data["ClusterConfiguration"] ?? "") } },
    files: Object.fromEntries(
      Object.entries(files).map(([node, its]) => [node, its.map((file) => ({ ...file, path: odd(file.path) }))]),
    ),
  };
}

/** What the script did on a node: it refuses and changes nothing, or fixes the node, twice without harm, and can take it back. */
function appliedOn(script: string, node: string, root: string): "refused" | "unchanged" | "changed" {
  const before = everything(root);
  if (run(script, ["apply", node, root]).code !== 0) {
    expect(everything(root)).toEqual(before);
    return "refused";
  }
  const after = everything(root);
  expect(run(script, ["undo", node, root])).toMatchObject({ code: 0 });
  expect(everything(root)).toEqual(before);
  expect(run(script, ["apply", node, root]).code).toBe(0);
  expect(run(script, ["apply", node, root]).code).toBe(0);
  expect(everything(root)).toEqual(after);
  expect(run(script, ["verify", node, root])).toMatchObject({ code: 0 });
  return JSON.stringify(after) === JSON.stringify(before) ? "unchanged" : "changed";
}

describe("the script on the disks of a broken cluster", () => {
  it.each([...cases, withOddNames(caseOf("kubespray-11500"))])(
    "$id: fixes what it does not refuse, twice without harm, and takes it back",
    async (one) => {
      const script = await scriptFor(one);
      const disks = disksOf(one);
      const results = Object.entries(disks).map(([node, root]) => {
        handOn(script, node, disks);
        return { node, result: appliedOn(script, node, root) };
      });
      const changed = results.filter(({ result }) => result === "changed").map(({ node }) => node);
      expect(changed).toEqual(FIXED[one.id === "odd-names" ? "kubespray-11500" : one.id] ?? []);
      const verdicts = await predicted(one, disks);
      const applied = results.filter(({ result }) => result !== "refused");
      expect(applied.filter(({ node }) => verdicts[node]?.ok !== true)).toEqual([]);
    },
  );
});

describe.each(SHELLS)("in %s the script", (_name, shell) => {
  const script = () => scriptFor(caseOf("kubespray-11500"));
  const diskOfMaster01 = () => disksOf(caseOf("kubespray-11500"))["master01"] ?? "";
  const [cert, key] = ["/etc/ssl/etcd/ssl/node-master03.pem", "/etc/ssl/etcd/ssl/node-master03-key.pem"];

  it("shows what it would do and changes nothing", async () => {
    const root = diskOfMaster01();
    const before = everything(root);
    const { code, said } = run(await script(), ["show", "master01", root], shell);
    expect([code, said]).toEqual([
      0,
      `master01: link ${cert} -> node-master01.pem\nmaster01: link ${key} -> node-master01-key.pem\n`,
    ]);
    expect(everything(root)).toEqual(before);
  });

  it("makes the links that Kubespray makes, and links for names that no node bears", async () => {
    const root = diskOfMaster01();
    expect(run(await script(), ["apply", "MASTER01.example.com", root], shell).code).toBe(0);
    expect(readlinkSync(root + cert)).toBe("node-master01.pem");
    expect(run(await script(), ["names", "master01", root], shell).code).toBe(0);
    expect(readlinkSync(`${root}/etc/ssl/etcd/ssl/node.pem`)).toBe("node-master01.pem");
    expect(run(await script(), ["undo", "master01", root], shell).code).toBe(0);
    expect(readdirSync(`${root}/etc/ssl/etcd/ssl`).sort()).toEqual([
      "ca.pem",
      "node-master01-key.pem",
      "node-master01.pem",
    ]);
  });

  it("leaves a file alone that is in the way, and makes nothing beside it", async () => {
    const root = diskOfMaster01();
    writeFileSync(root + key, "something else");
    const before = everything(root);
    expect(run(await script(), ["apply", "master01", root], shell)).toEqual({
      code: 1,
      said: `master01: ${key} is there already and is something else; it is left as it is\nmaster01: nothing was changed\n`,
    });
    expect(everything(root)).toEqual(before);
  });

  it.each([
    ["looks at the pair once more, and refuses", "apply"],
    ["gives no other names to", "names"],
  ])("%s a key that is not the certificate's", async (_title, mode) => {
    const root = diskOfMaster01();
    const other = caseOf("kubespray-11500").files["master02"]?.find(({ path }) => path.endsWith("-key.pem"));
    writeFileSync(`${root}/etc/ssl/etcd/ssl/node-master01-key.pem`, other?.content ?? "");
    const before = everything(root);
    const { code, said } = run(await script(), [mode, "master01", root], shell);
    expect([code, said]).toEqual([1, expect.stringContaining("is not that of the certificate")]);
    expect(everything(root)).toEqual(before);
  });

  it("takes back only what it made: a link that leads elsewhere since stays", async () => {
    const root = diskOfMaster01();
    run(await script(), ["apply", "master01", root], shell);
    rmSync(root + cert);
    symlinkSync("ca.pem", root + cert);
    const { code, said } = run(await script(), ["undo", "master01", root], shell);
    expect([code, said]).toEqual([1, expect.stringContaining(`${cert} is not the link that was made`)]);
    expect(readlinkSync(root + cert)).toBe("ca.pem");
    expect(run(await script(), ["undo", "master01", root], shell)).toEqual({
      code: 0,
      said: "master01: nothing to undo\n",
    });
  });

  it("verifies what kubeadm opens", async () => {
    const root = diskOfMaster01();
    expect(run(await script(), ["verify", "master01", root], shell)).toMatchObject({
      code: 1,
      said: expect.stringContaining(`certFile ${cert} is missing`),
    });
  });

  it.each([
    [["apply", "master09"], "master09 is not a control-plane node here. They are: master01, master02, master03"],
    [["fix", "master01"], "There is no fix."],
    [["config-map", "helm"], "config-map takes kubectl or kubeadm."],
  ] as const)("%j is a usage error", async ([mode, node], why) => {
    const { code, said } = run(await script(), [mode, node, diskOfMaster01()], shell);
    expect([code, said]).toEqual([2, expect.stringContaining(why)]);
  });
});

describe("docs/fix-script.md", () => {
  const page = readFileSync(join(__dirname, "../../docs/fix-script.md"), "utf8");

  it("shows what the script says on master01 of kubespray 11500", async () => {
    const root = disksOf(caseOf("kubespray-11500"))["master01"] ?? "";
    const { said } = run(await scriptFor(caseOf("kubespray-11500")), ["apply", "master01", root]);
    expect(page).toContain(`\`\`\`text\n${said}\`\`\``);
  });

  it("describes every command of the script", async () => {
    const script = await scriptFor(caseOf("kubespray-11500"));
    const commands = /Usage: sh fix\.sh \[(.*?)\]/.exec(script)?.[1]?.split("|") ?? [];
    expect(commands.length).toBe(7);
    expect(commands.filter((one) => !page.includes(`\`sh fix.sh ${one}\``))).toEqual([]);
  });
});

describe("the text report", () => {
  it("shows the commands only where the script can do something", async () => {
    const checked = async (id: string) => {
      await scriptFor(caseOf(id));
      const files = ["config", "nodes"].map((name) => join(place, `${id}.${name}.json`));
      return (await runProgram(["check", "--kubeadm-config", files[0] ?? "", "--nodes", files[1] ?? ""])).output;
    };
    expect(await checked("kubespray-11500")).toContain(
      "  master01  ln -s node-master01.pem /etc/ssl/etcd/ssl/node-master03.pem && ln -s node-master01-key.pem /etc/ssl/etcd/ssl/node-master03-key.pem\n",
    );
    expect(await checked("everything-missing")).not.toContain("--fix-script");
  });
});

describe("what the script of a cluster does not hold", () => {
  it.each(cases)("$id: a key or a certificate, or anything that sh cannot read", async (one) => {
    const script = await scriptFor(one);
    expect(script).not.toMatch(/-----BEGIN|MII[A-Za-z0-9+/]{8}/);
    expect(spawnSync("sh", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("check --fix-script", () => {
  const config = () => join(place, "kubespray-11500.config.json");

  it("says where nothing is certain, in the script and on standard error", async () => {
    await scriptFor(caseOf("kubespray-11500"));
    const file = join(place, "unknown.sh");
    const { complaints } = await runProgram(["check", "--kubeadm-config", config(), "--fix-script", file]);
    expect(complaints).toContain("nothing is certain enough to be done: the control-plane nodes are not known");
    expect(run(readFileSync(file, "utf8"), ["apply", "master01", ""])).toEqual({
      code: 1,
      said: "Refused: the control-plane nodes are not known; name them with --nodes or --inventory.\n",
    });
  });

  it("ends with 3 where the file cannot be written", async () => {
    await scriptFor(caseOf("kubespray-11500"));
    const { code, complaints } = await runProgram(["check", "--kubeadm-config", config(), "--fix-script", place]);
    expect([code, complaints]).toEqual([3, expect.stringContaining(`the script ${place} cannot be written`)]);
  });

  it("takes no standard output", async () => {
    const { code, complaints } = await runProgram(["check", "--kubeadm-config", config(), "--fix-script", "-"]);
    expect([code, complaints]).toEqual([3, expect.stringContaining("--fix-script takes a file")]);
  });
});
