import type { UpgradePath, UpgradePathStep } from "../cluster/upgrade-path";

/** The upgrade path as a table, with kubeadm's words where it stops, what to avoid, and the safe order of a step. */
export function upgradePathText({ by, steps, endsEarly }: UpgradePath): readonly string[] {
  if (steps.length === 0) return [`  ${endsEarly ?? "there is no step"}.`];
  const columns = COLUMNS.filter((one) => one.title !== "Kubespray" || by === "kubespray");
  return [
    ...table([columns.map(({ title }) => title), ...steps.map((step) => columns.map(({ cell }) => cell(step)))]),
    ...steps.flatMap(notes),
    ...(endsEarly === null ? [] : [`  ${endsEarly}.`]),
    `  Order of each step: ${orderOf(by, steps)}; check again before the next.`,
  ];
}

const COLUMNS: readonly { readonly title: string; readonly cell: (step: UpgradePathStep) => string }[] = [
  { title: "Kubespray", cell: ({ kubespray }) => kubespray ?? "" },
  { title: "Kubernetes", cell: ({ kubernetes }) => kubernetes },
  { title: "etcd", cell: ({ etcd }) => etcd },
  { title: "the kubeadm-config names", cell: ({ certFile }) => nameOf(certFile) },
  { title: "kubeadm", cell: outcome },
  { title: "afterwards it names", cell: ({ certFileAfter }) => nameOf(certFileAfter) },
];

function orderOf(by: UpgradePath["by"], steps: readonly UpgradePathStep[]): string {
  if (by === "kubespray")
    return "etcd first, then the control-plane nodes one after the other in the order of the inventory, then the workers";
  const isExternal = steps.some(({ certFile }) => certFile !== "");
  const before = isExternal ? "etcd first where it is older, then " : "";
  const etcd = isExternal ? "" : ", each with its etcd";
  return `${before}kubeadm upgrade apply on the first control-plane node and kubeadm upgrade node on the others, one after the other${etcd}, then the kubelets and the workers`;
}

function outcome({ stop, unknown }: UpgradePathStep): string {
  return stop !== null ? `stops${onNode(stop.node)}` : unknown.length > 0 ? "undecided" : "passes";
}

function onNode(node: string | null): string {
  return node === null ? "" : ` on ${node}`;
}

function notes(step: UpgradePathStep): readonly string[] {
  const title = step.kubespray ?? step.kubernetes;
  return [
    ...(step.migrate === null ? [] : [`  ${title}: ${step.migrate}.`]),
    ...(step.stop === null ? [] : [`  ${title}${onNode(step.stop.node)}: ${step.stop.error}`]),
    ...step.avoid.map(({ kubespray, node, error }) => `  Not ${kubespray}, which stops${onNode(node)}: ${error}`),
    ...step.unknown.slice(0, MOST).map((one) => `  ${title}: unknown: ${one}`),
    ...(step.unknown.length > MOST ? [`  ${title}: and ${step.unknown.length - MOST} more are unknown`] : []),
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
