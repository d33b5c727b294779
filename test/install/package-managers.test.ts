import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { expectRefused } from "./helpers/expect-refused";
import { folderOfItsOwn } from "./helpers/folder-of-its-own";

const checkout = resolve(__dirname, "../..");

const OURS = `const { PolicyPack } = require("@pulumi/policy");
const { kubeadmGuard } = require("kubeadm-guard/pack");
new PolicyPack("ours", kubeadmGuard({ levels: { all: "mandatory" } }));
`;

interface PackageManager {
  readonly manager: string;
  /** The package of the npm registry that has it. */
  readonly from: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly add: readonly string[];
  readonly exec: readonly string[];
}

const PNPM = { add: ["pnpm", "add", "--save-dev"], exec: ["pnpm", "exec"] };
const YARN_SETTINGS = "nodeLinker: node-modules\nenableTelemetry: false\nenableImmutableInstalls: false\n";

const MANAGERS: readonly PackageManager[] = [
  { manager: "npm", from: "npm@10", add: ["npm", "install", "--save-dev"], exec: ["npx", "--no-install"] },
  { manager: "pnpm", from: "pnpm@10", ...PNPM },
  { manager: "pnpm, all in one folder", from: "pnpm@10", files: { ".npmrc": "node-linker=hoisted\n" }, ...PNPM },
  // Yarn 1 alone refuses what @pulumi/pulumi says since 3.250.0, that it needs Node 22; it runs on 20.
  {
    manager: "Yarn 1",
    from: "yarn@1",
    add: ["yarn", "add", "--dev", "--ignore-engines"],
    exec: ["yarn", "--silent", "run"],
  },
  {
    manager: "Yarn 4 with node_modules",
    from: "@yarnpkg/cli-dist@4",
    files: { ".yarnrc.yml": YARN_SETTINGS, "yarn.lock": "" },
    add: ["yarn", "add", "--dev"],
    exec: ["yarn"],
  },
];

const BESIDE: readonly (readonly [string, readonly string[]])[] = [
  ["TypeScript 5.9", ["typescript@5.9"]],
  ["TypeScript 6", ["typescript@6"]],
  ["an older Pulumi SDK, so that there are two", ["@pulumi/pulumi@3.220.0", "@pulumi/policy@1.20.0"]],
];

/** Needs the npm registry, for the package managers too. */
describe("a project that installs the tarball", () => {
  let tarball: string;
  beforeAll(() => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-tarball-")));
    tarball = join(folder, run(checkout, ["npm", "pack", "--loglevel=error", "--pack-destination", folder]).trim());
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it.each(MANAGERS)("with $manager runs the command line, the pack, and a pack of its own", async (one) => {
    const project = projectWith(one.files);
    const managed = (args: readonly string[]) => run(project, ["npx", "--yes", `--package=${one.from}`, "--", ...args]);
    managed([...one.add, tarball, "@pulumi/policy", "@pulumi/pulumi"]);
    expect(managed([...one.exec, "kubeadm-guard", "--version"])).toMatch(/^kubeadm-guard \d/);
    await expectRefused(join(project, "node_modules/kubeadm-guard"));
    await expectRefused(join(project, "ours"));
  });

  it.each(BESIDE)("beside %s runs the pack, and a pack of its own in JavaScript", async (_title, packages) => {
    const project = projectWith();
    install(project, tarball, ...packages);
    await expectRefused(join(project, "node_modules/kubeadm-guard"));
    await expectRefused(join(project, "ours"));
  });

  // npm puts the SDK, which takes TypeScript up to 6, where only kubeadm-guard finds it: a pack of its own needs a folder of its own.
  it("beside TypeScript 7 runs the pack", async () => {
    const project = projectWith();
    install(project, tarball, "typescript@7");
    await expectRefused(join(project, "node_modules/kubeadm-guard"));
  });
});

/** A project with a pack of its own in the folder `ours`. */
function projectWith(files: Readonly<Record<string, string>> = {}): string {
  const project = folderOfItsOwn();
  mkdirSync(join(project, "ours"));
  const all = {
    "package.json": JSON.stringify({ name: "a-project", version: "1.0.0", private: true }),
    "ours/PulumiPolicy.yaml": "runtime: nodejs\n",
    "ours/package.json": JSON.stringify({ name: "ours", version: "1.0.0", main: "index.js" }),
    "ours/index.js": OURS,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) writeFileSync(join(project, path), text);
  return project;
}

function install(project: string, ...packages: readonly string[]): void {
  run(project, ["npm", "install", "--save-dev", "--no-audit", "--no-fund", ...packages]);
}

function run(cwd: string, [program = "", ...args]: readonly string[]): string {
  return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
