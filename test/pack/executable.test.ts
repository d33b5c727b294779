import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleOfExecutable } from "../../scripts/lib/bundle.mjs";

const checkout = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-executable-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  cpSync(join(checkout, "bin"), join(folder, "bin"), { recursive: true });
  cpSync(join(checkout, "package.json"), join(folder, "package.json"));
  mkdirSync(join(folder, "dist/pack"), { recursive: true });
  writeFileSync(join(folder, "dist/pack/executable.js"), await bundleOfExecutable());
});

describe("the executable pack serves, whatever is installed beside it", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["nothing", {}],
    ["TypeScript 7, which has no compiler API", { typescript: 'module.exports = { version: "7.0.2" };' }],
    ["a TypeScript and a ts-node that cannot be loaded", { typescript: "throw 1;", "ts-node": "throw 2;" }],
    ["an SDK that cannot be loaded", { "@pulumi/pulumi": "throw 3;", "@pulumi/policy": "throw 4;" }],
  ])("%s", async (_what, modules) => {
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
    for (const [name, text] of Object.entries(modules)) {
      mkdirSync(join(folder, "node_modules", name), { recursive: true });
      writeFileSync(join(folder, "node_modules", name, "index.js"), text);
    }
    expect(await firstLine(join(folder, "bin/kubeadm-guard-pack"))).toMatch(/^\d+\n$/);
  });
});

/** What a pack prints first, for the engine: its port. What it complains about, where it prints nothing. */
async function firstLine(program: string): Promise<string> {
  const pack = spawn(process.execPath, [program, "127.0.0.1:1"], { stdio: ["ignore", "pipe", "pipe"] });
  try {
    return await new Promise((tell) => {
      let complaint = "";
      pack.stderr.on("data", (chunk) => {
        complaint += chunk;
      });
      pack.stdout.once("data", (chunk) => tell(String(chunk)));
      pack.once("close", () => tell(complaint));
    });
  } finally {
    pack.kill();
  }
}
