import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStack } from "../../evidence/read-stack";
import { readStackExport } from "../../evidence/read-stack-export";
import type { StackResource } from "../../evidence/stack-resource";
import { Asset, type Value } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: object) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ...value });
const asset = (value: object) => ({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", hash: "00", ...value });
const archive = (value: object) => ({ [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", hash: "00", ...value });
const STACK = "urn:pulumi:dev::machines::";

/** The export of a stack with these resources. */
function exportOf(...resources: readonly unknown[]): string {
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });
}

function resourcesIn(text: string): readonly StackResource[] {
  const reading = readStackExport(text);
  if (reading?.kind !== "resources") throw new Error("it is an export");
  return reading.resources;
}

/** How a value of an input comes out. */
function read(value: unknown): Value {
  const [resource] = resourcesIn(exportOf({ urn: `${STACK}a:b:C::x`, type: "a:b:C", inputs: { value } }));
  return resource?.inputs["value"];
}

describe("a value in an export", () => {
  it.each<[string, unknown, Value]>([
    ["that is plain stays as it is", { a: [1, "b", true, null] }, { a: [1, "b", true, null] }],
    ["that is a secret without its passphrase is unknown", secret({ ciphertext: "v1:..." }), UNKNOWN],
    ["that is a secret shown is its value", secret({ plaintext: '{"host":"10.0.0.1"}' }), { host: "10.0.0.1" }],
    ["that is a secret whose text is not JSON is unknown", secret({ plaintext: "{" }), UNKNOWN],
    ["that is a secret in a secret is its value", secret({ plaintext: JSON.stringify(secret({ plaintext: "1" })) }), 1],
    ["that is the sentinel of an unknown string is unknown", ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"], [UNKNOWN]],
    [
      "that refers to a resource is its id",
      { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "u", id: "i" },
      "i",
    ],
    ["that refers to a component is its URN", { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "u" }, "u"],
    [
      "that refers to a resource without an id yet is unknown",
      { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "u", id: "" },
      UNKNOWN,
    ],
    ["that is an output is its value", { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: 1, secret: true }, 1],
    ["that is an output without a value is unknown", { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" }, UNKNOWN],
    ["that has another signature is unknown", { [SIGNATURE]: "something new" }, UNKNOWN],
    ["that is a file is an asset", asset({ path: "ca.pem" }), new Asset({ kind: "file", path: "ca.pem" })],
    ["that is a text is an asset", asset({ text: "PEM" }), new Asset({ kind: "text", text: "PEM" })],
    ["that is an empty text shows nothing", asset({ text: "" }), new Asset({ kind: "empty" })],
    [
      "that is at an address is an asset",
      asset({ uri: "https://example.com/ca.pem" }),
      new Asset({ kind: "uri", uri: "https://example.com/ca.pem", archive: false }),
    ],
    [
      "that is a folder is an archive whose files are not listed",
      archive({ path: "./pki" }),
      new Asset({ kind: "archive-path", path: "./pki", entries: "not-listed" }),
    ],
    [
      "that is an archive of assets has its entries",
      archive({ assets: { "ca.pem": asset({ text: "PEM" }) } }),
      new Asset({ kind: "archive-entries", entries: new Map([["ca.pem", new Asset({ kind: "text", text: "PEM" })]]) }),
    ],
    ["that is an archive of nothing shows nothing", archive({ assets: {} }), new Asset({ kind: "empty" })],
  ])("%s", (_title, value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it("that is nested without end becomes unknown", () => {
    const deep = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;
    const text = `{"version":3,"deployment":{"resources":[{"urn":"${STACK}a:b:C::x","type":"a:b:C","inputs":${deep}}]}}`;
    expect(resourcesIn(text)).toHaveLength(1);
  });
});

describe("a resource in an export", () => {
  it("has its name, its parent, its provider and what it depends on", () => {
    const [resource] = resourcesIn(
      exportOf({
        urn: `${STACK}my:index:Master$kubernetes:core/v1:ConfigMap::a::b`,
        type: "kubernetes:core/v1:ConfigMap",
        custom: true,
        inputs: { data: {}, __fieldManager: "x" },
        outputs: { data: {}, __inputs: {} },
        parent: `${STACK}my:index:Master::m`,
        provider: `${STACK}pulumi:providers:kubernetes::prod::0f-id`,
        dependencies: [`${STACK}a:b:C::x`],
        propertyDependencies: { data: [`${STACK}a:b:C::x`], metadata: null },
      }),
    );
    expect(resource).toEqual({
      urn: `${STACK}my:index:Master$kubernetes:core/v1:ConfigMap::a::b`,
      type: "kubernetes:core/v1:ConfigMap",
      name: "a::b",
      inputs: { data: {} },
      outputs: { data: {} },
      parent: `${STACK}my:index:Master::m`,
      provider: { urn: `${STACK}pulumi:providers:kubernetes::prod`, name: "prod" },
      dependencies: [`${STACK}a:b:C::x`],
      propertyDependencies: { data: [`${STACK}a:b:C::x`], metadata: [] },
    });
  });

  it("that waits for its deletion does not count", () => {
    const old = { urn: `${STACK}a:b:C::x`, type: "a:b:C", inputs: { value: "old" }, delete: true };
    expect(resourcesIn(exportOf(old, { ...old, inputs: { value: "new" }, delete: false }))).toMatchObject([
      { inputs: { value: "new" } },
    ]);
  });

  it("without a URN or a type is reported and left out", () => {
    expect(readStackExport(exportOf({ type: "a:b:C" }, 1, { urn: "x", type: "a:b:C" }))).toEqual({
      kind: "resources",
      resources: [],
      problems: ["3 of its resources have no urn and type and are not used"],
    });
  });
});

describe("a file", () => {
  it.each([
    ["that is a listing", '{"controlPlane": [], "files": {}}'],
    ["that is a listing with a version", '{"version": 1, "files": {}}'],
    ["that is YAML", "version: 3\ndeployment: {}\n"],
    ["that is cut off", '{"version": 3, "deployment": {"resources": ['],
    ["that is empty", ""],
  ])("%s is not an export", (_title, text) => {
    expect(readStackExport(text)).toBeUndefined();
  });

  it.each([
    [
      "that is a backend's state",
      '{"version": 3, "checkpoint": {"latest": {}}}',
      "it is a state file of a backend; give what pulumi stack export writes",
    ],
    [
      "whose resources are not a list",
      '{"version": 3, "deployment": {"resources": {}}}',
      "its deployment.resources is not a list",
    ],
  ])("%s cannot be used", (_title, text, why) => {
    expect(readStackExport(text)).toEqual({ kind: "problem", why });
  });

  it("that is the export of an empty stack has no resources", () => {
    expect(resourcesIn('\ufeff{"version": 3, "deployment": {"manifest": {}}}')).toEqual([]);
  });

  it("of any resources gives a reading and never an error", () => {
    const key = fc.constantFrom("urn", "type", "inputs", "parent", "provider", "dependencies", SIGNATURE, "__proto__");
    fc.assert(
      fc.property(fc.array(fc.dictionary(key, fc.jsonValue())), (resources) => {
        expect(readStackExport(exportOf(...resources))?.kind).toBe("resources");
      }),
    );
  });
});

describe("an export as pulumi 3.259.0 wrote it", () => {
  const text = readFileSync(join(__dirname, "..", "fixtures", "stack-exports", "machines.json"), "utf8");
  const resources = resourcesIn(text);
  const named = (name: string) => resources.find((resource) => resource.name === name);

  it("shows what was copied, and keeps secrets to itself", () => {
    expect(named("copy")?.inputs["source"]).toEqual(new Asset({ kind: "text", text: "PEM" }));
    expect(named("copy")?.outputs["connection"]).toBe(UNKNOWN);
    expect(named("ca")?.inputs).toEqual({ path: "/etc/etcd/ca.pem", content: UNKNOWN });
    expect(named("copy")?.provider?.name).toBe("default_1_2_1");
  });

  it("is read by the readers of a stack", () => {
    const { evidence, nodes } = readStack(resources);
    expect(evidence.map(({ source, operations }) => [source.name, operations.length]).sort()).toEqual([
      ["ca", 1],
      ["copy", 1],
      ["copy2", 2],
      ["copy3", 1],
      ["key", 1],
    ]);
    expect(nodes.map(({ node }) => node.name).sort()).toEqual(["m2", "m3", "master01"]);
  });
});
