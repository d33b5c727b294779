import { resolve } from "node:path";
import type { ClusterSettings } from "../cluster/cluster-settings";
import { readBaseline } from "../evidence/read-baseline";
import { acceptancesOf } from "../settings/merge-acceptances";
import { readDocument } from "../settings/read-files";
import { acceptFile } from "./accept-file";
import type { ClusterOptions } from "./cluster-options";
import type { UnopenedFile } from "./unopened-file";

export type AgreedFindings =
  | { readonly kind: "settings"; readonly settings: Pick<ClusterSettings, "accept" | "baseline"> }
  | { readonly kind: "unopened"; readonly files: readonly UnopenedFile[] };

/** What the files say that `--accept` and `--baseline` name, as settings of the cluster that is asked about. Never throws. */
export function agreedFindings(
  { accept, baseline }: Pick<ClusterOptions, "accept" | "baseline">,
  folder: string,
  cluster: string,
): AgreedFindings {
  const accepted = accept === undefined ? undefined : acceptFile(resolve(folder, accept));
  const known = baseline === undefined ? undefined : readBaseline(readDocument(resolve(folder, baseline)));
  const files = [
    ...(accepted?.kind === "unusable" ? [{ option: "--accept", path: accepted.path, why: accepted.why }] : []),
    ...(known?.kind === "unusable" ? [{ option: "--baseline", path: known.path, why: known.why }] : []),
  ];
  if (files.length > 0) return { kind: "unopened", files };
  const all = accepted?.kind === "acceptances" ? accepted.acceptances : [];
  return {
    kind: "settings",
    settings: {
      accept: acceptancesOf(
        cluster,
        [cluster],
        all.map((acceptance) => ({ acceptance, ofStack: true })),
      ),
      ...(known?.kind === "baseline" && baseline !== undefined
        ? { baseline: { file: baseline, findings: known.findings, forbidden: new Map() } }
        : {}),
    },
  };
}
