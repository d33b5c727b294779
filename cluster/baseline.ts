/** The findings that were there when the pack was adopted: only others stop a run. */
export interface Baseline {
  /** The file, as the settings or the command line name it. */
  readonly file: string;
  readonly findings: readonly BaselineFinding[];
  /** Policies whose findings no baseline covers, each with what says so. */
  readonly forbidden: ReadonlyMap<string, string>;
}

export interface BaselineFinding {
  readonly fingerprint: string;
  readonly policy: string;
  readonly cluster: string;
  readonly node: string | null;
  readonly path: string | null;
}

/** How the file of a baseline says that it is one. */
export const BASELINE_KIND = { apiVersion: "kubeadm-guard/v1", kind: "Baseline" } as const;
