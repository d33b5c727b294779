import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { externalEtcd } from "../helpers/cluster";
import { runProgram } from "./helpers/run-check";

const FOLDER = mkdtempSync(join(tmpdir(), "kubeadm-guard-report-"));
const CONFIG = externalEtcd({ certFile: "/etc/etcd/node.pem" });
const checkWith = (...args: readonly string[]) => runProgram(["check", "--kubeadm-config", "-", ...args], CONFIG);

describe("check --report", () => {
  it("writes each file in the format of its name, beside what it prints", async () => {
    const names = ["r.json", "r.sarif", "r.xml", "r.md", "code-quality.json"];
    const plain = await checkWith();
    const run = await checkWith(...names.flatMap((name) => ["--report", join(FOLDER, name)]));
    expect(run).toEqual(plain);
    expect(names.map((name) => readFileSync(join(FOLDER, name), "utf8").slice(0, 5))).toEqual([
      '{\n  "',
      '{\n  "',
      "<?xml",
      "### k",
      "[\n  {",
    ]);
  });

  it("ends with 3 and one line where a file cannot be written", async () => {
    const path = join(FOLDER, "nowhere", "r.json");
    const { code, complaints } = await checkWith("--report", path);
    expect({ code, complaints }).toEqual({
      code: 3,
      complaints: `kubeadm-guard: the report ${path} cannot be written: there is no such folder.\n`,
    });
  });

  it("refuses a name that says no format, and writes nothing", async () => {
    const path = join(FOLDER, "r.pdf");
    const { code, complaints } = await checkWith("--report", path);
    expect([code, complaints]).toEqual([3, expect.stringContaining(`--report ${path}: the name of a report ends in`)]);
    expect(existsSync(path)).toBe(false);
  });

  it.each(["sarif", "junit", "markdown", "github", "gitlab"])("--format %s prints it instead", async (format) => {
    const { output } = await checkWith("--format", format);
    expect(output).not.toBe("");
    expect(output).not.toContain("checked as kubeadm 1.29 (kubernetesVersion v1.29.10; --kubeadm for another)\nNo");
  });
});
