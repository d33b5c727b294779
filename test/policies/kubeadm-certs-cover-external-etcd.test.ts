import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../cluster/cluster-settings";
import { kubeadmCertsCoverExternalEtcd as policy } from "../../policies/kubeadm-certs-cover-external-etcd";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { commandStack } from "../helpers/command-stack";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const FILES = {
  certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
  keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
  caFile: "/etc/kubernetes/pki/etcd/ca.crt",
};
const on = (...nodes: readonly string[]): readonly FileSettings[] =>
  Object.values(FILES).map((path) => ({ nodes, path }));
const INIT = "kubeadm init --config kubeadm-config.yaml --upload-certs";
/** What must not reach a message. */
const SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const PLAIN_JOIN = "kubeadm join lb:6443 --token a.b --control-plane";
const JOIN = `${PLAIN_JOIN} --certificate-key ${SECRET}`;

type Commands = readonly (readonly [host: string, create: string])[];
const clusterOf = (commands: Commands, files = on("master01"), text = externalEtcd(FILES)) =>
  clusterFrom(
    text,
    { name: "prod", controlPlaneNodes: [{ name: "master01" }, { name: "master02" }], files },
    commandStack(commands),
  );
const checked = (...parameters: Parameters<typeof clusterOf>) => policy.check(clusterOf(...parameters), NOW);
const first: readonly [string, string] = ["master01", INIT];
const second: readonly [string, string] = ["master02", JOIN];

describe("kubeadm's documented way: files on the first node, init --upload-certs, joins with the key", () => {
  it("passes, and says that it holds at join time only", () => {
    const cluster = clusterOf([first, second]);
    const outcome = policy.check(cluster, NOW);
    const [remark, ...rest] = outcome.kind === "pass" ? outcome.remarks : [];
    if (remark === undefined) throw new Error("it must pass with a remark");
    const text = policy.messages[remark.message]?.([remark, ...rest], cluster);
    expect(text).not.toContain(SECRET);
    expect(text).toMatchInlineSnapshot(`
      "kubeadm-certs copies the external etcd files to master02 at join time only.
        master02  run-2-on-master02 (command:remote:Command)
      The Secret expires after two hours. It does not deliver renewed certificates, or files for paths that change later in the kubeadm-config: copy the files to these nodes for that."
    `);
  });

  it("says nothing of a node that has copies of its own after the join", () => {
    const outcome = checked([first], on("master01", "master02"));
    expect(outcome).toEqual({ kind: "pass", remarks: [] });
  });
});

describe("what goes wrong with kubeadm-certs", () => {
  it.each([
    [
      "an upload without --config",
      [["master01", "kubeadm init phase upload-certs --upload-certs"], second],
      on("master01"),
      "uploadWithoutConfig",
    ],
    [
      "init --upload-certs without --config",
      [["master01", "kubeadm init --upload-certs"], second],
      on("master01"),
      "uploadWithoutConfig",
    ],
    ["an upload from a node without the key", [first, second], on("master01").slice(0, 1), "uploaderLacksFile"],
    ["a join without the certificate key", [first, ["master02", PLAIN_JOIN]], on("master01"), "joinWithoutKey"],
  ] as const)("%s", (_title, commands, files, message) => {
    const outcome = checked(commands, files);
    expect(outcome).toMatchObject({
      kind: "fail",
      findings: expect.arrayContaining([expect.objectContaining({ message })]),
    });
  });

  it("a join without the key is fine where the files are copied to the node", () => {
    expect(checked([first, ["master02", PLAIN_JOIN]], on("master01", "master02")).kind).toBe("pass");
  });

  it("kubeadm's words are those of the join that fails", () => {
    const cluster = clusterOf([["master01", "kubeadm init phase upload-certs --upload-certs"], second]);
    const outcome = policy.check(cluster, NOW);
    const [finding, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (finding === undefined) throw new Error("it must fail");
    expect(policy.messages[finding.message]?.([finding, ...rest], cluster)).toMatchInlineSnapshot(`
      "run-1-on-master01 (command:remote:Command) uploads kubeadm-certs without --config, so the files of the external etcd are not included.
        run-1-on-master01 (command:remote:Command)  kubeadm init phase upload-certs
      Without the configuration, kubeadm assumes that etcd is local. A join with the certificate key would fail:
        the Secret does not include the required certificate or key - name: external-etcd.key, path: /etc/kubernetes/pki/apiserver-etcd-client.key
      Fix: pass the configuration: kubeadm init phase upload-certs --upload-certs --config kubeadm-config.yaml (or kubeadm init --config kubeadm-config.yaml --upload-certs)."
    `);
  });
});

describe("what cannot be determined", () => {
  it("who uploads, when a node joins with a key and nothing here uploads", () => {
    expect(checked([second])).toMatchObject({ kind: "undecided", undecided: [{ node: "master02" }] });
  });

  it("whether an upload under a condition happens", () => {
    expect(checked([["master01", `if [ "$FIRST" = 1 ]; then ${INIT}; fi`], second]).kind).toBe("undecided");
  });
});

describe("a cluster that this policy has nothing to say about", () => {
  it.each([
    ["uploads nothing", [["master01", "kubeadm init --config kubeadm-config.yaml"]], externalEtcd(FILES)],
    ["has local etcd", [first, second], "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\n"],
  ] as const)("%s", (_title, commands, text) => {
    expect(checked(commands, on("master01"), text).kind).toBe("not-applicable");
  });
});
