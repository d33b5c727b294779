import { dirname } from "node:path";
import type { PolicyPackArgs } from "@pulumi/policy";
import { asset, runtime } from "@pulumi/pulumi";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { atTime } from "./clock";
import { printedBy } from "./print";

/**
 * A stack for tests of a pack, in a few lines and without an engine: its resources go through the SDK's own calls Analyze and
 * AnalyzeStack as the engine sends them, with unknowns, assets, secrets and dependencies.
 *
 *     const stack = new FakeStack();
 *     const vm = stack.add("openstack:compute/instance:Instance", "vm", { name: "master01" });
 *     stack.add("command:remote:CopyToRemote", "ca", { connection: { host: vm.output("accessIpV4") }, ... });
 *     stack.add("kubernetes:core/v1:ConfigMap", "shared", { metadata: { name: "kubeadm-config", ... }, data: { ... } });
 *     expect(await stack.preview(kubeadmGuard())).toEqual([]);
 */
export class FakeStack {
  private readonly resources: Added[] = [];
  private lines: readonly string[] = [];

  /** `config` is the stack's configuration: `{"kubeadm-guard:clusters": [...]}`. */
  constructor(private readonly options: FakeStackOptions = {}) {}

  /**
   * Adds a resource by its type token, Pulumi name and inputs. In the inputs may stand strings, numbers, lists and maps, assets
   * and archives of `@pulumi/pulumi`, `unknown`, and outputs of resources added before, which make dependencies.
   */
  add(type: string, name: string, inputs: Inputs, { dependsOn = [], parent, outputs = {} }: AddOptions = {}): Resource {
    const urn = `urn:pulumi:${this.stack}::${this.project}::${type}::${name}`;
    if (this.resources.some((one) => one.urn === urn)) throw new Error(`${urn} is there already`);
    this.resources.push({ type, name, urn, inputs, outputs, dependsOn, parent });
    return { urn, output: (property) => new Output(urn, property in outputs ? outputs[property] : unknown) };
  }

  /** What a preview with this pack reports, in the order in which the pack reports it. */
  async preview({ policies, enforcementLevel = "advisory" }: PolicyPackArgs): Promise<readonly FakeViolation[]> {
    runtime.resetOptions(this.project, this.stack, -1, "", "", true, "organization");
    const config = Object.entries(this.options.config ?? {});
    const secretKeys = config.flatMap(([key, value]) => (value instanceof MarkedSecret ? [key] : []));
    runtime.setAllConfig(Object.fromEntries(config.map(([key, value]) => [key, configText(value)])), secretKeys);
    try {
      const { result, lines } = await printedBy(() =>
        atTime(this.options.now, () => this.analyze(policies, enforcementLevel)),
      );
      this.lines = lines;
      return result;
    } finally {
      // What runs next in this process is another stack.
      runtime.resetOptions("", "", -1, "", "", false, "");
      runtime.setAllConfig({}, []);
    }
  }

  /** What the pack printed in the last preview: a line for each cluster, of what was checked. */
  get printed(): readonly string[] {
    return this.lines;
  }

  private async analyze(policies: PolicyPackArgs["policies"], level: string): Promise<readonly FakeViolation[]> {
    const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = rpc;
    const analyze = makeAnalyzeRpcFun("fake", "0.0.0", level, policies);
    const analyzeStack = makeAnalyzeStackRpcFun("fake", "0.0.0", level, policies);
    const sent = await Promise.all(this.resources.map(send));
    const violations: FakeViolation[] = [];
    const { requestDeserialize } = AnalyzerService.analyze;
    for (const resource of sent) {
      const bytes = Buffer.from(analyzeRequest(resource).serializeBinary());
      violations.push(...(await call(analyze, requestDeserialize(bytes), resource.urn)));
    }
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(sent.map(analyzerResource));
    violations.push(...(await call(analyzeStack, received(request), this.rootUrn)));
    return violations;
  }

  private get project(): string {
    return this.options.project ?? "project";
  }

  private get stack(): string {
    return this.options.stack ?? "dev";
  }

  private get rootUrn(): string {
    return `urn:pulumi:${this.stack}::${this.project}::pulumi:pulumi:Stack::${this.project}-${this.stack}`;
  }
}

export interface FakeStackOptions {
  readonly project?: string;
  readonly stack?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  /** When the preview runs: acceptances end, and certificates expire. The present unless given. */
  readonly now?: Date;
}

/** The value of a property that is not known before the update. */
export const unknown: unique symbol = Symbol("unknown until the update");

/** A value that the program, its provider or `pulumi config set --secret` marks, at any depth of inputs: no message may quote it. */
export function secret(value: unknown): unknown {
  return new MarkedSecret(value);
}

class MarkedSecret {
  constructor(readonly value: unknown) {}
}

export type Inputs = Readonly<Record<string, unknown>>;

export interface AddOptions {
  readonly dependsOn?: readonly Resource[];
  readonly parent?: Resource;
  /** What is known already: all other outputs are unknown. */
  readonly outputs?: Inputs;
}

/** A resource of a fake stack. */
export interface Resource {
  readonly urn: string;
  /** An output to pass on to another resource: its value where `outputs` has one, unknown otherwise. */
  readonly output: (property: string) => unknown;
}

/** A violation as the engine gets it. */
export interface FakeViolation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  /** The resource that it is about; the stack for those about none. */
  readonly urn: string;
  readonly message: string;
}

class Output {
  constructor(
    readonly urn: string,
    readonly value: unknown,
  ) {}
}

interface Added {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Inputs;
  readonly outputs: Inputs;
  readonly dependsOn: readonly Resource[];
  readonly parent: Resource | undefined;
}

/** A resource as it goes over the wire. */
interface Sent {
  readonly added: Added;
  readonly urn: string;
  readonly inputs: Struct;
  readonly outputs: Struct;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: ReadonlyMap<string, readonly string[]>;
}

async function send(added: Added): Promise<Sent> {
  const propertyDependencies = new Map<string, readonly string[]>();
  const inputs: Record<string, Wire> = {};
  for (const [key, value] of Object.entries(added.inputs)) {
    const urns = new Set<string>();
    const wire = await encode(value, urns);
    if (wire !== undefined) inputs[key] = wire;
    if (urns.size > 0) propertyDependencies.set(key, [...urns]);
  }
  const checked = isCommand(added.type) ? withCheckedConnection(inputs) : inputs;
  const outputs = { ...checked };
  for (const [key, value] of Object.entries(added.outputs)) outputs[key] = (await encode(value, new Set())) ?? null;
  return {
    added,
    urn: added.urn,
    inputs: Struct.fromJavaScript(checked),
    outputs: Struct.fromJavaScript(outputs),
    dependencies: [
      ...new Set([...added.dependsOn.map(({ urn }) => urn), ...[...propertyDependencies.values()].flat()]),
    ],
    propertyDependencies,
  };
}

type Struct = NonNullable<Parameters<analyzer.AnalyzeRequest["setProperties"]>[0]>;

/** The copy of protobuf that the SDK brings: ours to use, and none of our own dependencies. */
const { Struct }: { readonly Struct: { readonly fromJavaScript: (value: WireMap) => Struct } } = require(
  require.resolve("google-protobuf/google/protobuf/struct_pb", {
    paths: [dirname(require.resolve("@pulumi/policy"))],
  }),
);

/** The engine's sentinel of an unknown string, which stands for nearly every unknown (docs/engine.md, "Unknown values"). */
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The key by which the engine marks assets, archives and secrets, and their marks (`@pulumi/pulumi`, runtime/rpc). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

type Wire = null | number | string | boolean | WireList | WireMap;
interface WireList extends Array<Wire> {}
interface WireMap {
  [key: string]: Wire;
}

/** A value as the engine sends it; the resources that it comes from are added to `urns`. */
async function encode(value: unknown, urns: Set<string>): Promise<Wire | undefined> {
  if (value === unknown) return UNKNOWN_STRING;
  if (value instanceof Output) {
    urns.add(value.urn);
    return encode(value.value, urns);
  }
  if (value instanceof MarkedSecret) {
    const inner = await encode(value.value, urns);
    // What is not known stays unknown, whether it is secret or not.
    return inner === undefined || inner === UNKNOWN_STRING ? inner : { [SIGNATURE]: SECRET, value: inner };
  }
  if (value === undefined || value === null) return value;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof asset.StringAsset) return { [SIGNATURE]: ASSET, text: await value.text };
  if (value instanceof asset.FileAsset) return { [SIGNATURE]: ASSET, path: await value.path };
  if (value instanceof asset.RemoteAsset) return { [SIGNATURE]: ASSET, uri: await value.uri };
  if (value instanceof asset.FileArchive) return { [SIGNATURE]: ARCHIVE, path: await value.path };
  if (value instanceof asset.RemoteArchive) return { [SIGNATURE]: ARCHIVE, uri: await value.uri };
  if (value instanceof asset.AssetArchive)
    return { [SIGNATURE]: ARCHIVE, assets: await encodeMap(await value.assets, urns) };
  if (Array.isArray(value)) return Promise.all(value.map(async (item) => (await encode(item, urns)) ?? null));
  if (typeof value === "object") return encodeMap(value, urns);
  throw new Error(`a property cannot be a ${typeof value}`);
}

async function encodeMap(value: object, urns: Set<string>): Promise<WireMap> {
  const map: WireMap = {};
  for (const [key, item] of Object.entries(value)) {
    const wire = await encode(item, urns);
    if (wire !== undefined) map[key] = wire;
  }
  return map;
}

function isCommand(type: string): boolean {
  return type.startsWith("command:remote:");
}

/**
 * As programs and the command provider's Check leave a connection of which a part is unknown: all of it is, and comes filled with
 * zero values (docs/engine.md, "Unknown values").
 */
function withCheckedConnection(inputs: WireMap): WireMap {
  const { connection } = inputs;
  if (connection === undefined || !JSON.stringify(connection).includes(UNKNOWN_STRING)) return inputs;
  return {
    ...inputs,
    connection: { dialErrorLimit: 10, host: "", perDialTimeout: 15, port: 22, user: "root" },
  };
}

function analyzeRequest({ added, inputs }: Sent): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  request.setType(added.type);
  request.setName(added.name);
  request.setUrn(added.urn);
  request.setProperties(inputs);
  request.setOptions(optionsOf(added));
  return request;
}

function analyzerResource({ added, outputs, dependencies, propertyDependencies }: Sent): analyzer.AnalyzerResource {
  const resource = new analyzer.AnalyzerResource();
  resource.setType(added.type);
  resource.setName(added.name);
  resource.setUrn(added.urn);
  resource.setProperties(outputs);
  resource.setOptions(optionsOf(added));
  resource.setDependenciesList([...dependencies]);
  if (added.parent !== undefined) resource.setParent(added.parent.urn);
  for (const [key, urns] of propertyDependencies) {
    const list = new analyzer.AnalyzerPropertyDependencies();
    list.setUrnsList([...urns]);
    resource.getPropertydependenciesMap().set(key, list);
  }
  return resource;
}

function optionsOf({ parent }: Added): analyzer.AnalyzerResourceOptions {
  const options = new analyzer.AnalyzerResourceOptions();
  options.setCustomtimeouts(new analyzer.AnalyzerResourceOptions.CustomTimeouts());
  if (parent !== undefined) options.setParent(parent.urn);
  return options;
}

/** The request as the pack gets it from the engine. */
function received(request: analyzer.AnalyzeStackRequest): analyzer.AnalyzeStackRequest {
  return AnalyzerService.analyzeStack.requestDeserialize(Buffer.from(request.serializeBinary()));
}

type Rpc = (
  call: { readonly request: unknown },
  callback: (error: unknown, response: analyzer.AnalyzeResponse | undefined) => void,
) => unknown;
type MakeRpc = (name: string, version: string, level: string, policies: PolicyPackArgs["policies"]) => Rpc;

/** What the SDK does at each call of the engine; its types leave it out. */
const rpc: {
  readonly makeAnalyzeRpcFun: MakeRpc;
  readonly makeAnalyzeStackRpcFun: MakeRpc;
} = require("@pulumi/policy/server");

function call(rpcCall: Rpc, request: unknown, urn: string): Promise<readonly FakeViolation[]> {
  return new Promise((resolve, reject) => {
    rpcCall({ request }, (error, response) => {
      if (response === undefined) reject(error);
      else
        resolve(
          response.getDiagnosticsList().map((diagnostic) => ({
            policy: diagnostic.getPolicyname(),
            level: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
            urn: diagnostic.getUrn() === "" ? urn : diagnostic.getUrn(),
            message: diagnostic.getMessage(),
          })),
        );
    });
  });
}

/** As Pulumi hands configuration to a program: text, of lists and maps JSON. */
function configText(value: unknown): string {
  if (value instanceof MarkedSecret) return configText(value.value);
  return typeof value === "string" ? value : JSON.stringify(value);
}
