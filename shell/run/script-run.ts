import { type CommandNode, type CompoundList, type PipelineNode, parse, type Statement, type Word } from "unbash";
import { argumentOf, type BuiltinArgument, builtinNamed, calculated, prints } from "../builtins";
import { expressionVerdict } from "../conditions";
import { absolute, dependsOn } from "../file-operations";
import { type Limits, LONGEST_SCRIPT } from "../limits";
import { programWords } from "../program-words";
import { resume } from "../progress";
import { scriptUnreadable } from "../script-unreadable";
import { copyOf, costOfCopy, type ShellState } from "../shell-state";
import { EMPTY, hole, joined, literalOf, type Text } from "../text";
import type { Trace } from "../trace";
import { OPEN, SUCCEEDS } from "../verdict";
import { type Expansion, textOf } from "../words";
import { applyRedirections, contentAt } from "./apply-redirections";
import { choose } from "./branches";
import { andOr, arms, caseOf, forIn, loop, pipeline, whileLoop } from "./control-flow";
import { callFunction, keepLocals } from "./functions";
import { unread } from "./record";
import { runProgram } from "./run-program";
import { NOTHING, type Result, type Runner } from "./runner";
import { simpleCommand } from "./simple-command";
import { specialBuiltin } from "./special-builtin";

/**
 * Executes a script symbolically: follows its statements in order and notes what each does to files.
 *
 * A command that does something is taken to succeed, since a Command that fails fails the update. Where the text asks
 * the machine a question, both ways are followed and what they do becomes only possible.
 */
export class ScriptRun implements Runner {
  atExit: Runner["atExit"];
  locals: Runner["locals"];

  constructor(
    readonly state: ShellState,
    readonly trace: Trace,
    readonly limits: Limits,
  ) {}

  /** Runs a whole text, traps of EXIT included. Throws TooMuch. */
  text(text: Text, stdin: Text): Result {
    return this.ended(this.script(text, stdin));
  }

  ended(result: Result): Result {
    const trap = this.atExit;
    if (trap === undefined) return result;
    this.atExit = undefined;
    this.state.progress = resume(this.state.progress);
    const printed = trap.actions.map((action) => {
      if (trap.isSure) return this.script(action, EMPTY).stdout;
      const way = { files: undefined, run: (branch: Runner) => void branch.script(action, EMPTY) };
      return choose(this, [way, { files: undefined, run: () => {} }]).stdout;
    });
    return { ...result, stdout: joined(result.stdout, ...printed) };
  }

  script(text: Text, stdin: Text): Result {
    const source = this.limits.scriptOf(text);
    if (source.length > LONGEST_SCRIPT)
      return unread(this, scriptUnreadable("too-long", source.length, LONGEST_SCRIPT));
    this.limits.spend(source.length / 256);
    const script = parse(source);
    if (script.errors !== undefined && script.errors.length > 0) return unread(this, scriptUnreadable("syntax"));
    return this.limits.nest(() => this.statements(script.commands, stdin));
  }

  statements(statements: readonly Statement[], stdin: Text): Result {
    let verdict = SUCCEEDS;
    const printed: Text[] = [];
    for (const { command } of statements) {
      const result =
        command.type === "AndOr"
          ? andOr(this, command.commands, command.operators, stdin)
          : this.pipelineNode(command, stdin);
      verdict = result.verdict;
      printed.push(result.stdout);
      if (this.state.progress.ended !== undefined) break;
    }
    return { verdict, stdout: joined(...printed) };
  }

  list(list: CompoundList, stdin: Text): Result {
    return this.limits.nest(() => this.statements(list.commands, stdin));
  }

  pipelineNode(node: PipelineNode, stdin: Text): Result {
    return node.type === "Pipeline" ? pipeline(this, node, stdin) : this.node(node, stdin);
  }

  node(node: CommandNode, given: Text): Result {
    this.limits.spend();
    const stdin = this.state.inputsRead.has(given) ? REST_OF_INPUT : given;
    switch (node.type) {
      case "Command":
        return simpleCommand(this, node, stdin);
      case "Redirected":
        return applyRedirections(this, node.redirects, stdin, (input) => this.node(node.command, input));
      case "BraceGroup":
        return this.list(node.body, stdin);
      case "Subshell":
        return inSubshell(this, (shell) => shell.list(node.body, stdin));
      case "If":
        return arms(this, [node, ...node.elif], node.else, stdin);
      case "For":
        return forIn(this, node, stdin);
      case "While":
        return whileLoop(this, node, stdin);
      case "ArithmeticFor":
        for (const expression of [node.initialize, node.test, node.update]) calculated(this.state, expression);
        return loop(this, node.body, stdin, { kind: "unknown" });
      case "Select":
        return loop(this, node.body, stdin, { kind: "unknown" });
      case "Case":
        return caseOf(this, node, stdin);
      case "Function":
        this.state.functions.set(node.name.value, node.body);
        return NOTHING;
      case "Coproc":
        return node.body.type === "CompoundList"
          ? this.subshell().list(node.body, EMPTY)
          : this.subshell().node(node.body, EMPTY);
      case "TestCommand":
        return {
          verdict: expressionVerdict(node.expression, (word) => textOf(word, this.expansion()), this.state),
          stdout: EMPTY,
        };
      case "ArithmeticCommand":
        calculated(this.state, node.expression);
        return { verdict: OPEN, stdout: EMPTY };
    }
  }

  command(argv: readonly Text[], stdin: Text): Result {
    return this.execute(argv, argv.slice(1).map(argumentOf), stdin);
  }

  /** Runs a command by its words: a function, a builtin, or a program. */
  execute(argv: readonly Text[], args: readonly BuiltinArgument[], stdin: Text): Result {
    this.limits.spend(argv.length / 4);
    const [word = EMPTY, ...rest] = argv;
    const name = literalOf(word);
    if (name === undefined) return unread(this, { id: "program-not-named", data: { dependsOn: dependsOn(word) } });
    if (name === "") return NOTHING;
    const { functions } = this.state;
    const body = functions.get(name);
    if (body !== undefined) return callFunction(this, body, rest, stdin);
    if (functions.has(name)) return unread(this, { id: "program-not-modeled", data: { program: programWords(name) } });
    const answer = specialBuiltin(this, name, rest, stdin);
    if (answer !== undefined) return answer;
    const builtin = builtinNamed(name);
    if (builtin === undefined) return runProgram(this, name, rest, stdin);
    if (DECLARES.includes(name)) keepLocals(this, args);
    if (READS.includes(name)) this.state.inputsRead.add(stdin);
    builtin(this.state, args);
    return prints(name, args) ? { ...NOTHING, stdout: hole(`the output of ${name}`) } : NOTHING;
  }

  other(state: ShellState, trace: Trace): ScriptRun {
    return new ScriptRun(state, trace, this.limits);
  }

  subshell(): ScriptRun {
    this.limits.spend(costOfCopy(this.state));
    const { files, inputsRead } = this.state;
    return this.other({ ...copyOf(this.state), files, inputsRead }, this.trace);
  }

  expansion(): Expansion {
    return {
      state: this.state,
      limits: this.limits,
      outputOf: (script, stdin = EMPTY) =>
        script === undefined || script.errors !== undefined
          ? unread(this, scriptUnreadable("substitution-syntax")).stdout
          : this.limits.nest(() => this.outputOf(script.commands, stdin)),
    };
  }

  private outputOf(statements: readonly Statement[], stdin: Text): Text {
    const file = fileRead(statements);
    if (file !== undefined) return contentAt(this, absolute(textOf(file, this.expansion()), this.state.directory));
    return inSubshell(this, (shell) => shell.statements(statements, stdin)).stdout;
  }
}

/** Runs something in a shell of its own, its traps of EXIT included. */
function inSubshell(shell: ScriptRun, run: (inner: ScriptRun) => Result): Result {
  const inner = shell.subshell();
  return inner.ended(run(inner));
}

/** The file of `$(< FILE)`. */
function fileRead([statement, another]: readonly Statement[]): Word | undefined {
  const command = statement?.command;
  if (command?.type !== "Command" || another !== undefined || command.name !== undefined) return undefined;
  const [redirect, more] = command.redirects;
  const isRead = redirect?.type === "Redirect" && redirect.operator === "<" && redirect.descriptor === undefined;
  return isRead && more === undefined && command.prefix.length === 1 ? redirect.target : undefined;
}

/** What is left of an input of which something was read before. */
const REST_OF_INPUT = hole("the rest of its standard input");
const READS = ["read", "mapfile", "readarray"];

/** Builtins that make variables of the function in which they stand. */
const DECLARES = ["local", "declare", "typeset"];
