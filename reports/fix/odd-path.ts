import { normalize } from "../../machine/paths";
import { oneLine, publicPath } from "../../machine/public-text";

/** Why a path may not stand in a script, as the end of a sentence; undefined where it may. */
export function oddPath(path: string): string | undefined {
  if (oneLine(path) !== path) return "has a path with control characters or marks of direction in it";
  if (!path.startsWith("/")) return "is not an absolute path";
  if (normalize(path) !== path) return "has a path with //, ., .. or a slash at its end";
  // What is not written as paths are may be a secret that somebody put into the wrong field. Quotes are no sign of that.
  const plain = path.replace(/["`;|]/g, "'");
  return publicPath(plain) === plain ? undefined : "is not written as paths are";
}
