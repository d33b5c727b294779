import { baseName } from "../machine/paths";
import type { ClusterReport } from "./report";

/** What carries a kubeadm-config, in a word or two that tell clusters of one name apart: a file, or a project with its stack. */
export function carrierText({ subject: { name, stack } }: ClusterReport): string {
  return stack === null ? baseName(name) : `${stack.project}/${stack.name}`;
}
