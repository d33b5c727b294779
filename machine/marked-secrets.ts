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
  let known: Words | undefined;
  const words = () => {
    known ??= secretWords(secret, others);
    return known;
  };
  const isHidden = (piece: string) => words().all.has(piece);
  const hides = (value: string) => piecesOf(value).some(isHidden);
  const hideWord = (word: string): string => {
    if (/^["'`]|^[~.]?\//.test(word)) return hides(word) ? MARKED : word;
    const secretPiece = piecesOf(word).some(
      (piece) => words().whole.has(piece) || (isHidden(piece) && !isOrdinary(piece)),
    );
    return secretPiece ? MARKED + (/(?<![.:])[.:]+$/.exec(word)?.[0] ?? "") : word;
  };
  const hideIn = (text: string) => {
    const plain = words().phrases.reduce((shown, phrase) => shown.replaceAll(phrase, MARKED), text);
    return plain.replace(TOKEN, (token) => (token === MARKED ? token : hideWord(token)));
  };
  return { hides, hideIn };
}

const MARKED = "(marked secret)";
/** Something in quotes, or what stands between spaces and the like. */
const TOKEN = /\(marked secret\)|"[^"\n]*"|[^\s"(),;]+/g;
const PIECE = /[\p{L}\p{N}\p{M}_.+-]+/gu;

interface Words {
  readonly all: { readonly has: (piece: string) => boolean };
  /** Those that are all of a marked value, and long enough not to be found by chance. */
  readonly whole: ReadonlySet<string>;
  /** Marked values of several words in one line. */
  readonly phrases: readonly string[];
}

function secretWords(secret: readonly string[], others: () => Iterable<string>): Words {
  const decoder = new Decoder(Budget.ofStack().ofResource());
  const texts = [...new Set(secret)].flatMap((text) => decoder.withDecoded(text));
  if (decoder.isExhausted) return { all: { has: (piece) => !EVERYWHERE.has(piece) }, whole: new Set(), phrases: [] };
  const all = new Set(texts.flatMap(piecesOf));
  for (const word of EVERYWHERE) all.delete(word);
  // What is not looked through is not known to be public.
  const decoderOfOthers = new Decoder(Budget.ofStack());
  for (const other of new Set(others())) {
    if (all.size === 0 || decoderOfOthers.isExhausted) break;
    for (const text of decoderOfOthers.withDecoded(other)) for (const piece of piecesOf(text)) all.delete(piece);
  }
  const values = texts
    .filter((text) => !decoder.keys.has(text))
    .map((text) => text.trim())
    .filter((text) => text.length > 4 && text.length <= 200);
  const isSecret = (text: string) => piecesOf(text).some((piece) => all.has(piece));
  return {
    all,
    whole: new Set(values.filter((text) => all.has(text))),
    phrases: values.filter((text) => /[^\p{L}\p{N}_.-]/u.test(text) && !text.includes("\n") && isSecret(text)),
  };
}

/** The words of a text, and what is left of each without the points and dashes around it. */
function piecesOf(text: string): readonly string[] {
  return (text.match(PIECE) ?? []).flatMap((piece) => {
    const bare = piece.replace(/^[.+-]+/, "").replace(/(?<![.+-])[.+-]+$/, "");
    return bare === "" ? [] : [bare];
  });
}

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
    return (text.match(BASE64) ?? []).flatMap((word) => {
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

const BASE64 = /[A-Za-z\d+/_-]{8,}(?:\r?\n[ \t]*[A-Za-z\d+/_-]{8,})*={0,2}/g;

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
