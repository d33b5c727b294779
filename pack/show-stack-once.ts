import type { StackValidationPolicy } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { once } from "../kubeadm/config/once";

/** Whether the policy that the SDK is about to call needs no resources. True for one synchronous step of the SDK at most. */
let isNextWithout = false;

/**
 * Lets the policies that `withoutStack` marks be called with an empty list of resources. The SDK deserializes the whole stack
 * again for each stack policy (docs/engine.md, "Violations"), which for ours is the same stack once for each policy. Everything else stays
 * the SDK's: levels, configuration, reasons why a policy is not applicable, and what it shows to other policies of the pack.
 *
 * Must be called before a PolicyPack is made. Where another copy of the SDK serves the pack, each policy gets the stack.
 */
export const listenForTheStackShown: () => void = once(() => {
  const call = AnalyzerService.analyzeStack;
  const deserialize = call.requestDeserialize;
  call.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    const resources = ShownResources.from(request.getResourcesList());
    return Object.assign(request, { getResourcesList: () => resources });
  };
});

/**
 * Marks a callback that needs no resources whenever `isSeen` says so.
 *
 * Right before it walks over the resources for a policy, in the same synchronous step, the SDK asks the callback for the one
 * type of resource that it is about (`@pulumi/policy` 1.21.0, makeAnalyzeStackRpcFun in server.js).
 */
export function withoutStack(
  validate: StackValidationPolicy["validateStack"],
  isSeen: () => boolean,
): StackValidationPolicy["validateStack"] {
  return Object.defineProperty(validate, "__pulumiType", {
    get: () => {
      isNextWithout = isSeen();
      queueMicrotask(() => {
        isNextWithout = false;
      });
      return undefined;
    },
  });
}

class ShownResources extends Array<AnalyzerResource> {
  override [Symbol.iterator]() {
    const resources: readonly AnalyzerResource[] = isNextWithout ? [] : [...super.values()];
    isNextWithout = false;
    return resources.values();
  }
}
