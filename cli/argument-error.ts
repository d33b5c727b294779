import { closestName } from "../cluster/closest-name";
import { publicKey } from "../machine/public-text";

/** What people write for an option, by the option that they mean. */
const MEANT: Readonly<Record<string, string>> = {
  f: "kubeadm-config",
  file: "kubeadm-config",
  config: "kubeadm-config",
  configmap: "kubeadm-config",
  i: "inventory",
  hosts: "inventory",
  listing: "nodes",
  "control-plane-nodes": "nodes",
  n: "nodes",
  release: "kubespray",
  "kubespray-version": "kubespray",
  "kubernetes-version": "kubeadm",
  "kubeadm-version": "kubeadm",
  target: "upgrade-to",
  to: "upgrade-to",
  o: "format",
  output: "format",
  v: "verbose",
};

/** What parseArgs could not take, as one or two sentences, with the option that was probably meant; `known` without dashes. */
export function argumentError(error: unknown, known: readonly string[]): string {
  // parseArgs says in its first sentence which argument it cannot take; what follows is advice that does not fit here.
  const [what = ""] = error instanceof Error ? error.message.split(". ") : ["The arguments cannot be understood"];
  const given = /^Unknown option '-{1,2}([^'=]+)/.exec(what)?.[1];
  const meant = given === undefined ? undefined : (meantBy(given, known) ?? closestName(given, known));
  return `${withPublicOptions(what).replace(/\.$/, "")}.${meant === undefined ? "" : ` Did you mean --${meant}?`}`;
}

function meantBy(given: string, known: readonly string[]): string | undefined {
  const meant = Object.hasOwn(MEANT, given) ? MEANT[given] : undefined;
  if (meant !== undefined) return known.includes(meant) ? meant : undefined;
  const [only, another] = known.filter((name) => given.length > 2 && name.startsWith(given));
  return another === undefined ? only : undefined;
}

/** What parseArgs quotes is an option or a value. */
function withPublicOptions(what: string): string {
  return what.replace(/(?<=^Unknown option '|^Unexpected argument ').*(?=')/s, publicKey);
}
