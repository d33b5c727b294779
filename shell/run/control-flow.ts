import type { Case, CompoundList, Elif, For, If, Pipeline, PipelineNode, While } from "unbash";
import { assign } from "../builtins";
import { absolute } from "../file-operations";
import { matches, patternOf } from "../parameter-operations";
import { globOf } from "../path-patterns";
import { afterLoop, leavesLoop, nextRound } from "../progress";
import { copyOf, costOfCopy } from "../shell-state";
import { EMPTY, hole, joined, literalOf, printedOf, type Text, withMessages } from "../text";
import { newTrace } from "../trace";
import { answered, both, decided, either, not, OPEN, SUCCEEDS, type Verdict } from "../verdict";
import { fieldsOf, textOf } from "../words";
import { branchOf, choose, type Decider, forMatches, mayFail, type Way } from "./branches";
import { NOTHING, type Result, type Runner } from "./runner";

/** `one && other || third` */
export function andOr(
  shell: Runner,
  commands: readonly PipelineNode[],
  operators: readonly string[],
  stdin: Text,
): Result {
  const printed: Text[] = [];
  let verdict: Verdict = decided(true);
  for (const [index, command] of commands.entries()) {
    const operator = index === 0 ? "&&" : operators[index - 1];
    const runs = operator === "&&" ? verdict : not(verdict);
    if (runs.truth === "false") continue;
    if (runs.truth !== "open") {
      const passedOver = operators[index] === "||" && passesOver(commands[index + 1]);
      const result = passedOver ? mayFail(shell, command, stdin) : shell.pipelineNode(command, stdin);
      printed.push(result.stdout);
      verdict = operator === "&&" ? both(verdict, result.verdict) : result.verdict;
    } else {
      // After `cp a b ||` the other command is for a failure.
      const decider: Decider = operator === "&&" || verdict.truth === "open" ? "answer" : "failure";
      const combine = operator === "&&" ? both : either;
      let other: Verdict = OPEN;
      const yes: Way = {
        files: answered(runs, true),
        run: (branch) => {
          other = branch.pipelineNode(command, stdin).verdict;
        },
      };
      choose(shell, [yes, { files: answered(runs, false), run: () => {} }], decider);
      verdict = decider === "answer" ? combine(verdict, other) : SUCCEEDS;
      printed.push(hole("what is printed under a condition"));
    }
    if (shell.state.progress.ended !== undefined) break;
  }
  return { verdict, stdout: joined(...printed) };
}

/** True for `true`, `:` and messages: after `||` they let a text go on. */
function passesOver(command: PipelineNode | undefined): boolean {
  const name = command?.type === "Command" ? command.name?.value : undefined;
  return name !== undefined && ["true", ":", "echo", "printf"].includes(name);
}

export function pipeline(shell: Runner, { commands, operators, prefixes }: Pipeline, stdin: Text): Result {
  let result: Result = { ...NOTHING, stdout: stdin };
  for (const [index, command] of commands.entries()) {
    const one = commands.length === 1 ? shell : shell.subshell();
    // A copy: what one command hands on is an input of its own (ShellState.inputsRead).
    const given = [...result.stdout];
    result = one.node(command, given);
    if (one !== shell) result = one.ended(result);
    // `|&`: messages go there as well.
    if (operators[index] === "|&") result = { ...result, stdout: withMessages(result.stdout) };
    if (commands.length > 1) result = { ...result, stdout: printedOf(given, result.stdout) };
  }
  const negated = prefixes.filter((prefix) => prefix.type === "Negation").length % 2 === 1;
  return negated ? { ...result, verdict: not(result.verdict) } : result;
}

/** The arms of an `if`, and its `else`. */
export function arms(
  shell: Runner,
  [arm, ...more]: readonly (If | Elif)[],
  otherwise: CompoundList | undefined,
  stdin: Text,
): Result {
  if (arm === undefined) return otherwise === undefined ? NOTHING : shell.list(otherwise, stdin);
  const { verdict } = shell.list(arm.clause, stdin);
  if (shell.state.progress.ended !== undefined) return NOTHING;
  if (verdict.truth === "true") return shell.list(arm.then, stdin);
  if (verdict.truth === "false") return arms(shell, more, otherwise, stdin);
  return choose(shell, [
    { files: answered(verdict, true), run: (branch) => branch.list(arm.then, stdin) },
    { files: answered(verdict, false), run: (branch) => arms(branch, more, otherwise, stdin) },
  ]);
}

/** A `case` from one of its items on; the first whose pattern matches runs. */
export function caseOf(shell: Runner, node: Case, stdin: Text, from = 0): Result {
  const word = literalOf(textOf(node.word, shell.expansion()));
  const answers = node.items.map((item, index) => {
    if (index < from) return false;
    const patterns = item.pattern.map((pattern) => patternOf(textOf(pattern, shell.expansion())));
    if (patterns.some((pattern) => pattern?.length === 2 && pattern.every((piece) => piece === ""))) return true;
    if (word === undefined || patterns.includes(undefined)) return undefined;
    return patterns.some((pattern) => pattern !== undefined && matches(word, pattern));
  });
  const possible = [...answers.keys()].filter(
    (index) => answers[index] !== false && !answers.slice(0, index).includes(true),
  );
  const [only] = possible;
  if (only === undefined) return NOTHING;
  if (possible.length === 1 && answers.includes(true)) return bodiesFrom(shell, node, stdin, only);
  const ways = possible.map(
    (index): Way => ({ files: undefined, run: (branch) => bodiesFrom(branch, node, stdin, index) }),
  );
  return choose(shell, answers.includes(true) ? ways : [...ways, { files: undefined, run: () => {} }]);
}

/** The body of an item, and what follows by `;&` (the next body) or `;;&` (the next that matches). */
function bodiesFrom(shell: Runner, node: Case, stdin: Text, index: number): Result {
  const item = node.items[index];
  if (item === undefined) return NOTHING;
  const result = shell.list(item.body, stdin);
  if (shell.state.progress.ended !== undefined || (item.terminator !== ";&" && item.terminator !== ";;&"))
    return result;
  const follow = item.terminator === ";&" ? bodiesFrom : caseOf;
  const more = shell.limits.nest(() => follow(shell, node, stdin, index + 1));
  return { ...more, stdout: joined(result.stdout, more.stdout) };
}

export function forIn(shell: Runner, node: For, stdin: Text): Result {
  const { state } = shell;
  const name = node.name.value;
  const words = node.wordlist?.flatMap((word) => fieldsOf(word, shell.expansion())) ??
    state.positional ?? [hole("its arguments")];
  const entry = state.progress;
  const printed: Text[] = [];
  for (const word of words) {
    shell.limits.spend();
    state.progress = nextRound(state.progress, entry);
    assign(state, name, word);
    if (literalOf(word) === undefined) {
      const pattern = globOf(absolute(word, state.directory));
      // An unknown list: none, one or many rounds.
      const rounds: Rounds = pattern === undefined ? { kind: "unknown" } : { kind: "each-match", pattern };
      printed.push(loop(shell, node.body, stdin, rounds, [[name, word]]).stdout);
      continue;
    }
    printed.push(shell.list(node.body, stdin).stdout);
    if (leavesLoop(state.progress)) break;
  }
  state.progress = afterLoop(state.progress, entry);
  return { ...NOTHING, stdout: joined(...printed) };
}

export function whileLoop(shell: Runner, node: While, stdin: Text): Result {
  const { verdict } = shell.list(node.clause, stdin);
  const goes = node.kind === "while" ? verdict : not(verdict);
  if (shell.state.progress.ended !== undefined || goes.truth === "false") return NOTHING;
  return loop(shell, node.body, stdin, { kind: goes.truth === "true" ? "some" : "unknown" });
}

/** How often the body of a loop runs. */
export type Rounds =
  /** At least once. */
  | { readonly kind: "some" }
  /** Never, once or many times. */
  | { readonly kind: "unknown" }
  /** Once for each file that a pattern matches. */
  | { readonly kind: "each-match"; readonly pattern: string };

/** A body that runs an unknown number of times: what it changes in one round is not known in the next. */
export function loop(
  shell: Runner,
  body: CompoundList,
  stdin: Text,
  rounds: Rounds,
  given: readonly (readonly [string, Text])[] = [],
): Result {
  const { state } = shell;
  shell.limits.spend(costOfCopy(state));
  const trial = copyOf(state);
  const { stdout } = branchOf(shell, trial, newTrace()).list(body, stdin);
  for (const [name, variable] of trial.variables) {
    if (state.variables.get(name) !== variable) state.variables.set(name, { ...variable, value: hole(`$${name}`) });
  }
  for (const [name, value] of given) assign(state, name, value);
  if (literalOf(trial.directory) !== literalOf(state.directory)) state.directory = hole("the working folder");
  if (trial.positional !== state.positional) state.positional = undefined;
  if (trial.umask !== state.umask) state.umask = "unknown";
  for (const [path, text] of state.files) if (trial.files.get(path) !== text) state.files.delete(path);
  const entry = state.progress;
  if (rounds.kind === "some") shell.list(body, stdin);
  else if (rounds.kind === "each-match") forMatches(shell, body, stdin, rounds.pattern);
  else
    choose(shell, [
      { files: undefined, run: (branch) => branch.list(body, stdin) },
      { files: undefined, run: () => {} },
    ]);
  state.progress = afterLoop(state.progress, entry);
  return { ...NOTHING, stdout: stdout.length === 0 ? EMPTY : hole("what a loop prints") };
}
