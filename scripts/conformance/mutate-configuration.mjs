import { ANY, VALUES, words } from "./configuration-values.mjs";
import { externalEtcd, soundConfiguration } from "./sound-configuration.mjs";
import { writeConfiguration } from "./write-configuration.mjs";

/**
 * Random kubeadm configuration files for the comparison with `kubeadm config validate`: a sound configuration, changed
 * in its fields, types and versions, written in one of YAML's many ways, and then changed as text. Pure and seeded.
 */

/**
 * One file. `apiVersion` is "v1beta3" or "v1beta4", `minor` the minor release that is asked. The same arguments give
 * the same text.
 * @param {{seed: number, apiVersion: string, minor: number}} options
 * @returns {string}
 */
export function mutateConfiguration({ seed, apiVersion, minor }) {
  const random = randomFrom(seed);
  const documents = soundConfiguration(random, apiVersion, minor);
  const changes = random.pick([0, 1, 1, 1, 2, 3]);
  for (let i = 0; i < changes; i++) changeTree(random, documents);
  let text = writeConfiguration(random, documents);
  const edits = random.pick([0, 0, 0, 0, 1, 1, 2]);
  for (let i = 0; i < edits; i++) text = editText(random, text);
  return text;
}

/** A seeded source of choices (mulberry32). */
export function randomFrom(seed) {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (values) => values[below(values.length)],
  };
}

// ---- changes of fields

function changeTree(random, documents) {
  const document = random.pick(documents);
  if (document === undefined) return;
  const places = [...placesOf(document)];
  const place = random.pick(places);
  const { holder, name } = place;
  random.pick([setValue, setValue, setValue, setValue, setAny, remove, addField, renameField, switchShape, bothEtcds])(
    random,
    { document, places, holder, name },
  );
}

function* placesOf(node) {
  if (node === null || typeof node !== "object") return;
  for (const name of Object.keys(node)) {
    yield { holder: node, name };
    yield* placesOf(node[name]);
  }
}

function setValue(random, { document, places, holder, name }) {
  if (random.chance(0.25)) return addKnown(random, document);
  const sensitive = places.filter((place) => place.name in VALUES);
  const place = sensitive.length > 0 ? random.pick(sensitive) : { holder, name };
  place.holder[place.name] = copy(random.pick(VALUES[place.name] ?? ANY));
}

/** A field that the document could have, with a value of its kind. */
function addKnown(random, document) {
  const homes = [document, ...[...placesOf(document)].map(({ holder, name }) => holder[name])];
  const home = random.pick(homes.filter((home) => home !== null && typeof home === "object" && !Array.isArray(home)));
  const name = random.pick(Object.keys(VALUES));
  home[name] = copy(random.pick(VALUES[name]));
}

function setAny(random, { holder, name }) {
  holder[name] = copy(random.pick(ANY));
}

function remove(_random, { holder, name }) {
  if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete holder[name];
}

function addField(random, { document, holder }) {
  const target = Array.isArray(holder) ? document : holder;
  target[random.pick(words("foo Foo extraArg certsans externel endpoint null 1 true << a.b"))] = copy(random.pick(ANY));
}

function renameField(random, { holder, name }) {
  if (Array.isArray(holder)) return;
  const renamed = random.pick([
    name.toLowerCase(),
    name.toUpperCase(),
    `${name}s`,
    ` ${name}`,
    `${name} `,
    name.slice(1),
  ]);
  const value = holder[name];
  delete holder[name];
  holder[renamed] = value;
}

/** extraArgs as a list where a map is due, and the other way round. */
function switchShape(random, { places }) {
  const place = random.pick(places.filter(({ name }) => /ExtraArgs|extraArgs/.test(name)));
  if (place === undefined) return;
  const value = place.holder[place.name];
  if (Array.isArray(value)) {
    place.holder[place.name] = Object.fromEntries(value.map((arg) => [arg?.name ?? "", arg?.value ?? ""]));
  } else if (value !== null && typeof value === "object") {
    place.holder[place.name] = Object.entries(value).map(([name, value]) => ({ name, value }));
  }
}

function bothEtcds(_random, { document }) {
  if (document.kind !== "ClusterConfiguration") return;
  document.etcd = { local: { dataDir: "/var/lib/etcd" }, external: externalEtcd() };
}

function copy(value) {
  return value === null || typeof value !== "object" ? value : JSON.parse(JSON.stringify(value));
}

// ---- changes of the text

export function editText(random, text) {
  return random.pick([
    (text) => text.replaceAll("\n", "\r\n"),
    (text) => `\ufeff${text}`,
    duplicateLine,
    duplicateLine,
    removeLine,
    swapLines,
    (text, random) => indentLine(text, random, random.pick([" ", "  ", "\t"])),
    dedentLine,
    insertCharacter,
    insertCharacter,
    removeCharacter,
    (text) => `${text}---\n${text}`,
    (text, random) =>
      `${text}${random.pick(["---\n", "---\napiVersion: v1\n", "...\n", "--- foo\n", "---\n# end\n", "%YAML 1.1\n"])}`,
    (text, random) =>
      `${random.pick(["%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%TAG ! tag:x,2000:\n---\n", "\t\n", "# x\n"])}${text}`,
    (text, random) => replaceValue(text, random, random.pick(SCALARS)),
    (text, random) => replaceValue(text, random, random.pick(SCALARS)),
    blockScalar,
    trailingBlank,
    mergeKey,
    (text) => text.slice(0, Math.floor(text.length * 0.7)),
    (text) => text.replace(/\n$/, ""),
  ])(text, random);
}

const SCALARS = [
  ...[...words("yes No on off y ~ null 0755 0o17 0x1F 0b11 1_000 1e3 .5 .inf .nan +1 -0"), ""],
  ...[
    "2030-01-01",
    "12:30:45",
    "1.30",
    "!!str 123",
    '!!int "3"',
    "!!bool yes",
    "!!binary YWJj",
    "!!float 3",
    "!foo x",
    "! 12",
  ],
  ...[
    "*unknown",
    "&a x",
    "{{ template }}",
    "{% if %}",
    "$VAR",
    "$(cmd)",
    "<placeholder>",
    "[object Object]",
    "@x",
    "`x`",
    "%x",
  ],
  ...[
    "'it''s'",
    "'open",
    '"a\\tb"',
    '"a\\/b"',
    '"a\\x41"',
    '"\\u00e4"',
    '"open',
    "a: b",
    "a #b",
    "a#b",
    "- x",
    "? x",
    "[a, b",
    "{a: b",
  ],
  ...[
    "|",
    ">",
    "|-\n    text",
    ">-\n    folded\n    text",
    "a\n  b",
    "#",
    "key: [",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
    '""',
  ],
];

function lineNumber(random, lines) {
  return random.below(Math.max(1, lines.length - 1));
}

function duplicateLine(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines.splice(random.chance(0.7) ? at : lineNumber(random, lines), 0, lines[at]);
  return lines.join("\n");
}

function removeLine(text, random) {
  const lines = text.split("\n");
  lines.splice(lineNumber(random, lines), 1);
  return lines.join("\n");
}

function swapLines(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines.splice(at, 2, ...lines.slice(at, at + 2).reverse());
  return lines.join("\n");
}

function indentLine(text, random, by) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines[at] = by + lines[at];
  return lines.join("\n");
}

function dedentLine(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines[at] = lines[at].replace(/^ {1,2}/, "");
  return lines.join("\n");
}

function insertCharacter(text, random) {
  const at = random.below(text.length + 1);
  return (
    text.slice(0, at) +
    random.pick([..." \t:-#'\"{}[],&*!|>%@?\\\n", "\u00e4", "\u0001", "\u2028", "\u0085", "\u00a0", "\ufeff", ": "]) +
    text.slice(at)
  );
}

function removeCharacter(text, random) {
  const at = random.below(Math.max(1, text.length));
  return text.slice(0, at) + text.slice(at + 1);
}

function replaceValue(text, random, value) {
  const lines = text.split("\n");
  const places = lines.flatMap((line, index) => (/^\s*(- )?[^#:]+: \S/.test(line) ? [index] : []));
  const at = random.pick(places);
  if (at === undefined) return text;
  lines[at] = lines[at].replace(/: .*$/s, () => `: ${value}`);
  return lines.join("\n");
}

function blockScalar(text, random) {
  const header = random.pick(words("| |- >- |2 |+ >"));
  return text.replace(/: (\/[^\n]*|v1[^\n]*)$/m, (_match, value) => `: ${header}\n      ${value}`);
}

function trailingBlank(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines[at] += random.pick([" ", "\t", " # c", "\t# c"]);
  return lines.join("\n");
}

function mergeKey(text, random) {
  return random.pick([
    `x: &base {imageRepository: registry.k8s.io}\n<<: *base\n${text}`,
    `${text}<<: {clusterName: merged}\n`,
    `${text}<<: [{clusterName: a}, {clusterName: b}]\n`,
    `${text}<<: x\n`,
    text.replace(/^dns:$/m, "dns:\n  <<: {imageTag: x}"),
    text.replace(/^networking:$/m, "networking:\n  ? dnsDomain\n  : x"),
  ]);
}
