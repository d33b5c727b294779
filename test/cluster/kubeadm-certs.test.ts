import { describe, expect, it } from "vitest";
import { assembleClusters } from "../../cluster/assemble-clusters";
import { knownConfiguration } from "../../cluster/configuration/known-configuration";
import { clusterParts } from "../../evidence/cluster-parts";
import { readStack } from "../../evidence/read-stack";
import { Asset } from "../../evidence/value";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { externalEtcd } from "../helpers/cluster";
import { stackResource } from "../helpers/stack-resource";

const FILES = {
  certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
  keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
  caFile: "/etc/kubernetes/pki/etcd/ca.crt",
};
const PATHS = Object.values(FILES);
const KEY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const JOIN = `kubeadm join lb:6443 --token a.b --discovery-token-unsafe-skip-ca-verification --control-plane --certificate-key ${KEY}`;

/** The presence of the three files on master02, where these commands run on the masters. */
function presence(commands: readonly (readonly [host: string, create: string])[], copied: readonly string[] = PATHS) {
  const run = commands.map(([host, create], index) =>
    stackResource("command:remote:Command", `run-${index}`, { connection: { host }, create }),
  );
  const copies = copied.map((path, index) =>
    stackResource("command:remote:CopyToRemote", `copy-${index}`, {
      connection: { host: "10.0.0.1" },
      source: new Asset({ kind: "text", text: "" }),
      remotePath: path,
    }),
  );
  const parts = clusterParts({
    name: "prod",
    subject: {
      source: { name: "kubeadm-config", kind: "kubernetes:core/v1:ConfigMap" },
      field: "data.ClusterConfiguration",
    },
    configuration: knownConfiguration(configurationText(externalEtcd(FILES)), undefined),
    settings: {
      name: "prod",
      controlPlaneNodes: [
        { name: "master01", addresses: ["10.0.0.1"] },
        { name: "master02", addresses: ["10.0.0.2"] },
      ],
    },
    documents: { variables: [] },
    resolve: () => undefined,
    problems: [],
  });
  const [cluster] = assembleClusters([parts], readStack([...copies, ...run]));
  const nodes = cluster?.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
  const second = nodes.find(({ name }) => name === "master02");
  return PATHS.map((path) => second?.files.presence(path).kind);
}

describe("a node that joins with a certificate key", () => {
  it.each([
    ["kubeadm init --config c.yaml --upload-certs"],
    ["kubeadm init --config c.yaml && kubeadm init phase upload-certs --upload-certs --config c.yaml"],
    ["[ -f /etc/kubernetes/admin.conf ] || kubeadm init --config c.yaml --upload-certs"],
  ])("has the files of the node that runs %s", (create) => {
    expect(
      presence([
        ["10.0.0.1", create],
        ["10.0.0.2", JOIN],
      ]),
    ).toEqual(["present", "present", "present"]);
  });

  it("has no file that the first node has not: its entry is empty", () => {
    const commands = [
      ["10.0.0.1", "kubeadm init --config c.yaml --upload-certs"],
      ["10.0.0.2", JOIN],
    ] as const;
    expect(presence(commands, [FILES.certFile, FILES.keyFile])).toEqual(["present", "present", "missing"]);
  });

  it.each([
    [
      "the upload has no --config",
      [
        ["10.0.0.1", "kubeadm init phase upload-certs --upload-certs"],
        ["10.0.0.2", JOIN],
      ],
    ],
    ["nothing here uploads", [["10.0.0.2", JOIN]]],
    [
      "the upload hangs on a condition",
      [
        ["10.0.0.1", 'if [ "$X" = 1 ]; then kubeadm init --config c.yaml --upload-certs; fi'],
        ["10.0.0.2", JOIN],
      ],
    ],
    [
      "the join hangs on a condition",
      [
        ["10.0.0.1", "kubeadm init --config c.yaml --upload-certs"],
        ["10.0.0.2", `if [ "$X" = 1 ]; then ${JOIN}; fi`],
      ],
    ],
  ] as const)("is undecided where %s", (_title, commands) => {
    expect(presence(commands)).toEqual(["undecided", "undecided", "undecided"]);
  });

  it("gets nothing when it joins without the key", () => {
    const join = JOIN.replace(/ --certificate-key .*/, "");
    expect(
      presence([
        ["10.0.0.1", "kubeadm init --config c.yaml --upload-certs"],
        ["10.0.0.2", join],
      ]),
    ).toEqual(["missing", "missing", "missing"]);
  });
});
