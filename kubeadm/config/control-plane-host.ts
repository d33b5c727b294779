import { parseHostPort } from "../go/net/host-port";

/** The host of a controlPlaneEndpoint, without brackets; undefined where there is none that kubeadm takes. */
export function controlPlaneHost(controlPlaneEndpoint: string): string | undefined {
  const endpoint = controlPlaneEndpoint === "" ? undefined : parseHostPort(controlPlaneEndpoint);
  return endpoint?.kind === "host-port" ? endpoint.host : undefined;
}
