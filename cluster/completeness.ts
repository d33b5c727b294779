import type { Source } from "../machine/source";
import type { KnownFolders, Reason } from "../reasons/reason";

/** How far what is known of a node's files is all there is. */
export type Completeness =
  | { readonly kind: "complete"; readonly because: Completes }
  /** Complete only below these folders (a listing with `searched`, a Kubespray layout). */
  | { readonly kind: "complete-below"; readonly known: readonly KnownFolders[] }
  | { readonly kind: "unknown"; readonly reason: Reason };

/** What makes the evidence about a node complete. */
export type Completes =
  /** The settings say `unlisted: missing`: the whole disk is described, folders too. */
  | { readonly by: "setting" }
  /** A listing of all files: the same. */
  | { readonly by: "listing"; readonly title: string }
  /** The stack puts certificates on control-plane nodes itself, with this source: it is complete for certificates and keys. */
  | { readonly by: "certificates"; readonly source: Source };
