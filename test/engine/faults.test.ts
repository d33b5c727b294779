import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { canMount, withMounts } from "../helpers/private-mounts";
import { BROKEN, clusters, NODES_KNOWN, PRESENCE } from "./helpers/programs";
import { saidBy } from "./helpers/said";
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

describe.runIf(canMount)("reports where nothing can be written", () => {
  it("are advisory findings, each of one line, and the old one stays as it was", async () => {
    const reports = ["readonly/old.json", "readonly/new.html", "full/old.json", "nearly/new.html"];
    const stack = await testStack({ program: BROKEN, config: { ...clusters(), "kubeadm-guard:reports": reports } });
    const run = await stack.preview({ pack: packWithMounts(stack.folder) });
    const why = [
      "the file system is read-only",
      "the file system is read-only",
      "the disk is full",
      "the disk is full",
    ];
    const said = saidBy(NODES_KNOWN, run).split("\n");
    expect(said.filter((line) => line.includes("cannot be written"))).toEqual(
      reports.map(
        (one, index) =>
          `kubeadm-guard:reports[${index}]: the report ${join(stack.folder, one)} cannot be written: ${why[index]}.`,
      ),
    );
    expect(run.violations.find(({ policy }) => policy === PRESENCE)).toMatchObject({ level: "mandatory" });
    expect(readdirSync(join(stack.folder, "readonly"))).toEqual(["old.json"]);
    expect(readFileSync(join(stack.folder, "readonly/old.json"), "utf8")).toBe("old");
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

/** The pack, started where a folder has the mounts of `withMounts`. */
function packWithMounts(folder: string): string {
  const executable = join(temporaryFolder(), "pack");
  const [unshare, args] = withMounts(`cd - > /dev/null; exec '${process.execPath}' '${pack}' "$@"`);
  const quoted = args.map((one) => `'${one.replaceAll("'", `'\\''`)}'`).join(" ");
  writeFileSync(executable, `#!/bin/bash\ncd '${folder}'; exec ${unshare} ${quoted} pack "$@"\n`, { mode: 0o755 });
  return executable;
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
