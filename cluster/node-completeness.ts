import { candidates } from "../machine/destinations";
import type { FileOperation } from "../machine/file-operation";
import type { Reason } from "../reasons/reason";
import type { ClusterParts } from "./cluster-parts";
import type { Completeness } from "./completeness";
import type { Evidence } from "./evidence";
import { isCertificateOrKey } from "./is-certificate-or-key";
import { leftOut } from "./left-out";
import type { Node } from "./node";
import { NodeNames } from "./node-names";

/**
 * How complete the evidence about each node is (docs/architecture.md, "When a file is missing"). `certain` is the evidence
 * of sources in the stack that are on nodes of this cluster for certain; `paths` are the files that kubeadm opens.
 */
export function nodeCompleteness(
  part: ClusterParts,
  nodes: readonly Node[],
  certain: readonly Evidence[],
  paths: readonly string[],
): (node: Node) => Completeness {
  const closedBy = certain.find((one) => one.operations.some((operation) => putsCertificate(operation, paths)));
  const documented = documentedByNode(part.completeness, nodes);
  return (node) => completenessOf(part, documented.get(node), closedBy);
}

/** What the documents say of each node, by whichever of its names they say it. */
function documentedByNode(
  completeness: ReadonlyMap<string, Completeness>,
  nodes: readonly Node[],
): ReadonlyMap<Node, Completeness> {
  const names = new NodeNames(nodes);
  return new Map(
    [...completeness].flatMap(([name, completeness]) => names.named(name).map((node) => [node, completeness] as const)),
  );
}

function completenessOf(
  part: ClusterParts,
  documented: Completeness | undefined,
  closedBy: Evidence | undefined,
): Completeness {
  const [unread] = leftOut(part.problems, ["files", "listing", "kubespray"]);
  if (unread !== undefined) return { kind: "unknown", reason: unread };
  if (part.settings.unlisted === "missing") return { kind: "complete", because: { by: "setting" } };
  const own = documented ?? part.completenessOfOthers;
  if (own !== undefined && own.kind !== "complete-below") return own;
  if (closedBy !== undefined) return { kind: "complete", because: { by: "certificates", source: closedBy.source } };
  return own ?? { kind: "unknown", reason: part.live === undefined ? NOTHING_SAYS : DISKS_NOT_SHOWN };
}

const NOTHING_SAYS: Reason = { id: "no-file-evidence", data: {} };
const DISKS_NOT_SHOWN: Reason = { id: "disks-not-shown", data: {} };

/** True for an operation that puts a certificate or key, or one of the files that are looked for. */
function putsCertificate(operation: FileOperation, paths: readonly string[]): boolean {
  if (operation.do !== "put" && operation.do !== "copy" && operation.do !== "move" && operation.do !== "link")
    return false;
  const content = operation.do === "put" ? operation.content : undefined;
  return candidates(operation.to).some((path) => paths.includes(path) || isCertificateOrKey(path, content));
}
