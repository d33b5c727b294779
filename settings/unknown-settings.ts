import { closestName } from "../cluster/closest-name";
import type { SettingsProblem } from "../cluster/cluster-settings";
import { publicKey } from "../machine/public-text";
import { clusterShape } from "./cluster-shape";
import { settingShapes } from "./settings-schema";
import { unknownKey } from "./shape";

/** The namespace of our settings in a stack's configuration. */
const NAMESPACE = "kubeadm-guard";

/** What is wrong with the names of a stack's settings. `keys` are all keys of its configuration: `aws:region`. */
export function unknownStackSettings(keys: readonly string[]): readonly SettingsProblem[] {
  return keys.flatMap((key) => {
    const [namespace = "", name = ""] = key.split(":");
    if (namespace === NAMESPACE) return unknownSetting(NAMESPACE, ":", name);
    if (closestName(namespace, [NAMESPACE]) === undefined) return [];
    const what = `There is no namespace ${publicKey(namespace)}; did you mean ${NAMESPACE}? It is not used.`;
    return [problem(key, what)];
  });
}

/** What is wrong with the properties of the policy whose configuration carries the settings. */
export function unknownPolicySettings(policy: string, configuration: unknown): readonly SettingsProblem[] {
  if (typeof configuration !== "object" || configuration === null) return [];
  return Object.keys(configuration).flatMap((name) => unknownSetting(policy, ".", name));
}

/** What is wrong with the names of the policies that a place (`the policy configuration`) names. */
export function unknownPolicies(
  names: readonly string[],
  where: string,
  policies: readonly string[],
): readonly SettingsProblem[] {
  return names
    .filter((name) => name !== "all" && !policies.includes(name))
    .map((name) => {
      const close = closestName(name, policies);
      const meant = close === undefined ? ` One of them is ${policies[0]}.` : ` Did you mean ${close}?`;
      return problem(where, `There is no policy ${publicKey(name)}, so its configuration is not used.${meant}`);
    });
}

/** What is wrong with the entries of `neverAccept`: each is a policy or a severity. `policies` maps one to the other. */
export function unknownForbidden(
  entries: readonly string[],
  where: string,
  policies: ReadonlyMap<string, string>,
): readonly SettingsProblem[] {
  const known = [...policies.keys(), ...new Set(policies.values())];
  return entries
    .filter((entry) => !known.includes(entry))
    .map((entry) => {
      const close = closestName(entry, known);
      const meant = close === undefined ? " Name a policy, or a severity such as critical." : ` Did you mean ${close}?`;
      return problem(
        where,
        `There is no policy and no severity ${publicKey(entry)}, so nothing is forbidden by it.${meant}`,
      );
    });
}

function unknownSetting(owner: string, separator: string, name: string): readonly SettingsProblem[] {
  const known = Object.keys(settingShapes);
  if (known.includes(name)) return [];
  if (CLUSTER_KEYS.includes(name)) {
    const what = `There is no setting ${name} here: it belongs to a cluster, such as ${owner}${separator}clusters: [{name: prod, ${name}: ...}]. It is not used.`;
    return [problem(`${owner}${separator}${name}`, what)];
  }
  const [where, what] = unknownKey(owner, name, known);
  return [problem(where.replace(`${owner}.`, `${owner}${separator}`), what)];
}

/** The keys that people look for one level too high. */
const CLUSTER_KEYS: readonly string[] = Object.keys(Object(clusterShape.schema["properties"]));

function problem(where: string, what: string): SettingsProblem {
  return { cluster: undefined, where, what };
}
