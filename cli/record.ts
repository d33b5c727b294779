import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Cluster } from "../cluster/cluster";
import { filesOnEveryNode, recordConfiguration } from "../cluster/record/record-configuration";
import { readConfigurationRecord } from "../evidence/read-configuration-record";
import { normalForm } from "../kubeadm/config/normal-form";
import { refusalText } from "../kubeadm/config/refusal";
import { publicPath, publicProse } from "../machine/public-text";
import { recordFile } from "../reports/record-file";
import { readDocument } from "../settings/read-files";
import { writeFile } from "../settings/write-file";
import { askedClusters } from "./asked-clusters";
import { complain } from "./complain";
import { ExitCode } from "./exit-code";
import { givenConfig, NO_KUBEADM_CONFIG } from "./given-config";
import type { RecordOptions } from "./record-options";
import type { Terminal } from "./terminal";
import { unopenedText } from "./unopened-file";

/**
 * `kubeadm-guard record`: writes the normal form of a kubeadm-config to a file that is made to be committed, and adds a
 * line to its history. Resolves to the exit code: 0 recorded, or nothing has changed; 3 unusable input or output.
 */
export async function record(options: RecordOptions, terminal: Terminal): Promise<number> {
  const refuse = (why: string) => {
    complain(terminal, `kubeadm-guard: ${why}`);
    return ExitCode.unusable;
  };
  const given = await givenConfig(options, terminal);
  if (given.kind === "none") return refuse(NO_KUBEADM_CONFIG);
  const { nodes, inventory, kubespray, kubeadm, out } = options;
  const asked = askedClusters(
    given,
    {
      kubeadmConfig: options.kubeadmConfig,
      nodes,
      inventory,
      kubespray,
      kubeadm,
      upgradeTo: undefined,
      step: "init",
    },
    terminal.folder,
  );
  if (asked.kind === "unopened") return refuse(asked.files.map(unopenedText).join(" "));
  if (asked.kind === "unusable") return refuse(asked.why);
  const [{ cluster }, another] = asked.clusters;
  if (another !== undefined) return refuse("There are several kubeadm-configs. Record one at a time.");
  const recordable = recordableConfiguration(cluster);
  if (recordable.kind === "refused") return refuse(recordable.why);
  const path = resolve(terminal.folder, out);
  const old = existingRecord(path);
  if (old.kind === "unusable") return refuse(`${publicPath(path)} is not overwritten: ${old.why}.`);
  const result = recordConfiguration(old.kind === "record" ? old.record : undefined, {
    cluster: publicProse(cluster.name),
    configuration: recordable.configuration,
    filesOnEveryNode: filesOnEveryNode(cluster.controlPlane),
    date: terminal.now,
    by: options.by ?? terminal.author(),
    reason: options.reason,
  });
  if (result.kind === "unchanged") {
    terminal.write(`${publicPath(path)}: the kubeadm-config equals its record; nothing was recorded.\n`);
    return ExitCode.clean;
  }
  const failure = writeFile(path, recordFile(result.record));
  if (failure !== undefined) return refuse(`${publicPath(path)} cannot be written: ${failure}.`);
  const changes = result.record.history.at(-1)?.changes ?? [];
  terminal.write(
    [`${publicPath(path)}: recorded ${publicProse(cluster.name)}.`, ...changes.map((line) => `  ${line}`), ""].join(
      "\n",
    ),
  );
  return ExitCode.clean;
}

function recordableConfiguration({ configuration, subject }: Cluster) {
  switch (configuration.kind) {
    case "absent":
      return refused(`there is no ClusterConfiguration to record: ${configuration.error}`);
    case "not-carried":
      return refused(`there is no ClusterConfiguration to record: ${configuration.why}`);
    case "unknown-until-update":
    case "undecided":
      return refused(`${subject.field} is not known`);
    case "text":
      return configuration.reading.kind === "refused"
        ? refused(
            `kubeadm cannot read the ClusterConfiguration, so it is not recorded: ${refusalText(configuration.reading.refusal)}`,
          )
        : ({ kind: "configuration", configuration: normalForm(configuration.reading.configuration) } as const);
  }
}

function refused(why: string) {
  return { kind: "refused", why } as const;
}

/** The record that the file holds already; none where there is no such file. */
function existingRecord(path: string) {
  return existsSync(path) ? readConfigurationRecord(readDocument(path)) : ({ kind: "none" } as const);
}
