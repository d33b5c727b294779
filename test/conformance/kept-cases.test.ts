import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { validateKubeadmConfig } from "../../kubeadm/config/validate-kubeadm-config";
import { runCheck } from "../cli/helpers/run-check";
import type { RecordedCluster } from "../helpers/recorded-clusters";

/** A configuration with the answer of `kubeadm config validate` of this release. */
interface ConfigurationCase {
  readonly id: string;
  readonly release: string;
  readonly valid: boolean;
  readonly text: string;
}

type ClusterCase = RecordedCluster & { readonly kubeadm: { readonly command: string } };

const kept = readdirSync(__dirname)
  .filter((name) => name.endsWith(".json"))
  .map((name): ClusterCase | ConfigurationCase => JSON.parse(readFileSync(join(__dirname, name), "utf8")));
const clusters = kept.filter((one) => "configMap" in one);
const configurations = kept.filter((one) => "text" in one);

describe("cases that npm run conformance has kept, with kubeadm's answers", () => {
  it("has some of each kind", () => {
    expect(clusters.length).toBeGreaterThan(5);
    expect(configurations.length).toBeGreaterThan(2);
  });

  it.each(clusters)("$id: check predicts what kubeadm said", async ({ id, configMap, kubeadm }) => {
    const step = kubeadm.command.startsWith("init") ? "init" : "upgrade";
    const args = ["--nodes", join(__dirname, `${id}.json`), "--step", step, "--kubeadm", "1.30.14"];
    const { report } = await runCheck(args, JSON.stringify(configMap));
    const said = Object.entries(kubeadm.nodes).map(([node, { ok, error }]) => [node, { ok, error }]);
    expect(report.clusters[0].kubeadm).toEqual(Object.fromEntries(said));
  });

  it.each(configurations)("$id: is checked as kubeadm config validate checks it", ({ release, valid, text }) => {
    const [, minor, patch] = release.split(".").map(Number);
    const faults = validateKubeadmConfig(configurationText(text), {
      minor: minor ?? 0,
      ...(patch === undefined ? {} : { patch }),
    });
    expect(faults.length === 0).toBe(valid);
  });
});
