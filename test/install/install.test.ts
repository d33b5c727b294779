import { execFileSync } from "node:child_process";
import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { folderOfItsOwn } from "./helpers/folder-of-its-own";

const checkout = resolve(__dirname, "../..");

/** Both need the npm registry for what the package depends on. */
describe("a project that installs the package as the README says", () => {
  it("from a tarball has the built pack and the command line", () => {
    const folder = folderOfItsOwn();
    // As `pulumi policy publish` calls it, which takes all of stdout for the name of the tarball.
    const printed = run("npm", ["pack", "--loglevel=error", "--pack-destination", folder], checkout);
    expect(printed).toBe("kubeadm-guard-0.1.0.tgz\n");
    expectInstalled(join(folder, "kubeadm-guard-0.1.0.tgz"));
  });

  it("from git has the built pack and the command line", () => {
    const repository = folderOfItsOwn();
    const files = run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], checkout).trim().split("\n");
    for (const file of files.filter((name) => existsSync(join(checkout, name))))
      cpSync(join(checkout, file), join(repository, file));
    run("git", ["init", "--quiet"], repository);
    run("git", ["add", "--all"], repository);
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    run("git", [...author, "commit", "--quiet", "--message", "A snapshot of the checkout"], repository);
    expectInstalled(`git+file://${repository}`);
  });
});

function expectInstalled(source: string): void {
  const project = folderOfItsOwn();
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "a-project", private: true }));
  run("npm", ["install", "--save-dev", "--no-audit", "--no-fund", "--prefer-offline", source], project);
  const installed = join(project, "node_modules/kubeadm-guard");
  const parts = ["dist/index.js", "dist/index.d.ts", "bin/kubeadm-guard-pack", "PulumiPolicy.yaml", "docs/settings.md"];
  expect(parts.filter((part) => !existsSync(join(installed, part)))).toEqual([]);
  expect(existsSync(join(installed, "test"))).toBe(false);
  expect(run("npx", ["--no-install", "kubeadm-guard", "--help"], project)).toContain("Usage: kubeadm-guard");
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8" });
}
