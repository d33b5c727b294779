import type { FileOperation } from "../machine/file-operation";
import { normalize } from "../machine/paths";
import type { Reason } from "../reasons/reason";
import { absolute } from "./file-operations";
import { literalOf, type Text } from "./text";

/**
 * What a program that is not modeled may take away: the paths among its words, where one of them speaks of removing (`busybox rm -rf
 * DIR`, `python3 -c 'shutil.rmtree("DIR")'`, `shred -u FILE`). Programs that only name a file mostly read it.
 */
export function namedRemovals(
  name: string,
  args: readonly Text[],
  directory: Text,
  reason: Reason,
): readonly FileOperation[] {
  const words = args.map((arg) => arg.filter((piece) => typeof piece === "string").join(" "));
  const all = [name, ...words].join(" ").slice(0, LONGEST);
  if (!REMOVES.test(all)) return [];
  const paths = (all.match(PATH) ?? []).map((path) => literalOf(absolute([path], directory)));
  return [...new Set(paths)].flatMap((path) =>
    path === undefined || normalize(path) === "/"
      ? []
      : [{ do: "might-remove", scope: { kind: "below", path: normalize(path) }, reason }],
  );
}

/** No command with a path in it is longer. */
const LONGEST = 16_384;
const REMOVES =
  /(?:^|[^a-z])(?:rm|mv|rmdir|rmtree|unlink|shred|wipe|srm|rename|move|remove|delete|purge|prune|clean|absent|rm_rf?)(?:[^a-z]|$)/i;
/** A word, or a part of code, with a slash or an ending: `DIR/ca.pem`, `ca.pem`, and `os.remove`, which does no harm. */
const PATH = /(?<![\w.@%+/-])[\w.@%+/](?:[\w@%+-]*[/.])+[\w@%+-]*/g;
