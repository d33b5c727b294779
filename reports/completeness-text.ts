import type { Completeness } from "../cluster/completeness";
import { knownFoldersText } from "../reasons/reason-texts";

/** Why a file that nothing puts on a node is missing there, for people; null where the evidence is not complete. */
export function completenessText(completeness: Completeness): string | null {
  switch (completeness.kind) {
    case "unknown":
      return null;
    case "complete-below":
      return completeness.known.map(knownFoldersText).join(", and ");
    case "complete":
      switch (completeness.because.by) {
        case "setting":
          return "the settings say unlisted: missing";
        case "certificates":
          return `${completeness.because.source.name} puts certificates on control-plane nodes`;
        case "listing":
          return `the ${completeness.because.title} lists all files of the node`;
      }
  }
}
