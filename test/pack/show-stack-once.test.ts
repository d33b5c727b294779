import type { PolicyPackArgs } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { printedBy } from "../../pack/print";

type Policies = PolicyPackArgs["policies"];

const {
  makeAnalyzeStackRpcFun,
}: {
  readonly makeAnalyzeStackRpcFun: (
    ...args: readonly [string, string, string, Policies]
  ) => (
    call: { readonly request: analyzer.AnalyzeStackRequest },
    callback: (error: Error | null, response: analyzer.AnalyzeResponse) => void,
  ) => void;
} = require("@pulumi/policy/server");

/** The copy of protobuf that the SDK brings. */
const { Struct }: { readonly Struct: { readonly fromJavaScript: (value: object) => Struct } } = require(
  require.resolve("google-protobuf/google/protobuf/struct_pb", { paths: [require.resolve("@pulumi/policy")] }),
);
type Struct = NonNullable<Parameters<analyzer.AnalyzerResource["setProperties"]>[0]>;

afterEach(() => vi.restoreAllMocks());

/** A cluster that no policy can decide, and one that has faults; both name no control-plane node. */
const CONFIG = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n";
const EXTERNAL = `${CONFIG}etcd:\n  external:\n    endpoints: [http://10.0.0.1:2379]\n    caFile: ca.pem\n`;
const STACKS: readonly (readonly [string, readonly string[]])[] = [
  ["an empty stack", []],
  ["a cluster with local etcd", [CONFIG]],
  ["a cluster with external etcd", [EXTERNAL]],
  ["two clusters", [CONFIG, EXTERNAL]],
];

const ids = kubeadmGuard().policies.map(({ name }) => name);
const levelOf = (level: "advisory" | "mandatory" | "remediate" | "disabled", only?: string) => (policies: Policies) =>
  policies.map((policy) =>
    only === undefined || policy.name === only ? { ...policy, enforcementLevel: level } : policy,
  );
const PACKS: readonly (readonly [string, (policies: Policies) => Policies])[] = [
  ["as it comes", (policies) => policies],
  ["with all advisory", levelOf("advisory")],
  ["with all mandatory", levelOf("mandatory")],
  ["with all at remediate", levelOf("remediate")],
  ["with all disabled", levelOf("disabled")],
  ["in another order", (policies) => policies.toReversed()],
  ...ids.flatMap((id) => [
    [`with ${id} disabled`, levelOf("disabled", id)] as const,
    [`with ${id} mandatory`, levelOf("mandatory", id)] as const,
  ]),
];

describe("each policy says what it would if the SDK showed the stack to all of them", () => {
  describe.each(STACKS)("of %s", (_stack, texts) => {
    it.each(PACKS)("%s", async (_pack, change) => {
      const plain = await analyze(change(kubeadmGuard().policies), requestOf(texts));
      const once = await analyze(change(kubeadmGuard().policies), received(requestOf(texts)));
      expect(once).toEqual(plain);
    });
  });
});

describe("a stack is deserialized", () => {
  it("once for all of our policies", async () => {
    const request = received(requestOf([CONFIG, EXTERNAL]));
    const read = vi.spyOn(analyzer.AnalyzerResource.prototype, "getProperties");
    await analyze(kubeadmGuard().policies, request);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("also where the first policy is disabled", async () => {
    const request = received(requestOf([CONFIG, EXTERNAL]));
    const read = vi.spyOn(analyzer.AnalyzerResource.prototype, "getProperties");
    const [first = ""] = ids;
    await analyze(levelOf("disabled", first)(kubeadmGuard().policies), request);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("for each policy of a team, wherever it stands among ours", async () => {
    const counts: number[] = [];
    const count = (name: string): Policies[number] => ({
      name,
      description: "Counts resources.",
      enforcementLevel: "advisory",
      validateStack: ({ resources }) => {
        counts.push(resources.length);
      },
    });
    const [first, second, ...rest] = kubeadmGuard().policies;
    if (first === undefined || second === undefined) throw new Error("the pack has no policies");
    const policies = [count("a"), first, count("b"), second, count("c"), ...rest, count("d")];
    await analyze(policies, received(requestOf([CONFIG, EXTERNAL])));
    expect(counts).toEqual([2, 2, 2, 2]);
  });
});

/** As the engine sends it. */
function received(request: analyzer.AnalyzeStackRequest): analyzer.AnalyzeStackRequest {
  return AnalyzerService.analyzeStack.requestDeserialize(Buffer.from(request.serializeBinary()));
}

function requestOf(texts: readonly string[]): analyzer.AnalyzeStackRequest {
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(texts.map((text, index) => configMap(`shared-${index}`, text)));
  return request;
}

function configMap(name: string, text: string): analyzer.AnalyzerResource {
  const type = "kubernetes:core/v1:ConfigMap";
  const resource = new analyzer.AnalyzerResource();
  resource.setType(type);
  resource.setName(name);
  resource.setUrn(`urn:pulumi:dev::demo::${type}::${name}`);
  const metadata = { name: "kubeadm-config", namespace: "kube-system" };
  resource.setProperties(Struct.fromJavaScript({ metadata, data: { ClusterConfiguration: text } }));
  const options = new analyzer.AnalyzerResourceOptions();
  options.setCustomtimeouts(new analyzer.AnalyzerResourceOptions.CustomTimeouts());
  resource.setOptions(options);
  return resource;
}

/** What the response says, in the order in which it says it. */
async function analyze(policies: Policies, request: analyzer.AnalyzeStackRequest): Promise<unknown> {
  const { result } = await printedBy(() => responseTo(policies, request));
  return result;
}

function responseTo(policies: Policies, request: analyzer.AnalyzeStackRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    makeAnalyzeStackRpcFun(
      "kubeadm-guard",
      "0.0.0",
      "advisory",
      policies,
    )({ request }, (error, response) => {
      if (error) reject(error);
      else resolve(response.toObject());
    });
  });
}
