import type { Evidence, Machine } from "../cluster/evidence";
import { machineOfConnection } from "./connection";
import type { StackResource } from "./stack-resource";
import { isMachineType } from "./user-data/user-data-sources";

/** A resource that could not be read because of an internal error. */
export interface UnreadResource {
  readonly resource: StackResource;
  /** The end of a sentence; never the error's own text, which may quote a property. */
  readonly why: string;
}

export interface Isolated<Reading> {
  readonly reading: Reading;
  readonly unread: readonly UnreadResource[];
}

/**
 * Reads resources so that one that cannot be read does not keep the others from being read: where reading all of them throws, those
 * at which it throws are read without their properties. Throws only if that fails too.
 */
export function isolate<Reading>(
  resources: readonly StackResource[],
  read: (resources: readonly StackResource[]) => Reading,
): Isolated<Reading> {
  try {
    return { reading: read(resources), unread: [] };
  } catch {
    const unread = resources.flatMap((resource): readonly UnreadResource[] => {
      const why = errorOf(() => read([resource]));
      return why === undefined ? [] : [{ resource, why }];
    });
    const odd = new Set(unread.map(({ resource }) => resource));
    const rest = resources.map((one) => (odd.has(one) ? { ...one, inputs: {}, outputs: {} } : one));
    return { reading: read(rest), unread };
  }
}

/** What an error is called in messages: its kind, never its text. */
export function internalErrorOf(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return `it could not be read because of an internal error (${name}); please report this line`;
}

function errorOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return internalErrorOf(error);
  }
}

/** What is known of a resource that could not be read: it might write anywhere on its machine. */
export function evidenceOfUnread({ resource, why }: UnreadResource): Evidence {
  const { name, type, urn } = resource;
  return {
    source: { name, kind: type, urn },
    machine: machineOf(resource),
    operations: [
      { do: "might-write", scope: { kind: "anywhere" }, reason: { id: "resource-not-read", data: { problem: why } } },
    ],
  };
}

function machineOf(resource: StackResource): Machine {
  if (isMachineType(resource.type)) return { by: "resource", urn: resource.urn };
  try {
    return machineOfConnection(resource);
  } catch {
    return { by: "connection", host: undefined, resources: resource.propertyDependencies["connection"] ?? [] };
  }
}
