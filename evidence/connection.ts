import type { Machine } from "../cluster/evidence";
import { UNKNOWN } from "../shell/unknown";
import type { StackResource } from "./stack-resource";
import { at, stringAt } from "./value";

/**
 * The machine that a resource of the command provider connects to. The provider's Check fills an unknown connection
 * with zero values, so an empty host means unknown; `propertyDependencies.connection` then names where it comes from.
 */
export function machineOfConnection(resource: StackResource): Machine {
  const host = hostOf(resource);
  const port = at(resource.inputs, "connection", "port");
  return {
    by: "connection",
    host,
    // Beside an unknown host the port is a zero value as well.
    ...(host === undefined || typeof port !== "number" || port === 22 ? {} : { port }),
    resources: resource.propertyDependencies["connection"] ?? [],
  };
}

/** The machine that a text reaches with ssh; `port` is 22 if absent. */
export function sshTo(host: string | undefined, port: number | undefined): Machine {
  return { by: "connection", host, ...(port === undefined ? {} : { port }), resources: [] };
}

/**
 * The user of the connection, whose home relative paths start at; root if none is given (the provider's default).
 * `undefined` where it is not known: beside an unknown host, `root` may be the provider's zero value.
 */
export function userOfConnection(resource: StackResource): string | undefined {
  const user = stringAt(resource.inputs, "connection", "user");
  if (user === UNKNOWN) return undefined;
  if (user !== undefined && user !== "" && user !== "root") return user;
  return hostOf(resource) === undefined ? undefined : "root";
}

function hostOf(resource: StackResource): string | undefined {
  const host = stringAt(resource.inputs, "connection", "host");
  return host === undefined || host === UNKNOWN || host.trim() === "" ? undefined : host.trim();
}
