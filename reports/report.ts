import type { KubeadmStep } from "../cluster/predict-kubeadm";
import type { UpgradePath } from "../cluster/upgrade-path";
import type { Severity } from "../policies/support/policy";
import type { Cause } from "./cause";

/**
 * What one run found, as data: everything that a report of any format shows. The JSON report is this shape, except
 * that
 * `kubeadm` is a map there (docs/check-schema.json). No formatter needs anything else.
 */
export interface Report {
  readonly tool: Tool;
  /** Who ran it: `kubeadm-guard check`, or a preview with the policy pack. */
  readonly origin: "check" | "preview";
  /** The step whose result is predicted. */
  readonly step: KubeadmStep;
  /** When it was checked, RFC 3339 in UTC. */
  readonly checkedAt: string;
  readonly clusters: readonly ClusterReport[];
}

/** The program that made a report. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** The base of the addresses of the policies' pages; null where the project has none. */
  readonly homepage: string | null;
}

export interface ClusterReport {
  readonly name: string;
  /** What carries the kubeadm-config. */
  readonly subject: SubjectReport;
  /** The files that were read, what carries the kubeadm-config first. */
  readonly inputs: readonly InputReport[];
  /** The kubeadm release that it was checked against; null where the text is not known. */
  readonly checkedAs: CheckedAs | null;
  readonly coverage: Coverage;
  /** One for each policy, in the order of the registry. */
  readonly outcomes: readonly PolicyReport[];
  /** The predicted result of kubeadm, in the order of the nodes. */
  readonly predictions: readonly PredictionReport[];
  /** Control-plane nodes by the files of etcd.external. */
  readonly files: FileTable;
  /** The certificates of etcd.external whose content is known. */
  readonly certificates: readonly CertificateReport[];
  /** The files that were asked for (`check --explain`). */
  readonly explained: readonly ExplainedFile[];
  /** The upgrade path, where one was asked for (`check --kubespray A..B`). */
  readonly upgradePath?: UpgradePath;
  /** What gives the nodes the files they lack; absent where nothing certain can be done on any. */
  readonly fix?: FixReport;
}

/** What gives each control-plane node the files that the kubeadm-config names, in the order of the nodes. */
export interface FixReport {
  readonly nodes: readonly {
    readonly node: string;
    readonly steps: readonly {
      /** `link` in its folder, `bring` from another node. */
      readonly do: "link" | "bring";
      readonly path: string;
      /** The target of the link, or the node that has the file. */
      readonly from: string;
    }[];
    /** Why nothing is certain for this node; empty where it is. */
    readonly why: readonly string[];
  }[];
  /** The other way: names for the kubeadm-config that are the same on every node; empty where none are offered. */
  readonly names: readonly { readonly field: string; readonly path: string }[];
}

/** Where something comes from. */
export interface SourceReport {
  readonly name: string;
  readonly kind: string;
  readonly urn: string | null;
}

/** What carries a kubeadm-config, and which text that was: two reports with the same hash are about the same configuration. */
export interface SubjectReport extends SourceReport {
  /** Where in it the text stands. */
  readonly field: string;
  /** The Pulumi project and stack; null where it is in none. */
  readonly stack: { readonly project: string; readonly name: string } | null;
  /** Of the text of the ClusterConfiguration, in hex; null where that is not known. */
  readonly sha256: string | null;
}

/** A file that was read: relative to the folder of the run where it lies in it, with `/` between names. */
export interface InputReport {
  readonly role: "kubeadm-config" | "listing" | "inventory" | "settings" | "project";
  readonly file: string;
}

export interface CheckedAs {
  /** `1.30` or `1.30.14`. */
  readonly kubeadm: string;
  /** Why that one: `kubernetesVersion v1.30.14`, `the newest known`. */
  readonly why: string;
}

/** What was looked at: without it, "nothing found" says nothing. */
export interface Coverage {
  /** As messages name them; null where no control-plane node is known. */
  readonly controlPlaneNodes: readonly string[] | null;
  /** True where there might be more of them. */
  readonly mightBeMore: boolean;
  readonly etcdHosts: readonly string[];
  /** What names the nodes: `inventory inventory.ini`. */
  readonly nodesFrom: readonly string[];
  /** What says which files the nodes have: `the layout of Kubespray v2.25.0`, `3 resources`. */
  readonly filesFrom: readonly string[];
}

/** The level of a finding: it stops, warns, is only printed, or could not be decided. */
export type FindingLevel = "mandatory" | "advisory" | "accepted" | "known" | "remark" | "undecided";

export interface PolicyReport {
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  /** The policy's own level; a single finding may have a lower one. */
  readonly level: "mandatory" | "advisory";
  readonly outcome: "pass" | "fail" | "not-applicable" | "undecided";
  /** Why the policy is not applicable; null for the other outcomes. */
  readonly why: string | null;
  /** The address of the policy's page; null where the project has none. */
  readonly url: string | null;
  readonly remediation: string;
  /** Defects, then remarks, then what is undecided. Those that belong together have one text. */
  readonly findings: readonly FindingReport[];
  /** What is undecided again: one entry for each thing that is unknown. */
  readonly undecided: readonly UndecidedReport[];
}

export interface FindingReport {
  /** The message's id; `undecided` for what could not be decided. */
  readonly message: string;
  /** Why it could not be decided, accepted or not; null for a defect or a remark. */
  readonly reason: ReasonReport | null;
  readonly level: FindingLevel;
  /** Why the team has agreed to live with it, and until when; null where it has not. */
  readonly accepted: AcceptanceReport | null;
  readonly severity: Severity;
  readonly node: string | null;
  readonly path: string | null;
  /** For people; without the fix. */
  readonly text: string;
  /** How to fix it, for people; null where there is nothing to fix. */
  readonly fix: string | null;
  readonly url: string | null;
  /** The same for the same finding in every run, whatever its text is. */
  readonly fingerprint: string;
  /** Where in files it can be shown, the best place first; empty where no file was read. */
  readonly places: readonly PlaceReport[];
}

/** An acceptance that holds. */
export interface AcceptanceReport {
  readonly reason: string;
  /** The last day on which it holds. */
  readonly until: string;
  /** Where it is written: `kubeadm-guard:accept[0]`. */
  readonly where: string;
}

/** A place in a file. */
export interface PlaceReport {
  /**
   * Relative to the root of the repository that the run is in, else to the folder of the run, with `/` between names; absolute
   * for a file outside of it.
   */
  readonly file: string;
  /** Counts from 1; null where only the file is known. */
  readonly line: number | null;
}

/** Why something is undecided: an id, its data (docs/undecided.md), and what leaves it open, where that is known. */
export interface ReasonReport {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly source: SourceReport | null;
}

export interface UndecidedReport {
  readonly reason: ReasonReport;
  /** What is unknown, in one line, for people. */
  readonly text: string;
  /** What it has in common with other entries, which reports print once for all of them. */
  readonly cause: Cause;
  /** What settles it, in one sentence. */
  readonly settledBy: string;
  /** Until when and why the team has agreed to live with it (`accepted until 2027-03-31: …`); null where it has not. */
  readonly accepted: string | null;
  readonly nodes: readonly string[];
  readonly paths: readonly string[];
}

/** What kubeadm would say at the step. `ok` is null where that depends on something unknown: `why`. */
export interface PredictionReport {
  readonly node: string;
  readonly ok: boolean | null;
  readonly error: string | null;
  readonly why: string | null;
}

export interface FileTable {
  readonly files: readonly NamedFileReport[];
  readonly rows: readonly FileRow[];
}

/** A field of etcd.external and the path it names. */
export interface NamedFileReport {
  readonly field: string;
  readonly path: string;
  /** The line of the field in the text; null where it is not known. */
  readonly line: number | null;
}

export interface FileRow {
  readonly node: string;
  /** One for each file of the table. */
  readonly cells: readonly FileCell[];
}

/** Whether a file is on a node, and why we think so. */
export interface FileCell {
  readonly presence: "present" | "missing" | "undecided";
  /** Where the file really lies, with links followed; null unless it is present. */
  readonly realPath: string | null;
  /** What put it there, or removed it. */
  readonly source: SourceReport | null;
  /** What made the links on the way. */
  readonly links: readonly SourceReport[];
  /** What opening it says (`no such file or directory`); null unless it is missing. */
  readonly error: string | null;
  /** Why a file that nothing puts there is missing for certain; null unless it is. */
  readonly complete: string | null;
  /** The node's own file that is most like it; null unless it is missing. */
  readonly instead: string | null;
  /** What might put it there after all, where it is undecided. */
  readonly reasons: readonly {
    readonly why: string;
    readonly reason: ReasonReport;
    /** What settles it, in one sentence. */
    readonly settledBy: string;
  }[];
  /** Every operation that touched the path on this node, in order. */
  readonly history: readonly FileEventReport[];
}

/** A file on a node that somebody asked for. */
export interface ExplainedFile {
  readonly node: string;
  readonly path: string;
  readonly cell: FileCell;
}

export interface FileEventReport {
  readonly source: SourceReport;
  /** What the source does, as the end of a sentence. */
  readonly does: string;
}

export interface CertificateReport {
  readonly field: string;
  readonly path: string;
  readonly subject: string;
  readonly issuer: string;
  /** RFC 3339. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** The fingerprint, in hex. */
  readonly sha256: string;
  /** The control-plane nodes that have it there. */
  readonly nodes: readonly string[];
}
