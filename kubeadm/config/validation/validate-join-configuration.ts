import type { NodeRegistration } from "./node-registration";
import { invalid, type RuleFault } from "./rule-fault";
import { validateCertificateKey } from "./validate-certificate-key";
import { type Discovery, validateDiscovery } from "./validate-discovery";
import { type ApiEndpoint, validateApiEndpoint, validateNode } from "./validate-init-configuration";

export interface JoinConfiguration {
  readonly nodeRegistration: NodeRegistration;
  readonly caCertPath: string;
  readonly discovery: Discovery;
  readonly controlPlane: { readonly localAPIEndpoint: ApiEndpoint; readonly certificateKey: string } | undefined;
}

/** validation.go ValidateJoinConfiguration (1.30.14 to 1.37.2), and what SetJoinDynamicDefaults refuses before. */
export function validateJoinConfiguration(join: JoinConfiguration): readonly RuleFault[] {
  const { controlPlane, caCertPath } = join;
  return [
    ...validateNode(join.nodeRegistration),
    ...(controlPlane === undefined
      ? []
      : validateApiEndpoint(controlPlane.localAPIEndpoint, ["controlPlane", "localAPIEndpoint"])),
    ...validateDiscovery(join.discovery),
    ...(controlPlane === undefined
      ? []
      : validateCertificateKey(controlPlane.certificateKey, ["controlPlane", "certificateKey"])),
    ...(caCertPath === "" || (caCertPath.startsWith("/") && caCertPath.endsWith(".crt"))
      ? []
      : [invalid("caCertPathInvalid", ["caCertPath"], caCertPath, "the ca certificate path must be an absolute path")]),
  ];
}
