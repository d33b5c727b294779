import { load, YAMLException } from "js-yaml";
import { publicProblem } from "../machine/public-text";

export type YamlOrJson =
  | { readonly kind: "value"; readonly value: unknown }
  /** `why` is the end of a sentence; it quotes nothing of the text. */
  | { readonly kind: "problem"; readonly why: string };

/**
 * Reads one document of YAML 1.2 or JSON. Never throws. What YAML aliases share stays shared in the value, which may even
 * contain itself: whoever walks it has to bound the walk.
 */
export function readYamlOrJson(text: string): YamlOrJson {
  const plain = text.replace(/^\ufeff/, "");
  try {
    const value: unknown = JSON.parse(plain);
    return { kind: "value", value };
  } catch {
    return readYaml(plain);
  }
}

const MOST_ALIASES = 10_000;

function readYaml(text: string): YamlOrJson {
  try {
    return { kind: "value", value: load(text, { maxAliases: MOST_ALIASES }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark?.line;
    return {
      kind: "problem",
      why: `it is neither YAML nor JSON: ${publicProblem(error.reason)}${line === undefined ? "" : ` (line ${line + 1})`}`,
    };
  }
}
