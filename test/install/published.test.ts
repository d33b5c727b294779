import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { policies } from "../../policies/index";
import { engineRun } from "../engine/helpers/engine-run";
import { PRESENCE } from "../engine/helpers/programs";
import { testStack } from "../engine/helpers/test-stack";
import { expectRefused } from "./helpers/expect-refused";
import { folderOfItsOwn } from "./helpers/folder-of-its-own";
import { type PublishedPack, pulumiCloud } from "./helpers/pulumi-cloud";

const checkout = resolve(__dirname, "../..");
const FOR_USERS = ["install", "--loglevel=error", "--no-audit", "--no-fund", "--prefer-offline"];

/** Needs the npm registry for what the package depends on. */
describe("pulumi policy publish of a checkout", () => {
  it("sends what is known of each policy, and a pack that another machine can install and run", async () => {
    const { pack, tarball } = await publish(copyOfCheckout());
    expect(pack).toMatchObject({
      name: "kubeadm-guard",
      versionTag: "0.1.0",
      tags: expect.arrayContaining(["kubeadm"]),
    });
    expect(policies.map((policy) => ofPolicy(pack, policy.id))).toEqual(
      policies.map(({ id, title, description, severity, level, remediation, tags, control }) => ({
        name: id,
        displayName: title,
        description,
        severity,
        enforcementLevel: level,
        remediationSteps: remediation,
        tags: ["kubernetes", "kubeadm", ...(tags ?? [])],
        ...(control === undefined
          ? {}
          : { framework: { name: "CIS Kubernetes Benchmark", version: "1.12", ...control } }),
      })),
    );
    expect(ofPolicy(pack, "private-keys-protected")).toHaveProperty("framework.reference", "1.1.21");
    const settings = pack.policies.find(({ name }) => name === "control-plane-nodes-known")?.configSchema?.properties;
    expect(settings).toHaveProperty("clusters");

    await expectRefused(installed(tarball));
  });
});

describe("a project with the tarball", () => {
  let tarball: string;
  let modules: string;
  beforeAll(() => {
    const project = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-project-")));
    const pack = ["pack", "--loglevel=error", "--pack-destination", project];
    tarball = join(project, execFileSync("npm", pack, { cwd: checkout, encoding: "utf8" }).trim());
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "a-project", private: true }));
    npm(project, ...FOR_USERS, tarball, "typescript@5.9");
    modules = join(project, "node_modules");
    return () => rmSync(project, { recursive: true, force: true });
  });

  it("previews with the pack in its node_modules", async () => {
    await expectRefused(join(modules, "kubeadm-guard"));
  });

  const OURS = 'new PolicyPack("ours", kubeadmGuard({ levels: { all: "mandatory" } }));\n';
  const IMPORTS = 'import { PolicyPack } from "@pulumi/policy";\nimport { kubeadmGuard } from "kubeadm-guard/pack";\n';
  const REQUIRES =
    'const { PolicyPack } = require("@pulumi/policy");\nconst { kubeadmGuard } = require("kubeadm-guard/pack");\n';
  it.each<[string, Readonly<Record<string, string>>]>([
    ["TypeScript", { "index.ts": IMPORTS + OURS, "tsconfig.json": tsconfig() }],
    ["JavaScript, CommonJS", { "index.js": REQUIRES + OURS }],
    ["JavaScript, an ES module", { "index.mjs": IMPORTS + OURS }],
  ])("previews with a pack of the team's own in %s", async (_, files) => {
    const pack = folderWith({ "PulumiPolicy.yaml": "runtime: nodejs\n", ...files }, "ours");
    await expectRefused(pack);
  });

  it("publishes a pack of the team's own with the tarball in its folder, which another machine can install and run", async () => {
    const ours = folderWith({ "PulumiPolicy.yaml": "runtime: nodejs\n", "index.js": REQUIRES + OURS }, "ours");
    cpSync(tarball, join(ours, basename(tarball)));
    const dependencies = { "kubeadm-guard": `file:${basename(tarball)}` };
    writeFileSync(
      join(ours, "package.json"),
      JSON.stringify({ name: "ours", version: "1.0.0", main: "index.js", dependencies }),
    );
    const published = await publish(ours);
    expect(ofPolicy(published.pack, PRESENCE)).toMatchObject({ enforcementLevel: "mandatory", severity: "critical" });
    await expectRefused(installed(published.tarball));
  });

  const NODE = 'new ControlPlaneNode("master01", { addresses: [pulumi.output("192.168.10.11")] });\n';
  it.each<[string, Readonly<Record<string, string>>]>([
    [
      "TypeScript",
      {
        "index.ts": `import * as pulumi from "@pulumi/pulumi";\nimport { ControlPlaneNode } from "kubeadm-guard/components";\n${NODE}`,
        "tsconfig.json": tsconfig(),
      },
    ],
    [
      "JavaScript, CommonJS",
      {
        "index.js": `const pulumi = require("@pulumi/pulumi");\nconst { ControlPlaneNode } = require("kubeadm-guard/components");\n${NODE}`,
      },
    ],
    [
      "JavaScript, an ES module",
      {
        "index.mjs": `import * as pulumi from "@pulumi/pulumi";\nimport { ControlPlaneNode } from "kubeadm-guard/components";\n${NODE}`,
      },
    ],
  ])("declares nodes with the components in %s", async (language, files) => {
    const stack = await testStack({ program: "" });
    rmSync(join(stack.folder, "node_modules"));
    rmSync(join(stack.folder, "index.js"));
    cpSync(folderWith(files, "a-program"), stack.folder, { recursive: true, verbatimSymlinks: true });
    if (language === "TypeScript")
      writeFileSync(
        join(stack.folder, "Pulumi.yaml"),
        `name: ${inject("engine").emptyStack.project}\nruntime: nodejs\n`,
      );
    const seen = await stack.preview({ languageHost: true });
    expect(seen.exitCode, seen.output).toBe(0);
    expect(seen.output).toContain("kubeadm-guard:index:ControlPlaneNode");
  });

  /** A folder with a package of that name, and what is installed in the project. */
  function folderWith(files: Readonly<Record<string, string>>, name: string): string {
    const folder = folderOfItsOwn();
    const [main] = Object.keys(files).filter((file) => file.startsWith("index."));
    const all = { ...files, "package.json": JSON.stringify({ name, version: "1.0.0", main }) };
    for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, path), text);
    symlinkSync(modules, join(folder, "node_modules"));
    return folder;
  }
});

/** The folder of a published pack on a machine that the service hands it to. */
function installed(tarball: Uint8Array): string {
  const folder = folderOfItsOwn();
  writeFileSync(join(folder, "pack.tgz"), tarball);
  execFileSync("tar", ["-xzf", "pack.tgz"], { cwd: folder });
  npm(join(folder, "package"), ...FOR_USERS, "--omit=dev");
  return join(folder, "package");
}

async function publish(folder: string) {
  const cloud = await pulumiCloud();
  const { forPackFolders } = inject("engine");
  const env = { ...forPackFolders, PULUMI_BACKEND_URL: cloud.address, PULUMI_ACCESS_TOKEN: "pul-of-nobody" };
  const { exitCode, output } = await engineRun(["policy", "publish", "acme"], { cwd: folder, env });
  const published = cloud.published();
  if (exitCode !== 0 || published === undefined) throw new Error(`it was not published:\n${output}`);
  return published;
}

/** What the service shows of a policy, but for its settings. */
function ofPolicy({ policies: all }: PublishedPack, id: string) {
  const found = all.find(({ name }) => name === id);
  if (found === undefined) return undefined;
  const { name, displayName, description, severity, enforcementLevel, remediationSteps, tags, framework } = found;
  const shown = { name, displayName, description, severity, enforcementLevel, remediationSteps, tags };
  return framework === undefined ? shown : { ...shown, framework };
}

/** What a clone of the repository has after `npm ci`. */
function copyOfCheckout(): string {
  const folder = folderOfItsOwn();
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "--", ":!test"];
  for (const file of execFileSync("git", list, { cwd: checkout, encoding: "utf8" }).trim().split("\n")) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(checkout, file), join(folder, file));
  }
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function tsconfig(): string {
  return JSON.stringify({
    compilerOptions: {
      strict: true,
      target: "es2022",
      module: "commonjs",
      moduleResolution: "node10",
      skipLibCheck: true,
    },
  });
}

function npm(cwd: string, ...args: readonly string[]): void {
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
