import { urlParts } from "../go/net/url-parts";

/** One of `etcd.external.endpoints`, as the etcd client in kube-apiserver takes it (etcd client/v3 3.5 to 3.7, internal/endpoint). */
export type EtcdEndpoint = { readonly index: number; readonly text: string } & (
  | {
      readonly kind: "address";
      /** Undefined for a bare `host:port`. */
      readonly scheme: "http" | "https" | undefined;
      /** Without brackets. */
      readonly host: string;
      /** Empty where there is none. */
      readonly port: string;
    }
  | { readonly kind: "unusable"; readonly why: string }
);

/** Parses an endpoint. `text` is what was given, which may hold a user and a password. */
export function etcdEndpoint(given: string, index: number): EtcdEndpoint {
  const text = given;
  const unusable = (why: string): EtcdEndpoint => ({ index, text, kind: "unusable", why });
  if (given === "") return unusable("is empty");
  if (!given.includes("://")) {
    const [, host = given, port = ""] = /^(.*):(\d*)$/.exec(given) ?? [];
    return { index, text, kind: "address", scheme: undefined, host: host.replace(/^\[(.*)\]$/, "$1"), port };
  }
  const url = urlParts(given);
  if (!url.ok) return unusable("is no URL");
  const { scheme, hostName, port } = url.value;
  if (scheme !== "http" && scheme !== "https") return unusable("has another scheme than https");
  if (hostName === "") return unusable("names no host");
  return { index, text, kind: "address", scheme, host: hostName, port };
}

/** Why nothing can be reached under this endpoint, whatever runs there; undefined where something may. */
export function unreachable(endpoint: EtcdEndpoint): string | undefined {
  if (endpoint.kind === "unusable") return endpoint.why;
  if (endpoint.port === "") return "has no port (etcd's is 2379)";
  const port = Number(endpoint.port);
  return port < 1 || port > 65_535 ? `has the port ${endpoint.port}, which does not exist` : undefined;
}

/** True for an address by which a machine means itself. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    /^127(\.\d+){3}$/.test(name) ||
    /^(::ffff:127(\.\d+){3}|[0:]+:0*1|0\.0\.0\.0|[0:]*::)$/.test(name)
  );
}
