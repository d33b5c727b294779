import { goTrimSpace } from "../go/go-text";

/** One document of a file, with the 0-based line on which it starts. */
export interface DocumentText {
  readonly text: string;
  readonly firstLine: number;
}

export interface SplitReading {
  readonly documents: readonly DocumentText[];
  /** Why splitting stopped after these documents; the line is 0-based. */
  readonly fault: { readonly words: string; readonly line: number } | undefined;
}

/**
 * Splits a file at its `---` lines as kubeadm does (apimachinery util/yaml YAMLReader and LineReader, 0.30.14 to
 * 0.37.2): line ends become `\n`; a marker before any text stays in the text; only a comment may follow a marker.
 */
export function splitDocuments(text: string): SplitReading {
  const lines = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  if (lines.at(-1) === "" && text.endsWith("\n")) lines.pop();
  if (text === "") return { documents: [], fault: undefined };
  const documents: DocumentText[] = [];
  let current: string[] = [];
  let firstLine = 0;
  const finish = (next: number): void => {
    if (current.length > 0) documents.push({ text: `${current.join("\n")}\n`, firstLine });
    current = [];
    firstLine = next;
  };
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("---")) {
      const rest = goTrimSpace(line.slice(3));
      if (rest !== "" && !rest.startsWith("#")) {
        return { documents, fault: { words: `invalid Yaml document separator: ${rest}`, line: index } };
      }
      if (current.length > 0) {
        finish(index + 1);
        continue;
      }
    }
    current.push(line);
  }
  finish(lines.length);
  return { documents, fault: undefined };
}
