import { runtime } from "@pulumi/pulumi";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";

/**
 * Hands what the engine's call ConfigureStack says to the SDK, as the SDK does for a provider (`@pulumi/pulumi/provider/server`).
 * A language host puts the stack's name and configuration into the environment of a pack folder; an executable pack learns
 * them by this call only. Must be called before a PolicyPack is made.
 */
export function listenForTheStack(): void {
  const call = AnalyzerService.configureStack;
  const deserialize = call.requestDeserialize;
  call.requestDeserialize = (bytes) => {
    const stack = deserialize(bytes);
    // No engine and no monitor: a pack registers nothing.
    runtime.resetOptions(stack.getProject(), stack.getStack(), -1, "", "", stack.getDryRun(), stack.getOrganization());
    runtime.setAllConfig(Object.fromEntries(stack.getConfigMap().entries()), stack.getConfigSecretKeysList());
    return stack;
  };
}
