import * as v from "valibot";
import type { DocumentFile } from "../cluster/documents";
import type { ConfigurationRecord, RecordReading } from "../cluster/record/configuration-record";
import { readYamlOrJson } from "./yaml-or-json";

/** How a record says that it is one; what `kubeadm-guard record` writes. */
export const RECORD_KIND = { apiVersion: "kubeadm-guard/v1", kind: "KubeadmConfigRecord" } as const;

const text = v.pipe(v.string(), v.nonEmpty());
const recordFile = v.object({
  apiVersion: v.literal(RECORD_KIND.apiVersion),
  kind: v.literal(RECORD_KIND.kind),
  cluster: text,
  configuration: v.record(v.string(), v.union([v.string(), v.boolean(), v.array(v.string())])),
  filesOnEveryNode: v.optional(v.array(v.string())),
  history: v.pipe(
    v.array(
      v.object({
        date: v.pipe(v.string(), v.isoTimestamp()),
        by: v.optional(text),
        reason: text,
        kubernetesVersion: v.string(),
        changes: v.optional(v.array(v.string()), []),
      }),
    ),
    v.minLength(1),
  ),
});

/** Reads a file that `kubeadm-guard record` wrote. Never throws. */
export function readConfigurationRecord(file: DocumentFile): RecordReading {
  const { path } = file;
  if (file.kind === "unreadable") return { kind: "unusable", path, why: file.why };
  const document = readYamlOrJson(file.text);
  if (document.kind === "problem") return { kind: "unusable", path, why: document.why };
  const parsed = v.safeParse(recordFile, document.value);
  if (!parsed.success) return { kind: "unusable", path, why: problemText(parsed.issues[0]) };
  const { cluster, configuration, filesOnEveryNode, history } = parsed.output;
  const record: ConfigurationRecord = {
    cluster,
    configuration: new Map(Object.entries(configuration)),
    filesOnEveryNode,
    history: history.map(({ by, ...entry }) => ({ ...entry, by })),
  };
  return { kind: "record", path, record };
}

/** Names the place only: its value may be anything. */
function problemText({ path }: v.BaseIssue<unknown>): string {
  const place = (path ?? []).map(({ key }) => String(key)).join(".");
  const where = place === "" ? "it" : `${place} is not what a record has there; it`;
  return `${where} must be a file that kubeadm-guard record wrote (${RECORD_KIND.kind} of ${RECORD_KIND.apiVersion})`;
}
