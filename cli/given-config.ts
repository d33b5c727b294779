import type { ClusterOptions } from "./cluster-options";
import { kubectlInput } from "./kubectl-input";
import { type Input, readInput } from "./read-input";
import type { Terminal } from "./terminal";

/** The kubeadm-config that a command is about. */
export type GivenConfig =
  | {
      readonly kind: "given";
      /** As named on the command line; `-` is standard input, `kubectl` the live cluster. */
      readonly file: string;
      readonly input: Input;
    }
  | { readonly kind: "none" };

/** Reads the kubeadm-config from the live cluster, from the file that is named, or from standard input if something comes from it. */
export async function givenConfig(
  { kubeadmConfig: named, live }: Pick<ClusterOptions, "kubeadmConfig" | "live">,
  terminal: Terminal,
): Promise<GivenConfig> {
  if (live !== undefined) return { kind: "given", file: LIVE, input: await kubectlInput(live, terminal) };
  if (named === undefined && terminal.isInteractive) return { kind: "none" };
  const file = named ?? "-";
  const input = await readInput(file, terminal);
  if (named === undefined && input.kind === "text" && input.text === "") return { kind: "none" };
  return { kind: "given", file, input };
}

/** How messages name what `--live` read. */
export const LIVE = "kubectl";

/** What to say where no kubeadm-config is given. */
export const NO_KUBEADM_CONFIG =
  "There is no kubeadm-config to check. Name one with --kubeadm-config FILE, pipe it in, or let --live ask kubectl.";
