import type { ControlPlaneNode } from "../../cluster/cluster";
import type { ExternalEtcdFile } from "../../cluster/external-etcd-files";
import { describeNode } from "../../cluster/node";
import { renameEtcdFiles } from "../../kubeadm/config/rename-etcd-files";
import { baseName, parent } from "../../machine/paths";
import { nameInPair, neutralPath, ownerOf } from "../../policies/support/node-name-in-path";
import type { FixQuestion, NodeSteps } from "./fixable-node";
import { pairProof } from "./pair-proof";
import { renameInLines } from "./rename-in-lines";

/** A name in the kubeadm-config, before and after. */
export interface Rename {
  readonly field: "certFile" | "keyFile";
  readonly from: string;
  readonly to: string;
}

/** The names on one node of the pair that the neutral names lead to, in the folder of the declared one. */
export interface NeutralTargets {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Names for certificate and key that are the same on every node and bear no node's name. */
export type NeutralNames =
  /** The kubeadm-config has such names. */
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly why: string }
  /** `targets` has one entry for each node, in their order. */
  | {
      readonly kind: "names";
      readonly renames: readonly [Rename, Rename];
      readonly targets: readonly NeutralTargets[];
    };

/** The other way to fix names that bear one node's name; `steps` is what gives each node its files. */
export function neutralNames({ cluster, nodes, files }: FixQuestion, steps: readonly NodeSteps[]): NeutralNames {
  const [certificate, key] = [pathOf(files, "certFile"), pathOf(files, "keyFile")];
  const owner = certificate === undefined ? undefined : nameIn(certificate, nodes);
  if (certificate === undefined || key === undefined || owner === undefined) return { kind: "none" };
  if (nameIn(key, nodes) !== owner || parent(certificate) !== parent(key))
    return refused("certFile and keyFile do not bear the same name in one folder");
  const renames = [
    { field: "certFile", from: certificate, to: neutralPath(certificate, owner) },
    { field: "keyFile", from: key, to: neutralPath(key, owner) },
  ] as const;
  if (renames.some(({ from, to }) => !PLAIN_PATH.test(from) || !PLAIN_PATH.test(to)) || renames[0].to === renames[1].to)
    return refused("their paths hold characters that need quotes in YAML; edit the ConfigMap by hand");
  const text = cluster.configuration.kind === "text" ? cluster.configuration.text : "";
  const [certTo, keyTo] = renames.map(({ to }) => to);
  const renamed = renameEtcdFiles(text, { certFile: certTo ?? "", keyFile: keyTo ?? "" });
  if (renamed.kind !== "renamed" || renamed.text !== renameInLines(text, renames))
    return refused("the kubeadm-config is not written as kubeadm writes it; edit the ConfigMap by hand");
  const uncertain = nodes.filter((_, index) => steps[index]?.kind === "refused").map(describeNode);
  const [first] = uncertain;
  if (first !== undefined) return refused(`it is not certain that every node gets them: ${first} cannot be fixed yet`);
  const targets = nodes.map((node, index) => targetsOn(node, [certificate, key], owner, steps[index]));
  return { kind: "names", renames, targets };
}

/** Paths that need no quotes in YAML, in a shell and in sed. */
const PLAIN_PATH = /^\/[A-Za-z0-9._/@=-]*$/;

function refused(why: string): NeutralNames {
  return { kind: "refused", why };
}

function pathOf(files: readonly ExternalEtcdFile[], wanted: Rename["field"]): string | undefined {
  return files.find(({ field }) => field === wanted)?.path;
}

function nameIn(path: string, nodes: readonly ControlPlaneNode[]): string | undefined {
  return ownerOf(path, nodes)?.name ?? nameInPair(path);
}

/** The node's own pair of the same form where it has one, else what gives it the declared pair. */
function targetsOn(
  node: ControlPlaneNode,
  [certificate, key]: readonly [string, string],
  owner: string,
  steps: NodeSteps | undefined,
): NeutralTargets {
  const own = [node.name, ...node.otherNames]
    .map((name) => [withName(certificate, owner, name), withName(key, owner, name)] as const)
    .find(([cert, itsKey]) => {
      const [one, other] = [node.files.presence(cert), node.files.presence(itsKey)];
      if (one.kind !== "present" || other.kind !== "present") return false;
      return pairProof({ certificate: one.file.content, key: other.file.content, ca: undefined }) !== "refuted";
    });
  if (own !== undefined) return { certFile: baseName(own[0]), keyFile: baseName(own[1]) };
  const linked = (field: Rename["field"], path: string) => {
    const step = steps?.kind === "steps" ? steps.steps.find((one) => one.field === field) : undefined;
    return step?.do === "link" ? step.target : baseName(path);
  };
  return { certFile: linked("certFile", certificate), keyFile: linked("keyFile", key) };
}

function withName(path: string, owner: string, name: string): string {
  const file = baseName(path);
  const at = file.toLowerCase().indexOf(owner.toLowerCase());
  return `${parent(path)}/${file.slice(0, at)}${name}${file.slice(at + owner.length)}`;
}
