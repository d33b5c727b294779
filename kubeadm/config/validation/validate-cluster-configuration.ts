import { goToLower } from "../../go/go-text";
import type { ClusterConfiguration } from "../cluster-configuration";
import { validateImageRepository } from "./image";
import type { RuleFault } from "./rule-fault";
import { validateAbsolutePath } from "./validate-absolute-path";
import { validateEncryptionAlgorithm } from "./validate-encryption-algorithm";
import { validateEtcd } from "./validate-etcd";
import { validateExtraArgs } from "./validate-extra-args";
import { validateFeatureGates } from "./validate-feature-gates";
import { validateNetworking } from "./validate-networking";
import { validateSans } from "./validate-sans";

/** validation.go ValidateClusterConfiguration (1.30.14 to 1.37.2), in its order. */
export function validateClusterConfiguration(configuration: ClusterConfiguration, minor: number): readonly RuleFault[] {
  const { dns, apiServer, controllerManager, scheduler } = configuration;
  // SetClusterDynamicDefaults puts the API server's names into lower case first.
  const sans = apiServer.certSANs.map(goToLower);
  return [
    ...(dns.imageRepository === "" ? [] : validateImageRepository(dns.imageRepository, ["dns", "imageRepository"])),
    ...validateNetworking(configuration),
    ...validateSans(sans, ["apiServer", "certSANs"]),
    ...validateExtraArgs(apiServer.extraArgs, ["apiServer", "extraArgs"]),
    ...validateExtraArgs(controllerManager.extraArgs, ["controllerManager", "extraArgs"]),
    ...validateExtraArgs(scheduler.extraArgs, ["scheduler", "extraArgs"]),
    ...validateAbsolutePath(configuration.certificatesDir, ["certificatesDir"]),
    ...validateFeatureGates(configuration.featureGates, minor),
    ...validateImageRepository(configuration.imageRepository, ["imageRepository"]),
    ...validateEtcd(configuration.etcd, minor),
    ...validateEncryptionAlgorithm(configuration.encryptionAlgorithm, minor),
  ];
}
