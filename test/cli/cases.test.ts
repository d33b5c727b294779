import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordedClusters } from "../helpers/recorded-clusters";
import { runCheck } from "./helpers/run-check";

const FIXTURES = join(__dirname, "..", "fixtures");
const CASES = recordedClusters("clusters");
const TLS_CASES = recordedClusters("clusters-with-etcd");

describe("check predicts what kubeadm upgrade said", () => {
  it("has all cases to be compared with", () => {
    expect(CASES.flatMap((one) => Object.keys(one.kubeadm.nodes))).toHaveLength(435);
  });

  it.each(CASES)("$id: $title", async ({ id, configMap, kubeadm }) => {
    const args = ["--nodes", join(FIXTURES, "clusters", `${id}.json`), "--step", "upgrade", "--kubeadm", "1.30.14"];
    const { report } = await runCheck(args, JSON.stringify(configMap));
    const recorded = Object.entries(kubeadm.nodes).map(([node, { ok, error }]) => [node, { ok, error }]);
    expect(report.clusters[0].kubeadm).toEqual(Object.fromEntries(recorded));
  });
});

describe("check predicts what kubeadm init said of a listening etcd", () => {
  it("has all cases to be compared with", () => {
    expect(TLS_CASES).toHaveLength(28);
  });

  it.each(TLS_CASES)("$id: $title", async ({ id, configMap, kubeadm }) => {
    const args = [
      "--nodes",
      join(FIXTURES, "clusters-with-etcd", `${id}.json`),
      "--step",
      "init",
      "--kubeadm",
      "v1.30.14",
    ];
    const { report } = await runCheck(args, JSON.stringify(configMap));
    expect(report.clusters[0].kubeadm).toEqual(kubeadm.nodes);
  });
});
