import { parse, type Word } from "unbash";

/** More words than this are not made of one. */
const MOST_WORDS = 256;
/** In characters: what is parsed again for one word, which is parsed once for each brace. */
const MOST_TEXT = 65_536;

/** The words that brace expansion makes of one: `{a,b}` and `{1..3}`, inside each other as well. */
export function expandBraces(word: Word): readonly Word[] {
  const done: Word[] = [];
  const open = [word];
  let parsed = 0;
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const words = expandedOnce(next);
    if (words === undefined) done.push(next);
    else open.unshift(...words);
    parsed += words === undefined ? 0 : words.reduce((sum, { text }) => sum + text.length, 0);
    if (parsed > MOST_TEXT || done.length + open.length > MOST_WORDS) return [word];
  }
  return done;
}

/** The words that the first brace of a word makes of it; `undefined` where there is none to expand. */
function expandedOnce(word: Word): readonly Word[] | undefined {
  const brace = word.parts?.find((part) => part.type === "BraceExpansion");
  if (brace === undefined) return undefined;
  const inner = brace.text.slice(1, -1);
  const alternatives = range(inner) ?? atCommas(inner);
  if (alternatives.length < 2) return undefined;
  const start = brace.pos - word.pos;
  const before = word.text.slice(0, start);
  const after = word.text.slice(start + brace.text.length);
  const words = alternatives.map((alternative) => wordOf(before + alternative + after));
  return words.includes(undefined) ? undefined : words.filter((one) => one !== undefined);
}

/** The text as the parser reads it in an argument's place. */
function wordOf(text: string): Word | undefined {
  const command = parse(`: ${text}`).commands[0]?.command;
  const [argument] = command?.type === "Command" ? command.args : [];
  return argument?.type === "Word" ? argument : undefined;
}

/** The text cut at commas that stand in no brace and no quotes. */
function atCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === "\\") at += 1;
    else if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === "{" || character === "(") depth += 1;
    else if (character === "}" || character === ")") depth -= 1;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** `1..5`, `01..10`, `a..e`, with a step as a third part. */
function range(text: string): readonly string[] | undefined {
  const [from, to, step = "1", more] = text.split("..");
  if (from === undefined || to === undefined || more !== undefined) return undefined;
  const letters = from.length === 1 && to.length === 1 && !isNumber(from) && !isNumber(to);
  const [first, last] = letters ? [from.charCodeAt(0), to.charCodeAt(0)] : [Number(from), Number(to)];
  if (!letters && !(isNumber(from) && isNumber(to))) return undefined;
  const stride = Math.abs(Number(step)) || 1;
  const count = Math.floor(Math.abs(last - first) / stride) + 1;
  if (!Number.isInteger(stride) || count > MOST_WORDS) return undefined;
  const width = [from, to].some((end) => end.startsWith("0") && end.length > 1) ? Math.max(from.length, to.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = first + Math.sign(last - first || 1) * stride * index;
    return letters ? String.fromCharCode(value) : String(value).padStart(width, "0");
  });
}

function isNumber(text: string): boolean {
  return text !== "" && Number.isInteger(Number(text));
}
