import type { KubeadmStep, NodePrediction } from "../cluster/predict-kubeadm";
import type { CheckResult, ClusterResult } from "./check-result";
import type { PolicyResult } from "./policy-result";

/**
 * The result for people: the verdict of each policy, the texts of what was found, then each node with what kubeadm would
 * say there. The same result gives the same bytes; what a terminal would obey is printed as an escape.
 */
export function textReport({ step, clusters }: CheckResult): string {
  const lines = clusters.flatMap((cluster) => clusterLines(cluster, step));
  return `${printable(lines.join("\n"))}\n`;
}

function clusterLines({ name, outcomes, kubeadm }: ClusterResult, step: KubeadmStep): readonly string[] {
  const width = Math.max(...Object.values(VERDICTS).map((verdict) => verdict.length));
  return [
    `Cluster ${name}: ${summary(outcomes)}`,
    ...outcomes.map(({ policy, outcome, why }) => {
      const reason = why === null ? "" : `: ${why}`;
      return `  ${VERDICTS[outcome].padEnd(width)}  ${policy}${reason}`;
    }),
    ...outcomes.flatMap(policyLines),
    ...nodeLines(kubeadm, step),
  ];
}

const VERDICTS = {
  fail: "FAIL",
  undecided: "undecided",
  pass: "pass",
  "not-applicable": "not applicable",
} as const;

function summary(outcomes: readonly PolicyResult[]): string {
  const count = (kind: PolicyResult["outcome"]) => outcomes.filter(({ outcome }) => outcome === kind).length;
  const [failed, undecided] = [count("fail"), count("undecided")];
  if (failed === 0 && undecided === 0) return "nothing found";
  const open = undecided === 0 ? "" : `${undecided} undecided, which is no pass`;
  const found = failed === 0 ? "no policy failed" : `${failed} ${failed === 1 ? "policy" : "policies"} failed`;
  return open === "" ? found : `${found}, ${open}`;
}

function policyLines({ policy, outcome, texts, open }: PolicyResult): readonly string[] {
  const questions = open.map((question) => `undecided: ${question}`);
  const told = [...texts, ...questions].map((text) => text.split("\n").map((line) => `  ${line}`));
  return told.length === 0 ? [] : ["", `${policy} (${VERDICTS[outcome]})`, ...told.flat()];
}

const COMMANDS: Readonly<Record<KubeadmStep, string>> = {
  upgrade: "kubeadm upgrade node phase control-plane",
  init: "kubeadm init phase preflight (ExternalEtcdVersion, ExternalEtcdClientCertificates)",
};

function nodeLines(kubeadm: readonly NodePrediction[], step: KubeadmStep): readonly string[] {
  if (kubeadm.length === 0) return [];
  const width = Math.max(...kubeadm.map(({ node }) => node.length));
  const indent = " ".repeat(width + 13);
  return [
    "",
    `What ${COMMANDS[step]} would say (unknown: what it depends on):`,
    ...kubeadm.map(({ node, prediction }) => {
      const { verdict, text } = words(prediction);
      return `  ${node.padEnd(width)}  ${verdict.padEnd(7)}  ${text.replaceAll("\n", `\n${indent}`)}`.trimEnd();
    }),
  ];
}

function words(prediction: NodePrediction["prediction"]): { readonly verdict: string; readonly text: string } {
  if (prediction.ok === null) return { verdict: "unknown", text: prediction.why };
  return prediction.ok ? { verdict: "ok", text: "" } : { verdict: "fails", text: prediction.error };
}

/** Control characters as `\x1b`; line feeds stay. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    character === "\n" ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
