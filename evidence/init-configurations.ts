import type { DocumentFile } from "../cluster/documents";
import type { Presence, UndecidedReason } from "../cluster/presence";
import type { StackParts } from "../cluster/stack-parts";
import { type UploadedOnMachine, uploadedConfigs } from "../cluster/uploaded-configs";
import { clusterDocument } from "../kubeadm/config/cluster-document";
import { configurationText } from "../kubeadm/config/configuration-text";
import type { Content } from "../machine/content";
import type { Source } from "../machine/source";
import type { Reason, SourceName } from "../reasons/reason";
import type { KubeadmConfig, KubeadmConfigText } from "./kubeadm-config";
import type { StackResource } from "./stack-resource";

/** Reads a file of the program's folder; undefined where nothing may be read, or the folder is not known. */
export type ReadProgramFile = (path: string) => DocumentFile | undefined;

/**
 * The kubeadm-configs that kubeadm makes of files which the program puts on a machine (`kubeadm init --config`): one for each
 * text. Their resource is the one that brings the file.
 */
export function initConfigurations(
  resources: readonly StackResource[],
  stack: StackParts,
  readFile: ReadProgramFile,
): readonly KubeadmConfig[] {
  const byUrn = new Map<string, StackResource>(resources.map((resource) => [resource.urn, resource]));
  const configs = new Map<string, KubeadmConfig>();
  for (const uploaded of uploadedConfigs(stack)) {
    const runs = resourceOf(uploaded.source, byUrn);
    if (runs === undefined) continue;
    const file = uploaded.file?.kind === "present" ? uploaded.file.file : undefined;
    const resource = resourceOf(file?.origin ?? file?.source, byUrn) ?? runs;
    // Without a ClusterConfiguration kubeadm makes one of its own, which need not be checked.
    const text = textOf(uploaded, (path) => (isMadeByUpdate(resource, byUrn) ? undefined : readFile(path)));
    if (text.kind === "file" && text.document === undefined) continue;
    const key = text.kind === "file" ? (text.document?.text ?? "") : uploaded.names.join(" ");
    const same = configs.get(key);
    configs.set(key, {
      resource: same?.resource ?? resource,
      text,
      selectors: [...(same?.selectors ?? []), ...namesOf(resource), ...namesOf(runs), ...uploaded.names],
      initialized: {
        path: uploaded.path ?? "--config",
        machine: [...(same?.initialized?.machine ?? []), ...uploaded.names],
      },
    });
  }
  return [...configs.values()];
}

function resourceOf(source: Source | undefined, byUrn: ReadonlyMap<string, StackResource>): StackResource | undefined {
  return source?.urn === undefined ? undefined : byUrn.get(source.urn);
}

function namesOf({ urn, name }: StackResource): readonly string[] {
  return [urn, name];
}

/** True where something that runs on the machine of the program may make the file that is copied. */
function isMadeByUpdate({ dependencies }: StackResource, byUrn: ReadonlyMap<string, StackResource>): boolean {
  return dependencies.some((urn) => MAKES_FILES.test(byUrn.get(urn)?.type ?? ""));
}

const MAKES_FILES = /^(?:command:local:|local:|pulumi-(?:nodejs|python):dynamic)/;

function textOf(uploaded: UploadedOnMachine, readFile: ReadProgramFile): KubeadmConfigText {
  const content = uploaded.file?.kind === "present" ? textIn(uploaded.file.file.content, readFile) : undefined;
  if (content?.kind === "text") {
    const text = configurationText(content.text);
    return { kind: "file", text, document: clusterDocument(text) };
  }
  const open = uploaded.file === undefined ? undefined : undecidedBy(uploaded.file);
  const data = {
    path: uploaded.path ?? null,
    command: nameOf(uploaded.source),
    source: open?.source === undefined ? null : nameOf(open.source),
    because: content?.reason ?? open?.reason ?? null,
  };
  return { kind: "undecided", reason: { id: "kubeadm-config-file-unknown", data } };
}

type KnownContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "undecided"; readonly reason: Reason }
  | undefined;

/** The text of a file on a node, or of the file of the program that was copied there. */
function textIn(content: Content, readFile: ReadProgramFile): KnownContent {
  if (content.kind === "text") return content;
  if (content.kind === "unknown-until-update")
    return { kind: "undecided", reason: { id: "content-unknown-until-update", data: { waitsFor: content.waitsFor } } };
  if (content.kind !== "not-shown" || content.localFile === undefined) return undefined;
  const file = readFile(content.localFile);
  return file?.kind === "text" ? file : undefined;
}

/** Why it is not known what is there; nothing to add where no source is about it. */
function undecidedBy(file: Presence): UndecidedReason | undefined {
  const reasons = file.kind === "undecided" ? file.reasons : [];
  return reasons.find(({ source }) => source !== undefined);
}

function nameOf({ name, kind }: Source): SourceName {
  return { name, kind };
}
