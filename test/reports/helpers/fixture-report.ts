import type { ClusterReport, FileCell, FindingReport, PolicyReport, Report } from "../../../reports/report";

/** A finding; by default mandatory, critical, about no node in particular. */
export function finding(more: Partial<FindingReport>): FindingReport {
  return {
    message: "missing",
    reason: null,
    level: "mandatory",
    accepted: null,
    severity: "critical",
    node: null,
    path: null,
    text: "It is not there.",
    fix: "Put it there.",
    url: null,
    fingerprint: "0123456789abcdef",
    places: [],
    ...more,
  };
}

/** A policy that passes, unless told otherwise. */
export function policy(id: string, more: Partial<PolicyReport> = {}): PolicyReport {
  return {
    policy: id,
    title: id.replaceAll("-", " "),
    severity: "critical",
    level: "mandatory",
    outcome: "pass",
    why: null,
    url: null,
    remediation: "Do it.",
    findings: [],
    undecided: [],
    ...more,
  };
}

/** A file that is there, put there by a copy. */
export function cell(more: Partial<FileCell> = {}): FileCell {
  return {
    presence: "present",
    realPath: null,
    source: { name: "copy", kind: "command:remote:CopyToRemote", urn: null },
    links: [],
    error: null,
    complete: null,
    instead: null,
    reasons: [],
    history: [],
    ...more,
  };
}

/** A cluster without a finding, unless told otherwise. */
const SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

export function cluster(more: Partial<ClusterReport> = {}): ClusterReport {
  return {
    name: "prod",
    subject: {
      name: "/srv/clusters/prod config.yaml",
      kind: "file",
      urn: null,
      field: "prod config.yaml",
      stack: null,
      sha256: SHA256,
    },
    inputs: [
      { role: "kubeadm-config", file: "clusters/prod config.yaml" },
      { role: "inventory", file: "inventory.ini" },
    ],
    checkedAs: { kubeadm: "1.30", why: "kubernetesVersion v1.30.14" },
    coverage: {
      controlPlaneNodes: ["master01", "master02"],
      mightBeMore: false,
      etcdHosts: ["etcd01"],
      nodesFrom: ["inventory inventory.ini"],
      filesFrom: ["the layout of Kubespray v2.25.0"],
    },
    outcomes: [],
    predictions: [],
    files: { files: [], rows: [] },
    certificates: [],
    explained: [],
    ...more,
  };
}

export function report(...clusters: readonly ClusterReport[]): Report {
  return {
    tool: { name: "kubeadm-guard", version: "0.1.0", homepage: null },
    origin: "check",
    step: "upgrade",
    checkedAt: "2026-11-23T12:00:00.000Z",
    clusters,
  };
}

const CERT = "/etc/ssl/etcd/ssl/node-master02.pem";
const PLACES = [
  { file: "clusters/prod config.yaml", line: 7 },
  { file: "/srv/a b/inventory.ini", line: 3 },
];
const LACKING = "etcd.external.certFile is on 1 of 2 control-plane nodes; missing on master01.";

/** Two nodes of which one lacks a file that is named after the other; everything that a report can show. */
export const refused: Report = report(
  cluster({
    outcomes: [
      policy("external-etcd-files-on-every-control-plane-node", {
        outcome: "fail",
        findings: [
          finding({ node: "master01", path: CERT, text: LACKING, fix: "Use one name on every node.", places: PLACES }),
        ],
      }),
      policy("control-plane-endpoint-stable", {
        level: "advisory",
        severity: "high",
        outcome: "fail",
        findings: [
          finding({
            level: "advisory",
            severity: "high",
            message: "none",
            text: "It is empty.",
            fingerprint: "b",
            places: [{ file: "clusters/prod config.yaml", line: null }],
          }),
        ],
      }),
      policy("control-plane-nodes-known", {
        findings: [finding({ level: "remark", text: "A path stands there twice.", fix: null, fingerprint: "c" })],
      }),
      policy("external-etcd-cert-usable", {
        outcome: "undecided",
        findings: [
          finding({
            level: "undecided",
            message: "undecided",
            reason: { id: "template-not-rendered", data: { field: "\u001b[31m <b>it</b> & that" }, source: null },
            text: "what \u001b[31m <b>it</b> is & was",
            fix: null,
          }),
        ],
        undecided: [
          {
            reason: {
              id: "template-not-rendered",
              data: { field: "\u001b[31m <b>it</b> & that" },
              source: null,
            },
            text: "what \u001b[31m <b>it</b> is & was",
            cause: { text: "what \u001b[31m <b>it</b> is & was", values: {} },
            settledBy: "Look.",
            accepted: null,
            nodes: ["master01"],
            paths: [],
          },
        ],
      }),
      policy("kubeadm-config-valid"),
      policy("kubeadm-config-upgradeable", { outcome: "not-applicable", why: "no upgrade is declared" }),
    ],
    predictions: [
      { node: "master01", ok: false, error: `open ${CERT}: no such file or directory`, why: null },
      { node: "master02", ok: null, error: null, why: "the content of the file" },
    ],
    files: {
      files: [{ field: "certFile", path: CERT, line: 7 }],
      rows: [
        {
          node: "master02",
          cells: [
            cell({
              realPath: CERT,
              history: [
                { source: { name: "inventory inventory.ini", kind: "kubespray", urn: null }, does: `writes ${CERT}` },
              ],
            }),
          ],
        },
        {
          node: "master01",
          cells: [
            cell({
              presence: "missing",
              source: null,
              error: "no such file or directory",
              complete: "Kubespray v2.25.0 puts files below /etc/ssl/etcd/ssl only, for this inventory",
              instead: "/etc/ssl/etcd/ssl/node-master01.pem",
            }),
          ],
        },
      ],
    },
    certificates: [
      {
        field: "certFile",
        path: CERT,
        subject: "CN=etcd-node-master02",
        issuer: "CN=etcd-ca",
        notBefore: "2025-06-01T00:00:00Z",
        notAfter: "2026-06-01T00:00:00Z",
        sha256: "ab12",
        nodes: ["master02"],
      },
    ],
  }),
);

/** Everything was looked at and nothing found. */
export const clean: Report = report(cluster({ outcomes: [policy("kubeadm-config-valid")] }));
