import type { CheckResult } from "./check-result";

/** The result as one JSON document, in the shape of docs/check-schema.json; ends in a line feed. */
export function jsonReport({ clusters }: CheckResult): string {
  const shown = clusters.map(({ name, outcomes, kubeadm }) => ({
    name,
    outcomes: outcomes.map(({ policy, outcome, findings }) => ({ policy, outcome, findings })),
    kubeadm: Object.fromEntries(
      kubeadm.map(({ node, prediction }) => [
        node,
        { ok: prediction.ok, error: prediction.ok === false ? prediction.error : null },
      ]),
    ),
  }));
  return `${JSON.stringify({ clusters: shown }, undefined, 2)}\n`;
}
