import { BASELINE_KIND, type BaselineFinding } from "../cluster/baseline";

/** The text of a baseline: the same findings give the same bytes, whatever their order. */
export function baselineFile(findings: readonly BaselineFinding[]): string {
  const sorted = [...new Map(findings.map((one) => [one.fingerprint, one])).values()].sort((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  );
  return `${JSON.stringify({ ...BASELINE_KIND, findings: sorted }, undefined, 2)}\n`;
}

function keyOf({ cluster, policy, node, path, fingerprint }: BaselineFinding): string {
  return JSON.stringify([cluster, policy, node, path, fingerprint]);
}
