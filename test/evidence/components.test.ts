import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeclaredNode } from "../../cluster/declared-node";
import type { Evidence } from "../../cluster/evidence";
import { controlPlaneNode, nodeFile } from "../../evidence/components";
import type { StackResource } from "../../evidence/stack-resource";
import type { ValueRecord } from "../../evidence/value";
import type { Reason } from "../../reasons/reason";
import { UNKNOWN } from "../../shell/unknown";
import { urn } from "../helpers/evidence";
import { stackResource } from "../helpers/stack-resource";

const SERVER = "openstack:compute/instance:Instance";
const vm = stackResource(SERVER, "vm", {});
const inComponent = stackResource(SERVER, "inner-vm", {});
const component = stackResource("my:index:Master", "master", {});
const find = (wanted: string) => [vm, inComponent, component].find((resource) => resource.urn === wanted);

function node(inputs: ValueRecord, more: Partial<StackResource> = {}): DeclaredNode | undefined {
  const resource = stackResource("kubeadm-guard:index:ControlPlaneNode", "m1", inputs, more);
  return controlPlaneNode.read(resource, find).nodes?.[0];
}

function evidence(inputs: ValueRecord, more: Partial<StackResource> = {}): readonly Evidence[] {
  const resource = stackResource("kubeadm-guard:index:NodeFile", "ca", inputs, more);
  return nodeFile.read(resource, find).evidence;
}

describe("a ControlPlaneNode", () => {
  it("has the name and addresses that it is given", () => {
    expect(node({ name: "master01", addresses: ["192.168.10.11", "master01.lan"], cluster: "prod" })).toEqual({
      node: {
        name: "master01",
        otherNames: [],
        addresses: ["192.168.10.11", "master01.lan"],
        declaredBy: {
          name: "m1",
          kind: "kubeadm-guard:index:ControlPlaneNode",
          urn: urn("m1", "kubeadm-guard:index:ControlPlaneNode"),
        },
      },
      machine: undefined,
      cluster: "prod",
    });
  });

  it.each<[string, ValueRecord]>([
    ["no name", {}],
    ["an empty name", { name: "" }],
    ["a name that is not known yet", { name: UNKNOWN }],
    ["a name that is not text", { name: 1 }],
  ])("with %s is called by its Pulumi name", (_title, inputs) => {
    expect(node(inputs)?.node.name).toBe("m1");
  });

  it.each<[string, ValueRecord, readonly string[]]>([
    ["that are not known yet, has none", { addresses: UNKNOWN }, []],
    ["of which one is known, has that", { addresses: [UNKNOWN, "192.168.10.11", "", 1] }, ["192.168.10.11"]],
    ["as a single text, has that", { addresses: "192.168.10.11" }, ["192.168.10.11"]],
  ])("with addresses %s", (_title, inputs, addresses) => {
    expect(node(inputs)?.node.addresses).toEqual(addresses);
  });

  it.each<[string, ValueRecord, StackResource["propertyDependencies"], DeclaredNode["machine"]]>([
    [
      "the machine whose URN it is given",
      { resource: vm.urn },
      { resource: [vm.urn] },
      { by: "resource", urn: vm.urn },
    ],
    ["a URN where nothing says what it depends on", { resource: vm.urn }, {}, { by: "resource", urn: vm.urn }],
    [
      "what is in the component whose URN it is given",
      { resource: component.urn },
      { resource: [inComponent.urn] },
      { by: "connection", host: undefined, resources: [inComponent.urn] },
    ],
    [
      "what a resource comes from that another language hands over as its id",
      { resource: "0f3c" },
      { resource: [vm.urn] },
      { by: "connection", host: undefined, resources: [vm.urn] },
    ],
    [
      "what its addresses come from",
      { addresses: [UNKNOWN] },
      { addresses: [vm.urn] },
      { by: "connection", host: undefined, resources: [vm.urn] },
    ],
  ])("is %s", (_title, inputs, propertyDependencies, machine) => {
    expect(node(inputs, { propertyDependencies })?.machine).toEqual(machine);
  });

  it("of an SDK that shows its arguments only as outputs is read from those", () => {
    expect(node({}, { outputs: { name: "master01" } })?.node.name).toBe("master01");
  });
});

describe("a NodeFile", () => {
  const put = { do: "put", to: { kind: "file", path: "/etc/etcd/ca.pem" } } as const;
  const key = urn("key", "tls:index/privateKey:PrivateKey");
  const inner = urn("cert", "my:index:Pki$tls:index/locallySignedCert:LocallySignedCert");

  it("without nodes is on every control-plane node", () => {
    expect(evidence({ path: "/etc/etcd/ca.pem" })).toEqual([
      {
        source: { name: "ca", kind: "kubeadm-guard:index:NodeFile", urn: urn("ca", "kubeadm-guard:index:NodeFile") },
        machine: { by: "every-control-plane-node" },
        operations: [{ ...put, content: { kind: "not-shown" } }],
      },
    ]);
  });

  it.each<[string, ValueRecord["nodes"], readonly Evidence["machine"][]]>([
    [
      "names",
      ["m1", "m2"],
      [
        { by: "name", name: "m1" },
        { by: "name", name: "m2" },
      ],
    ],
    ["one name", "m1", [{ by: "name", name: "m1" }]],
    ["no names at all", [], []],
    ["unknown names", UNKNOWN, [{ by: "unknown", reason: { id: "nodes-unknown-until-update", data: {} } }]],
  ])("with %s is on those nodes", (_title, nodes, machines) => {
    expect(evidence({ path: "/etc/etcd/ca.pem", nodes }).map((one) => one.machine)).toEqual(machines);
  });

  it.each<[string, ValueRecord, StackResource["propertyDependencies"], object]>([
    [
      "content and mode",
      { content: "PEM", mode: "0644" },
      {},
      { ...put, content: { kind: "text", text: "PEM" }, mode: "0644" },
    ],
    [
      "a fingerprint",
      { sha256: "AB".repeat(32) },
      {},
      { ...put, content: { kind: "sha256", sha256: "ab".repeat(32) } },
    ],
    ["a fingerprint of another length", { sha256: "ab" }, {}, { ...put, content: { kind: "not-shown" } }],
    ["a mode that makes no sense", { mode: "rw" }, {}, { ...put, content: { kind: "not-shown" } }],
    [
      "the content that a tls resource will have",
      { content: UNKNOWN },
      { content: [key] },
      { ...put, content: { kind: "tls", urn: key, property: "privateKeyPem" } },
    ],
    [
      "the content that a tls resource in a component will have",
      { content: UNKNOWN },
      { content: [inner] },
      { ...put, content: { kind: "tls", urn: inner, property: "certPem" } },
    ],
    [
      "content that is not known yet",
      { content: UNKNOWN },
      { content: [urn("thing")] },
      { ...put, content: { kind: "unknown-until-update", waitsFor: ["thing"] } },
    ],
    [
      "a link",
      { link: "other.pem" },
      {},
      { do: "link", to: { kind: "file", path: "/etc/etcd/ca.pem" }, target: "other.pem", replace: true },
    ],
    [
      "a link whose target is not known yet",
      { link: UNKNOWN },
      {},
      {
        do: "might-write",
        scope: { kind: "below", path: "/etc/etcd/ca.pem" },
        reason: { id: "path-unknown-until-update", data: { of: "link" } },
      },
    ],
  ])("has %s", (_title, inputs, propertyDependencies, operation) => {
    const [one] = evidence({ path: "/etc/etcd/ca.pem", ...inputs }, { propertyDependencies });
    expect(one?.operations).toEqual([operation]);
  });

  it.each<[string, ValueRecord, Reason]>([
    ["that is not known yet", { path: UNKNOWN }, { id: "path-unknown-until-update", data: { of: "file" } }],
    ["that is relative", { path: "ca.pem" }, { id: "argument-unusable", data: { argument: "path" } }],
    ["that --target left out", {}, { id: "left-out-by-target", data: {} }],
  ])("with a path %s might be anywhere", (_title, inputs, reason) => {
    expect(evidence(inputs, { outputs: {} }).flatMap((one) => one.operations)).toEqual([
      { do: "might-write", scope: { kind: "below", path: "/" }, reason },
    ]);
  });

  it("of one cluster says so, and of a cluster not known yet is of any", () => {
    expect(evidence({ path: "/x", cluster: "prod" })).toMatchObject([{ cluster: "prod" }]);
    expect(evidence({ path: "/x", cluster: UNKNOWN })).toMatchObject([{ machine: { by: "unknown" } }]);
  });
});

describe("the readers of components", () => {
  it("take any properties without an error", () => {
    const key = fc.constantFrom("name", "addresses", "resource", "nodes", "path", "link", "mode", "content", "sha256");
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (properties) => {
        const inputs: ValueRecord = JSON.parse(JSON.stringify(properties));
        expect(node(inputs)?.node.name).toBeTypeOf("string");
        expect(evidence(inputs).filter(({ operations }) => operations.length !== 1)).toEqual([]);
      }),
    );
  });
});
