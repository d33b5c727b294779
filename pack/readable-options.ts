import { readableData, readableList } from "../settings/readable-data";
import { type KubeadmGuardOptions, OPTION_NAMES } from "./kubeadm-guard-options";

/**
 * The options of a pack as plain data, read once where code hands them in: what throws when it is read has something in its place
 * that no option may be, so that it is refused at its place. Lists of policies hold what they held.
 */
export function readableOptions(options: KubeadmGuardOptions): KubeadmGuardOptions {
  const own = readableList(() => Object.keys(options));
  const names = new Set<string>([...OPTION_NAMES, ...(Array.isArray(own) ? own : [])]);
  const entries = [...names].map((name) => [name, option(options, name)] as const);
  return Object.assign({}, Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

function option(options: object, name: string): unknown {
  const read = () => Reflect.get(options, name);
  return name === "policies" || name === "pulumiPolicies" ? readableList(read) : readableData(read);
}
