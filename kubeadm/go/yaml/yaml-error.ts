/** A place in a text, 0-based; `index` counts characters. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Why go-yaml refuses a text: its own words, and the real place. Thrown and caught inside this folder only. */
export class YamlError extends Error {
  constructor(
    readonly problem: string,
    readonly at: Mark | undefined,
    /** The words stand alone, without `yaml: ` (errors of sigs.k8s.io/yaml itself). */
    readonly plain = false,
  ) {
    super(`yaml: ${problem}`);
  }
}

/**
 * An error of the scanner or the parser, with the line that go-yaml would print (decode.go parser.fail, v2.4.0): for a
 * parser error that is one less than the real line, for a problem on the first line it is the context's line, or none.
 */
export function syntaxError(stage: "scanner" | "parser", problem: string, at: Mark, context?: Mark): YamlError {
  const printed = at.line !== 0 ? at.line + (stage === "scanner" ? 1 : 0) : (context?.line ?? 0);
  return new YamlError(printed === 0 ? problem : `line ${printed}: ${problem}`, at);
}
