import { publicData } from "../machine/public-data";
import { oneLine } from "../machine/public-text";
import type { Reason } from "../reasons/reason";
import { reasonText } from "../reasons/reason-texts";

/** What is unknown, without what differs from one case of it to the next: entries with equal texts have one cause. */
export interface Cause {
  /** One line in which `{copied}`, `{nodes}` and the like stand for values. */
  readonly text: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** Data of reasons by which cases of one cause differ; each is a text or a list of texts. */
const VALUES: ReadonlySet<string> = new Set(["copied", "path", "writer", "waitsFor", "host", "hosts", "node"]);

/** The cause behind a reason that is given for these nodes. */
export function causeOf(reason: Reason, nodes: readonly string[]): Cause {
  const values: Record<string, readonly string[]> = nodes.length === 0 ? {} : { nodes };
  const marked = withMarks(publicData(reason), "", values);
  return { text: oneLine(nodes.length === 0 ? reasonText(marked) : reasonText(marked, "{nodes}")), values };
}

/** A copy with a mark for each value, and the values by their marks. Reasons inside reasons have marks of their own. */
function withMarks<Data>(data: Data, prefix: string, values: Record<string, readonly string[]>): Data;
function withMarks(data: unknown, prefix: string, values: Record<string, readonly string[]>): unknown {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      const texts = VALUES.has(key) ? textsOf(value) : [];
      if (texts.length === 0) return [key, withMarks(value, key === "data" ? prefix : `${prefix}${key}.`, values)];
      const mark = `${prefix}${key}`;
      values[mark] = texts;
      return [key, Array.isArray(value) ? [`{${mark}}`] : `{${mark}}`];
    }),
  );
}

function textsOf(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.filter((text: unknown): text is string => typeof text === "string" && text !== "");
}
