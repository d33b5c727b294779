import type { Cluster } from "../../../cluster/cluster";
import type { Finding } from "../../../cluster/outcome";
import { parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import { inOneLine } from "../lists";
import { mixedFlags } from "../mixed-flags";
import { messageTemplate } from "../policy";
import { type DeclaredUpgrade, upgradeRuns } from "./declared-upgrade";

export const mixed = messageTemplate<{ readonly source: string; readonly names: readonly string[] }>(
  "mixed",
  (findings) => {
    const [{ data }] = findings;
    return [
      `${inOneLine(findings.map((one) => one.data.source))}: kubeadm upgrade is run with --config and ${inOneLine(data.names.map((name) => `--${name}`))}.`,
      `kubeadm would fail: can not mix '--config' with arguments [${data.names.join(" ")}]`,
      "Since 1.30 --config of an upgrade takes an UpgradeConfiguration only; the ClusterConfiguration always comes from the ConfigMap.",
      "Fix: leave out --config, or write the flags into an UpgradeConfiguration.",
    ].join("\n");
  },
);

/** Runs of kubeadm upgrade that stop at the flags beside their --config. */
export function flagFindings(cluster: Cluster, { from, to }: DeclaredUpgrade): readonly Finding[] {
  return upgradeRuns(cluster).flatMap((run): readonly Finding[] => {
    const release = parseKubeadmRelease(run.version ?? to ?? from ?? "");
    const names = run.config && release !== undefined ? mixedFlags(run.flags, release.minor) : [];
    if (names.length === 0) return [];
    const finding = { group: names.join(" "), data: { source: run.source.name, names } };
    return [mixed.finding(run.undecided === undefined ? finding : { ...finding, level: "advisory" })];
  });
}
