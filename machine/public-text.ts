import { markedNow } from "./marked-secrets";

/**
 * What may stand in a message. The engine hands properties to policies without their secret marks, and files hold
 * passwords anywhere, so every value counts as secret unless its form says otherwise: a message quotes paths, host names,
 * names of programs and of variables, and describes everything else.
 */

/** The path where it looks like one but for control characters, which are shown as escapes; else a description in its place. */
export function publicPath(path: string): string {
  return unlessMarked(path, () => (isPath(path) ? oneLine(path) : described(path, "is not a path")));
}

function isPath(path: string): boolean {
  return looksLikePath(path.replace(/\p{Cc}/gu, "").trim());
}

/** A text about files that repeats their paths: those that do not look like one are described in it. */
export function withPublicPaths(text: string, paths: readonly string[]): string {
  const hidden = paths.filter((path) => path !== "" && !isPath(path));
  return hidden.reduce((shown, path) => shown.replaceAll(path, () => publicPath(path)), text);
}

/** The name where it is a valid host name or address, or a name of that form (`node_1`), else a description in its place. */
export function publicName(name: string): string {
  return unlessMarked(name, () => (looksLikeName(name) ? name : described(name, "is not a name")));
}

/** The endpoint where it is `host:port` or a URL of one, without user and password, else what stands there instead. */
export function publicEndpoint(endpoint: string): string {
  return unlessMarked(endpoint, () => endpointByForm(endpoint));
}

function endpointByForm(endpoint: string): string {
  if (endpoint === "" || isTemplate(endpoint)) return endpoint;
  const found = /^([a-z]{2,5}:\/\/)?([^/]*@)?([^/@]+(?:\/[a-z\d_./-]{0,64})?)$/.exec(endpoint);
  const [, scheme = "", user, host = ""] = found ?? [];
  if (found === null || !ENDPOINT_HOST.test(host) || isRandom(host)) return described(endpoint, "is not an endpoint");
  return user === undefined ? endpoint : `${scheme}…@${host}`;
}

/** A host name or an address with or without a port, and what may follow it. */
const ENDPOINT_HOST =
  /^(?:[\p{L}\d_](?:[\p{L}\d_.-]*[\p{L}\d_.])?|\[?[\da-fA-F:.%]+\]?)?(?::\d{0,6})?(?:\/[^/].*|\/)?$/u;

/**
 * A text that is going to be printed, without what is surely or probably secret in it: PEM blocks, long random words,
 * user names and passwords of URLs, bootstrap tokens, and what an error quotes that is not public in itself. Takes time by the length of the text.
 */
export function publicText(text: string): string {
  return markedNow().hideIn(withoutRandomWords(withoutCredentials(withoutQuotedValues(withoutPem(text)))));
}

/** Control characters, and those that end lines, turn the direction of text or begin a command, as `\x1b` or `\u2028`. */
export function oneLine(text: string): string {
  return text.replace(OBEYED, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The same, with line feeds as they are. */
export function visibleLines(text: string): string {
  return text.split("\n").map(oneLine).join("\n");
}

/**
 * The word where it is written as words are that name something (`k8s_cluster`, `KUBE`, `Master01`), else `…`. For places
 * in which anything may stand, such as an unknown heading.
 */
export function publicWord(word: string): string {
  return isPlainWord(word) && !markedNow().hides(word) ? word : "…";
}

/** The path of a field or a key where each part of it is a plain word (`apiServer.extraArgs.v`), else a description in its place. */
export function publicKey(key: string): string {
  return unlessMarked(key, () => (isPlainKey(key) ? key : described(key, "is not a key")));
}

/**
 * The value where it has a form that values of a configuration have: a path, a host, an endpoint without user and password,
 * a CIDR, a version, a number, a plain word, and what joins these by `,`, `=` and the like; else a description in its place.
 */
export function publicValue(value: string): string {
  if (value.includes("@") && !/[\s,]/.test(value)) return publicEndpoint(value);
  return unlessMarked(value, () => (isPlainValue(value) ? value : described(value, "is not shown")));
}

/** What somebody wrote for readers, such as the reason for a decision, without the words of it that no language has. */
export function publicProse(text: string): string {
  return unlessMarked(text, () => proseByForm(text));
}

/** One word of a kind that is not known: as it may stand in a text, unless it is marked secret. */
export function publicToken(word: string): string {
  return unlessMarked(word, () => publicText(oneLine(word)));
}

/** What Pulumi marks secret is described whatever its form is. */
function unlessMarked(text: string, byForm: () => string): string {
  if (DESCRIPTION.test(text)) return text;
  return markedNow().hides(text) ? described(text, "is marked secret") : byForm();
}

function proseByForm(text: string): string {
  const words = text.replace(/[^\s]+/g, (word) => {
    // A query may hold anything.
    const shown = word.replace(/\?(?<=^"?https?:[^?"]*\?)[^"\s]*/, "?…");
    return isProseWord(shown) ? shown : "…";
  });
  return publicText(words);
}

/** What is wrong with a text by the words of a parser, without what it quotes of the text: anchors, tags, keys. */
export function publicProblem(words: string): string {
  const [plain = ""] = words.split(/[:"'`<!]/, 1);
  return plain.trim();
}

/** A host name, an address, or a group of nodes as messages name it. */
const NAME = /^(?:group )?[\p{L}\p{N}_](?:[\p{L}\p{N}_.:-]*[\p{L}\p{N}_])?(?: \(\d+ nodes?\))?$/u;

function looksLikeName(name: string): boolean {
  return name.length <= 253 && NAME.test(name) && !isRandom(name);
}

function isPlainWord(word: string): boolean {
  return word.length <= 64 && /^(?:[\p{Ll}\d_.-]+|[\p{Lu}\d_.-]+|[\p{L}_.-]+\d{0,4})$/u.test(word);
}

function isPlainKey(key: string): boolean {
  return (
    key.length <= 253 && !isRandom(key) && key.split(/[./:$]|\[\d+\]/).every((part) => part === "" || isPlainWord(part))
  );
}

function isPlainValue(value: string): boolean {
  if (value.includes("/") && !/\s/.test(value) && looksLikePath(value)) return true;
  return value.split(VALUE_SEPARATOR).every((word) => word === "" || isShownWord(word));
}

/** What joins the words of a value. A space does so only behind a comma: words that follow each other may be a passphrase. */
const VALUE_SEPARATOR = /[,;|=()]\s*/;

/** A word that may be shown wherever it stands. */
function isShownWord(word: string): boolean {
  if (/\s/.test(word) || isRandom(word)) return false;
  if (word.includes("://") && !isTemplate(word)) return isUrl(word);
  if (PLAIN_WORD.test(word) || isPlainKey(word) || isTemplate(word)) return true;
  return word.includes("/") && looksLikePath(word);
}

/** The punctuation that stands around words of a sentence. */
const AROUND = /^["'(<[#@]*|[)>\]"',.;:!?]*$/g;

function isProseWord(word: string): boolean {
  const bare = word.replace(AROUND, "").replace(/(?<=\p{L})['’](?=\p{L})/gu, "");
  const [user = "", host, more] = bare.split("@");
  if (host !== undefined) return more === undefined && (user === "…" || isPlainWord(user)) && looksLikeName(host);
  return (
    bare.split(/[/&+-]|->|…/).every((part) => part === "" || isPlainWord(part)) ||
    isShownWord(bare) ||
    /^\W*$/.test(bare)
  );
}

/** Characters that no path in practice has stay out, and a segment that looks random makes it something else. */
const PATH = /^[\p{L}\p{N}\p{M} ._\-+@%:,~=$(){}[\]<>*?/\\#!&^']+$/u;
/** Where a path may begin: at a folder of any name in lower case, or at a place that is known. */
const PATH_START = /^(?:\/?[\p{Ll}\p{N}._~-]|\/?[$<{[]|\/$|\/[\p{L}._-]+$|\/Users\/|[A-Za-z]:[\\/])/u;

function looksLikePath(path: string): boolean {
  if (path === "" || path.length > 4096 || !PATH.test(path)) return false;
  if (!path.includes("/") && !/^[\p{L}\p{N}_.-]+$/u.test(path)) return false;
  if (path.startsWith("file:///")) return looksLikePath(path.slice("file://".length));
  if (path.includes("://") || (path.includes(" ") && !/^[/~.{$<A-Z]/.test(path))) return false;
  return (
    PATH_START.test(path) &&
    !path.split("/").some((segment) => isRandom(segment) || isOddSegment(segment) || /:.*@/.test(segment))
  );
}

/** True for a name with several kinds of punctuation that names of files rarely have one of. */
function isOddSegment(segment: string): boolean {
  return !segment.includes(" ") && new Set(segment.match(/[!#&^'%\\]/g)).size > 1;
}

/** True for what a generator made rather than a person: a part with upper case, lower case and digits in quick turns. */
function isRandom(text: string): boolean {
  return text.split(/[-_.=:,]/).some(isRandomWord);
}

function isRandomWord(word: string): boolean {
  if (word.length < 12) return false;
  let turns = 0;
  let before = "";
  const kinds = new Set<string>();
  for (const character of word) {
    const kind = kindOf(character);
    if (kind !== "other") kinds.add(kind);
    // A capital before small letters begins a word.
    if (before !== "" && kind !== before && !(before === "upper" && kind === "lower")) turns += 1;
    before = kind;
  }
  return kinds.size === 3 && turns * 4 >= word.length;
}

function kindOf(character: string): "upper" | "lower" | "digit" | "other" {
  if (character >= "0" && character <= "9") return "digit";
  if (character >= "a" && character <= "z") return "lower";
  return character >= "A" && character <= "Z" ? "upper" : "other";
}

function described(text: string, what: string): string {
  if (text.includes("-----BEGIN ")) return "(a PEM, which is not shown)";
  const lines = text.split("\n").length;
  return lines > 1 ? `(a text of ${lines} lines that ${what})` : `(a text of ${text.length} characters that ${what})`;
}

/** What stands in the place of a text already: a report may be read back. */
const DESCRIPTION =
  /^\((?:a text of \d+ (?:characters|lines) that is (?:not a [a-z]+|not an [a-z]+|not shown|marked secret)|a PEM, which is not shown)\)$/;

/**
 * Control characters, line and paragraph separators, marks of direction, halves of surrogate pairs, and what begins a command
 * of a workflow in a line that is printed (`::error::` and `##[error]`; actions/runner, ActionCommand.cs). What looks back
 * does so from the character it is about: from every place it would take time by the square of the length.
 */
const OBEYED =
  /[\p{Cc}\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]|:(?<=^\s*:)(?=:[A-Za-z][\s\S]*::)|#(?=#\[)/gu;

/** From a line that begins a PEM block to the line that ends it, or to the end of the text. */
function withoutPem(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let start = text.indexOf(BEGIN); start >= 0; start = text.indexOf(BEGIN, from)) {
    const end = text.indexOf(END, start);
    const close = end < 0 ? -1 : text.indexOf("-----", end + END.length);
    pieces.push(text.slice(from, start), "(a PEM, which is not shown)");
    from = close < 0 ? text.length : close + 5;
  }
  return pieces.length === 0 ? text : pieces.join("") + text.slice(from);
}

const BEGIN = "-----BEGIN ";
const END = "-----END ";

/** What Go and kubeadm quote of a text that they could not read (`%q`, "!!str `x`", anchors). */
const QUOTED = /"|(?<=!![a-z]{1,12} )`[^`]*`|(?<=anchor )'[^']*'/g;
/** From the quote that opens a Go string to the one that closes it. */
const GO_STRING = /"(?:[^"\\\n]|\\[^\n])*"/y;

/** What kubeadm repeats without quotes of a text that it did not expect. */
const UNQUOTED =
  /(?<=document separator: |GroupVersion string: |unmount flag |usage string: |as an integer: )[^\s,]+|(?<= )\S+(?= is not a valid feature name)/g;
/** `kubeadm.k8s.io/v1beta4, Kind=ClusterConfiguration`, which a document may have anything as. */
const UNQUOTED_KIND =
  /(?<=for GroupVersionKind )[^\n]*?(?=: kind and apiVersion|$)|(?<=unable to decode )[^\n]*?(?= into the configuration|$)/gm;
/** What the check of `controlPlaneEndpoint` repeats. */
const UNQUOTED_ENDPOINT = /(?<=\bhostport )[^\n]*?(?=: |$)/gm;
const UNQUOTED_PORT = /(?<=: port )[^\n]*?(?= must be a valid|$)/gm;
const UNQUOTED_HOST = /(?<=: host ')[^\n]*?(?=' must be a valid|$)/gm;
/** `ansible_become_pass=…` and the like, wherever a message repeats a line. */
const ASSIGNED = /\b([a-z_]{0,60}(?:pass|password|passwd|passphrase|secret|token|credentials?|pw))=[^\s,)]+/gi;

function withoutQuotedValues(text: string): string {
  const plain = text
    .replace(UNQUOTED, publicWord)
    .replace(UNQUOTED_ENDPOINT, publicEndpoint)
    .replace(UNQUOTED_PORT, publicWord)
    .replace(UNQUOTED_HOST, publicName)
    .replace(UNQUOTED_KIND, (kind) => (isPlainValue(kind) ? kind : "…"))
    .replace(ASSIGNED, "$1=…");
  const pieces: string[] = [];
  let from = 0;
  // The end of a line in which no further string closes: looking again at each quote would take time by its square.
  let unclosed = 0;
  const quotes = new RegExp(QUOTED);
  const strings = new RegExp(GO_STRING);
  for (let found = quotes.exec(plain); found !== null; found = quotes.exec(plain)) {
    const [opened] = found;
    if (opened === '"' && found.index < unclosed) continue;
    strings.lastIndex = found.index;
    const quoted = opened === '"' ? strings.exec(plain)?.[0] : opened;
    if (quoted === undefined) {
      const end = plain.indexOf("\n", found.index);
      unclosed = end < 0 ? plain.length : end;
      continue;
    }
    quotes.lastIndex = found.index + quoted.length;
    pieces.push(plain.slice(from, found.index), shownQuote(quoted));
    from = quotes.lastIndex;
  }
  return pieces.join("") + plain.slice(from);
}

function shownQuote(quoted: string): string {
  const mark = quoted.charAt(0);
  return mark === '"' && isPublicQuote(quoted.slice(1, -1)) ? quoted : `${mark}…${mark}`;
}

/** What Go itself puts in quotes: types of PEM blocks, errors of its libraries. */
const OF_GO = /^(?:(?:[A-Z]{2,5} )?PRIVATE KEY|CERTIFICATE|(?:x509|crypto\/[a-z\d]+): [A-Za-z\d :-]+)$/;

/** A value, the text of a template, or words of Go. */
function isPublicQuote(quote: string): boolean {
  if (OF_GO.test(quote)) return true;
  return (
    isPlainValue(quote) ||
    (/[{<$%]/.test(quote) && quote.split(/[\s,;|=()]+/).every((word) => word === "" || isShownWord(word)))
  );
}

/** Words in small letters, field names, versions, paths, addresses, URLs, and lists of those. */
const PLAIN_WORD = /^(?:[\p{Ll}\d_.:/[\]@*-]+|[A-Za-z]+(?:\.[A-Za-z]+)*)$/u;

/** The address of a server, or of a file or socket: `https://10.0.0.1:2379`, `unix:///run/containerd.sock`. */
function isUrl(word: string): boolean {
  const [, rest] = /^\[?[a-z]{2,5}:\/\/(.*)$/s.exec(word) ?? [];
  if (rest === undefined) return false;
  const url = word.replace(/^\[|\]$/g, "");
  return rest.startsWith("/") ? looksLikePath(rest.replace(/\]$/, "")) : publicEndpoint(url) === url;
}

/** `{{ item }}`, `${HOST}`, `<node>`, `%s`: what a template names is a name. An index alone makes no template. */
function isTemplate(word: string): boolean {
  return /^[${}<>%[\]\w.:/-]+$/.test(word) && /[{}<>%]/.test(word) && !isRandom(word);
}

/** `user:password@host`, and `token@host` behind a scheme: only the host stays. A user name in small letters may stay. */
function withoutCredentials(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > from && !' \t\n"`'.includes(text.charAt(start - 1))) start -= 1;
    const before = text.slice(start, at);
    const scheme = /^[\w(<[]*:\/\//.exec(before)?.[0] ?? "";
    const user = before.slice(scheme.length);
    if (user === "" || /^[\p{Ll}_][\p{Ll}\d_.-]{0,31}$/u.test(user) || text.startsWith("sha256:", at + 1)) continue;
    if (/^[\w./-]+$/.test(user) && scheme === "" && !/[A-Z]/.test(user)) continue;
    pieces.push(text.slice(from, start), scheme, "…@");
    from = at + 1;
  }
  return pieces.length === 0 ? text : pieces.join("") + text.slice(from);
}

const WORD = /[A-Za-z0-9+/=_-]{16,}/g;
const TOKEN = /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g;

/** Words of base64 and the like, and bootstrap tokens. */
function withoutRandomWords(text: string): string {
  return text
    .replace(TOKEN, (token) => (/\d/.test(token) && /[a-z]/.test(token) ? "(a token, which is not shown)" : token))
    .replace(WORD, (word) =>
      word.split("/").some(isRandom) ? `(${word.length} characters that are not shown)` : word,
    );
}
