import type { Content } from "../machine/content";

/**
 * Text as far as it is known: literal pieces, and holes where the shell would put something that the preview cannot know.
 *
 * Words, contents of files and whole nested scripts are such texts.
 */
export type Text = readonly (string | Hole)[];

export interface Hole {
  /** What would stand here, in words that fit after "depends on": "$CERT_DIR", "the output of hostname". */
  readonly why: string;
  /** The value will be known after the update (an input that is unknown at preview). */
  readonly unknownUntilUpdate?: true;
  /** The shell pattern that is here: `*`, `?`, `[a-z]*`. */
  readonly pattern?: string;
  /** The whole content of this file of the same machine is here. */
  readonly file?: string;
  /** The manifest of the kubeadm-config is here, with the content of this file as its ClusterConfiguration. */
  readonly configMapOf?: string;
  /** The kubeadm-config of the cluster is here, as it is or edited. */
  readonly editedConfig?: true;
}

export const EMPTY: Text = [];

/** Beyond these a text is not followed: no certificate is nearly as long, and doubling a variable grows fast. */
const LONGEST = 262_144;
const MOST_PIECES = 4096;
const LONGEST_PATTERN = 4096;

/** A text that is one hole. */
export function hole(why: string, more: Omit<Hole, "why"> = {}): Text {
  return [{ why: why.startsWith("$") && !VARIABLE.test(why) ? "a variable" : why, ...more }];
}

/** A variable by a name as people give them; `$w0rd` may be half of a password in double quotes. */
const VARIABLE = /^\$(?:[A-Za-z_]{1,60}|[A-Z_][A-Z0-9_]{0,60}|\d{1,2})(?=$|,)/;

/** The texts one after the other, without empty pieces, with neighbors joined: literal pieces, and holes as well. */
export function joined(...texts: readonly Text[]): Text {
  const pieces: (string | Hole)[] = [];
  let length = 0;
  for (const piece of texts.flat()) {
    if (piece === "") continue;
    const last = pieces.at(-1);
    if (typeof piece === "string") length += piece.length;
    if (length > LONGEST || pieces.length > MOST_PIECES) return hole("a text that is too long to follow");
    if (typeof piece === "string" && typeof last === "string") pieces[pieces.length - 1] = last + piece;
    else if (typeof piece === "object" && typeof last === "object") pieces[pieces.length - 1] = oneHole(last, piece);
    else pieces.push(piece);
  }
  return pieces;
}

function oneHole({ why, unknownUntilUpdate, pattern, editedConfig }: Hole, other: Hole): Hole {
  const both = pattern !== undefined && other.pattern !== undefined ? pattern + other.pattern : undefined;
  // Longer than any path: what a text repeats to its end would be put together again for each of its characters.
  const patterns = both !== undefined && both.length > LONGEST_PATTERN ? undefined : both;
  return {
    why,
    ...(unknownUntilUpdate === true || other.unknownUntilUpdate === true ? { unknownUntilUpdate: true } : {}),
    // Two stars in a row are one to the shell, and something else in a path pattern.
    ...(patterns === undefined ? {} : { pattern: patterns.replace(/\*+/g, "*") }),
    ...(editedConfig === true || other.editedConfig === true ? { editedConfig: true } : {}),
  };
}

/** The text where all of it is known. */
export function literalOf(text: Text): string | undefined {
  if (text.length === 0) return "";
  const [only] = text;
  return text.length === 1 && typeof only === "string" ? only : undefined;
}

export function firstHole(text: Text): Hole | undefined {
  return text.find((piece) => typeof piece !== "string");
}

/** What a program prints that was given a text: where that has the kubeadm-config of the cluster, its output may have it too. */
export function printedOf(given: Text, printed: Text): Text {
  if (!holdsEditedConfig(given)) return printed;
  return printed.map((piece) => (typeof piece === "string" ? piece : { ...piece, editedConfig: true }));
}

/** What a program prints together with its messages. */
export function withMessages(printed: Text): Text {
  return printedOf(printed, hole("what is printed, and messages"));
}

export function holdsEditedConfig(text: Text): boolean {
  return text.some((piece) => typeof piece === "object" && piece.editedConfig === true);
}

/** True if the text ends, or begins, with these literal characters. */
export function endsWith(text: Text, end: string): boolean {
  const last = text.at(-1);
  return typeof last === "string" && last.endsWith(end);
}

export function startsWith(text: Text, start: string): boolean {
  const [first] = text;
  return typeof first === "string" && first.startsWith(start);
}

/** The text without its first `count` characters, which must be literal. */
export function withoutStart(text: Text, count: number): Text {
  const [first, ...rest] = text;
  return typeof first === "string" ? joined([first.slice(count)], rest) : text;
}

/** Cuts the text at the first literal `separator`; `undefined` where there is none. */
export function cutAt(text: Text, separator: string): { readonly before: Text; readonly after: Text } | undefined {
  for (const [index, piece] of text.entries()) {
    const cut = typeof piece === "string" ? piece.indexOf(separator) : -1;
    if (typeof piece !== "string" || cut < 0) continue;
    return {
      before: joined(text.slice(0, index), [piece.slice(0, cut)]),
      after: joined([piece.slice(cut + separator.length)], text.slice(index + 1)),
    };
  }
  return undefined;
}

/** The text as it is on another machine: whatever is a file's content here is just something unknown there. */
export function elsewhere(text: Text): Text {
  return text.map((piece) =>
    typeof piece === "string"
      ? piece
      : { why: piece.why, ...(piece.unknownUntilUpdate && { unknownUntilUpdate: true }) },
  );
}

/** What is known of a file that gets this text. */
export function contentOf(text: Text): Content {
  const literal = literalOf(text);
  if (literal !== undefined) return { kind: "text", text: literal };
  const unknownUntilUpdate = text.find((piece) => typeof piece !== "string" && piece.unknownUntilUpdate === true);
  if (typeof unknownUntilUpdate === "object")
    return { kind: "unknown-until-update", waitsFor: [unknownUntilUpdate.why] };
  return { kind: "not-shown" };
}
