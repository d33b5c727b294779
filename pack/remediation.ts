import {
  type PolicyConfigSchema,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  Secret,
} from "@pulumi/policy";
import type { EtcdFileSettings } from "../cluster/cluster-settings";
import { kubeadmConfigs } from "../evidence/kubeadm-config";
import { matchSettings } from "../evidence/match-settings";
import type { StackResource } from "../evidence/stack-resource";
import { type Renaming, renameEtcdFiles } from "../kubeadm/config/rename-etcd-files";
import { requireUrn } from "../machine/urn";
import { etcdFilesShape } from "../settings/cluster-shape";
import { EVERY_CLUSTER, namedClusters, settingsOf } from "../settings/merge-settings";
import type { Level } from "./kubeadm-guard-options";
import { reveal } from "./reveal";
import type { RunSettings } from "./run-settings";

/** The policy that renames; its level is `remediate` or `disabled`. */
export const REMEDIATION = "external-etcd-files-renamed";

/**
 * Pulumi remediation: rewrites the names of etcd's client files in a declared kubeadm-config to those of the settings, and
 * leaves every other byte of its text as it is. The engine then shows the rewritten resource to all policies, so that names
 * which are not on every control-plane node are refused like any others.
 *
 * Off unless the policy configuration or a team's own pack sets its level to `remediate`.
 */
export function remediation(settings: () => RunSettings, level: Level): ResourceValidationPolicy {
  const renamedTextsOf = async (args: ResourceValidationArgs) => {
    if (!CONFIG_MAP.test(args.type)) return [];
    return renamedTexts(args, settings());
  };
  return {
    name: REMEDIATION,
    displayName: "etcd's client files are renamed",
    description: "Renames the client files of etcd.external in a declared kubeadm-config to the names of the settings.",
    enforcementLevel: level,
    severity: "medium",
    tags: ["kubernetes", "kubeadm", "etcd", "files"],
    remediationSteps:
      "Put files of one neutral name on every control-plane node and name them in renameEtcdFiles; at level remediate these names are then written into the kubeadm-config.",
    configSchema: CONFIG_SCHEMA,
    remediateResource: async (args) => {
      const all = await renamedTextsOf(args);
      const done = all.flatMap(({ at, renaming }) =>
        renaming.kind === "renamed" ? [{ at, text: renaming.text }] : [],
      );
      if (done.length === 0) return undefined;
      return done.reduce<Record<string, unknown>>(
        (props, { at, text }) => ownEntries(withText(props, at, text)),
        ownEntries(args.props),
      );
    },
    validateResource: async (args, report) => {
      if (!CONFIG_MAP.test(args.type)) return;
      for (const problem of policyNames(args).problems) report(problem);
      for (const { renaming } of await renamedTextsOf(args)) {
        const what = violationOf(renaming);
        if (what !== undefined) report(what);
      }
    },
  };
}

/** What to say of a text that is not as the settings want it; undefined of one that is. */
function violationOf(renaming: RenamedText["renaming"]): string | undefined {
  switch (renaming.kind) {
    case "refused":
      return `The text was not changed, because ${renaming.why}. Write the names into the program.`;
    case "no-names":
      return "The settings do not say which names to write. Set renameEtcdFiles of the cluster in kubeadm-guard:clusters, or certFile, keyFile and caFile in the configuration of this policy.";
    case "renamed":
      return `${renaming.fields.map((name) => `etcd.external.${name}`).join(", ")} differ from the names of the settings. Set the level of this policy to remediate, or write the names into the program.`;
    default:
      return undefined;
  }
}

const CONFIG_MAP = /^kubernetes:core\/v1:ConfigMap(Patch|List)?$/;

/** The same three names for every kubeadm-config, where the policy configuration gives them. */
const CONFIG_SCHEMA: PolicyConfigSchema = { properties: Object(etcdFilesShape.schema["properties"]) };

/** Where in the properties a text stands, and what becomes of it. */
interface RenamedText {
  readonly at: readonly (string | number)[];
  readonly renaming: Renaming | { readonly kind: "no-names" };
}

async function renamedTexts(args: ResourceValidationArgs, settings: RunSettings): Promise<readonly RenamedText[]> {
  const props = await reveal(withoutSecrets(args.props));
  const resource = await resourceOf(args, props);
  const items = args.type.endsWith("List") ? props["items"] : [props];
  if (!Array.isArray(items)) return [];
  const objects: readonly unknown[] = items;
  const found: RenamedText[] = [];
  for (const [index, object] of objects.entries()) {
    const inputs = await reveal(object);
    const type = args.type.replace(/List$/, "");
    const [config] = kubeadmConfigs([{ ...resource.resource, type, inputs, outputs: {} }], (urn) =>
      urn === resource.provider?.urn ? resource.provider : undefined,
    );
    if (config?.text.kind !== "text") continue;
    const [matched] = matchSettings([config], namedClusters(settings.layers), settings.stack);
    const names = matched === undefined ? undefined : namesOf(matched.name, settings, args);
    if (names === undefined && hasNames(settings, args)) continue;
    const place = ["data", "ClusterConfiguration"];
    const at = args.type.endsWith("List") ? ["items", index, ...place] : place;
    found.push({ at, renaming: names === undefined ? NO_NAMES : renameEtcdFiles(config.text.text, names) });
  }
  return found;
}

const NO_NAMES = { kind: "no-names" } as const;

/** True where any of the settings gives names, be it for another cluster: then a cluster without them is to stay as it is. */
function hasNames({ layers }: RunSettings, args: ResourceValidationArgs): boolean {
  const clusters = [layers.stack, layers.policyConfiguration, layers.constructorArgument].flat();
  return policyNames(args).names !== undefined || clusters.some((one) => one.renameEtcdFiles !== undefined);
}

/** The stack's word comes before the policy configuration's, which comes before the pack's own, as for all settings. */
function namesOf(cluster: string, { layers }: RunSettings, args: ResourceValidationArgs): EtcdFileSettings | undefined {
  const ofPolicy = policyNames(args).names;
  const names = [cluster, EVERY_CLUSTER];
  const isNamed = layers.stack.some(
    ({ name, renameEtcdFiles }) => names.includes(name) && renameEtcdFiles !== undefined,
  );
  const ofClusters = settingsOf(cluster, [cluster], layers).renameEtcdFiles;
  return isNamed ? ofClusters : (ofPolicy ?? ofClusters);
}

/** The names that the policy configuration gives for every kubeadm-config, and what is wrong with them. */
function policyNames(args: ResourceValidationArgs) {
  const problems: string[] = [];
  const given: unknown = args.getConfig();
  if (typeof given !== "object" || given === null || Object.keys(given).length === 0)
    return { names: undefined, problems };
  const report = (where: string, what: string) => problems.push(`${where}: ${what}`);
  const names = etcdFilesShape.read(given, { where: REMEDIATION, report, leaveOut: () => {} });
  return { names, problems };
}

async function resourceOf(args: ResourceValidationArgs, inputs: StackResource["inputs"]) {
  const { provider: shown } = args;
  const provider: StackResource | undefined =
    shown === undefined
      ? undefined
      : {
          urn: requireUrn(shown.urn),
          type: shown.type,
          name: shown.name,
          inputs: await reveal(withoutSecrets(shown.props)),
          outputs: {},
          dependencies: [],
          propertyDependencies: {},
        };
  const { parent } = args.opts;
  const resource: StackResource = {
    urn: requireUrn(args.urn),
    type: args.type,
    name: args.name,
    inputs,
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    ...(parent === undefined || parent === "" ? {} : { parent: requireUrn(parent) }),
    ...(provider === undefined ? {} : { provider: { urn: provider.urn, name: provider.name } }),
  };
  return { resource, provider };
}

/** The properties with another text at one place; what is secret on the way to it stays secret. */
function withText(value: unknown, at: readonly (string | number)[], text: string): unknown {
  if (value instanceof Secret) return new Secret(withText(value.value, at, text));
  const [key, ...rest] = at;
  if (key === undefined) return text;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item, index) => (index === key ? withText(item, rest, text) : item));
  }
  const entries = ownEntries(value);
  return { ...entries, [key]: withText(entries[key], rest, text) };
}

/** What the SDK's secrets hold, in their place. */
function withoutSecrets(value: unknown): unknown {
  if (value instanceof Secret) return withoutSecrets(value.value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map(withoutSecrets);
  }
  if (typeof value !== "object" || value === null || "__pulumiAsset" in value || "__pulumiArchive" in value)
    return value;
  return Object.fromEntries(Object.entries(ownEntries(value)).map(([key, one]) => [key, withoutSecrets(one)]));
}

/** The raw properties behind the SDK's proxies, which throw on unknown values and have no trap for descriptors. */
function ownEntries(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  const descriptors: readonly (readonly [string, PropertyDescriptor])[] = Object.entries(
    Object.getOwnPropertyDescriptors(value),
  );
  return Object.fromEntries(descriptors.map(([key, { value: raw }]) => [key, raw]));
}
