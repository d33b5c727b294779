import * as v from "valibot";
import type { Report } from "./report";

const source = v.object({ name: v.string(), kind: v.string(), urn: v.nullable(v.string()) });
const severity = v.picklist(["low", "medium", "high", "critical"]);
const strings = v.array(v.string());
const text = v.nullable(v.string());
/** Becomes a link of a page. */
const url = v.nullable(v.pipe(v.string(), v.regex(/^https?:\/\/[^\s"'<>()`\\\p{Cc}]+$/u)));

const reason = v.object({
  id: v.string(),
  data: v.record(v.string(), v.unknown()),
  source: v.nullable(source),
});

const finding = v.object({
  message: v.string(),
  reason: v.nullable(reason),
  level: v.picklist(["mandatory", "advisory", "accepted", "known", "remark", "undecided"]),
  accepted: v.nullable(v.object({ reason: v.string(), until: v.string(), where: v.string() })),
  severity,
  node: text,
  path: text,
  text: v.string(),
  fix: text,
  url,
  fingerprint: v.string(),
  places: v.optional(v.array(v.object({ file: v.string(), line: v.nullable(v.number()) })), []),
});

const outcome = v.object({
  policy: v.string(),
  title: v.string(),
  severity,
  level: v.picklist(["mandatory", "advisory"]),
  outcome: v.picklist(["pass", "fail", "not-applicable", "undecided"]),
  why: text,
  url,
  remediation: v.string(),
  findings: v.array(finding),
  undecided: v.array(
    v.object({
      reason,
      text: v.string(),
      cause: v.object({ text: v.string(), values: v.record(v.string(), strings) }),
      settledBy: v.string(),
      accepted: v.optional(text, null),
      nodes: strings,
      paths: strings,
    }),
  ),
});

const cell = v.object({
  presence: v.picklist(["present", "missing", "undecided"]),
  realPath: text,
  source: v.nullable(source),
  links: v.array(source),
  error: text,
  complete: text,
  instead: text,
  reasons: v.array(v.object({ why: v.string(), reason, settledBy: v.string() })),
  history: v.array(v.object({ source, does: v.string() })),
});

const time = v.pipe(v.string(), v.isoTimestamp());

const cluster = v.object({
  name: v.string(),
  subject: v.object({
    ...source.entries,
    field: v.string(),
    stack: v.nullable(v.object({ project: v.string(), name: v.string() })),
    sha256: text,
  }),
  inputs: v.array(
    v.object({ role: v.picklist(["kubeadm-config", "listing", "inventory", "settings", "project"]), file: v.string() }),
  ),
  checkedAs: v.nullable(v.object({ kubeadm: v.string(), why: v.string() })),
  coverage: v.object({
    controlPlaneNodes: v.nullable(strings),
    mightBeMore: v.boolean(),
    etcdHosts: strings,
    nodesFrom: strings,
    filesFrom: strings,
  }),
  outcomes: v.array(outcome),
  predictions: v.array(v.object({ node: v.string(), ok: v.nullable(v.boolean()), error: text, why: text })),
  files: v.object({
    files: v.array(v.object({ field: v.string(), path: v.string(), line: v.nullable(v.number()) })),
    rows: v.array(v.object({ node: v.string(), cells: v.array(cell) })),
  }),
  certificates: v.array(
    v.object({
      field: v.string(),
      path: v.string(),
      subject: v.string(),
      issuer: v.string(),
      notBefore: time,
      notAfter: time,
      sha256: v.string(),
      nodes: strings,
    }),
  ),
  explained: v.array(v.object({ node: v.string(), path: v.string(), cell })),
});

const report = v.object({
  tool: v.object({ name: v.string(), version: v.string(), homepage: url }),
  origin: v.picklist(["check", "preview"]),
  step: v.picklist(["upgrade", "init"]),
  checkedAt: time,
  clusters: v.array(cluster),
});

export type ReportReading =
  | { readonly kind: "report"; readonly report: Report }
  /** `why` is the end of a sentence. */
  | { readonly kind: "problem"; readonly why: string };

/** Reads a JSON report back. Keys that a later version adds are left out. Never throws. */
export function readReport(json: string): ReportReading {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { kind: "problem", why: "it is not JSON" };
  }
  const parsed = v.safeParse(report, value, { abortEarly: true });
  if (parsed.success) return { kind: "report", report: parsed.output };
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue);
  return { kind: "problem", why: `it is not a report of kubeadm-guard${where === null ? "" : ` (${where})`}` };
}
