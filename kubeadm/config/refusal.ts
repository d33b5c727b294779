import { goQuote } from "../go/go-syntax";
import type { JsonNode } from "../go/json/json-node";
import { type DocumentKind, printDocumentKind, printDocumentKindSyntax } from "./document-kind";
import type { FieldPath } from "./field-path";
import { schemeName } from "./kubeadm-versions";
import { type KubernetesVersionFault, kubernetesVersionFaultText } from "./kubernetes-version-fault";
import type { RuleId } from "./validation/rule-fault";

/** A value of the wrong kind. */
export interface UndecodableField {
  readonly path: FieldPath;
  /** The kind of value that stands there. */
  readonly found: JsonNode["kind"];
  readonly words: string;
}

/**
 * What kubeadm refuses a configuration for, by ids that are permanent from 1.0 on. `words` are those of the part of kubeadm or
 * Go that stops: a parser, a decoder, a rule. `refusalText` makes kubeadm's message of it.
 */
export type Refusal = RefusalOfConfigMap | RefusalOfFile | RefusalOfEither;

/** What stops kubeadm while it reads `data.ClusterConfiguration`. */
export type RefusalOfConfigMap =
  | { readonly id: "textTooLong"; readonly length: number }
  | { readonly id: "textUndecodable"; readonly words: string }
  | { readonly id: "kindUndecodable"; readonly words: string }
  | { readonly id: "apiVersionMissing" }
  | { readonly id: "kindNotRegistered"; readonly document: DocumentKind; readonly minor: number }
  | ({ readonly id: "fieldUndecodable" } & UndecodableField)
  /** `type` is Go's name of the type that the document is decoded into. */
  | { readonly id: "kindNotConvertible"; readonly type: string }
  | RefusalOfEither;

/** What stops `kubeadm config validate`, or a command that is given a file. */
export type RefusalOfFile =
  | { readonly id: "documentSeparatorInvalid"; readonly words: string }
  | { readonly id: "yamlInvalid"; readonly words: string }
  | { readonly id: "jsonInvalid"; readonly words: string }
  | { readonly id: "kindInvalid"; readonly words: string }
  | { readonly id: "kindMissing"; readonly document: DocumentKind }
  | { readonly id: "kindTwice"; readonly kind: string }
  | { readonly id: "unknownApi"; readonly documents: readonly DocumentKind[] }
  /** `migrateWith` is the release whose `kubeadm config migrate` still reads it. */
  | {
      readonly id: "apiVersionRemoved";
      readonly document: DocumentKind;
      readonly minor: number;
      readonly migrateWith: string;
    }
  | { readonly id: "apiVersionExperimental"; readonly document: DocumentKind; readonly minor: number }
  | { readonly id: "componentKindUnknown"; readonly document: DocumentKind }
  | ({ readonly id: "typeWrong" | "valueInvalid"; readonly document: DocumentKind | undefined } & UndecodableField)
  /** `keyLine` is the line that go-yaml prints for it, 1-based in its document; `key` as Go prints it. */
  | { readonly id: "duplicateField"; readonly document: DocumentKind; readonly keyLine: number; readonly key: string }
  | { readonly id: "unknownField"; readonly document: DocumentKind; readonly words: string }
  | { readonly id: RuleId; readonly words: string }
  | RefusalOfEither;

export type RefusalOfEither =
  | { readonly id: "kubernetesVersionInvalid"; readonly fault: KubernetesVersionFault }
  | { readonly id: "controlPlaneEndpointInvalid"; readonly words: string };

/** The refusal in kubeadm's words, without secrets. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.id) {
    case "textTooLong":
      return `the text has ${refusal.length} characters; a ConfigMap holds at most 1 MiB`;
    case "textUndecodable":
    case "kindUndecodable":
    case "fieldUndecodable":
      return `${DECODING}${refusal.words}`;
    case "apiVersionMissing":
      // kubeadm goes on with "in '…'" and the whole text.
      return `${DECODING}Object 'apiVersion' is missing`;
    case "kindNotRegistered": {
      const { document, minor } = refusal;
      return `${DECODING}no kind ${goQuote(document.kind)} is registered for ${versionWords(document)} in scheme "${schemeName(minor)}"`;
    }
    case "kindNotConvertible":
      return `${DECODING}converting (${refusal.type}) to (kubeadm.ClusterConfiguration): unknown conversion`;
    case "yamlInvalid":
      return `could not interpret GroupVersionKind; unmarshal error: error converting YAML to JSON: ${refusal.words}`;
    case "kindMissing":
      return `invalid configuration for GroupVersionKind ${printDocumentKind(refusal.document)}: kind and apiVersion is mandatory information that must be specified`;
    case "kindTwice":
      return `invalid configuration: kind ${goQuote(refusal.kind)} is specified twice in YAML file`;
    case "unknownApi":
      return `unknown configuration APIs: []schema.GroupVersionKind{${refusal.documents.map(printDocumentKindSyntax).join(", ")}}`;
    case "apiVersionRemoved": {
      const { document, minor, migrateWith } = refusal;
      // The words of 1.30, or those of 1.31 and later (util/config/common.go validateSupportedVersion).
      const [old, fresh] = minor >= 31 ? ["old-config-file", "new-config-file"] : ["old.yaml", "new.yaml"];
      return `your configuration file uses an old API spec: ${printedApi(document, minor)}. Please use kubeadm ${migrateWith} instead and run 'kubeadm config migrate --old-config ${old} --new-config ${fresh}', which will write the new, similar spec using a newer API version.`;
    }
    case "apiVersionExperimental":
      return `experimental API spec: ${printedApi(refusal.document, refusal.minor)} is not allowed. You can use the --allow-experimental-api flag if the command supports it.`;
    case "componentKindUnknown":
      return `unable to decode ${printDocumentKind(refusal.document)} into the configuration of its component`;
    case "typeWrong":
    case "valueInvalid":
      return refusal.document === undefined ? refusal.words : unmarshaling(refusal.document) + refusal.words;
    case "duplicateField":
      return `${unmarshaling(refusal.document)}strict decoding error: yaml: unmarshal errors:\n  line ${refusal.keyLine}: key ${refusal.key} already set in map`;
    case "unknownField":
      return `${unmarshaling(refusal.document)}strict decoding error: ${refusal.words}`;
    case "kubernetesVersionInvalid":
      return kubernetesVersionFaultText(refusal.fault);
    default:
      return refusal.words;
  }
}

/** util/config/cluster.go getInitConfigurationFromCluster. */
const DECODING = "failed to decode cluster configuration data: ";

function unmarshaling(document: DocumentKind): string {
  return `error unmarshaling configuration ${printDocumentKindSyntax(document)}: `;
}

/** The API version as messages about a file quote it. */
function printedApi({ group, version, kind }: DocumentKind, minor: number): string {
  return goQuote(`${group}/${version}`) + (minor >= 31 ? ` (kind: ${goQuote(kind)})` : "");
}

/** apimachinery runtime/error.go notRegisteredErr. */
function versionWords({ group, version }: DocumentKind): string {
  if (version === "__internal") return `the internal version of group ${goQuote(group)}`;
  return `version ${goQuote(group === "" ? version : `${group}/${version}`)}`;
}
