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

type Commands = readonly (readonly [host: string, create: string])[];

/** The presence of the three files on master02, where these commands run on the masters. */
function presence(commands: Commands, copied: readonly string[] = PATHS) {
  return PATHS.map((path) => onSecond(commands, copied)?.presence(path).kind);
}

/** What is on master02. */
function onSecond(commands: Commands, copied: readonly string[] = PATHS) {
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
  return nodes.find(({ name }) => name === "master02")?.files;
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

  const INIT = "kubeadm init --config c.yaml --upload-certs";
  it.each<readonly [string, Commands]>([
    [
      "two nodes upload",
      [
        ["10.0.0.1", INIT],
        ["10.0.0.2", `kubeadm init phase upload-certs --upload-certs --config c.yaml; ${JOIN}`],
      ],
    ],
    [
      "a machine uploads that is not known",
      [
        ["10.0.0.9", INIT],
        ["10.0.0.2", JOIN],
      ],
    ],
  ])("is undecided where %s", (_title, commands) => {
    expect(presence(commands)).toEqual(["undecided", "undecided", "undecided"]);
  });

  it("is as undecided as the node that uploads, and says why", () => {
    const commands: Commands = [
      ["10.0.0.1", `if [ "$X" = 1 ]; then cp /root/ca.crt ${FILES.caFile}; fi; ${INIT}`],
      ["10.0.0.2", JOIN],
    ];
    expect(onSecond(commands, [FILES.certFile, FILES.keyFile])?.presence(FILES.caFile)).toMatchObject({
      kind: "undecided",
      reasons: [
        {
          source: { name: "run-1" },
          reason: {
            id: "uploaded-file-undecided",
            data: { source: { name: "run-0", kind: "command:remote:Command" }, because: { id: "conditional-step" } },
          },
        },
      ],
    });
  });

  it("has them from kubeadm-certs, beside what the same script brings", () => {
    const commands: Commands = [
      ["10.0.0.1", INIT],
      ["10.0.0.2", `${JOIN}; /opt/after.sh; echo x > /etc/motd`],
    ];
    const files = onSecond(commands);
    expect(files?.presence(FILES.certFile)).toMatchObject({
      kind: "present",
      file: { source: { name: "run-1" }, origin: { name: "kubeadm-certs" }, content: { kind: "text", text: "" } },
    });
    expect(files?.presence("/etc/motd").kind).toBe("present");
    expect(files?.presence("/etc/other")).toMatchObject({
      kind: "undecided",
      reasons: [{ reason: { id: "program-not-modeled" } }],
    });
  });

  it("is another one than a worker, which has none of them", () => {
    const worker = JOIN.replace(" --control-plane", "");
    const commands: Commands = [
      ["10.0.0.1", INIT],
      ["10.0.0.2", worker],
    ];
    expect(presence(commands)).toEqual(["missing", "missing", "missing"]);
  });
});
