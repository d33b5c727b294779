import { candidates } from "../machine/destinations";
import type { FileOperation } from "../machine/file-operation";
import type { Evidence, KubeadmRun, Machine } from "./evidence";
import { isCertificateOrKey } from "./is-certificate-or-key";

type Connection = Extract<Machine, { readonly by: "connection" }>;

/** The parts of a stack that say on which machine things happen. */
interface Happenings {
  readonly evidence: readonly Evidence[];
  readonly kubeadmRuns: readonly KubeadmRun[];
}

/**
 * The same with machines distinguished by port where one host stands for several of them, as behind NAT: they are the hosts
 * `203.0.113.5:2201`, `203.0.113.5:2202`. A host to which certificates and kubeadm come through one port only is one
 * machine, whatever other ports are used besides (before sshd was moved to another port).
 */
export function splitByPort<Stack extends Happenings>(stack: Stack): Stack {
  const ports = new Map<string, Set<number>>();
  for (const machine of [...stack.evidence.filter(bringsCertificate), ...stack.kubeadmRuns].map(machineOf)) {
    if (machine.by !== "connection") continue;
    const place = placeOf(machine);
    ports.set(place, (ports.get(place) ?? new Set()).add(machine.port ?? SSH));
  }
  const split = <One extends { readonly machine: Machine }>(one: One): One =>
    one.machine.by === "connection" && (ports.get(placeOf(one.machine))?.size ?? 0) > 1
      ? { ...one, machine: withPort(one.machine) }
      : one;
  return { ...stack, evidence: stack.evidence.map(split), kubeadmRuns: stack.kubeadmRuns.map(split) };
}

/** The port of ssh where none is given. */
const SSH = 22;

function machineOf({ machine }: { readonly machine: Machine }): Machine {
  return machine;
}

function bringsCertificate({ operations }: Evidence): boolean {
  return operations.some(
    (operation) =>
      "to" in operation && candidates(operation.to).some((path) => isCertificateOrKey(path, contentOf(operation))),
  );
}

function contentOf(operation: FileOperation) {
  return operation.do === "put" ? operation.content : undefined;
}

/** The host, or what it will come from. */
function placeOf({ host, resources }: Connection): string {
  return host?.toLowerCase() ?? JSON.stringify([...resources].sort());
}

function withPort(machine: Connection): Machine {
  const { host, port = SSH } = machine;
  if (host === undefined) return { by: "unknown", reason: { id: "shared-by-port", data: { host: null, port: null } } };
  // What the host was made from is the machine that passes connections on.
  return {
    by: "connection",
    host: host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`,
    port,
    behind: host,
    resources: [],
  };
}
