import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";
import { clusterOf } from "./cluster-of.mjs";
import { pairs, single } from "./compare.mjs";
import { ended, reported, started } from "./measure.mjs";
import { executableOf, packPreview } from "./pack-preview.mjs";
import { awsGuardPack, peer, peerInputs } from "./peers.mjs";

const here = import.meta.dirname;
const guardPack = join(projectFolder, "bin/kubeadm-guard-pack");

/** Each gives rows of the table. `folder` is empty and theirs. */
export const benchmarks = {
  start: async ({ folder, runs }) => {
    const empty = await emptyPack(folder);
    const launcher = join(projectFolder, "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");
    return pairs(runs, [
      ["start of the executable pack until its port is known", () => started([guardPack, "x"], folder)],
      ["an empty pack as the SDK starts it", () => started([launcher, "x", empty], empty)],
    ]);
  },
  stack: ({ runs }) =>
    pairs(runs, [
      [
        "10,000 ConfigMaps through the SDK, all policies",
        () => reported([join(here, "stack-in-process.mjs"), "guard", "10000"]),
      ],
      ["one empty stack policy", () => reported([join(here, "stack-in-process.mjs"), "empty", "10000"])],
    ]),
  resources: ({ runs }) =>
    pairs(runs, [
      [
        "20,000 ConfigMaps through the SDK, all policies",
        () => reported([join(here, "stack-in-process.mjs"), "guard", "20000"]),
      ],
      ["a tenth of them", () => reported([join(here, "stack-in-process.mjs"), "guard", "2000"])],
    ]),
  previews: async ({ folder, runs }) => {
    const empty = await executableOf(await emptyPack(folder));
    const rows = [];
    for (const count of [100, 1000, 5000]) {
      const own = join(folder, `preview-${count}`);
      await mkdir(own);
      const previewWith = await packPreview(own, count);
      const what = `a whole preview of ${count.toLocaleString("en")} ConfigMaps, program and engine included`;
      rows.push(
        await pairs(runs, [
          [what, () => previewWith(guardPack)],
          ["with an empty pack", () => previewWith(empty)],
        ]),
      );
    }
    return rows.flat();
  },
  nodes: growth("nodes, each with 3 files", { files: 3 }, { nodes: 10_000 }, { nodes: 1000 }),
  files: growth("files on each of 3 nodes", { nodes: 3 }, { files: 30_000 }, { files: 3000 }),
  listing: growth("entries of a listing of 100 nodes", { nodes: 100 }, { files: 2000 }, { files: 200 }),
  million: ({ runs }) =>
    pairs(runs, [
      [
        "1,000,000 files of a node, played and looked up",
        () => reported([join(here, "files-in-process.mjs"), "1000000"]),
      ],
      ["a tenth of them", () => reported([join(here, "files-in-process.mjs"), "100000"])],
    ]),
  x509: async (bench) => {
    const check = await checkOf({ ...bench, cluster: { nodes: 100, files: 3, certificates: true } });
    return single(bench.runs, ["100 nodes with a CA, a certificate and a key each, all read", check]);
  },
  check: async ({ folder, runs }) => {
    const files = await clusterOf(join(folder, "ordinary"), { nodes: 3, files: 3, certificates: true });
    const guard = [process.execPath, join(projectFolder, "bin/kubeadm-guard.js"), ...files];
    return pairs(runs, [
      ["`kubeadm-guard check` of 3 nodes, the whole process", () => ended(guard)],
      ["Node.js that does nothing", () => ended([process.execPath, "-e", "0"])],
    ]);
  },
  peers: async ({ folder, runs }) => {
    const rows = [];
    for (const count of [1000, 10_000]) {
      const { guard, ...peers } = await peerInputs(join(folder, `peers-${count}`), count);
      for (const [name, measure] of Object.entries(peers)) {
        const program = await peer(name);
        if (program === undefined) continue;
        const what = `\`kubeadm-guard check\` of a state of ${count.toLocaleString("en")} ConfigMaps and 3 nodes`;
        rows.push(
          await pairs(runs, [
            [what, guard],
            [BESIDE[name], () => measure(program)],
          ]),
        );
      }
    }
    const aws = await awsGuardPack(folder);
    if (aws === undefined) return rows.flat();
    const ours = ["start of the executable pack until its port is known", () => started([guardPack, "x"], folder)];
    rows.push(
      await pairs(runs, [
        ours,
        ["awsguard as the SDK starts it", () => started([aws.launcher, "x", aws.pack], aws.pack)],
      ]),
    );
    return rows.flat();
  },
};

const BESIDE = {
  "conftest-0.71.1": "conftest 0.71.1, one rule of Rego on the state: is each file copied to each node",
  "kubeconform-0.8.0": "kubeconform 0.8.0, the ConfigMaps as manifests against a schema",
};

/** How `check` grows with what is counted, in a process that does nothing else. */
function growth(what, fixed, more, less) {
  return async (bench) => {
    const [many] = Object.values(more);
    const { nodes = 1, files } = { ...fixed, ...more };
    const count = what.startsWith("entries") ? nodes * files : many;
    return pairs(bench.runs, [
      [`${count.toLocaleString("en")} ${what}`, await checkOf({ ...bench, cluster: { ...fixed, ...more } })],
      ["a tenth of them", await checkOf({ ...bench, cluster: { ...fixed, ...less } })],
    ]);
  };
}

async function checkOf({ folder, cluster }) {
  const args = await clusterOf(join(folder, JSON.stringify(cluster).replaceAll(/\W+/g, "-")), cluster);
  return () => reported([join(here, "check-in-process.mjs"), ...args]);
}

/** A pack of one policy that does nothing, as `pulumi policy new` lays one out, in JavaScript. */
async function emptyPack(folder) {
  const pack = join(folder, "empty-pack");
  await mkdir(pack);
  await symlink(join(projectFolder, "node_modules"), join(pack, "node_modules"));
  await writeFile(join(pack, "package.json"), JSON.stringify({ name: "empty", version: "0.0.1", main: "index.js" }));
  await writeFile(
    join(pack, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", { policies: [{ name: "nothing", description: "Nothing.", validateStack: () => {} }] });
`,
  );
  return pack;
}
