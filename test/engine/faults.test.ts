import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { BROKEN, clusters } from "./helpers/programs";
import { testStack } from "./helpers/test-stack";

const pack = resolve(__dirname, "../../bin/kubeadm-guard-pack");

describe("a pack that is killed", () => {
  it("while the program runs ends the preview with the engine's own words", async () => {
    const { executable, pidFile } = packThatTellsItsId();
    const kill = `process.kill(Number(process.getBuiltinModule("node:fs").readFileSync(${JSON.stringify(pidFile)}, "utf8")), "SIGKILL");\n`;
    const stack = await testStack({ program: kill + BROKEN, config: clusters() });
    const { exitCode, output } = await stack.preview({ pack: executable });
    expect(exitCode, output).not.toBe(0);
    expect(output).toMatch(/error: .*(?:EOF|connection|Unavailable)/);
  });

  it("while it writes its reports leaves the old ones as they were", async () => {
    const stack = await testStack({
      program: BROKEN,
      config: { ...clusters(), "kubeadm-guard:reports": ["guard.json"] },
      files: { "guard.json": "the old one" },
    });
    const { exitCode, output } = await stack.preview({ pack: packThatDiesWhenItWrites() });
    expect(exitCode, output).not.toBe(0);
    expect(output).toContain("error: error reading from server: EOF");
    expect(readFileSync(join(stack.folder, "guard.json"), "utf8")).toBe("the old one");
  });
});

describe("an engine that is older than executable packs", () => {
  it("says that the pack is not a folder, as the README quotes it", async () => {
    const stack = await testStack({ program: BROKEN, config: clusters() });
    const { exitCode, output } = await stack.preview({ pack, packFolder: true });
    expect(exitCode, output).not.toBe(0);
    const words = "kubeadm-guard-pack/PulumiPolicy.yaml: not a directory";
    expect(output).toContain(words);
    expect(readFileSync(resolve(pack, "../../README.md"), "utf8")).toContain(words);
  });
});

/** The pack, started by a script that leaves its process id in a file. */
function packThatTellsItsId() {
  const folder = temporaryFolder();
  const [executable, pidFile] = [join(folder, "pack"), join(folder, "pid")];
  const script = `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${process.execPath}' '${pack}' "$@"\n`;
  writeFileSync(executable, script, { mode: 0o755 });
  return { executable, pidFile };
}

/** The pack in a process that is killed after the first half of what it writes. */
function packThatDiesWhenItWrites(): string {
  const executable = join(temporaryFolder(), "pack");
  const script = `#!${process.execPath}
const fs = require("node:fs");
const write = fs.writeFileSync;
fs.writeFileSync = (path, text) => {
  write(path, text.slice(0, text.length / 2));
  process.kill(process.pid, "SIGKILL");
};
require(${JSON.stringify(pack)});
`;
  writeFileSync(executable, script, { mode: 0o755 });
  return executable;
}

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-fault-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
