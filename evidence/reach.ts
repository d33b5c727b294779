import type { Machine } from "../cluster/evidence";
import type { Urn } from "../machine/source";
import type { Reason, ReasonOf } from "../reasons/reason";

/** Programs that work on other machines by nature: by an inventory, a state or a list of hosts of their own. */
const FAN_OUT = new Set([
  ...["ansible", "ansible-playbook", "ansible-runner", "ansible-navigator", "ansible-console"],
  ...["salt", "salt-ssh", "salt-run", "pdsh", "pdcp", "rpdcp", "clush", "clubak", "pssh", "parallel-ssh", "pscp"],
  ...["parallel-scp", "prsync", "parallel-rsync", "mussh", "dsh", "cssh", "sshsudo", "fab", "knife", "bolt", "mco"],
  ...["chef-run", "terraform", "tofu", "terragrunt", "pulumi", "kubespray"],
]);

/** Programs that run the user's own code: that alone does not make them reach a machine. */
const INTERPRETERS = new Set([
  ...["python", "python2", "python3", "node", "deno", "bun", "ruby", "perl", "php", "go", "java", "npx", "npm", "yarn"],
  ...["pnpm", "uv", "uvx", "poetry", "pipenv", "pipx", "bundle", "gradle", "mvn", "cargo", "dotnet"],
]);

/** Which machines something may reach that is not followed, besides its own. */
export type Reach = "any" | "named";

/**
 * The reach of what a Command runs and is not followed. On the machine that runs Pulumi a user's own script may reach any
 * machine; an interpreter, and whatever runs on a machine of the stack, only those that the Command names: by its words,
 * environment and input, or by what these come from.
 */
export function reachOf(reason: Reason, runs: "local" | "remote"): Reach {
  const [program = ""] = reason.id === "program-not-modeled" ? reason.data.program.split(" ") : [];
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (FAN_OUT.has(name)) return "any";
  return runs === "remote" || INTERPRETERS.has(name.replace(/(?<![\d.])[\d.]+$/, "")) || INTERPRETERS.has(name)
    ? "named"
    : "any";
}

/** More words than this are not compared with names of nodes. */
const MOST_WORDS = 5_000;

/** The machine of what may reach others: any, or one that these texts name or that their values come from. */
export function machineReached(
  reason: Reason,
  reach: Reach,
  texts: readonly string[],
  resources: readonly Urn[],
): Machine {
  if (reason.id === "ansible-run") return inventoryOf(reason, texts);
  if (reach === "any")
    return { by: "unknown", reason: { id: "may-reach-node", data: { because: reason, names: false } } };
  const words = new Set(texts.flatMap(hostsIn));
  return {
    by: "words",
    words: [...words].slice(0, MOST_WORDS),
    resources,
    reason: { id: "may-reach-node", data: { because: reason, names: true } },
  };
}

/** What in a text may be a host: `10.0.0.2` of `root@10.0.0.2:/etc`, `master02` of `--limit=master02,master03`. */
export function hostsIn(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => !KUBEADM.test(line))
    .flatMap((line) => line.split(/[^\w.:-]+/))
    .filter((word) => word !== "")
    .flatMap((word) => [word, ...word.split(":")].filter((part) => part !== ""));
}

/** kubeadm is followed, and names the endpoint that it joins. */
const KUBEADM = /^\s*(?:sudo\s+)?kubeadm\s/;

/** What an ansible-playbook works on: the hosts of its inventory. */
function inventoryOf(reason: ReasonOf<"ansible-run">, texts: readonly string[]): Machine {
  const { inventory, kubespray, release } = reason.data;
  return {
    by: "inventory",
    path: inventory ?? undefined,
    kubespray: kubespray ? { release: release ?? checkedOut(texts) } : undefined,
    hosts: undefined,
    reason: { id: "may-reach-node", data: { because: reason, names: false } },
  };
}

/** The release that the same text checks out: `git clone -b v2.25.0 https://github.com/kubernetes-sigs/kubespray`. */
function checkedOut(texts: readonly string[]): string | undefined {
  const text = texts.find((one) => one.includes("kubespray"));
  const [, release] = /(?:-b|--branch|checkout)[ =](v\d+\.\d+\.\d+)\b/.exec(text ?? "") ?? [];
  return release;
}
