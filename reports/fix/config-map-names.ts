import type { ControlPlaneNode } from "../../cluster/cluster";
import type { ExternalEtcdField } from "../../cluster/external-etcd-files";
import { describeNode } from "../../cluster/node";
import { renameEtcdFiles } from "../../kubeadm/config/rename-etcd-files";
import { baseName, parent } from "../../machine/paths";
import { publicName } from "../../machine/public-text";
import type { NeutralName } from "../../policies/support/neutral-names";
import type { FixQuestion, NodeSteps } from "./fixable-nodes";
import { renameInLines } from "./rename-in-lines";

/** A name in the kubeadm-config, before and after. */
export interface Rename {
  readonly field: ExternalEtcdField;
  readonly from: string;
  readonly to: string;
}

/** A link on a node: `path` points to the file `target` of its folder. */
export interface NameLink {
  readonly path: string;
  readonly target: string;
}

/** Other names for the kubeadm-config, which are the same on every node. */
export type ConfigMapNames =
  /** The kubeadm-config names no file after one node. */
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly why: string }
  | {
      readonly kind: "names";
      readonly renames: readonly [Rename, ...Rename[]];
      /** For each node, in their order, the links that give it these names; empty where every node has such files already. */
      readonly links: readonly (readonly NameLink[])[];
    };

/**
 * The other way to fix names: those of files that every node has already, else names without a node's name, for which each node
 * gets links to its own pair. `steps` is what gives each node the files under today's names.
 */
export function configMapNames(question: FixQuestion, steps: readonly NodeSteps[]): ConfigMapNames {
  const { nodes, files, fixes } = question;
  const shared = fixes.everywhere;
  const named = shared === undefined ? question.neutral : [];
  const renames = [
    ...named.map(({ field, path, neutral }) => ({ field, from: path, to: neutral })),
    ...(shared?.files ?? []).flatMap(({ field, path }) => {
      const from = files.find((one) => one.field === field)?.path;
      return from === undefined ? [] : [{ field, from, to: path }];
    }),
  ];
  const [first, ...others] = renames;
  if (first === undefined) return { kind: "none" };
  const why = notRenamed(question, [first, ...others]) ?? (shared === undefined ? notLinked(named) : undefined);
  if (why !== undefined) return { kind: "refused", why };
  if (shared !== undefined) return { kind: "names", renames: [first, ...others], links: [] };
  const open = nodes.find((_, index) => steps[index]?.kind === "refused");
  if (open !== undefined)
    return {
      kind: "refused",
      why: `it is not certain that every node gets them: ${publicName(describeNode(open))} is refused`,
    };
  const links = nodes.map((node, index) => linksOn(node, named, steps[index]));
  return { kind: "names", renames: [first, ...others], links };
}

/** Paths that need no quotes in YAML, in a shell and in sed. */
const PLAIN_PATH = /^\/[A-Za-z0-9._/@=-]*$/;

function notRenamed({ cluster }: FixQuestion, renames: readonly Rename[]): string | undefined {
  if (renames.some(({ from, to }) => !PLAIN_PATH.test(from) || !PLAIN_PATH.test(to)))
    return "their paths hold characters that need quotes; edit the ConfigMap by hand";
  const text = cluster.configuration.kind === "text" ? cluster.configuration.text : "";
  const renamed = renameEtcdFiles(text, Object.fromEntries(renames.map(({ field, to }) => [field, to])));
  return renamed.kind === "renamed" && renamed.text === renameInLines(text, renames)
    ? undefined
    : "the kubeadm-config is not written as kubeadm writes it; edit the ConfigMap by hand";
}

function notLinked(named: readonly NeutralName[]): string | undefined {
  const [cert, key] = ["certFile", "keyFile"].map((wanted) => named.find(({ field }) => field === wanted));
  if (cert === undefined || key === undefined || named.length > 2 || cert.owner !== key.owner)
    return "certFile and keyFile are not named after the same node";
  return named.every(({ path, neutral }) => parent(path) === parent(neutral))
    ? undefined
    : "no name is free in the folder of the certificate";
}

/** To the node's own pair of the same form where it has one, else to what gives it the declared pair. */
function linksOn(
  node: ControlPlaneNode,
  named: readonly NeutralName[],
  steps: NodeSteps | undefined,
): readonly NameLink[] {
  const own = named.map(({ path, owner }) => `${parent(path)}/${baseName(path).replace(owner, () => node.name)}`);
  const hasOwn = own.every((path) => node.files.presence(path).kind === "present");
  return named.map(({ field, path, neutral }, index) => {
    const step = steps?.kind === "steps" ? steps.steps.find((one) => one.field === field) : undefined;
    const declared = step?.do === "link" ? step.target : baseName(path);
    return { path: neutral, target: hasOwn ? baseName(own[index] ?? path) : declared };
  });
}
