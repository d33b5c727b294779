import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";

/** The three places where settings may stand. */
export interface LayeredSettings {
  readonly stack: readonly ClusterSettings[];
  readonly policyConfiguration: readonly ClusterSettings[];
  readonly constructorArgument: readonly ClusterSettings[];
}

/** The name that stands for every cluster. */
export const EVERY_CLUSTER = "*";

/**
 * The clusters that the settings name, joined by name, by the first place that names them: what the stack itself names comes
 * before what its platform team names for many stacks. Says nothing of strictness; see `settingsOf`.
 */
export function namedClusters(layers: LayeredSettings): readonly (readonly ClusterSettings[])[] {
  const order = [layers.stack, layers.policyConfiguration, layers.constructorArgument];
  const seen = new Set<string>([EVERY_CLUSTER]);
  return order.map((layer) => {
    const names = layer.map((cluster) => cluster.name).filter((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    return names.map((name) => joined(name, layers));
  });
}

/**
 * The settings of one cluster of the stack. `names` are those of all its clusters.
 *
 * For each key the first of stack, policy configuration and constructor applies; within one place a cluster of that name comes
 * before `*`. For `unlisted` and `undecided` the order of the places is the other way round, and what a platform team
 * demands of a cluster that the stack does not have holds for every cluster that the same place does not name: a stack
 * cannot loosen a rule by calling its cluster something else.
 */
export function settingsOf(name: string, names: readonly string[], layers: LayeredSettings): ClusterSettings {
  const { stack, policyConfiguration, constructorArgument } = layers;
  const places = [
    ruleOf(name, names, constructorArgument),
    ruleOf(name, names, policyConfiguration),
    ruleOf(
      name,
      [],
      stack.filter((cluster) => cluster.name === name || cluster.name === EVERY_CLUSTER),
    ),
  ];
  const unlisted = places.find((rule) => rule.unlisted !== undefined)?.unlisted;
  const undecided = places.find((rule) => rule.undecided !== undefined)?.undecided;
  return {
    ...joined(name, layers),
    ...(unlisted === undefined ? {} : { unlisted }),
    ...(undecided === undefined ? {} : { undecided }),
  };
}

/** What is to be said of clusters that the settings name and the stack does not have; nothing of what they demand is lost. */
export function unmatchedClusters(names: readonly string[], layers: LayeredSettings): readonly SettingsProblem[] {
  const has = names.length === 0 ? "it has no kubeadm-config" : `it has ${names.join(", ")}`;
  const unmatched = (layer: readonly ClusterSettings[], where: string, advice: string): readonly SettingsProblem[] => {
    const missing = layer.map(({ name }) => name).filter((name) => name !== EVERY_CLUSTER && !names.includes(name));
    if (missing.length === 0) return [];
    const what = `The stack does not have the ${missing.length === 1 ? "cluster" : "clusters"} ${listed(missing)} (${has}). ${advice}`;
    return [{ cluster: undefined, where, what, level: "advisory" }];
  };
  const strict = `Its unlisted and undecided apply to every cluster that it does not name; the rest is not used. A rule for all clusters has the name "${EVERY_CLUSTER}".`;
  return [
    ...unmatched(layers.stack, "kubeadm-guard:clusters", "Its settings are not used."),
    // A stack without a kubeadm-config is none of the platform team's clusters.
    ...(names.length === 0 ? [] : unmatched(layers.policyConfiguration, "control-plane-nodes-known.clusters", strict)),
    ...(names.length === 0 ? [] : unmatched(layers.constructorArgument, "the pack's clusters", strict)),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

function joined(name: string, { stack, policyConfiguration, constructorArgument }: LayeredSettings): ClusterSettings {
  const places = [constructorArgument, policyConfiguration, stack].map((layer) => ({
    ...layer.find((cluster) => cluster.name === EVERY_CLUSTER),
    ...layer.find((cluster) => cluster.name === name),
  }));
  return Object.assign({}, ...places, { name });
}

type Rule = Pick<ClusterSettings, "unlisted" | "undecided">;

/** What one place demands of a cluster. */
function ruleOf(name: string, names: readonly string[], layer: readonly ClusterSettings[]): Rule {
  const own = layer.find((cluster) => cluster.name === name);
  const every = layer.find((cluster) => cluster.name === EVERY_CLUSTER);
  if (own !== undefined) return { ...every, ...own };
  const others = layer.filter((cluster) => !names.includes(cluster.name));
  const unlisted = strictest(
    "missing",
    "undecided",
    others.map((cluster) => cluster.unlisted),
  );
  const undecided = strictest(
    "mandatory",
    "advisory",
    others.map((cluster) => cluster.undecided),
  );
  return { ...(unlisted === undefined ? {} : { unlisted }), ...(undecided === undefined ? {} : { undecided }) };
}

function strictest<Word>(strict: Word, loose: Word, words: readonly (Word | undefined)[]): Word | undefined {
  if (words.includes(strict)) return strict;
  return words.includes(loose) ? loose : undefined;
}
