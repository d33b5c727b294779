import { parseJson } from "../go/json/parse-json";
import type { TextReading } from "../go/json/text-reading";
import { decodeYaml, yamlToJson } from "../go/yaml/yaml-to-json";
import { isDocumentKindField } from "./document-kind";
import { movedDown } from "./moved-down";
import { once } from "./once";
import { type SplitReading, splitDocuments } from "./split-documents";

/** A ConfigMap holds at most 1 MiB; a longer text never comes from one. */
export const MAX_LENGTH = 1_048_576;

/** One document, parsed when it is first asked for and never again. Places are those of the text that it stands in. */
export interface ParsedDocument {
  readonly text: string;
  /** 0-based. */
  readonly firstLine: number;
  /** True if it begins with `{`: the decoders of kubeadm's scheme take it for JSON and nothing else. */
  readonly isJson: boolean;
  /**
   * As the decoders of kubeadm's scheme read it, JSON or YAML (apimachinery serializer/recognizer, util/yaml
   * IsJSONBuffer). Text after the first document is not looked at.
   */
  readonly decoded: () => TextReading;
  /** As kubeadm reads a document of a file to find out what it is: YAML, with `apiVersion` and `kind` as text. */
  readonly interpreted: () => TextReading;
}

/** The text of a kubeadm-config or of a file for kubeadm, parsed once for all who ask. */
export interface ConfigurationText extends ParsedDocument {
  /** Its documents, as kubeadm splits a file. */
  readonly documents: () => ParsedDocuments;
}

export interface ParsedDocuments {
  readonly documents: readonly ParsedDocument[];
  /** Why splitting stopped after these documents. */
  readonly fault: SplitReading["fault"];
}

/**
 * kubeadm reads a ConfigMap's text as it stands, and a file by its documents, whose line ends it normalizes. Where both are the
 * same text, as they are where one document in LF stands alone, they share one parse.
 */
export function configurationText(text: string): ConfigurationText {
  const whole = parsedDocument(text, 0);
  return {
    ...whole,
    documents: once(() => {
      const { documents, fault } = splitDocuments(text);
      return {
        documents: documents.map((one) => (one.text === text ? whole : parsedDocument(one.text, one.firstLine))),
        fault,
      };
    }),
  };
}

/** A document without its neighbors, each line where it stands in their file. */
export function documentAlone(document: ParsedDocument): ConfigurationText {
  const text = "\n".repeat(document.firstLine) + document.text;
  return { ...document, text, firstLine: 0, documents: () => ({ documents: [document], fault: undefined }) };
}

function parsedDocument(text: string, firstLine: number): ParsedDocument {
  const isJson = isJsonText(text);
  const yaml = once(() => decodeYaml(text));
  const placed = (reading: TextReading) => movedDown(reading, firstLine);
  return {
    text,
    firstLine,
    isJson,
    decoded: once(() => placed(isJson ? readJson(text) : yamlToJson(yaml()))),
    interpreted: once(() => placed(yamlToJson(yaml(), isDocumentKindField))),
  };
}

function readJson(text: string): TextReading {
  const json = parseJson(text);
  if (json.kind === "value") return { ...json, next: undefined };
  return { kind: "error", words: `couldn't get version/kind; json parse error: ${json.words}`, at: json.at };
}

/** True if the text begins with `{` after white space (Go's unicode.IsSpace). */
function isJsonText(text: string): boolean {
  return /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/.test(text);
}
