import { describe, expect, it } from "vitest";
import { configMapWillName } from "../../../evidence/kubespray/config-map-will-name";
import type { KubesprayInput } from "../../../evidence/kubespray/kubespray-facts";
import { withText } from "../../helpers/with-text";
import { inventoryOf, inventoryText } from "./inventories";

const DIR = "/etc/ssl/etcd/ssl";
const inventory = inventoryOf(inventoryText(["m1", "m2", "m3"], ["e1"]));

function forecast(after: "install" | "upgrade", input: Partial<KubesprayInput>) {
  return configMapWillName({ inventory, files: [], ...input }, after);
}

describe("which node's names the kubeadm-config gets", () => {
  it.each([
    { after: "install" as const, release: "v2.15.1", node: "m1" },
    { after: "install" as const, release: "v2.26.0", node: "m1" },
    { after: "install" as const, release: "v2.31.0", node: "m1" },
    { after: "upgrade" as const, release: "v2.15.1", node: "m3" },
    { after: "upgrade" as const, release: "v2.22.2", node: "m3" },
    { after: "upgrade" as const, release: "v2.25.1", node: "m3" },
    { after: "upgrade" as const, release: "v2.27.1", node: "m1" },
    { after: "upgrade" as const, release: "v2.28.0", node: "m1" },
    { after: "upgrade" as const, release: "v2.31.0", node: "m1" },
  ])("after an $after by $release those of $node", ({ after, release, node }) => {
    expect(forecast(after, { release })).toEqual({
      kind: "names",
      node,
      caFile: `${DIR}/ca.pem`,
      certFile: `${DIR}/node-${node}.pem`,
      keyFile: `${DIR}/node-${node}-key.pem`,
    });
  });

  it.each(["v2.26.0", "v2.26.1", "v2.27.0"])("an upgrade by %s leaves it as it was", (release) => {
    expect(forecast("upgrade", { release })).toMatchObject({ kind: "unchanged" });
  });

  it("an install without a release still names the first node, for an upgrade that is unknown", () => {
    expect(forecast("install", {})).toMatchObject({ kind: "names", node: "m1" });
    expect(withText(forecast("upgrade", {}))).toMatchObject({
      kind: "undecided",
      why: expect.stringContaining("the release of Kubespray"),
    });
  });
});

it.each([
  {
    title: "host-neutral names",
    variables: { kube_etcd_cert_file: "client.pem", kube_etcd_key_file: "client-key.pem" },
    result: { kind: "names", certFile: `${DIR}/client.pem`, keyFile: `${DIR}/client-key.pem` },
  },
  { title: "another folder", variables: { etcd_cert_dir: "/opt" }, result: { kind: "names", caFile: "/opt/ca.pem" } },
  {
    title: "a name that cannot be determined",
    variables: { kube_etcd_key_file: "{{ lookup('env', 'KEY') }}" },
    result: { kind: "undecided", why: "kube_etcd_key_file is a template of more than plain variables" },
  },
  { title: "kubeadm's own etcd", variables: { etcd_deployment_type: "kubeadm" }, result: { kind: "local-etcd" } },
  {
    title: "a folder that cannot be determined",
    variables: { etcd_cert_dir: "{{ nowhere }}" },
    result: { kind: "undecided", why: expect.stringContaining("nowhere is not set") },
  },
])("$title", ({ variables, result }) => {
  expect(withText(forecast("install", { variables }))).toMatchObject(result);
});
