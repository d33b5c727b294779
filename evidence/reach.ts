import type { Evidence, Machine } from "../cluster/evidence";
import type { Urn } from "../machine/source";
import type { Reason, ReasonOf } from "../reasons/reason";
import { programKind } from "../shell/program-kind";
import type { RemoteReading } from "../shell/shell-reading";
import { sshTo } from "./connection";

/** Which machines something may reach that is not followed, besides its own. */
export type Reach = "any" | "named";

/**
 * The reach of what a Command runs and is not followed. On the machine that runs Pulumi a user's own script may reach any
 * machine; an interpreter, and whatever runs on a machine of the stack, only those that the Command names: by its words,
 * environment and input, or by what these come from.
 */
export function reachOf(reason: Reason, runs: "local" | "remote"): Reach {
  const [program = ""] = reason.id === "program-not-modeled" ? reason.data.program.split(" ") : [];
  const kind = programKind(program.slice(program.lastIndexOf("/") + 1));
  if (kind === "fan-out") return "any";
  return runs === "remote" || kind === "interpreter" ? "named" : "any";
}

/** More words than this are not compared with names of nodes. */
const MOST_WORDS = 5_000;

/** What may happen on machines besides the one on which something runs. */
export type Reached = Pick<Evidence, "machine" | "operations">;

/** What something that is not followed may do on the machines in its reach. */
export function reachedBy(
  reason: Reason,
  reach: Reach,
  texts: readonly string[],
  resources: readonly Urn[],
): readonly Reached[] {
  const machine = machineReached(reason, reach, texts, resources);
  const none = machine.by === "words" && machine.words.length + machine.resources.length === 0;
  return none ? [] : [{ machine, operations: [{ do: "might-write", scope: { kind: "anywhere" }, reason }] }];
}

/** The same for what runs on a machine that is reached by ssh: what the program there names is not told from what else a text names. */
export function reachedFromElsewhere(unread: readonly Reason[]): readonly Reached[] {
  return unread
    .filter((reason) => reason.id === "ansible-run" || (isOfProgram(reason) && reachOf(reason, "remote") === "any"))
    .flatMap((reason) => reachedBy(reason, "any", [], []));
}

/** True where a program or a script is what is not followed; a text that is not known at all concerns its machine only. */
export function isOfProgram({ id }: Reason): boolean {
  return (
    id === "ansible-run" || id === "program-not-modeled" || id === "program-not-named" || id === "script-not-shown"
  );
}

/** The machine that an ssh names; where that is not known, one of those that the texts' values come from. */
export function machineOfWork({ host, port, everywhere }: RemoteReading, resources: readonly Urn[]): Machine {
  if (everywhere !== undefined) return { by: "unknown", reason: mayReach(everywhere, false) };
  if (host !== undefined && host !== "") return sshTo(host, port);
  if (resources.length > 0) return { by: "connection", host: undefined, resources };
  return { by: "unknown", reason: { id: "host-unknown", data: {} } };
}

function mayReach(because: Reason, names: boolean): Reason {
  return { id: "may-reach-node", data: { because, names } };
}

/** The machine of what may reach others: any, or one that these texts name or that their values come from. */
function machineReached(reason: Reason, reach: Reach, texts: readonly string[], resources: readonly Urn[]): Machine {
  if (reason.id === "ansible-run") return inventoryOf(reason, texts);
  if (reach === "any") return { by: "unknown", reason: mayReach(reason, false) };
  const words = new Set(texts.flatMap(hostsIn));
  return {
    by: "words",
    words: [...words].slice(0, MOST_WORDS),
    resources,
    reason: mayReach(reason, true),
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
    reason: mayReach(reason, false),
  };
}

/** The release that the same text checks out: `git clone -b v2.25.0 https://github.com/kubernetes-sigs/kubespray`. */
function checkedOut(texts: readonly string[]): string | undefined {
  const text = texts.find((one) => one.includes("kubespray"));
  const [, release] = /(?:-b|--branch|checkout)[ =](v\d+\.\d+\.\d+)\b/.exec(text ?? "") ?? [];
  return release;
}
