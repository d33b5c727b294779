import { hash } from "node:crypto";
import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { externalEtcdPaths } from "../cluster/external-etcd-files";
import { describeNode } from "../cluster/node";
import type { NodePrediction } from "../cluster/predict-kubeadm";
import type { UpgradePath } from "../cluster/upgrade-path";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { publicProse, withPublicPaths } from "../machine/public-text";
import { stackOf } from "../machine/urn";
import type { Evaluation } from "../policies/evaluate";
import { certificateReports } from "./certificate-reports";
import { checkedAs } from "./checked-as";
import { coverage } from "./coverage";
import { fileCell, fileTable } from "./file-table";
import { findingPlaces, type InputFile } from "./finding-places";
import { policyReport } from "./policy-report";
import { publicReport } from "./public-report";
import type { ClusterReport, FixReport, PredictionReport, Report, SubjectReport, Tool } from "./report";
import { sourceReport } from "./source-report";

/** A cluster with all that was found out about it. */
export interface CheckedCluster {
  readonly cluster: Cluster;
  /** One for each policy, in the order of the registry. */
  readonly evaluations: readonly Evaluation[];
  readonly predictions: readonly NodePrediction[];
  readonly inputs?: readonly InputFile[];
  /** Files to be explained. */
  readonly explain?: readonly { readonly node: ControlPlaneNode; readonly path: string }[];
  /** The release that the command line asks for, as given. */
  readonly kubeadm?: string | undefined;
  readonly upgradePath?: UpgradePath | undefined;
  /** What gives the nodes the files they lack, for the reports of a command line. */
  readonly fix?: FixReport | undefined;
}

/** All that reports show of one cluster. Pure; a cluster that cannot be read gives a report that says so. */
export function clusterReport(checked: CheckedCluster, tool: Tool, origin: Report["origin"]): ClusterReport {
  const { cluster, evaluations, predictions, kubeadm, inputs = [], explain = [], upgradePath, fix } = checked;
  const { configuration } = cluster;
  const paths = configuration.kind === "text" ? externalEtcdPaths(legibleConfiguration(configuration.reading)) : [];
  const placesOf = findingPlaces(cluster, inputs);
  return publicReport({
    name: publicProse(cluster.name),
    subject: subjectReport(cluster),
    inputs: inputs.map(({ role, file }) => ({ role, file })),
    checkedAs: checkedAs(cluster, kubeadm),
    coverage: coverage(cluster),
    outcomes: evaluations.map((one) => policyReport(one, cluster, tool, origin, placesOf)),
    predictions: predictions.map((one) => predictionReport(one, paths)),
    files: fileTable(cluster, origin),
    certificates: certificateReports(cluster),
    explained: explain.map(({ node, path }) => ({
      node: describeNode(node),
      path,
      cell: fileCell(node, path, cluster, origin),
    })),
    ...(upgradePath === undefined ? {} : { upgradePath }),
    ...(fix === undefined ? {} : { fix }),
  });
}

function subjectReport({ subject: { source, field }, configuration }: Cluster): SubjectReport {
  return {
    ...sourceReport(source),
    field,
    stack: source.urn === undefined ? null : stackOf(source.urn),
    sha256: configuration.kind === "text" ? hash("sha256", configuration.text, "hex") : null,
  };
}

function predictionReport({ node, prediction }: NodePrediction, paths: readonly string[]): PredictionReport {
  if (prediction.ok === null) return { node, ok: null, error: null, why: withPublicPaths(prediction.why, paths) };
  return { node, ok: prediction.ok, error: prediction.ok ? null : withPublicPaths(prediction.error, paths), why: null };
}
