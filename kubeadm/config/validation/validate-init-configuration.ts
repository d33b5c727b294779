import { advertiseAddressFault, validateBindPort } from "./api-endpoint";
import { type NodeRegistration, nodeNameFault, validateNodeRegistration } from "./node-registration";
import type { RuleFault } from "./rule-fault";
import { type BootstrapToken, validateBootstrapTokens } from "./validate-bootstrap-tokens";
import { validateCertificateKey } from "./validate-certificate-key";

export interface InitConfiguration {
  readonly bootstrapTokens: readonly BootstrapToken[];
  readonly nodeRegistration: NodeRegistration;
  readonly localAPIEndpoint: ApiEndpoint;
  readonly certificateKey: string;
}

export interface ApiEndpoint {
  readonly advertiseAddress: string;
  readonly bindPort: number;
}

/** validation.go ValidateInitConfiguration without the cluster's part, and what SetInitDynamicDefaults refuses before. */
export function validateInitConfiguration(init: InitConfiguration, minor: number): readonly RuleFault[] {
  return [
    ...validateNode(init.nodeRegistration),
    ...validateApiEndpoint(init.localAPIEndpoint, ["localAPIEndpoint"]),
    ...validateBootstrapTokens(init.bootstrapTokens, minor),
    ...validateCertificateKey(init.certificateKey, ["certificateKey"]),
  ];
}

/** A nodeRegistration, with the name that GetHostname refuses. */
export function validateNode(node: NodeRegistration): readonly RuleFault[] {
  const fault = nodeNameFault(node.name);
  return fault === undefined
    ? validateNodeRegistration(node)
    : [{ id: "nodeNameInvalid", path: ["nodeRegistration", "name"], message: fault }];
}

/** A localAPIEndpoint. */
export function validateApiEndpoint(endpoint: ApiEndpoint, path: RuleFault["path"]): readonly RuleFault[] {
  const fault = advertiseAddressFault(endpoint.advertiseAddress);
  return [
    ...(fault === undefined
      ? []
      : [{ id: "advertiseAddressInvalid" as const, path: [...path, "advertiseAddress"], message: fault }]),
    ...validateBindPort(endpoint.bindPort, [...path, "bindPort"]),
  ];
}
