import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { once } from "../kubeadm/config/once";

let configured: ReadonlyMap<string, unknown> = new Map();

/** The policies that the policy configuration of this run names, known ones or not, each with its configuration. */
export function configuredPolicies(): ReadonlyMap<string, unknown> {
  return configured;
}

/**
 * Listens to the engine's call `Configure`. The SDK hands each policy its own configuration only, and none of a policy that is
 * disabled: nobody would hear of a misspelt name, and settings would be lost with the level of the policy that carries them
 * (docs/engine.md, "Settings"). Must be called before a PolicyPack is made.
 */
export const listenForPolicyConfiguration: () => void = once(() => {
  const call = AnalyzerService.configure;
  const deserialize = call.requestDeserialize;
  call.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    configured = new Map(
      [...request.getPolicyconfigMap().entries()].map(([name, one]) => [name, one.getProperties()?.toJavaScript()]),
    );
    return request;
  };
});
