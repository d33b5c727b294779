import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../settings/read-settings";
import { policyConfigSchema, settingsSchema } from "../../settings/settings-schema";

const ROOT = join(__dirname, "..", "..");
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(settingsSchema());
const stack = (clusters: unknown, more: object = {}) => ({ config: { "kubeadm-guard:clusters": clusters, ...more } });

describe("the published schema", () => {
  it("is what the shapes make of it (npx vitest run test/settings/settings-schema.test.ts --update writes it anew)", async () => {
    await expect(`${JSON.stringify(settingsSchema(), undefined, 2)}\n`).toMatchFileSnapshot(
      join(ROOT, "settings-schema.json"),
    );
  });

  it("is shipped", () => {
    const { files, exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(files).toContain("settings-schema.json");
    expect(exports["./settings-schema.json"]).toBe("./settings-schema.json");
  });

  it.each(["Pulumi.broken.yaml", "Pulumi.fixed.yaml", "Pulumi.symlinks.yaml"])("takes the example's %s", (file) => {
    expect(validate(load(readFileSync(join(ROOT, file), "utf8")))).toBe(true);
  });

  it("takes the stack configuration of docs/settings.md", () => {
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "docs/settings.md"), "utf8")) ?? [];
    expect(yaml).toContain("kubeadm-guard:clusters");
    expect(validate(load(yaml))).toBe(true);
  });

  it("takes whatever others configure", () => {
    expect(validate({ encryptionsalt: "v1:x", config: { "aws:region": "eu-west-1", mine: { a: 1 } } })).toBe(true);
  });

  it("does not take a misspelt setting", () => {
    expect(validate({ config: { "kubeadm-guard:cluster": [] } })).toBe(false);
  });
});

describe("the schema and the reader", () => {
  const whole = {
    name: "prod",
    controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"], resource: "vm" }],
    kubespray: { inventory: "inventory.ini", release: "v2.26.0", variables: { a: { b: [1] } } },
    files: [{ nodes: ["master01"], path: "/a", link: "b", mode: "0644", content: "", sha256: "a".repeat(64) }],
    compareWith: { record: "r", allow: [{ field: "f", reason: "r" }] },
    minRemainingDays: 0,
  };
  it.each<[string, object]>([
    ["all is in order", {}],
    ["a key is not known", { color: "red" }],
    ["a key of a node is not known", { etcdHosts: [{ name: "a", address: [] }] }],
    ["a node has no name", { controlPlaneNodes: [{ addresses: [] }] }],
    ["a name is empty", { name: "" }],
    ["a path is relative", { files: [{ path: "a" }] }],
    ["a mode is a number", { files: [{ path: "/a", mode: 600 }] }],
    ["a digest is short", { files: [{ path: "/a", sha256: "00" }] }],
    ["a word is not known", { unlisted: "absent" }],
    ["days are negative", { minRemainingDays: -1 }],
    ["days are a fraction", { minRemainingDays: 0.5 }],
    ["a list is a map", { files: {} }],
    ["a map is a list", { kubespray: [] }],
    ["a release is none", { kubespray: { inventory: "i", release: "new" } }],
    ["an inventory is missing", { kubespray: {} }],
  ])("agree where %s", (_title, change) => {
    const clusters = [{ ...whole, ...change }];
    const isRight = readSettings({ where: "clusters", value: clusters }).problems.length === 0;
    expect(validate(stack(clusters))).toBe(isRight);
  });
});

describe("the schema of the policy configuration", () => {
  it("leaves keys to the reader, which can say what was meant", () => {
    const text = JSON.stringify(policyConfigSchema());
    expect(text).not.toMatch(/additionalProperties|"required"/);
    expect(text).toContain('"enum":["advisory","mandatory"]');
  });
});
