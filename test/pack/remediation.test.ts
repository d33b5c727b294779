import { type ResourceValidationArgs, Secret } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { remediation } from "../../pack/remediation";
import type { RunSettings } from "../../pack/run-settings";

const NAMES = { certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem" };
const BEFORE = "etcd: {external: {certFile: /a, keyFile: /b}}";
const AFTER = `etcd: {external: {certFile: ${NAMES.certFile}, keyFile: ${NAMES.keyFile}}}`;
const SETTINGS: RunSettings = {
  layers: { stack: [], policyConfiguration: [], constructorArgument: [{ name: "*", renameEtcdFiles: NAMES }] },
  acceptances: { accept: [], forbidden: new Map() },
  baseline: undefined,
  reports: [],
  problems: [],
  folder: "/",
  programFolder: undefined,
  readDocument: (path) => ({ kind: "unreadable", path, why: "nothing is read here" }),
  stack: undefined,
};

/** What the remediation makes of the properties of a ConfigMap. */
async function remediated(props: Record<string, unknown>): Promise<unknown> {
  const name = "shared";
  const args: ResourceValidationArgs = {
    type: "kubernetes:core/v1:ConfigMap",
    props,
    urn: `urn:pulumi:dev::program::kubernetes:core/v1:ConfigMap::${name}`,
    name,
    opts: { protect: false, ignoreChanges: [], aliases: [], customTimeouts: NO_TIMEOUTS, additionalSecretOutputs: [] },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>(): T => Object({}),
    notApplicable: (): never => {
      throw new Error("not applicable");
    },
  };
  return await remediation(() => SETTINGS, "remediate").remediateResource?.(args);
}

const NO_TIMEOUTS = { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 };
const METADATA = { name: "kubeadm-config", namespace: "kube-system" };

describe("a kubeadm-config that holds secrets, after the remediation,", () => {
  it.each([
    [
      "the text",
      (text: string) => ({ metadata: METADATA, data: { ClusterConfiguration: new Secret(text), other: "x" } }),
    ],
    ["all of data", (text: string) => ({ metadata: METADATA, data: new Secret({ ClusterConfiguration: text }) })],
    ["something else", (text: string) => ({ metadata: new Secret(METADATA), data: { ClusterConfiguration: text } })],
  ])("has %s as a secret still", async (_case, props) => {
    expect(await remediated(props(BEFORE))).toStrictEqual(props(AFTER));
  });

  it("is left as it is where nothing is to be renamed", async () => {
    expect(await remediated({ metadata: METADATA, data: { ClusterConfiguration: new Secret(AFTER) } })).toBeUndefined();
    expect(await remediated({ metadata: { name: "other" }, data: { ClusterConfiguration: BEFORE } })).toBeUndefined();
  });
});
