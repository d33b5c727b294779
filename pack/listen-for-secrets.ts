import { runtime } from "@pulumi/pulumi";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { once } from "../kubeadm/config/once";
import { stringsIn } from "../machine/strings-in";
import { ownProperty } from "./own-property";

/** The texts of a resource's properties, by whether Pulumi marks them or what they are in. */
export interface MarkedTexts {
  readonly marked: readonly string[];
  readonly others: readonly string[];
}

/** The marked texts of each resource that has any, by URN, as the engine sent them since the last run ended. */
interface Heard {
  readonly inputs: Map<string, MarkedTexts>;
  readonly outputs: Map<string, MarkedTexts>;
}

const heard: Heard = { inputs: new Map(), outputs: new Map() };

/**
 * Listens to the engine's calls `Analyze` and `AnalyzeStack`. The engine sends which values are secret, and the SDK takes that off
 * before a policy sees them (docs/engine.md, "Secrets"). Must be called before a PolicyPack is made. Where another copy of the SDK
 * serves the pack, nothing is heard, and only the form of a value says whether it may be quoted.
 */
export const listenForSecrets: () => void = once(() => {
  const { analyze, analyzeStack } = AnalyzerService;
  const [oneResource, allResources] = [analyze.requestDeserialize, analyzeStack.requestDeserialize];
  analyze.requestDeserialize = (bytes) => {
    const request = oneResource(bytes);
    if (bytes.includes(runtime.specialSecretSig)) keep(heard.inputs, request.getUrn(), request.getProperties());
    return request;
  };
  analyzeStack.requestDeserialize = (bytes) => {
    const request = allResources(bytes);
    if (bytes.includes(runtime.specialSecretSig))
      for (const resource of request.getResourcesList())
        keep(heard.outputs, resource.getUrn(), resource.getProperties());
    return request;
  };
});

/** What was heard since the last run ended. */
export function heardSecrets(): { readonly [Kind in keyof Heard]: ReadonlyMap<string, MarkedTexts> } {
  return { inputs: new Map(heard.inputs), outputs: new Map(heard.outputs) };
}

/** At the end of a run. */
export function forgetSecrets(): void {
  heard.inputs.clear();
  heard.outputs.clear();
}

function keep(
  texts: Map<string, MarkedTexts>,
  urn: string,
  properties: { readonly toJavaScript: () => unknown } | undefined,
): void {
  const all = properties?.toJavaScript();
  const { marked, others } = textsOf(all);
  if (marked.length > 0) texts.set(urn, { marked, others: [...others, ...destinationsOf(all)] });
}

/**
 * Where a connection leads, and as whom. The SDK of the command provider marks every connection as a whole (`@pulumi/command` 1.2.1,
 * remote/command.js), so that says nothing of the address of a machine or of a home folder, which only the program can mark.
 */
function destinationsOf(properties: unknown): readonly string[] {
  const connection = unmarked(ownProperty(properties, "connection"));
  return [connection, unmarked(ownProperty(connection, "proxy"))].flatMap((one) =>
    ["host", "port", "user"].flatMap((field) => {
      const value = ownProperty(one, field);
      return typeof value === "object" ? [] : stringsIn(value);
    }),
  );
}

/** What is in a mark. */
function unmarked(value: unknown): unknown {
  return typeof value === "object" && value !== null && isSecret(value) ? value.value : value;
}

/** Secrets come as maps with a signature. */
function textsOf(properties: unknown): MarkedTexts {
  const marked: string[] = [];
  const others: string[] = [];
  const waiting: unknown[] = [properties];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) others.push(...stringsIn(value));
    else if (Array.isArray(value)) waiting.push(...value);
    // As JSON, of which the keys are told from the values.
    else if (isSecret(value)) marked.push(typeof value.value === "string" ? value.value : JSON.stringify(value.value));
    else
      for (const [key, item] of Object.entries(value)) {
        others.push(key);
        waiting.push(item);
      }
  }
  return { marked, others };
}

function isSecret(value: object): value is { readonly value: unknown } {
  return Reflect.get(value, runtime.specialSigKey) === runtime.specialSecretSig && "value" in value;
}
