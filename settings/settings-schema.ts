import { acceptanceShape } from "./acceptance-shape";
import { clusterShape } from "./cluster-shape";
import { type JsonSchema, list, type Shape, text } from "./shape";

/** The settings of a stack, each with its shape: `kubeadm-guard:NAME`. The policy configuration has the same names. */
export const settingShapes = {
  clusters: list(clusterShape, "must be a list of clusters: [{name: prod, controlPlaneNodes: [{name: master01}]}]"),
  accept: list(acceptanceShape, "must be a list: [{policy: ID, reason: TEXT, until: 2027-03-31}]"),
  neverAccept: list(text(), "must be a list of policies and severities: [critical, private-keys-protected]"),
  baseline: text(),
  reports: list(text(), "must be a list of files: [reports/kubeadm-guard.sarif, reports/kubeadm-guard.html]"),
} as const satisfies Readonly<Record<string, Shape<unknown>>>;

/**
 * The published schema (settings-schema.json): of a stack's Pulumi.STACK.yaml, where all that is not ours may be anything. Made
 * of the shapes that the settings are read by.
 */
export function settingsSchema(): JsonSchema {
  const names = Object.keys(settingShapes);
  const properties = Object.entries(settingShapes).map(([name, { schema }]) => [`kubeadm-guard:${name}`, schema]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Settings of kubeadm-guard in a stack's configuration (Pulumi.STACK.yaml)",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(properties),
        patternProperties: { [`^kubeadm-guard:(?!(${names.join("|")})$)`]: false },
      },
      // A file for `kubeadm-guard check --accept` has the same list at its top.
      accept: settingShapes.accept.schema,
    },
  };
}

/**
 * The same for Pulumi's configSchema, which the engine checks a policy configuration by. Keys that are not known are left to
 * us, who can say what was meant; the engine would fail with less.
 */
export function policyConfigSchema(): { readonly properties: Readonly<Record<string, JsonSchema>> } {
  const properties = Object.entries(settingShapes).map(([name, { schema }]) => [name, withoutKeys(schema)] as const);
  return { properties: Object.fromEntries(properties) };
}

function withoutKeys(schema: JsonSchema): JsonSchema {
  const { additionalProperties: _any, anyOf: _anyOf, required: _required, ...rest } = schema;
  return {
    ...rest,
    ...(isSchema(rest["items"]) ? { items: withoutKeys(rest["items"]) } : {}),
    ...(isSchema(rest["properties"]) ? { properties: eachWithoutKeys(rest["properties"]) } : {}),
  };
}

function eachWithoutKeys(properties: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, isSchema(schema) ? withoutKeys(schema) : schema]),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
