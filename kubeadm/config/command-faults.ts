import { decodeGo } from "../go/json/go-type";
import type { JsonNode } from "../go/json/json-node";
import type { ConfigurationText } from "./configuration-text";
import { type DocumentKind, documentKind } from "./document-kind";
import type { KubeadmRelease } from "./kubeadm-release";
import { KUBEADM_GROUP, readableApiVersions } from "./kubeadm-versions";
import type { RefusalOfFile } from "./refusal";
import { removedApi } from "./removed-api";
import { upgradeConfigurationType } from "./schema/upgrade-configuration-type";
import { validateUpgradeConfiguration } from "./validation/validate-upgrade-configuration";

/** What a command of kubeadm says of a file at which it stops. */
export interface CommandFault {
  readonly command: "kubeadm init" | "kubeadm upgrade apply";
  /** 1-based line in the file. */
  readonly line: number;
  readonly refusal: RefusalOfFile;
}

/**
 * For which of its documents the command that reads a file stops, although `kubeadm config validate` skips them:
 * in a file without InitConfiguration and ClusterConfiguration, documents of an API version that is gone (MasterConfiguration),
 * and an UpgradeConfiguration up to 1.35 (util/config/initconfiguration.go, upgradeconfiguration.go, common.go
 * ValidateConfig, 1.30.14 to 1.37.2). A file that cannot be split has none: `config validate` stops at it too.
 */
export function commandFaults(text: ConfigurationText, { minor }: KubeadmRelease): readonly CommandFault[] {
  const split = text.documents();
  if (split.fault !== undefined) return [];
  const documents: Document[] = [];
  for (const { decoded } of split.documents) {
    const reading = decoded();
    if (reading.kind === "error") return [];
    const kind = documentKind(reading.value, "yaml");
    if (kind.kind === "error") return [];
    documents.push({ kind: kind.value, value: reading.value });
  }
  if (documents.some(({ kind }) => kind.kind === "InitConfiguration" || kind.kind === "ClusterConfiguration"))
    return [];
  return documents.flatMap((document) => faultOf(document, minor) ?? []);
}

interface Document {
  readonly kind: DocumentKind;
  readonly value: JsonNode;
}

function faultOf({ kind, value }: Document, minor: number): CommandFault | undefined {
  const line = value.at.line + 1;
  if (kind.kind === "JoinConfiguration" || kind.kind === "ResetConfiguration") return undefined;
  const removed = removedApi(kind, minor);
  if (removed !== undefined) {
    const { migrateWith } = removed;
    return { command: "kubeadm init", line, refusal: { id: "apiVersionRemoved", document: kind, minor, migrateWith } };
  }
  const version = readableApiVersions(minor).find((one) => one === kind.version);
  const isOverlooked = kind.group === KUBEADM_GROUP && kind.kind === "UpgradeConfiguration" && minor < 36;
  if (!isOverlooked || version === undefined) return undefined;
  const command = "kubeadm upgrade apply";
  const decoded = decodeGo(upgradeConfigurationType(version, minor), value);
  if (decoded.error !== undefined) {
    const { path, found, words, at } = decoded.error;
    return { command, line: at.line + 1, refusal: { id: "typeWrong", document: undefined, path, found, words } };
  }
  const [broken] = validateUpgradeConfiguration(decoded.value);
  return broken && { command, line, refusal: { id: broken.id, words: broken.message } };
}
