import type { Cluster, ControlPlaneNode, MatchedKubeadmRun } from "../cluster/cluster";
import { type ExternalEtcdFile, externalEtcdFiles } from "../cluster/external-etcd-files";
import { downloadsCerts, uploadsExternalEtcd } from "../cluster/kubeadm-certs";
import { describeNode } from "../cluster/node";
import { type Finding, outcomeOf, type Undecided } from "../cluster/outcome";
import type { UndecidedReason } from "../cluster/presence";
import type { Reason, ReasonOf } from "../reasons/reason";
import { unlessExternalEtcd } from "./support/applicability";
import { inLines, inOneLine } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";

interface Upload {
  readonly source: string;
  readonly command: string;
  readonly keyFile: string;
}

const uploadWithoutConfig = messageTemplate<Upload>("uploadWithoutConfig", (findings) => {
  const [{ data }] = findings;
  return [
    `${data.source} uploads kubeadm-certs without --config, so the files of the external etcd are not included.`,
    ...inLines(findings.map((one) => ({ name: one.data.source, text: one.data.command }))),
    "Without the configuration, kubeadm assumes that etcd is local. A join with the certificate key would fail:",
    `  the Secret does not include the required certificate or key - name: external-etcd.key, path: ${data.keyFile}`,
    "Fix: pass the configuration: kubeadm init phase upload-certs --upload-certs --config kubeadm-config.yaml (or kubeadm init --config kubeadm-config.yaml --upload-certs).",
  ].join("\n");
});

const uploaderLacksFile = messageTemplate<{ readonly source: string }>("uploaderLacksFile", (findings) => {
  const [{ node, data }] = findings;
  return [
    `${data.source} uploads kubeadm-certs on ${node}, which lacks ${inOneLine(findings.map((one) => one.path ?? ""))}.`,
    "kubeadm uploads an empty entry for a missing file, and a join ignores it: the node joins without the file, and kube-apiserver does not start there.",
    `Fix: put the files on ${node} before it uploads them.`,
  ].join("\n");
});

const joinWithoutKey = messageTemplate<{ readonly source: string }>("joinWithoutKey", (findings) =>
  [
    `Joins without a certificate key do not download the files of the external etcd: ${inOneLine(findings.map(({ node }) => node ?? ""))}.`,
    ...inLines(
      findings.map((one) => ({
        name: one.node ?? "",
        text: `${one.data.source}; nothing else puts ${one.path} there`,
      })),
    ),
    `kubeadm join would fail: [ERROR ExternalEtcdClientCertificates]: ${findings[0].path} doesn't exist`,
    "Fix: join with --certificate-key, the key that upload-certs printed or was given, or copy the files to the node first.",
  ].join("\n"),
);

const atJoinOnly = messageTemplate<{ readonly source: string }>("atJoinOnly", (findings) =>
  [
    `kubeadm-certs copies the external etcd files to ${inOneLine(findings.map(({ node }) => node ?? ""))} at join time only.`,
    ...inLines(findings.map((one) => ({ name: one.node ?? "", text: one.data.source }))),
    "The Secret expires after two hours. It does not deliver renewed certificates, or files for paths that change later in the kubeadm-config: copy the files to these nodes for that.",
  ].join("\n"),
);

/** The Secret kubeadm-certs, where joins rely on it, holds the external etcd files. Source: phases/copycerts/copycerts.go. */
export const kubeadmCertsCoverExternalEtcd: Policy = {
  id: "kubeadm-certs-cover-external-etcd",
  title: "kubeadm-certs cover the external etcd",
  description:
    "If nodes join with uploaded certificates, the upload includes the external etcd files and each join has the certificate key.",
  severity: "medium",
  level: "advisory",
  remediation:
    "Upload with --config on a node that has the files, and join with --certificate-key; or copy the files to each node.",
  tags: ["etcd", "files"],
  messages: {
    uploadWithoutConfig: uploadWithoutConfig.message,
    uploaderLacksFile: uploaderLacksFile.message,
    joinWithoutKey: joinWithoutKey.message,
    atJoinOnly: atJoinOnly.message,
  },
  check(cluster) {
    const { kubeadmRuns } = cluster;
    if (!kubeadmRuns.some((run) => run.uploadCerts || run.command === "join-control-plane"))
      return { kind: "not-applicable", why: NO_UPLOADS };
    const applicable = unlessExternalEtcd(cluster);
    if (applicable.kind !== "applicable") return applicable.outcome;
    const files = externalEtcdFiles(applicable.reading);
    const uploads = kubeadmRuns.filter(({ uploadCerts }) => uploadCerts);
    const joins = matchedJoins(cluster, applicable.nodes);
    if (uploads.length === 0 && !joins.some(({ run }) => run.certificateKey))
      return { kind: "not-applicable", why: NO_UPLOADS };
    const question: Question = { files, uploads, joins, nodes: applicable.nodes };
    return outcomeOf(
      [
        ...uploads.flatMap((run) => uploadFaults(run, question)),
        ...joins.flatMap((join) => joinFaults(join, question)),
      ],
      [...uploads.flatMap(openUpload), ...joins.flatMap((join) => openJoin(join, question))],
      joins.flatMap((join) => remark(join, question)),
    );
  },
};

const NO_UPLOADS = "nothing here uploads kubeadm-certs or joins with a certificate key";

/** A node and the run that joins it. */
interface Join {
  readonly node: ControlPlaneNode;
  readonly run: MatchedKubeadmRun;
}

interface Question {
  readonly files: readonly ExternalEtcdFile[];
  readonly uploads: readonly MatchedKubeadmRun[];
  readonly joins: readonly Join[];
  readonly nodes: readonly ControlPlaneNode[];
}

function matchedJoins({ kubeadmRuns }: Cluster, nodes: readonly ControlPlaneNode[]): readonly Join[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return kubeadmRuns
    .filter(({ command }) => command === "join-control-plane")
    .flatMap((run) =>
      run.nodes.flatMap((name) => {
        const node = byName.get(name);
        return node === undefined ? [] : [{ node, run }];
      }),
    );
}

function uploadFaults(run: MatchedKubeadmRun, { files, nodes }: Question): readonly Finding[] {
  const source = runText(run);
  if (run.undecided !== undefined) return [];
  if (!run.config) {
    const command = run.command === "init" ? "kubeadm init --upload-certs" : "kubeadm init phase upload-certs";
    const keyFile = files.find(({ field }) => field === "keyFile")?.path ?? "";
    return [uploadWithoutConfig.finding({ data: { source, command, keyFile } })];
  }
  return nodes
    .filter(({ name }) => run.nodes.includes(name))
    .flatMap((node) =>
      files
        .filter(({ path }) => node.files.presence(path).kind === "missing")
        .map(({ path }) =>
          uploaderLacksFile.finding({ node: describeNode(node), path, group: source, data: { source } }),
        ),
    );
}

function openUpload(run: MatchedKubeadmRun): readonly Undecided[] {
  if (run.undecided === undefined) return [];
  return [{ ...undecidedRun("uploads-certs", run, run.undecided), node: null, path: null }];
}

/** The first file that the node is not given in some other way. */
function firstMissing({ node }: Join, { files }: Question): string | undefined {
  return files.find(({ path }) => node.files.presence(path).kind === "missing")?.path;
}

function joinFaults(join: Join, question: Question): readonly Finding[] {
  const { node, run } = join;
  const path = firstMissing(join, question);
  if (run.certificateKey || run.undecided !== undefined || path === undefined) return [];
  return [joinWithoutKey.finding({ node: describeNode(node), path, data: { source: runText(run) } })];
}

/** A join with a key counts on an upload that this stack does not declare. */
function openJoin({ node, run }: Join, { files, uploads }: Question): readonly Undecided[] {
  const path = files.find((file) => node.files.presence(file.path).kind !== "present")?.path;
  if (path === undefined) return [];
  const about = { node: describeNode(node), path: null };
  if (run.undecided !== undefined)
    return [{ ...undecidedRun("joins-with-certificate-key", run, run.undecided), ...about }];
  if (!run.certificateKey || uploads.length > 0) return [];
  return [{ reason: { id: "certs-upload-not-shown", data: {} }, source: run.source, ...about }];
}

function undecidedRun(
  question: ReasonOf<"kubeadm-run-undecided">["data"]["question"],
  { source }: MatchedKubeadmRun,
  because: Reason,
): UndecidedReason {
  return { reason: { id: "kubeadm-run-undecided", data: { question, because } }, source };
}

/** A node that has the files by the Secret alone. */
function remark({ node, run }: Join, { files, uploads }: Question): readonly Finding[] {
  if (!downloadsCerts(run) || !uploads.some(uploadsExternalEtcd)) return [];
  const brought = files.some(({ path }) => {
    const presence = node.files.presence(path);
    return presence.kind === "present" && isSameSource(presence.file.source, run.source);
  });
  const data = { source: runText(run) };
  return brought ? [atJoinOnly.finding({ node: describeNode(node), level: "advisory", data })] : [];
}

function isSameSource(one: MatchedKubeadmRun["source"], other: MatchedKubeadmRun["source"]): boolean {
  return one.urn === other.urn && one.name === other.name;
}

/** The resource whose text runs kubeadm. */
function runText({ source }: MatchedKubeadmRun): string {
  return `${source.name} (${source.kind})`;
}
