import type { World } from "../cluster/presence";
import { knownFoldersText } from "../reasons/reason-texts";

/** Why a file that nothing puts on a node is missing there, for people; null where the evidence is not complete. */
export function completenessText(world: World): string | null {
  switch (world.kind) {
    case "open":
      return null;
    case "closed-below":
      return world.known.map(knownFoldersText).join(", and ");
    case "closed":
      switch (world.because.by) {
        case "setting":
          return "the settings say unlisted: missing";
        case "certificates":
          return `${world.because.source.name} puts certificates on control-plane nodes`;
        case "listing":
          return `the ${world.because.title} lists all files of the node`;
      }
  }
}
