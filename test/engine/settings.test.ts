import { describe, expect, it } from "vitest";
import type { EngineRun } from "./helpers/engine-run";
import { preview } from "./helpers/preview";
import { clusters, configMap, copies, externalEtcd, MASTERS, NEUTRAL, NODES_KNOWN } from "./helpers/programs";

const FIXED =
  configMap(externalEtcd(NEUTRAL)) +
  MASTERS.map(({ addresses: [host] }) => copies(host ?? "", Object.values(NEUTRAL))).join("");
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

describe("what a platform team demands", () => {
  it.each([
    ["of every cluster", "*"],
    ["of a cluster that the stack calls something else", "production"],
  ])("%s stops a preview that the stack would let pass", async (_title, name) => {
    const config = clusters({ undecided: "advisory" });
    const policyConfig = { [NODES_KNOWN]: { clusters: [{ name, undecided: "mandatory" }] } };
    const seen = await preview({ program: OPEN, config, policyConfig });
    expect(stopping(seen)).toEqual([expect.stringContaining("The settings say undecided: mandatory")]);
    expect(seen.exitCode).not.toBe(0);
  });
});
