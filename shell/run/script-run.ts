import { type CommandNode, type CompoundList, type PipelineNode, parse, type Statement } from "unbash";
import { argumentOf, type BuiltinArgument, builtinNamed } from "../builtins";
import { expressionVerdict } from "../conditions";
import { dependsOn } from "../file-operations";
import { type Limits, LONGEST_SCRIPT } from "../limits";
import { resume } from "../progress";
import { scriptUnreadable } from "../script-unreadable";
import { copyOf, costOfCopy, type ShellState } from "../shell-state";
import { EMPTY, joined, literalOf, type Text } from "../text";
import type { Trace } from "../trace";
import { OPEN, SUCCEEDS } from "../verdict";
import { type Expansion, textOf } from "../words";
import { applyRedirections } from "./apply-redirections";
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
  readonly atExit: Text[] = [];
  locals: Runner["locals"] = [];

  constructor(
    readonly state: ShellState,
    readonly trace: Trace,
    readonly limits: Limits,
  ) {}

  /** Runs a whole text, traps of EXIT included. Throws TooMuch. */
  text(text: Text, stdin: Text): Result {
    const result = this.script(text, stdin);
    for (const trap of this.atExit.splice(0)) {
      this.state.progress = resume(this.state.progress);
      this.script(trap, EMPTY);
    }
    return result;
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

  node(node: CommandNode, stdin: Text): Result {
    this.limits.spend();
    switch (node.type) {
      case "Command":
        return simpleCommand(this, node, stdin);
      case "Redirected":
        return applyRedirections(this, node.redirects, stdin, (input) => this.node(node.command, input));
      case "BraceGroup":
        return this.list(node.body, stdin);
      case "Subshell":
        return this.subshell().list(node.body, stdin);
      case "If":
        return arms(this, [node, ...node.elif], node.else, stdin);
      case "For":
        return forIn(this, node, stdin);
      case "While":
        return whileLoop(this, node, stdin);
      case "ArithmeticFor":
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
    const body = this.state.functions.get(name);
    if (body !== undefined) return callFunction(this, body, rest, stdin);
    const answer = specialBuiltin(this, name, rest, stdin);
    if (answer !== undefined) return answer;
    const builtin = builtinNamed(name);
    if (builtin === undefined) return runProgram(this, name, rest, stdin);
    if (name === "local") keepLocals(this, args);
    builtin(this.state, args);
    return NOTHING;
  }

  other(state: ShellState, trace: Trace): ScriptRun {
    return new ScriptRun(state, trace, this.limits);
  }

  subshell(): ScriptRun {
    this.limits.spend(costOfCopy(this.state));
    return this.other({ ...copyOf(this.state), files: this.state.files }, this.trace);
  }

  expansion(): Expansion {
    return {
      state: this.state,
      limits: this.limits,
      outputOf: (script, stdin = EMPTY) =>
        script === undefined || script.errors !== undefined
          ? unread(this, scriptUnreadable("substitution-syntax")).stdout
          : this.limits.nest(() => this.subshell().statements(script.commands, stdin).stdout),
    };
  }
}
