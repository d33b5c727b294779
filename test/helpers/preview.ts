import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, type FakeViolation, type Resource } from "../../pack/testing";

/** A resource of a program: its type, its Pulumi name and its inputs. */
export interface ProgramResource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The Pulumi names of the resources before it that it depends on. */
  readonly dependsOn?: readonly string[];
}

/** What a preview of a program with the whole pack reports, by the SDK's own calls and without an engine. */
export function preview(
  program: readonly ProgramResource[],
  clusters: unknown = [],
): Promise<readonly FakeViolation[]> {
  const stack = new FakeStack({ config: { "kubeadm-guard:clusters": clusters } });
  const made = new Map<string, Resource>();
  for (const { type, name, props, dependsOn = [] } of program) {
    made.set(name, stack.add(type, name, props, { dependsOn: dependsOn.flatMap((one) => made.get(one) ?? []) }));
  }
  return stack.preview(kubeadmGuard());
}
