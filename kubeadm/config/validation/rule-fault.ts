import { goQuote } from "../../go/go-syntax";

/** What a rule of kubeadm's validation finds in one document. */
export interface RuleFault {
  /** A lasting name of the rule, in camelCase. */
  readonly id: string;
  /** The field in the document; for a fault of a whole struct, the struct. */
  readonly path: readonly (string | number)[];
  /** kubeadm's words, without secrets. */
  readonly message: string;
}

/** A fault in the form of apimachinery's field.Invalid: `etcd.local.dataDir: Invalid value: "x": path is not absolute`. */
export function invalid(id: string, path: RuleFault["path"], value: string, detail: string): RuleFault {
  return invalidAs(id, path, goQuote(value), detail);
}

/** The same, with a value that is already printed as Go prints it. */
export function invalidAs(id: string, path: RuleFault["path"], value: string, detail: string): RuleFault {
  return { id, path, message: `${path.join(".")}: Invalid value: ${value}: ${detail}` };
}

/** A list of texts as Go prints it: `%#v`, or JSON since 1.34 (apimachinery field/errors.go ErrorBody). */
export function printGoStrings(texts: readonly string[], minor: number): string {
  const quoted = texts.map(goQuote);
  return minor >= 34 ? `[${quoted.join(",")}]` : `[]string{${quoted.join(", ")}}`;
}
