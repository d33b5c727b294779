import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { readers } from "../evidence/index";
import { mayCarryKubeadmConfig } from "../evidence/kubeadm-config";
import { isObserved } from "../evidence/live-cluster/observed-cluster";
import { loadsProgramFiles } from "../evidence/program-files";
import { resourceReach } from "../evidence/resource-reach";
import type { StackResource } from "../evidence/stack-resource";
import { isMachineType } from "../evidence/user-data/user-data-sources";
import type { ValueRecord } from "../evidence/value";
import { oneLine } from "../machine/public-text";
import { requireUrn } from "../machine/urn";
import { reveal } from "./reveal";

/**
 * Remembers the inputs of a run's resources, and joins them with what the engine shows of the whole stack.
 *
 * A stack policy sees outputs only, which hide things: hashed user data, maps with one unknown (docs/engine.md, "Order of calls").
 * The engine asks about every resource first, in the same process, so its inputs can be kept until then.
 */
export class Recorder {
  private readonly inputs = new Map<string, ValueRecord>();

  /** Never throws: of a resource that cannot be read, only the outputs are left to go by. */
  async record(args: Pick<ResourceValidationArgs, "type" | "urn" | "props">): Promise<void> {
    if (!isRead(args.type)) return;
    const inputs = await revealed(args.props);
    if (inputs !== undefined) this.inputs.set(args.urn, inputs);
  }

  /** The stack's resources with inputs and outputs, in the engine's order, which is random. */
  async join(resources: readonly PolicyResource[]): Promise<readonly StackResource[]> {
    return Promise.all(resources.map((resource) => this.joinOne(resource)));
  }

  private async joinOne(resource: PolicyResource): Promise<StackResource> {
    const read = isRead(resource.type);
    const outputs = read ? ((await revealed(resource.props)) ?? {}) : {};
    const { parent, provider } = resource;
    return {
      urn: requireUrn(resource.urn),
      type: resource.type,
      name: oneLine(resource.name),
      // A run that never asked about the resource (policy analyze on an old engine) leaves only the outputs to go by.
      inputs: this.inputs.get(resource.urn) ?? outputs,
      outputs,
      dependencies: resource.dependencies.map((one) => requireUrn(one.urn)),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([key, list]) => [
          key,
          list.map((one) => requireUrn(one.urn)),
        ]),
      ),
      ...(parent === undefined ? {} : { parent: requireUrn(parent.urn) }),
      ...(provider === undefined ? {} : { provider: { urn: requireUrn(provider.urn), name: provider.name } }),
    };
  }
}

async function revealed(properties: unknown): Promise<ValueRecord | undefined> {
  try {
    return await reveal(properties);
  } catch {
    // Without properties, its reader takes it for one that may do anything.
    return undefined;
  }
}

/** True for providers that say where their resources are: the namespace of a cluster, the host of a machine. */
function isProviderOfRead(type: string): boolean {
  const [, packageName] = /^pulumi:providers:(.+)$/.exec(type) ?? [];
  return (
    packageName !== undefined && (packageName === "kubernetes" || resourceReach(`${packageName}:index:Any`) !== "none")
  );
}

/** The types whose properties are read; of all others only the name and the dependencies matter. */
function isRead(type: string): boolean {
  return (
    mayCarryKubeadmConfig(type) ||
    isObserved(type) ||
    loadsProgramFiles(type) ||
    isProviderOfRead(type) ||
    type.startsWith("tls:") ||
    isMachineType(type) ||
    readers.some((reader) => reader.reads(type))
  );
}
