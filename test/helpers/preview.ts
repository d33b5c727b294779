import type { PolicyResource, ReportViolation, ResourceValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { kubeadmGuard } from "../../pack/kubeadm-guard";

/** A resource of a program: its type, its Pulumi name and its inputs, which are its outputs too. */
export interface ProgramResource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The Pulumi names of the resources it depends on. */
  readonly dependsOn?: readonly string[];
}

/** One violation, or the reason why a policy is not applicable. */
export interface Said {
  readonly policy: string;
  readonly message: string;
  readonly level: string | undefined;
}

/** Runs the whole pack in this process as the engine does: all resources, then the stack, policy by policy. */
export async function preview(program: readonly ProgramResource[], clusters?: unknown): Promise<readonly Said[]> {
  pulumi.runtime.setConfig("kubeadm-guard:clusters", JSON.stringify(clusters ?? []));
  const { policies } = kubeadmGuard();
  const said: Said[] = [];
  const resources = resourcesOf(program);
  for (const policy of policies) {
    if (!("validateResource" in policy) || typeof policy.validateResource !== "function") continue;
    for (const resource of resources) await policy.validateResource(argsOf(resource), () => {});
  }
  for (const policy of policies.filter(isStackPolicy)) {
    const report: ReportViolation = (...args: readonly unknown[]) => {
      const [violation] = args;
      said.push(Object.assign({ policy: policy.name, message: "", level: undefined }, violation));
    };
    const args = {
      resources,
      getConfig: () => ({}),
      notApplicable: (reason?: string) => {
        said.push({ policy: policy.name, message: reason ?? "", level: "not-applicable" });
      },
    };
    await policy.validateStack(Object.assign(args), report);
  }
  return said;
}

function isStackPolicy(policy: object): policy is StackValidationPolicy {
  return "validateStack" in policy;
}

function argsOf(resource: PolicyResource): ResourceValidationArgs {
  const unused = {
    stackTags: new Map(),
    getConfig: () => Object.assign({}),
    notApplicable: () => {
      throw new Error("no policy about single resources is not applicable");
    },
  };
  return Object.assign({}, unused, resource, { isType: () => false, asType: () => undefined });
}

function resourcesOf(program: readonly ProgramResource[]): readonly PolicyResource[] {
  const made = new Map(
    program.map(({ type, name, props }) => [
      name,
      {
        type,
        name,
        props,
        urn: `urn:pulumi:dev::demo::${type}::${name}`,
        opts: {
          protect: false,
          ignoreChanges: [],
          aliases: [],
          customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
          additionalSecretOutputs: [],
        },
        dependencies: [] as PolicyResource[],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
      } satisfies PolicyResource,
    ]),
  );
  for (const { name, dependsOn = [] } of program)
    made.get(name)?.dependencies.push(...dependsOn.flatMap((one) => made.get(one) ?? []));
  return [...made.values()];
}
