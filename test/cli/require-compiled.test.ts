import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const bin = join(__dirname, "..", "..", "bin");
const isRoot = process.geteuid?.() === 0;

/** What the command line starts with, a program of one line in place of the built one, and a folder for its compiled form. */
function installation() {
  const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-compiled-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [program, caches] = [join(folder, "dist/cli/main.js"), join(folder, "caches")];
  cpSync(bin, join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "dist/cli"), { recursive: true });
  mkdirSync(caches);
  const own = join(caches, "kubeadm-guard");
  const run = (args = ["check", "--kubeadm-config", "x"], env: NodeJS.ProcessEnv = { XDG_CACHE_HOME: caches }) => {
    const command = [join(folder, "bin/kubeadm-guard.js"), ...args];
    const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env });
    return stdout + stderr;
  };
  return {
    caches,
    own,
    run,
    says: (text: string) => writeFileSync(program, programThatSays(text)),
    kept: () => (existsSync(own) ? readdirSync(own) : []).map((name) => join(own, name)),
  };
}

function programThatSays(text: string): string {
  return `function said() { return ${JSON.stringify(text)}; }
exports.main = async () => { process.stdout.write(said()); return 0; };
`;
}

describe("the compiled form of the command line", () => {
  it("is kept after a check, and the next one uses it and leaves it as it is", () => {
    const { run, says, kept, own } = installation();
    says("one");
    expect(run()).toBe("one");
    const [file = "", ...others] = kept();
    expect(others).toEqual([]);
    expect([statSync(own).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
    const before = statSync(file, { bigint: true }).mtimeNs;
    expect(run()).toBe("one");
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before);
  });

  it("is that of the program as it is now, even where an older one was as long", () => {
    const { run, says, kept } = installation();
    says("one");
    run();
    says("two");
    expect([run(), run()]).toEqual(["two", "two"]);
    expect(kept()).toHaveLength(1);
  });

  it.each([
    ["cut short", (form: Buffer) => form.subarray(0, form.length - 100)],
    ["empty", () => Buffer.alloc(0)],
    ["changed in its last byte", (form: Buffer) => Buffer.concat([form.subarray(0, -1), Buffer.from([7])])],
    ["something else", () => Buffer.from("#!/bin/sh\n")],
  ])("is not used, and made again, where it is %s", (_, damaged) => {
    const { run, says, kept } = installation();
    says("one");
    run();
    const [file = ""] = kept();
    const whole = readFileSync(file);
    writeFileSync(file, damaged(whole));
    expect(run()).toBe("one");
    expect(readFileSync(file).length).toBe(whole.length);
  });

  it("is refused by another V8, and made again", () => {
    const { run, says, kept, caches } = installation();
    says("one");
    run();
    const [file = ""] = kept();
    const before = readFileSync(file);
    // V8 counts its flags as part of what it is.
    expect(run(undefined, { XDG_CACHE_HOME: caches, NODE_OPTIONS: "--interpreted-frames-native-stack" })).toBe("one");
    expect(readFileSync(file).equals(before)).toBe(false);
  });

  it.each([
    ["help", ["--help"]],
    ["help for check", ["check", "--help"]],
    ["another command", ["explain"]],
  ])("is not kept after %s, for which little is compiled", (_, args) => {
    const { run, says, kept } = installation();
    says("one");
    expect(run(args)).toBe("one");
    expect(kept()).toEqual([]);
  });

  it("is not kept where Node.js is told to keep none", () => {
    const { run, says, caches } = installation();
    says("one");
    expect(run(undefined, { XDG_CACHE_HOME: caches, NODE_DISABLE_COMPILE_CACHE: "1" })).toBe("one");
    expect(readdirSync(caches)).toEqual([]);
  });

  it("is not read from a folder that others may write to", () => {
    const { run, says, own, kept } = installation();
    says("one");
    run();
    const [file = ""] = kept();
    chmodSync(own, 0o777);
    writeFileSync(file, "left as it is");
    expect(run()).toBe("one");
    expect(readFileSync(file, "utf8")).toBe("left as it is");
  });

  it("is not kept where the folder for caches is a file, or is missing, and nothing is said", () => {
    const { run, says, caches } = installation();
    says("one");
    const file = join(caches, "file");
    writeFileSync(file, "");
    expect(run(undefined, { XDG_CACHE_HOME: file })).toBe("one");
    expect(run(undefined, { XDG_CACHE_HOME: join(caches, "missing") })).toBe("one");
    expect(readdirSync(caches)).toEqual(["file"]);
  });
});

/** Only root can give a folder to someone else, and root is who must not leave files in another's home. */
describe.runIf(isRoot)("the compiled form where the home folder is another user's", () => {
  it("is not kept", () => {
    const { run, says, caches } = installation();
    says("one");
    chownSync(caches, 12345, 12345);
    expect(run(undefined, { HOME: caches })).toBe("one");
    expect(readdirSync(caches)).toEqual([]);
  });

  it("is not read, whatever lies there", () => {
    const { run, says, own, kept } = installation();
    says("one");
    run();
    const [file = ""] = kept();
    writeFileSync(file, "left as it is");
    chownSync(own, 12345, 12345);
    expect(run()).toBe("one");
    expect(readFileSync(file, "utf8")).toBe("left as it is");
  });
});
