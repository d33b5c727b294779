import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";

let names: readonly string[] = [];

/** The policies that the policy configuration of this run names, known ones or not. */
export function configuredPolicies(): readonly string[] {
  return names;
}

/**
 * Listens for the names in the engine's call `Configure`. The SDK hands each policy its own configuration only, so that nobody
 * would hear of a misspelt name (docs/engine.md, "Settings"). Must be called before a PolicyPack is made.
 */
export function listenForPolicyNames(): void {
  const call = AnalyzerService.configure;
  const deserialize = call.requestDeserialize;
  call.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    names = [...request.getPolicyconfigMap().keys()];
    return request;
  };
}
