import type { Tool } from "./report";

/** The address of a policy's page; null where the project has no homepage. */
export function policyUrl(policy: string, { homepage }: Pick<Tool, "homepage">): string | null {
  if (homepage === null) return null;
  return `${homepage.replace(/#.*$/, "").replace(/\/+$/, "")}/docs/policies/${policy}.md`;
}

/** How to read a policy's page: its address, or the command that prints it and needs no network. */
export function howToRead(policy: string, tool: Pick<Tool, "homepage">): string {
  return policyUrl(policy, tool) ?? `kubeadm-guard explain ${policy}`;
}
