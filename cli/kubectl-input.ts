import { kubernetesObjects } from "../evidence/live-cluster/kubernetes-objects";
import { publicPath, publicProse, publicValue } from "../machine/public-text";
import { complain } from "./complain";
import type { KubectlOptions } from "./kubectl-options";
import type { Input } from "./read-input";
import type { CommandResult, Terminal } from "./terminal";

/** Long enough for a slow API server, short enough that an unreachable one is reported within seconds. */
const REQUEST_TIMEOUT = "10s";

/**
 * Asks the user's own kubectl for the kubeadm-config, the Nodes and the Pods of the control plane. Each command is shown.
 * Without the ConfigMap there is nothing to check; Nodes and Pods that may not be read are reported, and the rest is checked.
 */
export async function kubectlInput(options: KubectlOptions, terminal: Terminal): Promise<Input> {
  const documents: string[] = [];
  for (const { what, args, needed } of QUESTIONS) {
    const all = [...args, "-o", "json", `--request-timeout=${REQUEST_TIMEOUT}`, ...connection(options)];
    complain(terminal, `$ kubectl ${all.map(publicArgument).join(" ")}`);
    const result = await terminal.run("kubectl", all);
    if (result.kind === "ran" && result.code === 0 && kubernetesObjects(result.output) !== undefined) {
      documents.push(result.output);
    } else if (needed && isDeleted(result)) {
      return { kind: "unreadable", why: DELETED };
    } else if (needed || result.kind === "not-found") {
      return { kind: "unreadable", why: `${what} cannot be read: ${failure(result)}` };
    } else complain(terminal, `kubeadm-guard: ${what} cannot be read: ${failure(result)}. The rest is checked.`);
  }
  return { kind: "text", text: documents.join("\n") };
}

const QUESTIONS = [
  {
    what: "the ConfigMap kubeadm-config",
    args: ["get", "configmap", "kubeadm-config", "--namespace=kube-system"],
    needed: true,
  },
  { what: "the list of nodes", args: ["get", "nodes"], needed: false },
  {
    what: "the list of control-plane Pods",
    args: ["get", "pods", "--namespace=kube-system", "--selector=tier=control-plane"],
    needed: false,
  },
] as const;

/** kubectl's words where the server says that the object is not there. */
function isDeleted(result: CommandResult): boolean {
  return result.kind === "ran" && /\(NotFound\): configmaps "kubeadm-config" not found/.test(result.complaints);
}

/** The end of a sentence, and what to do. */
const DELETED = [
  "the ConfigMap kubeadm-config does not exist in kube-system, so there is nothing to check",
  "kubeadm upgrade and kubeadm join read it and stop without it; what runs goes on running",
  "Restore it on a control-plane node: kubeadm init phase upload-config kubeadm --config FILE, where FILE holds the ClusterConfiguration that the cluster had: the file of its installation (Kubespray: /etc/kubernetes/kubeadm-config.yaml), or one with the fields that a record of kubeadm-guard lists",
  "Then check again",
].join(". ");

function connection({ context, kubeconfig }: KubectlOptions): readonly string[] {
  return [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ];
}

/** The end of a sentence. kubectl's own words quote what its configuration holds. */
function failure(result: CommandResult): string {
  if (result.kind === "not-found")
    return "kubectl is not on PATH; install it, or pipe in its output from another machine";
  if (result.kind === "timed-out") return "kubectl did not finish within 30 seconds";
  if (result.code === 0) return "what kubectl printed is not JSON of the Kubernetes API";
  const lines = result.complaints.split("\n").filter((line) => line.trim() !== "" && !/^[EWI]\d{4} /.test(line));
  const [said = `kubectl ended with exit code ${result.code}`] = lines.slice(-1);
  const line = said.replace(/\p{Cc}/gu, " ").slice(0, 300);
  return publicProse(line).replace(/\.$/, "");
}

/** An argument of the command that is shown. */
function publicArgument(arg: string): string {
  const [option = "", ...value] = arg.split("=");
  const given = value.join("=");
  const name = publicProse(given) === given ? given : publicValue(given);
  const shown = option === "--kubeconfig" ? publicPath(given) : name;
  return value.length === 0 ? option : `${option}=${shown}`;
}
