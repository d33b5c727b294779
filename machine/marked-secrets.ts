import { gunzipSync } from "node:zlib";
import { Budget } from "./budget";
import { stringsIn } from "./strings-in";

/**
 * What Pulumi marks secret, for those who write messages. Programs and providers mark values, and whatever is made from a
 * marked value is marked with it; so what a message would quote of one is described instead. A word counts as secret if a
 * marked value has it and no other value of the stack and its settings does: what stands unmarked elsewhere is public.
 */
export interface MarkedSecrets {
  /** True for a path, a name or another value of which a part is secret. */
  readonly hides: (value: string) => boolean;
  /** A text for people with `(marked secret)` in the place of what is secret in it. */
  readonly hideIn: (text: string) => string;
}

/** Nothing is marked. */
export const NOTHING_MARKED: MarkedSecrets = { hides: () => false, hideIn: (text) => text };

let current = NOTHING_MARKED;

/** What may not be quoted at the moment. */
export function markedNow(): MarkedSecrets {
  return current;
}

/** Calls `write`, which must not wait for anything; whatever it makes printable quotes nothing of what is marked. */
export function whileHiding<T>(marked: MarkedSecrets, write: () => T): T {
  const before = current;
  current = marked;
  try {
    return write();
  } finally {
    current = before;
  }
}

/** From all texts of marked values, and all texts of others; these are looked at only where a message has a word of the former. */
export function markedSecrets(secret: readonly string[], others: () => Iterable<string>): MarkedSecrets {
  if (secret.length === 0) return NOTHING_MARKED;
  let known: MarkedWords | undefined;
  const marked = () => {
    known ??= markedWords(secret);
    return known;
  };
  let elsewhere: ReadonlySet<string> | undefined;
  const isHidden = (piece: string) => {
    if (!marked().has(piece)) return false;
    elsewhere ??= standElsewhere(marked(), others);
    return !elsewhere.has(piece);
  };
  const hides = (value: string) => piecesOf(value).some(isHidden);
  const hideWord = (word: string): string => {
    if (/^["'`]|^[~.]?\//.test(word)) return hides(word) ? MARKED : word;
    const secretPiece = piecesOf(word).some(
      (piece) => isHidden(piece) && (marked().values.has(piece) || !isOrdinary(piece)),
    );
    return secretPiece ? MARKED + (/(?<![.:])[.:]+$/.exec(word)?.[0] ?? "") : word;
  };
  const hideIn = (text: string) =>
    marked()
      .phrases.replacedIn(text, (phrase) => (hides(phrase) ? MARKED : phrase))
      .replace(TOKEN, (token) => (token === MARKED ? token : hideWord(token)));
  return { hides, hideIn };
}

const MARKED = "(marked secret)";
/** Something in quotes, or what stands between spaces and the like. */
const TOKEN = /\(marked secret\)|"[^"\n]*"|[^\s"(),;]+/g;
const PIECE = /[\p{L}\p{N}\p{M}_.+-]+/gu;

interface MarkedWords {
  /** True for a word of a marked value; for almost any where there are more than can be looked at. */
  readonly has: (piece: string) => boolean;
  readonly isComplete: boolean;
  /** Marked values that are long enough not to be found by chance. */
  readonly values: ReadonlySet<string>;
  /** Those of several words in one line. */
  readonly phrases: Phrases;
}

function markedWords(secret: readonly string[]): MarkedWords {
  const budget = Budget.ofStack();
  const decoder = new Decoder(budget);
  const all = new Set<string>();
  const values = new Set<string>();
  for (const text of new Set(secret)) {
    for (const one of decoder.withDecoded(text)) {
      const pieces = piecesOf(one);
      if (!budget.takeSteps(pieces.length)) decoder.isExhausted = true;
      if (decoder.isExhausted)
        return {
          has: (piece) => !EVERYWHERE.has(piece),
          isComplete: false,
          values: new Set(),
          phrases: new Phrases([]),
        };
      for (const piece of pieces) all.add(piece);
      const value = one.trim();
      if (value.length >= SHORTEST && value.length <= LONGEST) values.add(value);
    }
  }
  for (const word of EVERYWHERE) all.delete(word);
  // Sentences have `nodes` for reasons of their own, and a marked map may have it as a key.
  for (const value of values) if (/^\p{Ll}+$/u.test(value) && decoder.keys.has(value)) values.delete(value);
  const phrases = [...values].filter((text) => /[^\p{L}\p{N}_.-]/u.test(text) && !text.includes("\n"));
  return { has: (piece) => all.has(piece), isComplete: true, values, phrases: new Phrases(phrases) };
}

/** Which words of marked values other texts have as well. What is not looked through is not known to be public. */
function standElsewhere(marked: MarkedWords, others: () => Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  if (!marked.isComplete) return found;
  const decoder = new Decoder(Budget.ofStack());
  for (const other of new Set(others())) {
    if (decoder.isExhausted) break;
    for (const text of decoder.withDecoded(other))
      for (const piece of piecesOf(text)) if (marked.has(piece)) found.add(piece);
  }
  return found;
}

const SHORTEST = 5;
const LONGEST = 200;

/** Texts that are looked for in others all at once: there may be thousands of both. */
class Phrases {
  private readonly starts: ReadonlySet<string>;
  private readonly phrases: ReadonlySet<string>;
  /** The longest first. */
  private readonly lengths: readonly number[];

  /** Each has SHORTEST characters or more. */
  constructor(phrases: readonly string[]) {
    this.phrases = new Set(phrases);
    this.starts = new Set(phrases.map((phrase) => phrase.slice(0, SHORTEST)));
    this.lengths = [...new Set(phrases.map(({ length }) => length))].sort((a, b) => b - a);
  }

  /** The text with each of them replaced, from left to right. */
  replacedIn(text: string, replacement: (phrase: string) => string): string {
    if (this.phrases.size === 0) return text;
    const pieces: string[] = [];
    let from = 0;
    for (let at = 0; at + SHORTEST <= text.length; at += 1) {
      const phrase = this.starts.has(text.slice(at, at + SHORTEST)) ? this.phraseAt(text, at) : undefined;
      if (phrase === undefined) continue;
      pieces.push(text.slice(from, at), replacement(phrase));
      from = at + phrase.length;
      at = from - 1;
    }
    return pieces.length === 0 ? text : pieces.join("") + text.slice(from);
  }

  private phraseAt(text: string, at: number): string | undefined {
    const length = this.lengths.find((one) => this.phrases.has(text.slice(at, at + one)));
    return length === undefined ? undefined : text.slice(at, at + length);
  }
}

/** The words of a text, and what is left of each without the points and dashes around it. */
function piecesOf(text: string): readonly string[] {
  return (text.match(PIECE) ?? []).flatMap((piece) => {
    const [start, end] = [bareStart(piece), bareEnd(piece)];
    return start >= end ? [] : [start === 0 && end === piece.length ? piece : piece.slice(start, end)];
  });
}

function bareStart(piece: string): number {
  let start = 0;
  while (start < piece.length && AROUND.has(piece.charAt(start))) start += 1;
  return start;
}

function bareEnd(piece: string): number {
  let end = piece.length;
  while (end > 0 && AROUND.has(piece.charAt(end - 1))) end -= 1;
  return end;
}

const AROUND: ReadonlySet<string> = new Set(".+-");

/** A word of a language, a short one in capitals (PEM), the name of a field, or a short number: sentences have them for reasons of their own. */
function isOrdinary(piece: string): boolean {
  return /^(?:\p{L}\p{Ll}*(?:-\p{Ll}+)*|\p{Ll}+(?:[\p{Lu}]\p{Ll}*)+(?:\.\p{Ll}+(?:\p{Lu}\p{Ll}*)*)*|\p{Lu}{1,4}|\d{1,4})$/u.test(
    piece,
  );
}

/** Folders and files that every machine of a cluster has, whoever names them. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  ...["bin", "dev", "etc", "home", "lib", "media", "mnt", "opt", "proc", "root", "run", "sbin", "srv", "sys", "tmp"],
  ...["usr", "var", "local", "kubernetes", "kubelet", "kubeadm", "pki", "etcd", "ssl", "manifests", "localhost"],
  ...["ca.crt", "ca.key", "sa.pub", "sa.key", "server.crt", "server.key", "peer.crt", "peer.key", "tls.crt", "tls.key"],
  ...["admin.conf", "super-admin.conf", "kubelet.conf", "apiserver.crt", "apiserver.key", "127.0.0.1"],
  ...["apiserver-etcd-client.crt", "apiserver-etcd-client.key", "healthcheck-client.crt", "healthcheck-client.key"],
]);

/** Deeper than user data is packed: MIME, base64, gzip, and a file in base64 in it. */
const DEEPEST = 5;

/** Texts with those that are packed in them: readers unpack base64, gzip, JSON and URLs. Ends where its budget does. */
class Decoder {
  /** True where there was more than the budget allows: what is left out is not known. */
  isExhausted = false;
  /** The keys of what is packed as JSON. */
  readonly keys = new Set<unknown>();

  constructor(private readonly budget: Budget) {}

  withDecoded(text: string, depth = 0): readonly string[] {
    if (!this.budget.takeBytes(text.length)) {
      this.isExhausted = true;
      return [];
    }
    if (depth === DEEPEST) return [text];
    const packed = [...this.decodedBase64(text), ...decodedJson(text, this.keys), ...decodedUrl(text)];
    return [text, ...packed.flatMap((one) => this.withDecoded(one, depth + 1))];
  }

  private decodedBase64(text: string): readonly string[] {
    return base64In(text).flatMap((word) => {
      const decoded = this.unpacked(Buffer.from(word, "base64")).toString("utf8");
      return decoded.includes("\ufffd") || /(?![\t\n\r])\p{Cc}/u.test(decoded) ? [] : [decoded];
    });
  }

  private unpacked(bytes: Buffer): Buffer {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    try {
      const { bytesLeft } = this.budget;
      return gunzipSync(bytes, { maxOutputLength: Math.max(1, bytesLeft) });
    } catch (error) {
      // Whatever else is wrong with it, nobody else can read it either.
      if (error instanceof RangeError) this.isExhausted = true;
      return bytes;
    }
  }
}

/** What may be base64 in a text, that of several lines in one. A pattern that counts or repeats lines overflows the stack in a large text. */
function base64In(text: string): readonly string[] {
  const found: string[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(BASE64)) {
    const before = isLineEnd(text, end, index) ? found.pop() : undefined;
    found.push((before ?? "") + word);
    end = index + word.length;
  }
  return found.filter(({ length }) => length >= 8);
}

const BASE64 = /[A-Za-z\d+/_-]+/g;

/** True where a text has the end of a line between two places, and blanks before the next. */
function isLineEnd(text: string, from: number, to: number): boolean {
  const start = text.charAt(from) === "\r" ? from + 1 : from;
  if (text.charAt(start) !== "\n") return false;
  let at = start + 1;
  while (at < to && (text.charAt(at) === " " || text.charAt(at) === "\t")) at += 1;
  return at === to;
}

function decodedJson(text: string, keys: Set<unknown>): readonly string[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return stringsIn(JSON.parse(text), keys);
  } catch {
    return [];
  }
}

function decodedUrl(text: string): readonly string[] {
  if (!text.includes("%")) return [];
  try {
    return [decodeURIComponent(text)];
  } catch {
    return [];
  }
}
