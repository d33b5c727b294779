import type { Reason } from "../reasons/reason";
import type { Content } from "./content";
import type { Source } from "./source";

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
      /** Whether links are copied as links; a link that is named is followed and one in a folder kept if absent. */
      readonly links?: "kept" | "followed";
    }
  | { readonly do: "move"; readonly from: string; readonly to: Destination }
  /** Gives a file a mode: octal digits, or what else chmod takes, which leaves the mode unknown; with `recursive` all files below it as well. */
  | { readonly do: "set-mode"; readonly path: string; readonly mode: string; readonly recursive?: true }
  /** Removes a file, or with `recursive` a folder with all below it. */
  | { readonly do: "remove"; readonly path: string; readonly recursive: boolean }
  /** Does a step with each path that a shell pattern matches by then (path-pattern.ts). */
  | { readonly do: "for-each-match"; readonly pattern: string; readonly step: MatchStep }
  /**
   * The kubeadm-config is made of the file at `path`, as it is then; `path` is undefined where it is not known, `text` is given where
   * the same script shows it.
   */
  | {
      readonly do: "upload-config";
      readonly path: string | undefined;
      readonly text: string | undefined;
      readonly form: UploadForm;
    }
  /** May take away what lies within `scope`: nothing there is present for certain any more. */
  | { readonly do: "might-remove"; readonly scope: RemovalScope; readonly reason: Reason }
  /** May put something within `scope`: nothing there is missing for certain any more. */
  | { readonly do: "might-write"; readonly scope: Scope; readonly reason: Reason };

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
      readonly links?: "kept" | "followed";
    }
  | { readonly do: "move"; readonly to: MatchDestination }
  | { readonly do: "link"; readonly to: MatchDestination; readonly replace: boolean }
  | { readonly do: "set-mode"; readonly mode: string }
  | { readonly do: "remove"; readonly recursive: boolean };

/** A Destination without the name. */
export type MatchDestination =
  | { readonly kind: "into"; readonly directory: string }
  | { readonly kind: "file-or-into"; readonly path: string };

/** What a file holds of which the kubeadm-config is made. */
export type UploadForm =
  /** Documents for `kubeadm init --config`, the ClusterConfiguration among them. */
  | { readonly kind: "kubeadm" }
  /**
   * The same for `kubeadm upgrade apply --config`, of which kubeadm up to 1.29 makes it; `isSure` where the version is known to be
   * one of these.
   */
  | { readonly kind: "kubeadm-upgrade"; readonly isSure: boolean }
  /**
   * Objects for kubectl, the ConfigMap among them or not; `namespace` is that of objects without one. `context`: what chooses the
   * cluster, here and below.
   */
  | { readonly kind: "manifest"; readonly namespace: string | undefined; readonly context: string }
  /** The ClusterConfiguration itself, of which kubectl makes the ConfigMap. */
  | { readonly kind: "value"; readonly context: string }
  /** What kubectl changes in the ConfigMap. */
  | { readonly kind: "patch"; readonly context: string };
