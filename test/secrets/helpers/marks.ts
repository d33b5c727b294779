import { generateKeyPairSync } from "node:crypto";

/** Something secret in one of the shapes that secrets have, and the pieces of it that must not come out. */
export interface Mark {
  readonly shape: string;
  readonly text: string;
  readonly pieces: readonly string[];
  /** What its form lets it be taken for: where such a thing is public, it may come out. */
  readonly looksLike: readonly Form[];
}

/**
 * `name`: of a machine; `path`: of a file; `key`: of a field or a variable, a plain word; `value`: of a field of a
 * configuration, a plain word; `prose`: words that people write for readers.
 */
export type Form = "name" | "path" | "key" | "value" | "prose";

const PEM = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;

const KEY_LINES = PEM.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
const [, KEY_LINE = ""] = KEY_LINES;
const BASE64 = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

/** The shapes in which marks are planted. */
export const MARKS: readonly Mark[] = [
  { shape: "password", text: "S3cret7Mark", pieces: ["S3cret7Mark"], looksLike: ["name", "path"] },
  { shape: "word", text: "zyxwvpass", pieces: ["zyxwvpass"], looksLike: ["name", "path", "key", "value", "prose"] },
  { shape: "passphrase", text: "zyxwv quokkas vextly", pieces: ["zyxwv", "quokkas", "vextly"], looksLike: ["prose"] },
  { shape: "YAML indicators", text: "*Zq9wv!{&jx#%]", pieces: ["Zq9wv", "&jx#"], looksLike: [] },
  { shape: "user and password", text: "admin:Zq9wvPw@db.example", pieces: ["Zq9wvPw"], looksLike: [] },
  { shape: "key", text: PEM, pieces: KEY_LINES.flatMap(piecesOf), looksLike: [] },
  { shape: "line of a key", text: KEY_LINE, pieces: piecesOf(KEY_LINE), looksLike: [] },
  { shape: "base64", text: BASE64, pieces: piecesOf(BASE64), looksLike: [] },
];

function piecesOf(line: string): readonly string[] {
  return [line.slice(0, 10), line.slice(-10)];
}

/** The lines of what was said that have a piece of the mark in them, each cut; empty where nothing came out. */
export function leaksOf(mark: Mark, said: string): readonly string[] {
  if (!mark.pieces.some((piece) => said.includes(piece))) return [];
  return said
    .split("\n")
    .filter((line) => mark.pieces.some((piece) => line.includes(piece)))
    .map((line) => {
      const at = Math.min(...mark.pieces.map((piece) => line.indexOf(piece)).filter((one) => one >= 0));
      return line.slice(Math.max(0, at - 80), at + 60).trim();
    });
}
