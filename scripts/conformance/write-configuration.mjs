/** Writes trees of plain values as YAML or JSON, in one of many ways. */

/**
 * The text of a file with these documents, in a style that `random` picks.
 */
export function writeConfiguration(random, documents) {
  const style = {
    indent: random.pick([2, 2, 2, 4, 3]),
    listIndent: random.pick([0, 2]),
    quoting: random.pick(["plain", "plain", "double", "single", "mixed"]),
    flow: random.chance(0.15) ? 0.3 : 0,
    comments: random.chance(0.2) ? 0.1 : 0,
    aliases: random.chance(0.08),
  };
  if (random.chance(0.05))
    return documents.map((document) => `${JSON.stringify(document, null, random.pick([0, 2, "\t"]))}\n`).join("---\n");
  const texts = documents.map((document) => writeDocument(random, document, style));
  const separator = random.pick(["---\n", "---\n", "---\n", "--- \n", "--- # next\n", "...\n---\n"]);
  return (
    random.pick(["", "", "---\n", "# comment\n", "\n"]) +
    texts.join(separator) +
    random.pick(["", "", "", "...\n", "---\n", "\n"])
  );
}

function writeDocument(random, document, style) {
  const text = writeBlock(random, document, 0, style);
  return style.aliases ? withAlias(random, text) : text;
}

function writeBlock(random, node, depth, style) {
  if (node === null || typeof node !== "object" || Object.keys(node).length === 0 || random.chance(style.flow)) {
    return `${" ".repeat(depth)}${writeFlow(random, node, style)}\n`;
  }
  const lines = Array.isArray(node)
    ? node.map((item) => writeItem(random, item, depth, style))
    : Object.entries(node).map(([name, value]) => writeField(random, name, value, depth, style));
  return lines.join("");
}

function writeItem(random, item, depth, style) {
  if (item === null || typeof item !== "object" || Object.keys(item).length === 0) {
    return `${" ".repeat(depth)}- ${writeFlow(random, item, style)}\n`;
  }
  const inner = writeBlock(random, item, depth + 2, style);
  return `${" ".repeat(depth)}- ${inner.slice(depth + 2)}`;
}

function writeField(random, name, value, depth, style) {
  const comment = random.chance(style.comments) ? random.pick([" # note", "  # a: b"]) : "";
  const start = `${" ".repeat(depth)}${writeString(random, name, style)}:`;
  const simple = value === null || typeof value !== "object" || Object.keys(value).length === 0;
  if (simple || random.chance(style.flow)) return `${start} ${writeFlow(random, value, style)}${comment}\n`;
  const inner = depth + (Array.isArray(value) ? style.listIndent : style.indent);
  return `${start}${comment}\n${writeBlock(random, value, inner, style)}`;
}

function writeFlow(random, node, style) {
  if (Array.isArray(node)) return `[${node.map((item) => writeFlow(random, item, style)).join(", ")}]`;
  if (node !== null && typeof node === "object") {
    const fields = Object.entries(node).map(
      ([name, value]) => `${writeString(random, name, style)}: ${writeFlow(random, value, style)}`,
    );
    return `{${fields.join(", ")}}`;
  }
  if (node === null) return random.pick(["null", "~", "Null", ""]);
  if (typeof node === "boolean")
    return random.pick(node ? ["true", "yes", "on", "True", "Y"] : ["false", "no", "off", "FALSE", "n"]);
  if (typeof node === "number") return writeNumber(random, node);
  return writeString(random, node, style);
}

function writeNumber(random, number) {
  if (!Number.isInteger(number) || number < 0 || number > 1e15) return String(number);
  return random.pick([
    String(number),
    String(number),
    String(number),
    `0x${number.toString(16)}`,
    `0o${number.toString(8)}`,
    `0${number.toString(8)}`,
    `+${number}`,
    `${number}.0`,
    `${number}_`,
    `0b${number.toString(2)}`,
  ]);
}

function writeString(random, text, style) {
  const quoting = style.quoting === "mixed" ? random.pick(["plain", "double", "single"]) : style.quoting;
  const plain = /^[A-Za-z/][-A-Za-z0-9/._]*(:[-A-Za-z0-9/._]+)*$|^[0-9]+\.[0-9]+\.[0-9./]+$/.test(text);
  const safe = plain && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  if (quoting === "plain" && (safe || random.chance(0.01))) return text;
  if (quoting === "single" && !/[\n\t]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text);
}

/** Gives one mapping an anchor and uses it a second time, by name or as a merge key. */
function withAlias(random, text) {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) => (/^[a-zA-Z]+:$/.test(line) ? [index] : []));
  const at = random.pick(starts);
  if (at === undefined) return text;
  lines[at] = `${lines[at]} &shared`;
  const use = random.pick([
    "scheduler: *shared",
    "controllerManager:\n  <<: *shared",
    "apiServer: {<<: *shared}",
    "<<: *shared",
    "dns: *shared",
  ]);
  return `${lines.join("\n")}${use}\n`;
}
