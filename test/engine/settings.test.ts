import { describe, expect, it } from "vitest";
import { fingerprint } from "../../policies/support/fingerprint";
import { baselineFile } from "../../reports/baseline-file";
import type { EngineRun } from "./helpers/engine-run";
import { preview } from "./helpers/preview";
import {
  BROKEN,
  clusters,
  configMap,
  externalEtcd,
  FIXED,
  NEUTRAL,
  NODES_KNOWN,
  OF_MASTER03,
  PRESENCE,
} from "./helpers/programs";
import { saidBy } from "./helpers/said";
import { mustSucceed, testStack } from "./helpers/test-stack";

/** Nothing says how files reach the nodes: undecided. */
const OPEN = configMap(externalEtcd(NEUTRAL));

const stopping = ({ violations }: EngineRun) =>
  violations.filter(({ level }) => level === "mandatory").map(({ policy, message }) => `${policy}: ${message}`);

describe("names that nothing reads", () => {
  it("a misspelt setting of the stack stops the preview", async () => {
    const config = {
      ...clusters(),
      "kubeadm-guard:cluster": [{ name: "prod" }],
      "kubeadm-guard:undecided": "mandatory",
    };
    const seen = await preview({ program: FIXED, config });
    expect(stopping(seen)).toEqual([
      expect.stringContaining("kubeadm-guard:cluster: There is no key cluster; did you mean clusters?"),
      expect.stringContaining("kubeadm-guard:undecided: There is no setting undecided here"),
    ]);
  });

  it("so does one in a stack that has no kubeadm-config", async () => {
    const seen = await preview({ program: "", config: { "kubeadm-guard:cluster": [] } });
    expect(stopping(seen)).toEqual([expect.stringContaining("did you mean clusters?")]);
  });

  it("so do a misspelt property and a misspelt policy of the policy configuration, and a key of a cluster there", async () => {
    const policyConfig = {
      "control-plane-node-known": "mandatory",
      [NODES_KNOWN]: { cluster: [], clusters: [{ nam: "x", name: "prod" }] },
    };
    const seen = await preview({ program: FIXED, config: clusters(), policyConfig });
    expect(stopping(seen)).toEqual([
      expect.stringContaining(`${NODES_KNOWN}.cluster: There is no key cluster; did you mean clusters?`),
      expect.stringContaining(`${NODES_KNOWN}.clusters[0].nam: There is no key nam; did you mean name?`),
      expect.stringContaining("There is no policy control-plane-node-known"),
    ]);
  });
});

describe("where the policy that carries the settings is disabled", () => {
  const policyConfig = { [NODES_KNOWN]: "disabled" };

  it.each<[string, string, object]>([
    ["a misspelt setting is advice", FIXED, clusters()],
    ["so is one in a stack that has no kubeadm-config", "", {}],
  ])("%s", async (_, program, config) => {
    const seen = await preview({ program, config: { ...config, "kubeadm-guard:cluster": [] }, policyConfig });
    const said = seen.violations.filter(({ policy }) => policy === NODES_KNOWN);
    expect(said.map(({ level, message }) => [level, message])).toEqual([
      ["advisory", expect.stringContaining("did you mean clusters?")],
    ]);
    expect(seen.exitCode, seen.output).toBe(0);
  });

  it("that no node is known is not said", async () => {
    const seen = await preview({ program: OPEN, config: {}, policyConfig });
    expect(seen.violations.filter(({ policy }) => policy === NODES_KNOWN)).toEqual([]);
  });
});

describe("what a platform team demands", () => {
  it.each([
    ["of every cluster", "*", "advisory"],
    ["of a cluster that the stack calls something else", "production", "advisory"],
    ["where the policy that carries the settings is disabled", "*", "disabled"],
  ])("%s stops a preview that the stack would let pass", async (_title, name, enforcementLevel) => {
    const config = clusters({ undecided: "advisory" });
    const policyConfig = { [NODES_KNOWN]: { enforcementLevel, clusters: [{ name, undecided: "mandatory" }] } };
    const seen = await preview({ program: OPEN, config, policyConfig });
    expect(stopping(seen)).toEqual([expect.stringContaining("The settings say undecided: mandatory")]);
    expect(seen.exitCode).not.toBe(0);
  });
});

describe("findings that are accepted, or known", () => {
  const accept = [{ policy: PRESENCE, reason: "master01 is rebuilt in March", until: "2999-12-31" }];
  const withAccept = (entries: unknown) => ({ ...clusters(), "kubeadm-guard:accept": entries });
  /** What was said of the files, as `LEVEL`. */
  const presence = ({ violations }: EngineRun) =>
    violations.filter(({ policy }) => policy === PRESENCE).map(({ level }) => level);

  it("by the stack are listed with their reason and stop nothing", async () => {
    const seen = await preview({ program: BROKEN, config: withAccept(accept) });
    expect(seen.exitCode).toBe(0);
    expect(presence(seen)).toEqual(["advisory"]);
    expect(saidBy(PRESENCE, seen)).toContain("Accepted until 2999-12-31: master01 is rebuilt in March");
  });

  it.each<[string, object, Readonly<Record<string, unknown>>, string]>([
    ["until a day that is over", { until: "2020-01-01" }, {}, "Expired acceptances"],
    ["without a reason", { reason: "" }, {}, "reason: It must not be empty."],
    [
      "against what the platform team forbids",
      {},
      { [NODES_KNOWN]: { neverAccept: ["critical"] } },
      `forbidden by ${NODES_KNOWN}.neverAccept`,
    ],
  ])("%s they are not, and acceptances-current says so", async (_title, change, policyConfig, words) => {
    const config = withAccept(accept.map((one) => ({ ...one, ...change })));
    const seen = await preview({ program: BROKEN, config, policyConfig });
    expect(presence(seen)).toEqual(["mandatory"]);
    expect(saidBy("acceptances-current", seen)).toContain(words);
  });

  it("by a baseline stop nothing, and those that are gone are reported", async () => {
    const of = (node: string, path: string) => {
      const finding = { message: "missing", group: "", node, path };
      return { fingerprint: fingerprint("prod", PRESENCE, finding), policy: PRESENCE, cluster: "prod", node, path };
    };
    const findings = ["master01", "master02", "master04"].flatMap((node) => [
      of(node, OF_MASTER03.certFile),
      of(node, OF_MASTER03.keyFile),
    ]);
    const seen = await preview({
      program: BROKEN,
      config: { ...clusters(), "kubeadm-guard:baseline": "prod.baseline.json" },
      files: { "prod.baseline.json": baselineFile(findings) },
    });
    expect(presence(seen)).toEqual(["advisory"]);
    expect(seen.exitCode).toBe(0);
    expect(saidBy("acceptances-current", seen)).toContain(`${PRESENCE} master04 ${OF_MASTER03.certFile}`);
  });

  it("by a baseline that is not there count", async () => {
    const seen = await preview({ program: BROKEN, config: { ...clusters(), "kubeadm-guard:baseline": "none.json" } });
    expect(presence(seen)).toEqual(["mandatory"]);
    expect(stopping(seen)[0]).toContain("Until it is fixed, every finding counts as new.");
  });
});

describe("pulumi policy analyze, which hands over no stack configuration", () => {
  it("is said where the settings may stand there, and what to do", async () => {
    const stack = await testStack({ program: OPEN, config: clusters() });
    await mustSucceed(stack.up());
    const seen = await stack.analyze();
    expect(seen.output).toContain("hands no stack configuration to a policy pack");
    expect(seen.output).toContain("--policy-pack-config");
    expect(seen.output).not.toContain("into Pulumi.STACK.yaml");
  });
});
