import { parseArgs } from "node:util";
import { argumentError } from "./argument-error";
import { CLUSTER_OPTIONS } from "./cluster-options";
import { type KubectlOptions, kubectlOptions } from "./kubectl-options";

/** What `kubeadm-guard record` was asked. */
export interface RecordOptions {
  /** A file; `-` is standard input, which is also read where the option is left out. */
  readonly kubeadmConfig: string | undefined;
  readonly live: KubectlOptions | undefined;
  readonly nodes: string | undefined;
  readonly inventory: string | undefined;
  readonly kubespray: string | undefined;
  readonly kubeadm: string | undefined;
  readonly out: string;
  readonly reason: string;
  readonly by: string | undefined;
}

export type RecordOptionsReading =
  | { readonly kind: "options"; readonly options: RecordOptions }
  | { readonly kind: "help" }
  /** What is wrong and what to do instead, in one or two sentences. */
  | { readonly kind: "wrong"; readonly why: string };

const OPTIONS = {
  ...CLUSTER_OPTIONS,
  out: { type: "string" },
  reason: { type: "string" },
  by: { type: "string" },
} as const;

/** Understands the arguments of `record`. Never throws. */
export function recordOptions(args: readonly string[]): RecordOptionsReading {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help === true) return { kind: "help" };
    const { out, reason = "", by, nodes, inventory, kubespray, kubeadm } = values;
    if (out === undefined || out === "") return wrong("Name the file of the record with --out FILE.");
    if (reason.trim() === "") return wrong('Say why the configuration is as it is: --reason "TEXT".');
    const kubeadmConfig = values["kubeadm-config"];
    const live = kubectlOptions({ ...values, kubeadmConfig });
    if (live.kind === "wrong") return live;
    return {
      kind: "options",
      options: {
        kubeadmConfig,
        live: live.kubectl,
        nodes,
        inventory,
        kubespray,
        kubeadm,
        out,
        reason: reason.trim(),
        by,
      },
    };
  } catch (error) {
    return wrong(argumentError(error, Object.keys(OPTIONS)));
  }
}

function wrong(why: string): RecordOptionsReading {
  return { kind: "wrong", why };
}
