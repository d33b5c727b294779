/**
 * Evidence: what one source does to the files of one machine.
 *
 * A source (a resource of the stack, an entry of the settings, a host of an inventory) says in order what it puts,
 * links, copies or removes. NodeFiles plays these operations, so that "copied to /tmp, then installed" and "written,
 * then removed" come out as they would on the machine. Readers under evidence/ make evidence; nothing else does.
 */

/** The URN of a resource in the stack. */
export type Urn = string & { readonly __brand: "Urn" };

/** Where evidence comes from, in words that people recognise. Never holds a property's value. */
export interface Source {
  /** The resource's name, or the place in the settings: `etcd-certs-master01`, `clusters[prod].files[2]`. */
  readonly name: string;
  /** The resource's type token, or the kind of document: `command:remote:CopyToRemote`, `settings`, `kubespray`. */
  readonly kind: string;
  readonly urn?: Urn;
}

/** Which machine a source speaks of, as far as the source itself can say. NodeIdentity ties it to nodes. */
export type Machine =
  /** Every control-plane node of the cluster (an entry of `files` without `nodes`). */
  | { readonly by: "every-control-plane-node" }
  /** A node's name, as settings, listings and inventories give it. */
  | { readonly by: "name"; readonly name: string }
  /** An SSH connection: its host where known, and the resources its connection was made from. */
  | {
      readonly by: "connection";
      readonly host: string | undefined;
      /** 22 if absent. */
      readonly port?: number;
      /** The host that several machines share by port; `host` then ends with the port (ports-apart.ts). */
      readonly behind?: string;
      readonly resources: readonly Urn[];
    }
  /** The machine, or the group of machines, that a resource makes. */
  | { readonly by: "resource"; readonly urn: Urn }
  /** Some machine; which one cannot be told. */
  | { readonly by: "unknown"; readonly why: string };

/** What is known of a file's bytes. */
export type Content =
  /** The bytes, as text (PEM). May hold a key: never printed. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sha256"; readonly sha256: string }
  /** A PEM that a tls resource makes: its facts are known from that resource's inputs. */
  | { readonly kind: "tls"; readonly urn: Urn; readonly property: string }
  /** The bytes will be known after the update; `why` names what they wait for. */
  | { readonly kind: "to-come"; readonly why: string }
  /** The program shows no content and promises none (a FileAsset, a declared path). */
  | { readonly kind: "not-shown" };

/** Where a copy lands, worked out as the copying tool does. */
export type Destination =
  /** Exactly here. */
  | { readonly kind: "file"; readonly path: string }
  /** In this directory, under this name; the tool fails if the directory cannot be had. */
  | { readonly kind: "into"; readonly directory: string; readonly name: string }
  /** `path/name` where `path` is a directory by then, `path` itself where it is not. */
  | { readonly kind: "file-or-into"; readonly path: string; readonly name: string };

/** Where an operation that is not fully known may write. */
export type Scope =
  | { readonly kind: "anywhere" }
  /** This path or anything below it. */
  | { readonly kind: "below"; readonly path: string }
  /** Any path that the pattern matches (path-pattern.ts), or anything below one. */
  | { readonly kind: "matching"; readonly pattern: string }
  /** A file of this base name, in a folder that is not known. */
  | { readonly kind: "named"; readonly name: string }
  /** The three files of etcd.external, wherever the configuration puts them (a join with a certificate key). */
  | { readonly kind: "external-etcd-files" };

/** What an operation that is not fully known may take away. */
export type RemovalScope = Extract<Scope, { readonly kind: "below" | "matching" }>;

/** One step of a source, in the order in which it happens. Paths are absolute; `..` and links are resolved by NodeFiles. */
export type FileOperation =
  | {
      readonly do: "put";
      readonly to: Destination;
      readonly content: Content;
      readonly mode?: string;
      /** The mode where no file was there before (what a shell's redirection makes). */
      readonly newMode?: string;
      /** Where the content comes from, if not from the source of the evidence itself. */
      readonly origin?: Source;
    }
  /** A symbolic link at `to` (over an existing file if `replace`), pointing to `target` exactly as stored. */
  | { readonly do: "link"; readonly to: Destination; readonly target: string; readonly replace: boolean }
  | { readonly do: "make-directory"; readonly path: string }
  | {
      readonly do: "copy";
      readonly from: string;
      readonly to: Destination;
      readonly mode?: string;
      /** The mode where no file was there before; that of the file which is copied, without what `umask` takes away, if absent. */
      readonly newMode?: string | undefined;
      readonly umask?: number;
      /** Takes the place of what is there, also of a link, instead of being written through it (install, rename). */
      readonly replaces?: true;
      /** The mode of what is copied comes along in any case (cp -p). */
      readonly preserves?: true;
      readonly recursive: boolean;
    }
  | { readonly do: "move"; readonly from: string; readonly to: Destination }
  | { readonly do: "set-mode"; readonly path: string; readonly mode: string }
  /** Removes a file, or with `recursive` a folder with all below it. */
  | { readonly do: "remove"; readonly path: string; readonly recursive: boolean }
  /** Does a step with each path that a shell pattern matches by then (path-pattern.ts). */
  | { readonly do: "for-each-match"; readonly pattern: string; readonly step: MatchStep }
  /** May take away what lies within `scope`: nothing there is present for certain any more. */
  | { readonly do: "might-remove"; readonly scope: RemovalScope; readonly why: string }
  /** May put something within `scope`: nothing there is missing for certain any more. */
  | { readonly do: "might-write"; readonly scope: Scope; readonly why: string };

/** What is done with each path that a pattern matches; it lands under its own name. */
export type MatchStep =
  | {
      readonly do: "copy";
      readonly to: MatchDestination;
      readonly mode?: string;
      readonly umask?: number;
      readonly replaces?: true;
      readonly preserves?: true;
      readonly recursive: boolean;
    }
  | { readonly do: "move"; readonly to: MatchDestination }
  | { readonly do: "link"; readonly to: MatchDestination; readonly replace: boolean }
  | { readonly do: "set-mode"; readonly mode: string }
  | { readonly do: "remove"; readonly recursive: boolean };

/** A Destination without the name. */
export type MatchDestination =
  | { readonly kind: "into"; readonly directory: string }
  | { readonly kind: "file-or-into"; readonly path: string };

/** What one source does on one machine, in order. */
export interface Evidence {
  readonly source: Source;
  readonly machine: Machine;
  readonly operations: readonly FileOperation[];
  /** The name of the only cluster that it is about, where the source says so. */
  readonly cluster?: string;
}

/** A run of kubeadm that a source declares on a machine. */
export interface KubeadmRun {
  readonly source: Source;
  readonly machine: Machine;
  readonly command: "init" | "join-control-plane" | "join-worker" | "upload-certs" | "upgrade";
  /** `--config FILE` was given. */
  readonly config: boolean;
  /** `--upload-certs` was given (always true for the command upload-certs). */
  readonly uploadCerts: boolean;
  /** A certificate key was given, by flag or by a config file that names one. */
  readonly certificateKey: boolean;
  /** Flags other than `--config`, without values, for kubeadm's rule on mixing. */
  readonly flags: readonly string[];
  /** The version argument of `upgrade apply`, if it is literal. */
  readonly version?: string;
  /** `--node-name`, if it is literal. */
  readonly nodeName?: string;
  /** Set where this run is only possible (a condition, a file that is not shown): why it cannot be told. */
  readonly undecided?: string;
}
