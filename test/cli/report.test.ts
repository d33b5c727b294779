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
    const names = ["r.json", "r.sarif", "r.xml", "r.md", "code-quality.json", "r.html"];
    const plain = await checkWith();
    const run = await checkWith(...names.flatMap((name) => ["--report", join(FOLDER, name)]));
    expect(run).toEqual(plain);
    expect(names.map((name) => readFileSync(join(FOLDER, name), "utf8").slice(0, 5))).toEqual([
      '{\n  "',
      '{\n  "',
      "<?xml",
      "### k",
      "[\n  {",
      "<!doc",
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

describe("report --format", () => {
  it.each(["github", "markdown", "text"])("%s prints what check prints, for each report", async (format) => {
    const files = ["first.json", "second.json"].map((name) => join(FOLDER, name));
    for (const file of files) await checkWith("--report", file);
    const { output } = await checkWith("--format", format);
    const run = await runProgram(["report", ...files, "--format", format]);
    expect(run).toEqual({ code: 0, output: output.repeat(2), complaints: "" });
  });

  it.each<[string, readonly string[], string]>([
    ["a format that cannot be put one after the other", ["--format", "sarif"], "report prints github, markdown, text"],
    ["a page as well", ["--format", "text", "--out", "all.html"], "leave one out"],
    ["neither a page nor a format", [], "--out FILE.html"],
  ])("refuses %s", async (_what, args, why) => {
    const { code, complaints } = await runProgram(["report", "one.json", ...args]);
    expect([code, complaints]).toEqual([3, expect.stringContaining(why)]);
  });
});

describe("report", () => {
  const clusters = async () => {
    const files = ["one.json", "two.json"].map((name) => join(FOLDER, name));
    for (const file of files) await checkWith("--report", file);
    return files;
  };

  it("makes one page of the reports of many clusters", async () => {
    const page = join(FOLDER, "all.html");
    const run = await runProgram(["report", ...(await clusters()), "--out", page]);
    expect(run).toEqual({ code: 0, output: "", complaints: "" });
    expect(/2 clusters: [^<]*/.exec(readFileSync(page, "utf8"))?.[0]).toBe(
      "2 clusters: 2 refused, 0 undecided, 0 passed.",
    );
  });

  it.each<[string, readonly string[], string]>([
    ["no report", ["--out", "all.html"], "Name at least one JSON report."],
    ["no page", ["one.json"], "Name the page with --out FILE.html."],
    ["a page of another format", ["one.json", "--out", "all.pdf"], "Name the page with --out FILE.html."],
    ["an unknown option", ["--output", "all.html"], "Unknown option '--output'."],
    ["a report that is not there", ["nowhere.json", "--out", "all.html"], "cannot be used: there is no such file."],
    [
      "a file that is not a report",
      [join(__dirname, "report.test.ts"), "--out", "x.html"],
      "cannot be used: it is not JSON.",
    ],
  ])("ends with 3 for %s", async (_, args, complaint) => {
    const { code, complaints } = await runProgram(["report", ...args]);
    expect([code, complaints]).toEqual([3, expect.stringContaining(complaint)]);
  });

  it("does not write a page of less than it was given", async () => {
    const page = join(FOLDER, "less.html");
    const { code } = await runProgram(["report", ...(await clusters()), "nowhere.json", "--out", page]);
    expect([code, existsSync(page)]).toEqual([3, false]);
  });
});
