import type { UpgradePath, UpgradePathStep } from "../cluster/upgrade-path";

/** The upgrade path as a table, with kubeadm's words where it stops, what to avoid, and the safe order of a step. */
export function upgradePathText({ steps, endsEarly }: UpgradePath): readonly string[] {
  const head = "Upgrade path:";
  if (steps.length === 0) return [head, `  ${endsEarly ?? "there is no step"}.`];
  return [
    head,
    ...table([
      ["Kubespray", "Kubernetes", "etcd", "the kubeadm-config names", "kubeadm", "afterwards it names"],
      ...steps.map(row),
    ]),
    ...steps.flatMap(notes),
    ...(endsEarly === null ? [] : [`  ${endsEarly}.`]),
    "  Order of each step: etcd first, then the control-plane nodes one after the other in the order of the inventory, then the workers; check again before the next.",
  ];
}

function row(step: UpgradePathStep): readonly string[] {
  const outcome = step.stop !== null ? `stops on ${step.stop.node}` : step.unknown.length > 0 ? "undecided" : "passes";
  return [step.kubespray, step.kubernetes, step.etcd, nameOf(step.certFile), outcome, nameOf(step.certFileAfter)];
}

function notes(step: UpgradePathStep): readonly string[] {
  return [
    ...(step.migrate === null ? [] : [`  ${step.kubespray}: ${step.migrate}.`]),
    ...(step.stop === null ? [] : [`  ${step.kubespray} on ${step.stop.node}: ${step.stop.error}`]),
    ...step.avoid.map(({ kubespray, node, error }) => `  Not ${kubespray}, which stops on ${node}: ${error}`),
    ...step.unknown.slice(0, MOST).map((one) => `  ${step.kubespray}: unknown: ${one}`),
    ...(step.unknown.length > MOST ? [`  ${step.kubespray}: and ${step.unknown.length - MOST} more are unknown`] : []),
  ];
}

const MOST = 5;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1) || "no file";
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  return rows.map((cells) => `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}
