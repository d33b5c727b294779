import { hash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { externalEtcd } from "../helpers/cluster";
import { runProgram } from "./helpers/run-check";

const FOLDER = mkdtempSync(join(tmpdir(), "kubeadm-guard-report-"));
const CONFIG = externalEtcd({ certFile: "/etc/etcd/node.pem" });
const check = (config: string, ...args: readonly string[]) =>
  runProgram(["check", "--kubeadm-config", "-", ...args], config);
const checkWith = (...args: readonly string[]) => check(CONFIG, ...args);

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
    const line = new RegExp(
      `^kubeadm-guard: --report ${path}: the name of a report ends in [^\\n]*--help for help[.]\\n$`,
    );
    expect([code, complaints]).toEqual([3, expect.stringMatching(line)]);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["sarif", '{\n  "$schema"'],
    ["junit", "<?xml version"],
    ["markdown", "### kubeadm-guard"],
    ["github", "::error title="],
    ["gitlab", '[\n  {\n    "description"'],
  ])("--format %s prints it instead", async (format, start) => {
    const { output } = await checkWith("--format", format);
    expect(output.slice(0, start.length)).toBe(start);
  });
});

/** A report of each of two clusters, and what check printed beside it. */
async function twoReports(format = "text") {
  const reportOf = async (cluster: string) => {
    const config = CONFIG.replace(/^etcd:/m, `clusterName: ${cluster}\netcd:`);
    const file = join(FOLDER, `${cluster}.${format}.json`);
    const { output } = await check(config, "--report", file, "--format", format);
    return { file, output };
  };
  return [await reportOf("first"), await reportOf("second")] as const;
}

describe("what a report says of itself", () => {
  it.each(["json", "sarif", "xml", "md", "html", "txt"])(
    "%s: the release of kubeadm-guard, and which text was checked when",
    async (format) => {
      const file = join(FOLDER, `record.${format}`);
      await checkWith("--report", file);
      const text = readFileSync(file, "utf8");
      const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
      expect(text).toContain(hash("sha256", CONFIG, "hex"));
      expect(text).toContain(version);
      expect(text).toMatch(/2026-11-23/);
    },
  );

  it("of a ConfigMap the hash is that of its text alone", async () => {
    const map = JSON.stringify({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "kubeadm-config", namespace: "kube-system" },
      data: { ClusterConfiguration: CONFIG },
    });
    const { output } = await check(map, "--format", "json");
    expect(JSON.parse(output).clusters[0].subject).toMatchObject({
      stack: null,
      sha256: hash("sha256", CONFIG, "hex"),
    });
  });
});

describe("report --format", () => {
  it.each(["github", "markdown", "text"])("%s prints what check prints, for each report in turn", async (format) => {
    const [first, second] = await twoReports(format);
    const run = await runProgram(["report", second.file, first.file, "--format", format]);
    expect(run).toEqual({ code: 0, output: second.output + first.output, complaints: "" });
    expect(first.output).not.toBe(second.output);
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
  const clusters = async () => (await twoReports()).map(({ file }) => file);

  it("makes one page of the reports of many clusters", async () => {
    const page = join(FOLDER, "all.html");
    const run = await runProgram(["report", ...(await clusters()), "--out", page]);
    expect(run).toEqual({ code: 0, output: "", complaints: "" });
    const text = readFileSync(page, "utf8");
    expect(/2 clusters: [^<]*/.exec(text)?.[0]).toBe("2 clusters: 2 refused, 0 undecided, 0 passed.");
    expect(Array.from(text.matchAll(/<h2[^>]*>([^<]*)/g), ([, title]) => title)).toEqual([
      "Overview",
      "first ",
      "second ",
    ]);
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
