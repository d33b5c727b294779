import type { UploadedConfig } from "../cluster/disk/uploaded-config";
import type { DocumentFile } from "../cluster/documents";
import type { Presence, UndecidedReason } from "../cluster/presence";
import type { StackParts } from "../cluster/stack-parts";
import { type UploadsOnMachine, uploadedConfigs } from "../cluster/uploaded-configs";
import { clusterDocument } from "../kubeadm/config/cluster-document";
import { configurationText } from "../kubeadm/config/configuration-text";
import { namedDocuments } from "../kubeadm/config/named-documents";
import type { Content } from "../machine/content";
import { baseName } from "../machine/paths";
import type { Source } from "../machine/source";
import type { Reason, SourceName } from "../reasons/reason";
import { appliedConfiguration, patchedConfiguration } from "./applied-config";
import type { KubeadmConfig, KubeadmConfigText } from "./kubeadm-config";
import { fromProgramFolder } from "./program-folder";
import type { FindResource } from "./reader";
import { resourceByUrn } from "./resource-by-urn";
import type { StackResource } from "./stack-resource";

/** Reads a file of the program's folder; undefined where nothing may be read, or the folder is not known. */
export type ReadProgramFile = (path: string) => DocumentFile | undefined;

/** A kubeadm-config with what tells it from others: equal for equal texts. */
interface Made {
  readonly key: string;
  readonly byKubectl: boolean;
  readonly config: KubeadmConfig;
}

/**
 * The kubeadm-configs that kubeadm and kubectl make of files which the program puts on a machine or has itself (`kubeadm init
 * --config`, `kubectl apply -f`): one for each text. Their resource is the one that brings the file.
 */
export function kubeadmConfigsFromFiles(
  resources: readonly StackResource[],
  stack: StackParts,
  readFile: ReadProgramFile,
): readonly KubeadmConfig[] {
  const find = resourceByUrn(resources);
  const made = new Map<string, Made>();
  for (const machine of uploadedConfigs(stack)) {
    // The last one counts, and most of what kubectl applies is something else.
    const found = machine.uploads
      .toReversed()
      .map((upload) => madeOf(upload, machine, find, readFile))
      .find((one) => one !== undefined);
    if (found === undefined || found === "none") continue;
    const same = made.get(found.key);
    made.set(found.key, same === undefined ? found : { ...found, config: together(same.config, found.config) });
  }
  return withoutReplaced([...made.values()]).map(({ config }) => config);
}

/** What kubectl applies from elsewhere is applied to the cluster that kubeadm made before, where there is just one of each. */
function withoutReplaced(made: readonly Made[]): readonly Made[] {
  const [applied, another] = made.filter(({ byKubectl }) => byKubectl);
  const [first, second] = made.filter(({ byKubectl }) => !byKubectl);
  if (applied === undefined || another !== undefined || first === undefined || second !== undefined) return made;
  const { text, resource } = applied.config;
  return [{ ...applied, config: { ...together(applied.config, first.config), text, resource } }];
}

function together(one: KubeadmConfig, other: KubeadmConfig): KubeadmConfig {
  const machines = [one, other].flatMap(({ initialized }) => initialized?.machine ?? []);
  return {
    ...other,
    resource: one.resource,
    selectors: [...one.selectors, ...other.selectors],
    initialized: { path: other.initialized?.path ?? "--config", machine: machines },
  };
}

/**
 * The kubeadm-config of one file; undefined where it says nothing of the kubeadm-config, "none" where kubeadm makes one of its own,
 * which need not be checked.
 */
function madeOf(
  upload: UploadedConfig,
  { names, isLocal }: UploadsOnMachine,
  find: FindResource,
  readFile: ReadProgramFile,
): Made | "none" | undefined {
  const runs = resourceOf(upload.source, find);
  if (runs === undefined) return undefined;
  const file = upload.file?.kind === "present" ? upload.file.file : undefined;
  const resource = resourceOf(file?.origin ?? file?.source, find) ?? runs;
  const makers = isLocal ? MAKES_LOCAL_FILES : MAKES_FILES;
  const content = contentOf(upload, isLocal, (path) =>
    isMadeByUpdate(resource, find, makers) ? undefined : readFile(path),
  );
  const text = textOf(upload, content);
  if (text === "none" || text === undefined) return text;
  const byKubectl = !upload.form.kind.startsWith("kubeadm");
  const known = text.kind === "file" ? (text.document?.text ?? "") : text.kind === "text" ? text.text : undefined;
  const isObject = upload.form.kind === "manifest" || upload.form.kind === "patch";
  return {
    key: known ?? `${names.join(" ")} ${resource.urn}`,
    byKubectl,
    config: {
      resource,
      text,
      selectors: [...namesOf(resource), ...namesOf(runs), ...names],
      initialized: { path: isObject ? CONFIG_MAP_FIELD : fromProgramFolder(upload.path ?? "--config"), machine: names },
    },
  };
}

const CONFIG_MAP_FIELD = "data.ClusterConfiguration";

function resourceOf(source: Source | undefined, find: FindResource): StackResource | undefined {
  return source?.urn === undefined ? undefined : find(source.urn);
}

function namesOf({ urn, name }: StackResource): readonly string[] {
  return [urn, name];
}

/** True where something that runs on the machine of the program may make the file that is read there. */
function isMadeByUpdate({ dependencies }: StackResource, find: FindResource, makers: RegExp): boolean {
  return dependencies.some((urn) => makers.test(find(urn)?.type ?? ""));
}

const MAKES_FILES = /^(?:command:local:|local:|pulumi-(?:nodejs|python):dynamic)/;
/** What local commands do to files is followed where one of them runs kubectl. */
const MAKES_LOCAL_FILES = /^pulumi-(?:nodejs|python):dynamic/;

type KnownContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "undecided"; readonly reason: Reason }
  | undefined;

/** What the file holds: by the evidence, or, where nothing of the program makes it, as it lies in the program's folder now. */
function contentOf({ file, path }: UploadedConfig, isLocal: boolean, readFile: ReadProgramFile): KnownContent {
  if (file?.kind === "present") return textIn(file.file.content, readFile);
  if (!isLocal || path === undefined || file === undefined || undecidedBy(file) !== undefined) return undefined;
  const read = readFile(fromProgramFolder(path));
  return read?.kind === "text" ? read : undefined;
}

function textOf(upload: UploadedConfig, content: KnownContent): KubeadmConfigText | "none" | undefined {
  const { form } = upload;
  if (content?.kind !== "text") return isExpected(upload) ? undecided(upload, content?.reason) : undefined;
  switch (form.kind) {
    case "kubeadm":
    case "kubeadm-upgrade": {
      const text = configurationText(content.text);
      const document = clusterDocument(text);
      if (form.kind === "kubeadm-upgrade" && (document === undefined || isAboutUpgrade(text))) return undefined;
      return document === undefined ? "none" : { kind: "file", text, document };
    }
    case "manifest":
      return carried(appliedConfiguration(content.text, form.namespace));
    case "patch":
      return carried(patchedConfiguration(content.text));
    case "value":
      return carried(content.text);
  }
}

function carried(text: string | undefined): KubeadmConfigText | undefined {
  return text === undefined ? undefined : { kind: "text", text };
}

/** True for a file by which kubeadm is told about the upgrade alone, since 1.30. */
function isAboutUpgrade(text: ReturnType<typeof configurationText>): boolean {
  return namedDocuments(text)?.some(({ kind }) => kind?.kind === "UpgradeConfiguration") === true;
}

/** False for what is about something else as a rule: of it nothing is said while it is not known. */
function isExpected({ form, path }: UploadedConfig): boolean {
  if (form.kind === "kubeadm-upgrade") return form.isSure;
  return form.kind !== "manifest" || /kubeadm[-_.]?config/i.test(baseName(path ?? ""));
}

function undecided({ path, source, file }: UploadedConfig, because: Reason | undefined): KubeadmConfigText {
  const open = file === undefined ? undefined : undecidedBy(file);
  const data = {
    path: path === undefined ? null : fromProgramFolder(path),
    command: nameOf(source),
    source: open?.source === undefined ? null : nameOf(open.source),
    because: because ?? open?.reason ?? null,
  };
  return { kind: "undecided", reason: { id: "kubeadm-config-file-unknown", data } };
}

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
