import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const CHECKOUT = resolve(__dirname, "..");
const LEFT_OUT = new Set(
  ["node_modules", "dist", ".git", ".engine", ".conformance", ".cache"].map((name) => join(CHECKOUT, name)),
);

/** What CONTRIBUTING.md has its reader write: each block of TypeScript goes into the file that the sentence before it names. */
function written(): readonly { readonly file: string; readonly text: string }[] {
  const page = readFileSync(join(CHECKOUT, "CONTRIBUTING.md"), "utf8");
  return [...page.matchAll(/\*\*\d\. [^*]+\*\*, in `([^`]+)`[^\n]*\n\n```ts\n([\s\S]*?)```/g)].map(
    ([, file = "", text = ""]) => ({ file, text }),
  );
}

/** The compiler reads all of the project. */
const PATIENCE_MS = 600_000;

describe("a newcomer who follows CONTRIBUTING.md", { timeout: PATIENCE_MS }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-newcomer-"));
    cpSync(CHECKOUT, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(path) });
    symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"));
    for (const { file, text } of written()) writeFileSync(join(folder, file), text);
    return () => rmSync(folder, { recursive: true });
  });

  it("writes a policy, a reader, and a test of each", () => {
    expect(written().map(({ file }) => file)).toEqual([
      "test/policies/cluster-named.test.ts",
      "policies/cluster-named.ts",
      "test/evidence/host-file.test.ts",
      "evidence/host-file.ts",
    ]);
  });

  it("has what compiles", () => {
    expect(npx("tsc", "-p", "tsconfig.test.json")).toEqual({ status: 0, stdout: "" });
  });

  it("sees both tests pass", () => {
    const tests = written().flatMap(({ file }) => (file.startsWith("test/") ? [file] : []));
    const { status, stdout } = npx("vitest", "run", "--project", "unit", "--no-color", ...tests);
    expect(stdout).toContain("5 passed");
    expect(status).toBe(0);
  });

  function npx(...args: readonly string[]) {
    const { status, stdout } = spawnSync("npx", ["--no-install", ...args], { cwd: folder, encoding: "utf8" });
    return { status, stdout };
  }
});
