import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { externalEtcd } from "../helpers/cluster";
import { runCheck, runProgram } from "./helpers/run-check";

const FOLDER = mkdtempSync(join(tmpdir(), "kubeadm-guard-agreed-"));
const POLICY = "external-etcd-files-on-every-control-plane-node";
const CA = "/etc/etcd/ca.pem";
const CONFIG = `${externalEtcd({ caFile: CA })}    - https://192.168.10.22:2379
    - https://192.168.10.23:2379
controlPlaneEndpoint: api.example.org:6443
`;

function file(name: string, text: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, text);
  return path;
}

/** A listing of nodes of which all but the first lack the CA. */
const listing = (name: string, nodes: readonly string[]) =>
  file(
    name,
    JSON.stringify({
      controlPlane: nodes.map((node) => ({ name: node })),
      files: Object.fromEntries(nodes.map((node, index) => [node, index === 0 ? [{ path: CA }] : []])),
    }),
  );
const TWO = listing("two.json", ["master01", "master02"]);
const THREE = listing("three.json", ["master01", "master02", "master03"]);

const accepting = (name: string, more: string) =>
  file(name, `accept:\n  - policy: ${POLICY}\n    reason: rebuilt in March\n${more}`);

/** The levels of what a policy found, by node. */
async function levels(args: readonly string[], policy = POLICY) {
  const { code, report } = await runCheck(args, CONFIG);
  const found = report.clusters[0].outcomes.find((one) => one.policy === policy)?.findings ?? [];
  return { code, levels: found.map(({ node, level }) => `${node} ${level}`) };
}

describe("check --accept", () => {
  it.each<[string, string, number, readonly string[]]>([
    ["of the finding", "    until: 2027-03-31\n    node: master02\n", 0, ["master02 accepted"]],
    ["that ends today", "    until: 2026-11-23\n", 0, ["master02 accepted"]],
    ["that ended yesterday", "    until: 2026-11-22\n", 1, ["master02 mandatory"]],
    ["of another node", "    until: 2027-03-31\n    node: master01\n", 1, ["master02 mandatory"]],
    ["of another cluster", "    until: 2027-03-31\n    cluster: test\n", 1, ["master02 mandatory"]],
    ["with a misspelt key", "    until: 2027-03-31\n    nod: master02\n", 1, ["master02 mandatory"]],
    ["without a last day", "", 1, ["master02 mandatory"]],
  ])("%s", async (title, more, code, expected) => {
    const accept = accepting(`${title}.yaml`, more);
    expect(await levels(["--nodes", TWO, "--accept", accept])).toEqual({ code, levels: expected });
  });

  it("on one of two nodes that lack the file counts all nodes in both messages", async () => {
    const accept = accepting("one-of-two.yaml", "    until: 2027-03-31\n    node: master02\n");
    const { report } = await runCheck(["--nodes", THREE, "--accept", accept], CONFIG);
    const { findings = [] } = report.clusters[0].outcomes.find((one) => one.policy === POLICY) ?? {};
    expect(findings.map(({ level, text }) => [level, text.split("\n")[0]])).toEqual([
      [
        "mandatory",
        `etcd.external.caFile ${CA} is on 1 of 3 control-plane nodes; missing on master03 (and on 1 more, reported separately).`,
      ],
      [
        "accepted",
        `etcd.external.caFile ${CA} is on 1 of 3 control-plane nodes; missing on master02 (and on 1 more, reported separately).`,
      ],
    ]);
  });

  it.each<[string, string, readonly string[], number, readonly string[]]>([
    ["accepts it until the end date", "    until: 2027-03-31\n", [], 0, ["accepted"]],
    ["so that the strictest run passes", "    until: 2027-03-31\n", ["--fail-on", "undecided"], 0, ["accepted"]],
    ["not after it", "    until: 2026-11-22\n", [], 2, ["undecided"]],
    ["and not after it in the strictest run", "    until: 2026-11-22\n", ["--fail-on", "undecided"], 1, ["undecided"]],
  ])("of what is undecided %s", async (title, until, args, code, expected) => {
    const entry = `accept:\n  - undecided: control-plane-nodes-unknown\n    reason: autoscaled\n${until}`;
    const seen = await levels(["--accept", file(`undecided ${title}.yaml`, entry), ...args]);
    expect({ code: seen.code, levels: [...new Set(seen.levels.map((one) => one.split(" ")[1]))] }).toEqual({
      code,
      levels: expected,
    });
  });

  it("of what is undecided lists it, and calls nothing passed", async () => {
    const entry =
      "accept:\n  - undecided: control-plane-nodes-unknown\n    reason: autoscaled\n    until: 2027-03-31\n";
    const accept = file("undecided.yaml", entry);
    const { output } = await runProgram(["check", "--kubeadm-config", "-", "--accept", accept], CONFIG);
    expect(output.split("\n")[0]).toMatch(/^kubernetes: undecided.* undecided and accepted, which is not a pass/);
    expect(output).toContain("; accepted until 2027-03-31: autoscaled (undecided.yaml: accept[0])");
  });

  it("lists what it accepts, until when and why", async () => {
    const accept = accepting("text.yaml", "    until: 2027-03-31\n");
    const { output } = await runProgram(["check", "--kubeadm-config", "-", "--nodes", TWO, "--accept", accept], CONFIG);
    expect(output.split("\n")[0]).toContain("1 accepted");
    expect(output).toContain("Accepted until 2027-03-31: rebuilt in March (text.yaml: accept[0])");
  });

  it("tells of one that is not used", async () => {
    const accept = accepting("unused.yaml", "    until: 2027-03-31\n    node: master01\n");
    const seen = await levels(["--nodes", TWO, "--accept", accept], "acceptances-current");
    expect(seen.levels).toEqual(["master01 advisory"]);
  });

  it.each<[string, string, string]>([
    ["that is not there", join(FOLDER, "nowhere.yaml"), "there is no such file"],
    ["with another key", file("key.yaml", "acept: []\n"), "it must be a map with the one key accept"],
    ["that is not YAML", file("broken.yaml", "{"), "it is neither YAML nor JSON"],
  ])("a file %s is reported with exit code 3, and nothing is checked", async (_title, accept, why) => {
    const args = ["check", "--kubeadm-config", "-", "--nodes", TWO, "--accept", accept];
    const { code, output, complaints } = await runProgram(args, CONFIG);
    expect({ code, output }).toEqual({ code: 3, output: "" });
    expect(complaints).toContain(why);
  });
});

describe("kubeadm-guard baseline", () => {
  const out = join(FOLDER, "prod.baseline.json");
  const make = (nodes: string, to = out, ...more: readonly string[]) =>
    runProgram(["baseline", "--kubeadm-config", "-", "--nodes", nodes, "--out", to, ...more], CONFIG);

  it("writes the findings of today, and check --baseline lets only others fail", async () => {
    const made = await make(TWO);
    expect(made).toMatchObject({ code: 0, complaints: "" });
    expect(made.output).toMatch(/prod\.baseline\.json: \d+ findings? of kubernetes\.\n$/);
    expect(await levels(["--nodes", TWO, "--baseline", out])).toEqual({ code: 0, levels: ["master02 known"] });
    expect(await levels(["--nodes", THREE, "--baseline", out])).toEqual({
      code: 1,
      levels: ["master03 mandatory", "master02 known"],
    });
  });

  it("of a JSON report is that of the check that made it", async () => {
    const [report, ofReport, ofCheck] = ["report.json", "of-report.json", "of-check.json"].map((one) =>
      join(FOLDER, one),
    );
    if (report === undefined || ofReport === undefined) throw new Error("there are three");
    await make(THREE, ofCheck);
    await runProgram(["check", "--kubeadm-config", "-", "--nodes", THREE, "--report", report], CONFIG);
    const made = await runProgram(["baseline", report, "--out", ofReport]);
    expect(made).toMatchObject({ code: 0, complaints: "" });
    expect(readFileSync(ofReport, "utf8")).toBe(readFileSync(ofCheck ?? "", "utf8"));
  });

  it.each<[string, readonly string[], string]>([
    ["a report that is not there", ["nowhere.json"], "nowhere.json cannot be used: there is no such file"],
    ["a file that is not a report", [TWO], "two.json cannot be used: it is not a report of kubeadm-guard"],
    ["a report and options of check", [TWO, "--nodes", TWO], "Name JSON reports, or the options of check, not both"],
  ])("of %s is refused", async (_title, args, why) => {
    const { code, complaints } = await runProgram(["baseline", ...args, "--out", join(FOLDER, "none.json")]);
    expect(code).toBe(3);
    expect(complaints).toContain(why);
  });

  it("is reported when its findings are gone", async () => {
    const all = join(FOLDER, "three.baseline.json");
    await make(THREE, all);
    const seen = await levels(["--nodes", TWO, "--baseline", all], "acceptances-current");
    expect(seen).toEqual({ code: 0, levels: ["master03 advisory"] });
  });

  it("has the same bytes whatever the order of the nodes", async () => {
    const [one, other] = [join(FOLDER, "one.json"), join(FOLDER, "other.json")];
    await make(THREE, one);
    await make(listing("other-order.json", ["master01", "master03", "master02"]), other);
    expect(readFileSync(other, "utf8")).toBe(readFileSync(one, "utf8"));
  });

  it("leaves out what is accepted", async () => {
    const accept = accepting("all.yaml", "    until: 2027-03-31\n");
    const without = join(FOLDER, "without.json");
    await make(TWO, without, "--accept", accept);
    expect(readFileSync(without, "utf8")).not.toContain(POLICY);
  });

  it.each<[string, readonly string[], string]>([
    ["no file to write", ["baseline", "--nodes", TWO], "Name the file of the baseline with --out FILE."],
    ["an option that check does not have", ["baseline", "--out", out, "--node", TWO], "Unknown option '--node'."],
    ["a baseline of a baseline", ["baseline", "--out", out, "--baseline", out], "--baseline is for check"],
    [
      "a folder that is not there",
      ["baseline", "--nodes", TWO, "--out", join(FOLDER, "a/b.json")],
      "cannot be written",
    ],
    ["a listing that is not there", ["baseline", "--nodes", join(FOLDER, "x"), "--out", out], "cannot be opened"],
  ])("%s is reported with exit code 3", async (_title, args, why) => {
    const { code, complaints } = await runProgram(args, CONFIG);
    expect(code).toBe(3);
    expect(complaints).toContain(why);
  });

  it("a file that is not a baseline is reported with exit code 3", async () => {
    const args = ["check", "--kubeadm-config", "-", "--nodes", TWO, "--baseline", TWO];
    const { code, complaints } = await runProgram(args, CONFIG);
    expect(code).toBe(3);
    expect(complaints).toContain("it must be a file that kubeadm-guard baseline wrote");
  });
});
