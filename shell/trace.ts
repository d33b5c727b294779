import type { Destination, FileOperation } from "../machine/file-operation";
import type { KubeadmInvocation } from "../machine/kubeadm-invocation";
import { isAtOrBelow } from "../machine/paths";
import type { Reason } from "../reasons/reason";
import { conditional, destinationsLeft, placesOf, removalsLeft } from "./conditional";
import type { RemoteReading } from "./shell-reading";
import type { FileAnswer } from "./verdict";

/** What was seen so far, in order. */
export interface Trace {
  readonly operations: FileOperation[];
  readonly kubeadm: KubeadmInvocation[];
  readonly remote: RemoteReading[];
  readonly unread: Reason[];
}

export function newTrace(): Trace {
  return { operations: [], kubeadm: [], remote: [], unread: [] };
}

export function append(to: Trace, from: Trace): void {
  for (const operation of from.operations) to.operations.push(operation);
  for (const run of from.kubeadm) to.kubeadm.push(run);
  for (const work of from.remote) to.remote.push(work);
  for (const reason of from.unread) to.unread.push(reason);
}

/** The trace where it may or may not happen. */
export function conditionalTrace(trace: Trace, reason: Reason): Trace {
  return conditionalUnder({ trace, files: undefined }, reason, false);
}

/** The trace of one round where each file that the pattern matches has one: what is done with the match is certain. */
export function eachMatch(trace: Trace, pattern: string, reason: Reason): Trace {
  const sure = (operation: FileOperation) =>
    operation.do === "for-each-match" && (operation.pattern === pattern || operation.step.do === "set-mode");
  return {
    ...conditionalTrace(trace, reason),
    operations: [...conditional(trace.operations, reason, sure)],
  };
}

/** One of several ways a text may go. */
export interface Branch {
  readonly trace: Trace;
  /** What holds about files where this branch runs. */
  readonly files: FileAnswer | undefined;
}

/**
 * What several branches do together, of which exactly one runs: what each may do, and the files that are there
 * afterwards whichever runs. `[ -f X ] || make X` is the common case: X is there either way.
 */
export function merged(branches: readonly Branch[], reason: Reason): Trace {
  const result = newTrace();
  const busy = branches.filter((branch) => branch.trace.operations.length > 0);
  for (const branch of branches)
    append(
      result,
      conditionalUnder(
        branch,
        reason,
        busy.every((other) => other === branch),
      ),
    );
  for (const to of thereAnyway(branches)) result.operations.push({ do: "put", to, content: { kind: "not-shown" } });
  for (const removal of goneAnyway(branches)) result.operations.push(removal);
  return result;
}

/** What every branch takes away. */
function goneAnyway(branches: readonly Branch[]): readonly FileOperation[] {
  const [first, ...others] = branches.map(({ trace }) => removalsLeft(trace.operations));
  return [...(first ?? [])].filter(([path]) => others.every((other) => other.has(path))).map(([, removal]) => removal);
}

/** The files that are there whichever branch runs: each puts them, or runs only where they are there. */
function thereAnyway(branches: readonly Branch[]): readonly Destination[] {
  const made = branches.map((branch) => ({ branch, left: destinationsLeft(branch.trace.operations) }));
  const counts = new Map<string, number>();
  for (const { left } of made) for (const key of left.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const guarded = branches.filter((branch) => branch.files?.yesMeans === "exist").length;
  const sure = new Map<string, Destination>();
  for (const { left } of made)
    for (const [key, to] of left) {
      if (sure.has(key) || (counts.get(key) ?? 0) + guarded < branches.length) continue;
      const all = made.map(({ left: others, branch }) => (others.has(key) ? to : guardedPlace(branch, to)));
      if (!all.includes(undefined)) sure.set(key, all.find((one) => one !== to) ?? to);
    }
  return [...sure.values()];
}

/** The file that a branch takes to be there, if the destination may be it. */
function guardedPlace({ files, trace }: Branch, to: Destination): Destination | undefined {
  if (files?.yesMeans !== "exist" || files.folders === true) return undefined;
  const taken = [...removalsLeft(trace.operations).keys()];
  const path = files.paths.find((one) => placesOf(to).includes(one) && !taken.some((gone) => isAtOrBelow(one, gone)));
  return path === undefined ? undefined : { kind: "file", path };
}

function conditionalUnder({ trace, files }: Branch, reason: Reason, alone: boolean): Trace {
  // `[ -f X ] && cp X Y`: what only reads, moves or removes X is as certain as X itself.
  const exist = alone && files?.yesMeans === "exist" && files.partial !== true ? files.paths : [];
  const reads = (operation: FileOperation) => exist.some((path) => isAbout(operation, path));
  // `[ -f /etc/kubernetes/admin.conf ] || kubeadm init`: it ran, now or before.
  const oncePerMachine = files?.yesMeans === "absent";
  const undecided = (run: KubeadmInvocation) => ({ ...run, undecided: run.undecided ?? reason });
  return {
    operations: [...conditional(trace.operations, reason, reads)],
    kubeadm: oncePerMachine ? trace.kubeadm : trace.kubeadm.map(undecided),
    remote: trace.remote.map((work) => ({
      ...work,
      operations: conditional(work.operations, reason),
      kubeadm: work.kubeadm.map(undecided),
    })),
    unread: trace.unread,
  };
}

/** True if the operation only says what becomes of the file at `path`. */
function isAbout(operation: FileOperation, path: string): boolean {
  switch (operation.do) {
    case "copy":
    case "move":
      return operation.from === path;
    case "remove":
    case "set-mode":
      return operation.path === path;
    default:
      return false;
  }
}
