import type { PlannedPem } from "../../cluster/certificates/planned-pem";
import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { describeNode } from "../../cluster/node";
import { type Finding, type Outcome, outcomeOf, type Undecided } from "../../cluster/outcome";
import type { PresentFile } from "../../cluster/presence";
import { urnName } from "../../machine/urn";

/** How the reason begins why a policy about contents is not applicable. */
export const NO_CONTENT = "nothing here shows the content of";

/** What can be checked of the bytes of a file on one node. */
export type ShownContent =
  | { readonly kind: "text"; readonly text: string; readonly file: PresentFile }
  /** A PEM that a tls resource will make, with what is known of it. */
  | {
      readonly kind: "pem";
      readonly pem: PlannedPem;
      /** The name of the tls resource. */
      readonly maker: string;
      readonly waitsFor: readonly string[];
      readonly file: PresentFile;
    }
  /** The bytes will be known after the update. */
  | { readonly kind: "unknown-until-update"; readonly waitsFor: readonly string[]; readonly file: PresentFile }
  /** The file is there; the program shows no content of it and promises none. */
  | { readonly kind: "not-shown" }
  /** Missing or undecided: the matter of external-etcd-files-on-every-control-plane-node. */
  | { readonly kind: "absent" };

/** The content of the file that opens under this path on the node, links resolved. */
export function shownContent(node: ControlPlaneNode, path: string, cluster: Cluster): ShownContent {
  const presence = node.files.presence(path);
  if (presence.kind !== "present") return { kind: "absent" };
  const { file } = presence;
  const { content } = file;
  switch (content.kind) {
    case "text":
      return { kind: "text", text: content.text, file };
    case "tls": {
      const pem = cluster.plannedPems.get(content.urn);
      const maker = urnName(content.urn);
      const waitsFor = [maker];
      return pem === undefined
        ? { kind: "unknown-until-update", waitsFor, file }
        : { kind: "pem", pem, maker, waitsFor, file };
    }
    case "unknown-until-update":
      return { kind: "unknown-until-update", waitsFor: content.waitsFor, file };
    case "sha256":
    case "not-shown":
      return { kind: "not-shown" };
  }
}

/** What a policy about contents makes of one node; `undefined` where the node shows it nothing to check. */
export type ContentResult =
  | { readonly findings: readonly Finding[]; readonly undecided: readonly Undecided[] }
  | undefined;

export const NOTHING_WRONG = { findings: [], undecided: [] } as const satisfies ContentResult;

/** The outcome over all nodes; not applicable where none of them shows a content or promises one. */
export function outcomeOfContents(results: readonly ContentResult[], files: string): Outcome {
  const checked = results.filter((one) => one !== undefined);
  if (checked.length === 0) return { kind: "not-applicable", why: `${NO_CONTENT} ${files} on any control-plane node` };
  return outcomeOf(
    checked.flatMap((one) => one.findings),
    checked.flatMap((one) => one.undecided),
  );
}

/** What is undecided where a content is not known before the update. */
export function unknownContent(node: ControlPlaneNode, path: string, waitsFor: readonly string[]): Undecided {
  return { reason: { id: "content-unknown-until-update", data: { waitsFor } }, node: describeNode(node), path };
}
