import { decodeGo } from "../go/json/go-type";
import type { JsonNode } from "../go/json/json-node";
import { type DocumentKind, documentKind } from "./document-kind";
import type { KubeadmRelease } from "./kubeadm-release";
import { KUBEADM_GROUP, readableApiVersions } from "./kubeadm-versions";
import { oldApiWords } from "./old-api-words";
import { upgradeConfigurationType } from "./schema/upgrade-configuration-type";
import { splitDocuments } from "./split-documents";
import { textToJson } from "./text-to-json";
import { validateUpgradeConfiguration } from "./validation/upgrade-configuration-rules";

/** What a command of kubeadm says of a file at which it stops. */
export interface CommandFault {
  readonly command: "kubeadm init" | "kubeadm upgrade apply";
  /** 1-based line in the file. */
  readonly line: number;
  /** kubeadm's words. */
  readonly words: string;
}

/**
 * For which of its documents the command that reads a file stops, although `kubeadm config validate` passes them over:
 * in a file without InitConfiguration and ClusterConfiguration, documents of an API version that is gone (MasterConfiguration),
 * and an UpgradeConfiguration up to 1.35 (util/config/initconfiguration.go, upgradeconfiguration.go, common.go
 * ValidateConfig, 1.30.14 to 1.37.2). A file that cannot be taken apart has none: `config validate` stops at it too.
 */
export function commandFaults(text: string, { minor }: KubeadmRelease): readonly CommandFault[] {
  const split = splitDocuments(text);
  if (split.fault !== undefined) return [];
  const documents: Document[] = [];
  for (const { text, firstLine } of split.documents) {
    const reading = textToJson(text);
    if (reading.kind === "error") return [];
    const kind = documentKind(reading.value, "yaml");
    if (kind.kind === "error") return [];
    documents.push({ kind: kind.value, value: reading.value, firstLine });
  }
  if (documents.some(({ kind }) => kind.kind === "InitConfiguration" || kind.kind === "ClusterConfiguration"))
    return [];
  return documents.flatMap((document) => faultOf(document, minor) ?? []);
}

interface Document {
  readonly kind: DocumentKind;
  readonly value: JsonNode;
  readonly firstLine: number;
}

function faultOf({ kind, value, firstLine }: Document, minor: number): CommandFault | undefined {
  const line = firstLine + value.at.line + 1;
  if (kind.kind === "JoinConfiguration" || kind.kind === "ResetConfiguration") return undefined;
  const old = oldApiWords(kind, minor);
  if (old !== undefined) return { command: "kubeadm init", line, words: old };
  const version = readableApiVersions(minor).find((one) => one === kind.version);
  const isOverlooked = kind.group === KUBEADM_GROUP && kind.kind === "UpgradeConfiguration" && minor < 36;
  if (!isOverlooked || version === undefined) return undefined;
  const decoded = decodeGo(upgradeConfigurationType(version, minor), value);
  if (decoded.error !== undefined) {
    const { words, at } = decoded.error;
    return { command: "kubeadm upgrade apply", line: firstLine + at.line + 1, words };
  }
  const [broken] = validateUpgradeConfiguration(decoded.value);
  return broken === undefined ? undefined : { command: "kubeadm upgrade apply", line, words: broken.message };
}
