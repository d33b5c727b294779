import type { Case, CompoundList, Elif, For, If, Pipeline, PipelineNode, While } from "unbash";
import { assign } from "../builtins";
import { absolute } from "../file-operations";
import { matches, patternOf } from "../parameter-operations";
import { globOf } from "../path-patterns";
import { afterLoop, nextRound } from "../progress";
import { copyOf, costOfCopy } from "../shell-state";
import { hole, joined, literalOf, printedOf, type Text } from "../text";
import { newTrace } from "../trace";
import { answered, both, decided, either, not, OPEN, SUCCEEDS, type Verdict } from "../verdict";
import { fieldsOf, textOf } from "../words";
import { choose, type Decider, forMatches, mayFail, type Way } from "./branches";
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

export function pipeline(shell: Runner, { commands, prefixes }: Pipeline, stdin: Text): Result {
  let result: Result = { ...NOTHING, stdout: stdin };
  for (const command of commands) {
    const one = commands.length === 1 ? shell : shell.subshell();
    const given = result.stdout;
    result = one.node(command, given);
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

export function caseOf(shell: Runner, node: Case, stdin: Text): Result {
  const word = literalOf(textOf(node.word, shell.expansion()));
  const answers = node.items.map((item) => {
    const patterns = item.pattern.map((pattern) => patternOf(textOf(pattern, shell.expansion())));
    if (patterns.some((pattern) => pattern?.length === 2 && pattern.every((piece) => piece === ""))) return true;
    if (word === undefined || patterns.includes(undefined)) return undefined;
    return patterns.some((pattern) => pattern !== undefined && matches(word, pattern));
  });
  const possible = node.items.filter((_, index) => answers[index] !== false && !answers.slice(0, index).includes(true));
  const [only] = possible;
  if (only === undefined) return NOTHING;
  if (possible.length === 1 && answers.includes(true)) return shell.list(only.body, stdin);
  const ways = possible.map((item): Way => ({ files: undefined, run: (branch) => branch.list(item.body, stdin) }));
  return choose(shell, answers.includes(true) ? ways : [...ways, { files: undefined, run: () => {} }]);
}

export function forIn(shell: Runner, node: For, stdin: Text): Result {
  const { state } = shell;
  const name = node.name.value;
  const words = node.wordlist?.flatMap((word) => fieldsOf(word, shell.expansion())) ??
    state.positional ?? [hole("its arguments")];
  const entry = state.progress;
  for (const word of words) {
    shell.limits.spend();
    state.progress = nextRound(state.progress, entry);
    assign(state, name, word);
    if (literalOf(word) === undefined) {
      const pattern = globOf(absolute(word, state.directory));
      // An unknown list: none, one or many rounds.
      const rounds: Rounds = pattern === undefined ? { kind: "unknown" } : { kind: "each-match", pattern };
      loop(shell, node.body, stdin, rounds, [[name, word]]);
      continue;
    }
    shell.list(node.body, stdin);
    const { ended } = state.progress;
    if (ended === "break") break;
    if (ended !== undefined && ended !== "continue") return NOTHING;
  }
  state.progress = afterLoop(state.progress, entry);
  return NOTHING;
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
  shell.other(trial, newTrace()).list(body, stdin);
  for (const [name, variable] of trial.variables) {
    if (state.variables.get(name) !== variable) state.variables.set(name, { ...variable, value: hole(`$${name}`) });
  }
  for (const [name, value] of given) assign(state, name, value);
  if (literalOf(trial.directory) !== literalOf(state.directory)) state.directory = hole("the working folder");
  const entry = state.progress;
  if (rounds.kind === "some") shell.list(body, stdin);
  else if (rounds.kind === "each-match") forMatches(shell, body, stdin, rounds.pattern);
  else
    choose(shell, [
      { files: undefined, run: (branch) => branch.list(body, stdin) },
      { files: undefined, run: () => {} },
    ]);
  state.progress = afterLoop(state.progress, entry);
  return NOTHING;
}
