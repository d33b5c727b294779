import type { Reason, ReasonOf } from "../reasons/reason";
import { dependsOn } from "./file-operations";
import { fileWords } from "./program-words";
import { literalOf, type Text } from "./text";

/** The reason that a script gives whose text is not known; `script` is its path as the text writes it. */
export function scriptNotShown(how: ReasonOf<"script-not-shown">["data"]["how"], script: Text): Reason {
  const path = literalOf(script);
  if (path === undefined) return { id: "script-not-shown", data: { how, script: null, dependsOn: dependsOn(script) } };
  const words = fileWords(path, "");
  return { id: "script-not-shown", data: { how, script: words === "" ? null : words, dependsOn: null } };
}
