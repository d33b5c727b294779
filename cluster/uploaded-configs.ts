import { append } from "./append";
import { leaveUndecided } from "./disk/leave-undecided";
import { UndecidedPlaces } from "./disk/undecided-places";
import type { UploadedConfig } from "./disk/uploaded-config";
import type { Evidence, Machine } from "./evidence";
import type { Node } from "./node";
import { nodeFiles } from "./node-files";
import { machineBehind, nodeIdentity } from "./node-identity";
import { splitByPort } from "./split-by-port";
import type { StackParts } from "./stack-parts";

/** The files of which the kubeadm-config of one cluster is made on one machine, in order. */
export interface UploadsOnMachine {
  /** What the machine is called: its host, its names, its addresses; nothing where it is the program's own. */
  readonly names: readonly string[];
  readonly isLocal: boolean;
  readonly uploads: readonly UploadedConfig[];
}

/**
 * The files of which kubeadm or kubectl makes a kubeadm-config (`kubeadm init --config`, `kubectl apply -f`), by machine and by the
 * cluster that kubectl is told to speak to, in the order of the stack.
 */
export function uploadedConfigs(given: StackParts): readonly UploadsOnMachine[] {
  const stack = splitByPort(given);
  const connections = [...stack.evidence, ...stack.kubeadmRuns]
    .map(({ machine }) => machine)
    .filter(({ by }) => by === "connection");
  const behind = machineBehind(connections, stack.graph);
  const machines = new Map<string, Machine>();
  for (const { machine, operations } of stack.evidence)
    if (operations.some((one) => one.do === "upload-config")) machines.set(keyOf(machine, behind(machine)), machine);
  const remote = [...machines.values()].flatMap((machine) => {
    const node = nodeOf(machine, behind(machine), stack);
    const match = nodeIdentity([node], [], connections, stack.graph);
    const shared = new UndecidedPlaces();
    const own = stack.evidence.filter((one) => {
      if (JSON.stringify(one.machine) === JSON.stringify(machine)) return true;
      const found = match(one.machine);
      if (found.kind === "maybe") leaveUndecided(shared, one, found.reason);
      return found.kind === "nodes";
    });
    const names = [node.name, ...node.otherNames, ...node.addresses];
    const uploads = uploadsOn(own, stack, shared);
    // Where kubeadm made the cluster, that is the one which kubectl reaches.
    const makesCluster = uploads.some(({ form }) => contextOf(form) === undefined);
    return grouped(uploads, ({ form }) => (makesCluster ? "" : (contextOf(form) ?? ""))).map((some) => ({
      names,
      isLocal: false,
      uploads: some,
    }));
  });
  return [...remote, ...localUploads(stack)];
}

function localUploads(stack: StackParts): readonly UploadsOnMachine[] {
  const { local = [] } = stack;
  if (!local.some(({ operations }) => operations.some((one) => one.do === "upload-config"))) return [];
  const kubeconfigs = new Map(local.map(({ source, kubeconfig }) => [source.urn, kubeconfig]));
  const evidence = local.map(({ source, operations }): Evidence => ({ source, operations, machine: LOCAL }));
  const uploads = uploadsOn(evidence, stack, new UndecidedPlaces());
  return grouped(uploads, ({ source, form }) => `${kubeconfigs.get(source.urn)} ${contextOf(form) ?? ""}`).map(
    (some) => ({ names: [], isLocal: true, uploads: some }),
  );
}

const LOCAL: Machine = { by: "name", name: "" };

/** What kubectl is told to speak to; undefined for kubeadm. */
function contextOf(form: UploadedConfig["form"]): string | undefined {
  return "context" in form ? form.context : undefined;
}

function grouped(
  uploads: readonly UploadedConfig[],
  keyed: (upload: UploadedConfig) => string,
): readonly (readonly UploadedConfig[])[] {
  const groups = new Map<string, UploadedConfig[]>();
  for (const upload of uploads) append(groups, keyed(upload), upload);
  return [...groups.values()];
}

function uploadsOn(
  evidence: readonly Evidence[],
  { precedes }: StackParts,
  shared: UndecidedPlaces,
): readonly UploadedConfig[] {
  const interest = evidence
    .flatMap(({ operations }) => operations)
    .flatMap((one) => (one.do === "upload-config" && one.path !== undefined ? [one.path] : []));
  const unknown = { kind: "unknown", reason: { id: "no-file-evidence", data: {} } } as const;
  return nodeFiles(evidence, unknown, interest, precedes, [shared]).uploads;
}

function keyOf(machine: Machine, urn: string | undefined): string {
  return urn ?? JSON.stringify(machine);
}

/** The machine as a node of which nothing but itself is known. */
function nodeOf(machine: Machine, urn: ReturnType<ReturnType<typeof machineBehind>>, { graph }: StackParts): Node {
  const facts = urn === undefined ? undefined : graph.machines.get(urn);
  const host = machine.by === "connection" ? machine.host : machine.by === "name" ? machine.name : undefined;
  const [name = host ?? "", ...otherNames] = facts?.names ?? [];
  return {
    name,
    otherNames,
    addresses: [...(host === undefined ? [] : [host]), ...(facts?.addresses ?? [])],
    ...(urn === undefined ? {} : { resource: urn }),
    declaredBy: { name, kind: "kubeadm" },
  };
}
