/**
 * Why something cannot be decided, as data: an id for each kind of unknown, permanent from 1.0 on, and what is known of the
 * case. The words for it, and what settles it, stand in reason-texts.ts; docs/undecided.md lists them.
 *
 * Data holds names, paths, hosts and the words of scripts, never the value of a property.
 */
export type Reason = ReasonOf<ReasonId>;

export type ReasonId = keyof ReasonData;

export type ReasonOf<Id extends ReasonId> = {
  readonly [One in Id]: { readonly id: One; readonly data: ReasonData[One] };
}[Id];

/**
 * The shape of the data of each reason. `dependsOn` names an unknown value: `$CERT_DIR`, `the output of hostname`; `limit` is
 * the bound that was exceeded.
 */
export interface ReasonData {
  // Scripts
  readonly "program-not-modeled": { readonly program: string };
  readonly "option-not-known": { readonly program: string };
  /** `inventory` is null where the script names none, several, or one that is not known; `kubespray`: it runs Kubespray's own playbooks. */
  readonly "ansible-run": {
    readonly inventory: string | null;
    readonly kubespray: boolean;
    readonly release: string | null;
  };
  readonly "program-not-named": { readonly dependsOn: string };
  readonly "script-not-shown": {
    /** `pipes`: a shell reads it from its standard input. */
    readonly how: "runs" | "reads" | "pipes";
    readonly script: string | null;
    readonly dependsOn: string | null;
  };
  readonly "script-unreadable": {
    readonly problem: "syntax" | "substitution-syntax" | "too-long" | "too-much-work" | "unreadable";
    readonly characters: number | null;
    readonly limit: number | null;
  };
  readonly "conditional-step": {
    readonly on: "machine" | "earlier-failure" | "words-of-xargs" | "files-of-find" | "next-boot" | "resource-update";
  };
  readonly "path-unknown": { readonly does: "write" | "remove" | "download"; readonly dependsOn: string };
  readonly "link-target-unknown": { readonly dependsOn: string };
  readonly "written-files-unknown": { readonly program: string };
  readonly "archive-unpacked": { readonly archive: string | null };
  readonly "disk-mounted": Empty;
  readonly "copied-files-unknown": {
    readonly what: "names" | "folder" | "archive" | "not-shown" | "until-update";
    readonly folder: string | null;
  };
  readonly "home-unknown": Empty;

  // Runs of kubeadm
  readonly "kubeadm-single-phase": Empty;
  readonly "kubeadm-certs-download": Empty;
  readonly "kubeadm-config-file-not-shown": { readonly command: "kubeadm join" | "kubeadm init phase certs" };
  /** kubeadm makes the kubeadm-config of this file, whose content is not known; null where the script does not show which. */
  readonly "kubeadm-config-file-unknown": {
    readonly path: string | null;
    readonly command: SourceName;
    readonly source: SourceName | null;
    readonly because: Reason | null;
  };
  readonly "kubeadm-arguments-unknown": { readonly dependsOn: string };
  readonly "kubeadm-run-undecided": {
    readonly question: "uploads-certs" | "joins-with-certificate-key";
    readonly because: Reason;
  };
  readonly "certs-upload-not-shown": Empty;
  readonly "uploaded-file-undecided": { readonly source: SourceName | null; readonly because: Reason };

  // Resources of the stack
  readonly "left-out-by-target": Empty;
  readonly "argument-unusable": { readonly argument: "command" | "path" };
  readonly "property-unknown-until-update": { readonly property: "command" | "one-command" | "spec" };
  readonly "path-unknown-until-update": { readonly of: "copy" | "file" | "one-file" | "link" | "external-etcd-files" };
  readonly "content-unknown-until-update": { readonly waitsFor: readonly string[] };
  readonly "configuration-unknown-until-update": { readonly field: string; readonly waitsFor: readonly string[] };
  readonly "nodes-unknown-until-update": Empty;
  readonly "cluster-unknown-until-update": Empty;

  // User data
  readonly "user-data-unknown-until-update": { readonly waitsFor: readonly string[] };
  readonly "user-data-elsewhere": { readonly property: string };
  readonly "user-data-unreadable": { readonly problem: UserDataProblem; readonly limit: number | null };
  readonly "user-data-hands-over": { readonly to: UserDataHandOver };
  /** A script for another program than a shell; null where it does not say which. */
  readonly "user-data-script": { readonly interpreter: string | null };
  readonly "unit-not-enabled": { readonly unit: string };
  readonly "mount-point-unknown": Empty;

  // Which machine a source reaches
  readonly "host-unknown-until-update": Empty;
  readonly "host-unknown": Empty;
  readonly "any-machine": Empty;
  /** What is not followed may reach a node besides its own machine; `names`: because it names that node. */
  readonly "may-reach-node": { readonly because: Reason; readonly names: boolean };
  readonly "machine-unknown": Empty;
  readonly "unknown-host": { readonly host: string };
  readonly "shared-address": { readonly host: string };
  readonly "shared-by-port": { readonly host: string | null; readonly port: number | null };

  // Who the control-plane nodes are
  readonly "control-plane-nodes-unknown": { readonly source: SourceName | null; readonly because: Reason };
  readonly "no-control-plane-node-known": { readonly by: "program" | "command-line" | "live-cluster" };
  readonly "live-node-not-named": { readonly node: string };
  readonly "live-nodes-not-shown": Empty;
  readonly "clusters-without-nodes": Empty;
  readonly "component-without-cluster": Empty;
  readonly "kubeadm-node-unnamed": Empty;
  readonly "kubeadm-behind-gateway": { readonly node: string; readonly other: string };
  readonly "group-without-names": { readonly group: string };
  readonly "etcd-hosts-may-be-nodes": {
    readonly hosts: readonly string[];
    readonly source: SourceName | null;
    readonly because: Reason;
  };

  // Settings and documents
  readonly "setting-unusable": { readonly where: string };
  readonly "document-unusable": { readonly document: string };
  readonly "record-unusable": { readonly path: string; readonly problem: string };
  readonly "variables-file-unreadable": { readonly path: string; readonly problem: string | null };
  /** A live cluster was read, which does not show disks. */
  readonly "disks-not-shown": Empty;
  readonly "listing-entry-unclear": { readonly listing: string; readonly node: string | null };
  readonly "listing-without-node": { readonly listing: string };
  readonly "listing-search-unclear": { readonly listing: string };
  readonly "outside-known-folders": { readonly known: readonly KnownFolders[] };
  readonly "kubespray-layout-unknown": { readonly problem: KubesprayProblem; readonly limit: number | null };
  readonly "kubespray-variable-unknown": {
    readonly variable: string;
    /** The variable that cannot be determined: the same one, or one that it is made from. */
    readonly culprit: string;
    readonly problem: VariableProblem;
    readonly limit: number | null;
  };
  readonly "kubespray-etcd-by-kubeadm": { readonly variable: string; readonly value: string };
  readonly "kubespray-join-may-copy": { readonly node: string };
  readonly "kubespray-leaves-pairs": Empty;
  readonly "kubespray-links-unknown": { readonly earlier: string | null };
  readonly "kubespray-file-not-made": { readonly variable: string };
  readonly "kubespray-shared-folder": Empty;

  // Files on a node
  readonly "no-file-evidence": Empty;
  /** The source removes what another one puts there, or may do so, and neither waits for the other. */
  readonly "unordered-removal": { readonly path: string; readonly writer: string; readonly isSure: boolean };
  readonly "unordered-operations": Copied & {
    /** What puts the file there, and is not waited for. */
    readonly writer: string;
    readonly path: string | null;
  };
  readonly "copied-file-unknown": Copied;
  readonly "more-matches-possible": { readonly pattern: string };
  readonly "too-many-matches": Empty;
  readonly "folder-or-file": { readonly name: string; readonly path: string };
  readonly "mounted-file-undecided": { readonly path: string };
  readonly "compared-files-undecided": { readonly other: string; readonly paths: readonly string[] };

  // The configuration's text
  /** `policy` names the fault. */
  readonly "configuration-unreadable": {
    readonly question: "content" | "upgrade";
    readonly field: string;
    readonly policy: string;
  };
  /** The configuration file of one node, which an upgrade does not read. */
  readonly "file-of-one-node": { readonly node: string };
  readonly "template-not-rendered": { readonly field: string };

  /** Nobody reads its type; `names`: why it may reach the file all the same. */
  readonly "resource-type-not-read": { readonly type: string; readonly names: "path" | "node" | "too-much" };
  readonly "host-path-mounted": { readonly path: string; readonly kind: string };
  /** An internal error kept the resource from being read. */
  readonly "resource-not-read": { readonly problem: string };
  readonly "internal-error": {
    readonly policy: string;
    /** The error's name, never its text, which may quote a property. */
    readonly error: string;
    readonly at: string | null;
  };
}

type Empty = Readonly<Record<never, never>>;

/** A source by its name and the kind of resource or document that it is. */
export interface SourceName {
  readonly name: string;
  readonly kind: string;
}

/** A path, or with `isPattern` all that matches a pattern. */
interface Copied {
  readonly copied: string;
  readonly isPattern: boolean;
}

/** The folders in which a document says all there is; none where it searched nowhere. */
export interface KnownFolders {
  readonly by: "listing" | "kubespray";
  /** `listing nodes.yaml`, `Kubespray v2.25.0`. */
  readonly title: string;
  readonly folders: readonly string[];
}

export type UserDataProblem =
  | "not-text"
  | "file-not-shown"
  | "encoding-unknown"
  | "secret"
  | "hash"
  | "kind-unknown"
  | "too-large"
  | "too-large-unpacked"
  | "too-much-unpacked"
  | "gzip-broken"
  | "part-too-large"
  | "part-too-large-unpacked"
  | "part-too-much-unpacked"
  | "part-gzip-broken"
  | "archive-broken"
  | "mime-too-deep"
  | "mime-too-many-parts"
  | "mime-without-boundary"
  | "mime-transfer-encoding"
  | "cloud-config-invalid"
  | "cloud-config-merge-type"
  | "cloud-configs-too-large"
  | "commands-not-a-list"
  | "write-files-not-a-list"
  | "write-files-path"
  | "write-files-content"
  | "write-files-too-large"
  | "ambiguous-until-update"
  | "ignition-invalid"
  | "ignition-version"
  | "ignition-nested-invalid";

export type UserDataHandOver =
  | "ansible"
  | "autoinstall"
  | "chef"
  | "mcollective"
  | "puppet"
  | "salt"
  | "ca-certs"
  | "part-handler"
  | "include"
  | "json-patch"
  | "jinja-blocks"
  | "ignition-config";

export type KubesprayProblem =
  | "no-hosts"
  | "no-control-plane-hosts"
  | "no-etcd-hosts"
  | "too-many-hosts"
  | "differs-by-host"
  | "deployment-type"
  | "cert-management"
  | "cert-dir-relative"
  | "kubeadm-enabled-refused"
  | "kubeadm-enabled-unclear"
  | "kubeadm-enabled-without-release"
  | "upgrade-without-release";

export type VariableProblem =
  | "not-set"
  | "vault"
  | "not-a-scalar"
  | "too-long"
  | "template"
  | "too-deep"
  | "defined-by-itself";
