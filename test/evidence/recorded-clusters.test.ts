import { describe, expect, it } from "vitest";
import type { Cluster } from "../../cluster/cluster";
import { externalEtcdFiles } from "../../cluster/external-etcd-files";
import { readStack } from "../../evidence/read-stack";
import { Asset } from "../../evidence/value";
import { legibleConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { openErrorText } from "../../kubeadm/predict/open-error";
import { clusterFrom, settingsOfCase } from "../helpers/cluster";
import { presenceCases, type RecordedCluster } from "../helpers/recorded-clusters";
import { stackResource } from "../helpers/stack-resource";

const cases = presenceCases().map((one) => [one.id, one] as const);

/** What kubeadm would say on each node about the first file it cannot open; null where it opens all. */
function said(cluster: Cluster): Readonly<Record<string, string | null>> {
  const { configuration, controlPlane } = cluster;
  const files = configuration.kind === "text" ? externalEtcdFiles(legibleConfiguration(configuration.reading)) : [];
  const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
  return Object.fromEntries(
    nodes.map((node) => {
      for (const { path } of files) {
        const presence = node.files.presence(path);
        if (presence.kind === "missing") return [node.name, openErrorText(path, presence.error)];
        if (presence.kind === "undecided") return [node.name, `undecided: ${path}`];
      }
      return [node.name, null];
    }),
  );
}

const kubeadm = (one: RecordedCluster) =>
  Object.fromEntries(one.controlPlane.map(({ name }) => [name, one.kubeadm.nodes[name]?.error ?? null]));
const textOf = (one: RecordedCluster) => one.configMap.data["ClusterConfiguration"] ?? "";

/** The case as a program: each file by CopyToRemote, each link by `ln -s`. */
function asProgram(one: RecordedCluster) {
  return one.controlPlane.flatMap(({ name, addresses: [host] }) => {
    const connection = { host: host ?? name, user: "root" };
    return (one.files[name] ?? []).map(({ path, link, content }, index) =>
      link === null
        ? stackResource("command:remote:CopyToRemote", `copy-${name}-${index}`, {
            connection,
            source: new Asset({ kind: "text", text: content ?? "" }),
            remotePath: path,
          })
        : stackResource("command:remote:Command", `link-${name}-${index}`, {
            connection,
            create: `ln -s '${link}' '${path}'`,
          }),
    );
  });
}

describe("kubeadm's cases about presence", () => {
  it.each(cases)("%s, as a program of copies and ln -s", (_id, one) => {
    const { files: _files, ...settings } = settingsOfCase(one);
    expect(said(clusterFrom(textOf(one), settings, readStack(asProgram(one))))).toEqual(kubeadm(one));
  });

  it.each(cases)("%s, as a listing", (_id, one) => {
    const listing = { kind: "text", path: "/listing.json", text: JSON.stringify(one) } as const;
    const cluster = clusterFrom(textOf(one), { name: "prod", listing: "listing.json" }, undefined, {
      listing,
      variables: [],
    });
    expect(said(cluster)).toEqual(kubeadm(one));
  });
});
