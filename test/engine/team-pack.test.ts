import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { EngineRun } from "./helpers/engine-run";
import { preview } from "./helpers/preview";
import { clusters, configMap, externalEtcd, MASTERS, NEUTRAL } from "./helpers/programs";

const checkout = resolve(__dirname, "../..");
/** Two control-plane nodes, and nothing that says how files reach them. */
const PROGRAM = configMap(externalEtcd(NEUTRAL));
const TWO = clusters({ undecided: "advisory", controlPlaneNodes: MASTERS.slice(0, 2) });

const stopping = ({ violations }: EngineRun) =>
  violations.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);

describe("a team's own pack", () => {
  it("in TypeScript, as examples/team-pack, has its own policy, levels and rules", async () => {
    const pack = packFolder();
    cpSync(join(checkout, "examples/team-pack"), pack, { recursive: true });
    const seen = await preview({ program: PROGRAM, config: TWO, packFolder: true, pack });
    expect(stopping(seen), seen.output).toEqual([
      "enough-control-plane-nodes",
      "external-etcd-files-on-every-control-plane-node",
    ]);
  });

  it("in JavaScript, as a folder, with a level of its own", async () => {
    const pack = packFolder();
    writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(join(pack, "package.json"), JSON.stringify({ name: "ours", version: "1.0.0", main: "index.js" }));
    writeFileSync(
      join(pack, "index.js"),
      `const { PolicyPack } = require("@pulumi/policy");
const { kubeadmGuard } = require("kubeadm-guard/pack");
new PolicyPack("ours", kubeadmGuard({ levels: { all: "advisory" }, clusters: [{ name: "*", undecided: "advisory" }] }));
`,
    );
    const seen = await preview({ program: PROGRAM, config: TWO, packFolder: true, pack });
    expect(seen.exitCode, seen.output).toBe(0);
    expect(seen.violations.length).toBeGreaterThan(0);
  });
});

/** A folder with the dependencies that npm would install there. */
function packFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-team-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  const names = readdirSync(join(checkout, "node_modules")).filter((name) => !name.startsWith("."));
  for (const name of names) symlinkSync(join(checkout, "node_modules", name), join(modules, name));
  symlinkSync(checkout, join(modules, "kubeadm-guard"));
  return folder;
}
