import {
  type Assignment,
  type Case,
  type Command,
  type CommandNode,
  type CompoundList,
  type Elif,
  type For,
  type If,
  type ParsedScript,
  type Pipeline,
  type PipelineNode,
  parse,
  type Redirection,
  type Statement,
  type While,
  type Word,
} from "unbash";
import type { FileOperation } from "../machine/file-operation";
import { normalize, parent } from "../machine/paths";
import { argumentOf, assign, type BuiltinArgument, builtinNamed } from "./builtins";
import type { Call, Next, Outcome, RemoteWork } from "./call";
import { expressionVerdict, testVerdict } from "./conditions";
import { absolute, dependsOn, NOT_SHOWN, write } from "./file-operations";
import { followTexts } from "./file-texts";
import { homeOf } from "./homes";
import { type Limits, LONGEST_SCRIPT } from "./limits";
import { matches, patternOf } from "./parameter-operations";
import { globOf } from "./path-patterns";
import { perhaps } from "./perhaps";
import { programNamed } from "./programs";
import { adopt, copyOf, newShell, type ShellState, type Variable, worst } from "./shell-state";
import { EMPTY, elsewhere, hole, joined, literalOf, type Text } from "./text";
import { append, eachMatch, merged, newTrace, softened, type Trace } from "./trace";
import { answered, both, decided, either, type FileAnswer, not, OPEN, SUCCEEDS, type Verdict } from "./verdict";
import { type Expansion, fieldsOf, hereDocText, textOf } from "./words";

/** What a command leaves behind: its exit code, and what it prints. */
interface Result {
  readonly verdict: Verdict;
  readonly stdout: Text;
}

const NOTHING: Result = { verdict: SUCCEEDS, stdout: EMPTY };
const CONDITION = "it depends on a condition that only the machine can answer";
/** Folders of programs: a file there is the program of its name. Elsewhere it is a script of somebody's own. */
const PROGRAM_FOLDERS = ["bin", "sbin"];
/** Files that set up a login shell: reading them writes nothing. */
const LOGIN_FILES = [
  "/etc/os-release",
  "/usr/lib/os-release",
  "/etc/lsb-release",
  "/etc/profile",
  "/etc/environment",
  "/etc/bashrc",
  "/etc/bash.bashrc",
];

/**
 * Runs a script in thought: follows its statements in order and notes what each does to files.
 *
 * A command that does something is taken to succeed, since a Command that fails fails the update. Where the text asks
 * the machine a question, both ways are followed and what they do becomes only possible.
 */
export class ScriptRun {
  private readonly atExit: Text[] = [];
  private locals: [name: string, old: Variable | undefined][] = [];

  constructor(
    private readonly state: ShellState,
    private readonly trace: Trace,
    private readonly limits: Limits,
  ) {}

  /** Runs a whole text, traps of EXIT included. Throws TooMuch. */
  text(text: Text, stdin: Text): Result {
    const result = this.parsed(text, (script) => this.statements(script.commands, stdin));
    for (const trap of this.atExit.splice(0)) {
      this.state.ended = undefined;
      this.parsed(trap, (script) => this.statements(script.commands, EMPTY));
    }
    return result;
  }

  /** Runs one command whose words are known already. */
  command(argv: readonly Text[], stdin: Text): Result {
    return this.execute(argv, argv.slice(1).map(argumentOf), stdin);
  }

  private parsed(text: Text, run: (script: ParsedScript) => Result): Result {
    const source = this.limits.scriptOf(text);
    if (source.length > LONGEST_SCRIPT) return this.unread("runs a script that is too long to read");
    this.limits.spend(source.length / 256);
    const script = parse(source);
    if (script.errors !== undefined && script.errors.length > 0)
      return this.unread("runs a text that cannot be read as shell");
    return this.limits.nest(() => run(script));
  }

  private statements(statements: readonly Statement[], stdin: Text): Result {
    let verdict = SUCCEEDS;
    const printed: Text[] = [];
    for (const statement of statements) {
      const result = this.statement(statement, stdin);
      verdict = result.verdict;
      printed.push(result.stdout);
      if (this.state.ended !== undefined) break;
    }
    return { verdict, stdout: joined(...printed) };
  }

  private list(list: CompoundList, stdin: Text): Result {
    return this.limits.nest(() => this.statements(list.commands, stdin));
  }

  private statement({ command }: Statement, stdin: Text): Result {
    return command.type === "AndOr"
      ? this.andOr(command.commands, command.operators, stdin)
      : this.pipelineNode(command, stdin);
  }

  private andOr(commands: readonly PipelineNode[], operators: readonly string[], stdin: Text): Result {
    const printed: Text[] = [];
    let verdict: Verdict = decided(true);
    for (const [index, command] of commands.entries()) {
      const operator = index === 0 ? "&&" : operators[index - 1];
      const runs = operator === "&&" ? verdict : not(verdict);
      if (runs.truth === "false") continue;
      if (runs.truth !== "open") {
        const passedOver = operators[index] === "||" && passesOver(commands[index + 1]);
        const result = passedOver ? this.mayFail(command, stdin) : this.pipelineNode(command, stdin);
        printed.push(result.stdout);
        verdict = operator === "&&" ? both(verdict, result.verdict) : result.verdict;
        if (this.state.ended !== undefined) break;
        continue;
      }
      // After `cp a b ||` the other command is for a failure that is not expected.
      const expected = operator === "&&" || verdict.truth === "open";
      const combine = operator === "&&" ? both : either;
      let other: Verdict = OPEN;
      this.choose(
        [
          {
            files: answered(runs, true),
            run: (branch) => {
              other = branch.pipelineNode(command, stdin).verdict;
            },
          },
          { files: answered(runs, false), run: () => {} },
        ],
        expected,
      );
      verdict = expected ? combine(verdict, other) : SUCCEEDS;
      printed.push(hole("what is printed under a condition"));
      if (this.state.ended !== undefined) break;
    }
    return { verdict, stdout: joined(...printed) };
  }

  /** A command whose failure is passed over: what it writes is only possible; what it takes away or makes free is gone. */
  private mayFail(command: PipelineNode, stdin: Text): Result {
    const trace = newTrace();
    const result = new ScriptRun(this.state, trace, this.limits).pipelineNode(command, stdin);
    const sure = (one: FileOperation) => ["remove", "link", "make-directory", "set-mode"].includes(one.do);
    this.replay({ ...trace, operations: [...perhaps(trace.operations, "its failure is passed over", sure)] });
    return result;
  }

  private pipelineNode(node: PipelineNode, stdin: Text): Result {
    return node.type === "Pipeline" ? this.pipeline(node, stdin) : this.node(node, stdin);
  }

  private pipeline({ commands, prefixes }: Pipeline, stdin: Text): Result {
    let result: Result = { ...NOTHING, stdout: stdin };
    for (const command of commands) {
      const run = commands.length === 1 ? this : this.subshell();
      result = run.node(command, result.stdout);
    }
    const negated = prefixes.filter((prefix) => prefix.type === "Negation").length % 2 === 1;
    return negated ? { ...result, verdict: not(result.verdict) } : result;
  }

  private node(node: CommandNode, stdin: Text): Result {
    this.limits.spend();
    switch (node.type) {
      case "Command":
        return this.simple(node, stdin);
      case "Redirected":
        return this.redirected(node.redirects, stdin, (input) => this.node(node.command, input));
      case "BraceGroup":
        return this.list(node.body, stdin);
      case "Subshell":
        return this.subshell().list(node.body, stdin);
      case "If":
        return this.arms([node, ...node.elif], node.else, stdin);
      case "For":
        return this.forIn(node, stdin);
      case "While":
        return this.whileLoop(node, stdin);
      case "ArithmeticFor":
      case "Select":
        return this.loop(node.body, stdin, "perhaps");
      case "Case":
        return this.caseOf(node, stdin);
      case "Function": {
        const name = node.name.value;
        this.state.functions.set(name, node.body);
        return NOTHING;
      }
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

  private arms(arms: readonly (If | Elif)[], otherwise: CompoundList | undefined, stdin: Text): Result {
    const [arm, ...more] = arms;
    if (arm === undefined) return otherwise === undefined ? NOTHING : this.list(otherwise, stdin);
    const { verdict } = this.list(arm.clause, stdin);
    if (this.state.ended !== undefined) return NOTHING;
    if (verdict.truth === "true") return this.list(arm.then, stdin);
    if (verdict.truth === "false") return this.arms(more, otherwise, stdin);
    return this.choose([
      { files: answered(verdict, true), run: (branch) => branch.list(arm.then, stdin) },
      { files: answered(verdict, false), run: (branch) => branch.arms(more, otherwise, stdin) },
    ]);
  }

  private caseOf(node: Case, stdin: Text): Result {
    const word = literalOf(textOf(node.word, this.expansion()));
    const answers = node.items.map((item) => {
      const patterns = item.pattern.map((pattern) => patternOf(textOf(pattern, this.expansion())));
      if (patterns.some((pattern) => pattern?.length === 2 && pattern.every((piece) => piece === ""))) return true;
      if (word === undefined || patterns.includes(undefined)) return undefined;
      return patterns.some((pattern) => pattern !== undefined && matches(word, pattern));
    });
    const possible = node.items.filter(
      (_, index) => answers[index] !== false && !answers.slice(0, index).includes(true),
    );
    const [only] = possible;
    if (only === undefined) return NOTHING;
    if (possible.length === 1 && answers.includes(true)) return this.list(only.body, stdin);
    const ways = possible.map((item): Way => ({ files: undefined, run: (branch) => branch.list(item.body, stdin) }));
    return this.choose(answers.includes(true) ? ways : [...ways, { files: undefined, run: () => {} }]);
  }

  private forIn(node: For, stdin: Text): Result {
    const name = node.name.value;
    const words = node.wordlist?.flatMap((word) => fieldsOf(word, this.expansion())) ??
      this.state.positional ?? [hole("its arguments")];
    const { doubt } = this.state;
    for (const word of words) {
      this.limits.spend();
      if (this.state.doubt === "round") this.state.doubt = doubt;
      assign(this.state, name, word);
      if (literalOf(word) === undefined) {
        const pattern = globOf(absolute(word, this.state.directory));
        // An unknown list: none, one or many rounds.
        this.loop(node.body, stdin, pattern === undefined ? "perhaps" : { pattern }, [[name, word]]);
        continue;
      }
      this.list(node.body, stdin);
      if (this.state.ended === "break") break;
      if (this.state.ended === "continue") this.state.ended = undefined;
      if (this.state.ended !== undefined) return NOTHING;
    }
    if (this.state.ended === "break") this.state.ended = undefined;
    if (this.state.doubt === "round" || this.state.doubt === "loop") this.state.doubt = doubt;
    return NOTHING;
  }

  private whileLoop(node: While, stdin: Text): Result {
    const { verdict } = this.list(node.clause, stdin);
    const goes = node.kind === "while" ? verdict : not(verdict);
    if (this.state.ended !== undefined || goes.truth === "false") return NOTHING;
    return this.loop(node.body, stdin, goes.truth === "true" ? "once" : "perhaps");
  }

  /** A body that runs an unknown number of times: what it changes in one round is not known in the next. */
  private loop(
    body: CompoundList,
    stdin: Text,
    rounds: "once" | "perhaps" | { readonly pattern: string },
    given: readonly (readonly [string, Text])[] = [],
  ): Result {
    const trial = copyOf(this.state);
    new ScriptRun(trial, newTrace(), this.limits).list(body, stdin);
    for (const [name, variable] of trial.variables) {
      if (this.state.variables.get(name) !== variable)
        this.state.variables.set(name, { ...variable, value: hole(`$${name}`) });
    }
    for (const [name, value] of given) assign(this.state, name, value);
    if (literalOf(trial.directory) !== literalOf(this.state.directory))
      this.state.directory = hole("the working folder");
    const { doubt } = this.state;
    if (rounds === "once") this.list(body, stdin);
    else if (rounds !== "perhaps") this.forMatches(body, stdin, rounds.pattern);
    else
      this.choose([
        { files: undefined, run: (branch) => branch.list(body, stdin) },
        { files: undefined, run: () => {} },
      ]);
    if (this.state.ended === "break" || this.state.ended === "continue") this.state.ended = undefined;
    if (this.state.doubt === "round" || this.state.doubt === "loop") this.state.doubt = doubt;
    return NOTHING;
  }

  /** A body that runs once for each match of a pattern: what it does with the match alone is certain. */
  private forMatches(body: CompoundList, stdin: Text, pattern: string): void {
    const state = copyOf(this.state);
    const trace = newTrace();
    new ScriptRun(state, trace, this.limits).list(body, stdin);
    this.replay(eachMatch(trace, pattern, CONDITION));
    adopt(this.state, [copyOf(this.state), state]);
  }

  /**
   * Follows several ways of which one runs. A way that ends in failure does not happen: the update would fail.
   * `expected` is false for a way that is only there for a failure.
   */
  private choose(ways: readonly Way[], expected = true): Result {
    const done = ways.map(({ run, files }) => {
      const state = copyOf(this.state);
      const trace = newTrace();
      this.limits.spend(1 + state.variables.size / 16);
      run(new ScriptRun(state, trace, this.limits));
      return { state, trace, files };
    });
    const possible = done.filter(({ state }) => state.ended !== "failure");
    const [only] = possible;
    if (only === undefined) {
      this.state.ended = "failure";
      return NOTHING;
    }
    if (possible.length === 1) {
      this.replay(only.trace);
      adopt(this.state, [only.state]);
      this.state.ended = only.state.ended;
      return { verdict: OPEN, stdout: hole("what is printed under a condition") };
    }
    this.replay(merged(possible, CONDITION));
    const going = possible.filter(({ state }) => state.ended === undefined);
    adopt(
      this.state,
      (going.length > 0 ? going : possible).map(({ state }) => state),
    );
    const stopped = possible.filter(({ state }) => state.ended !== undefined);
    if (going.length === 0) this.state.ended = only.state.ended;
    // `[ -f /etc/kubernetes/kubelet.conf ] && exit 0`: what follows ran before.
    else if (expected)
      this.doubtAfter(stopped.filter(({ files }) => files?.yesMeans !== "exist").map(({ state }) => state));
    return { verdict: OPEN, stdout: hole("what is printed under a condition") };
  }

  /** What follows only runs if none of these ways was taken. */
  private doubtAfter(stopped: readonly ShellState[]): void {
    for (const { ended } of stopped) this.state.doubt = worst([this.state.doubt, DOUBTS[ended ?? "return"]]);
  }

  private replay(trace: Trace): void {
    const certain = this.state.doubt === "none" ? trace : softened(trace, CONDITION);
    for (const operation of certain.operations) this.note(operation);
    append(this.trace, { ...certain, operations: [] });
  }

  private subshell(): ScriptRun {
    return new ScriptRun({ ...copyOf(this.state), files: this.state.files }, this.trace, this.limits);
  }

  private expansion(): Expansion {
    return {
      state: this.state,
      limits: this.limits,
      outputOf: (script, stdin = EMPTY) =>
        script === undefined || script.errors !== undefined
          ? this.unread("runs a substitution that cannot be read as shell").stdout
          : this.limits.nest(() => this.subshell().statements(script.commands, stdin).stdout),
    };
  }

  private simple(node: Command, stdin: Text): Result {
    const expansion = this.expansion();
    const [name, ...words] = node.name === undefined ? [] : fieldsOf(node.name, expansion);
    const assignments = node.prefix.filter((item) => item.type === "Assignment");
    if (name === undefined) {
      for (const assignment of assignments) this.assign(assignment);
      return this.redirected(node.redirects, stdin, () => NOTHING);
    }
    const suffix = node.args.map((arg) => ({ arg, texts: this.argumentTexts(arg) }));
    const argv = [name, ...words, ...suffix.flatMap(({ texts }) => texts)];
    const args = suffix.flatMap(({ arg, texts }): readonly BuiltinArgument[] =>
      arg.type === "Assignment"
        ? [{ name: arg.name, value: this.assignedValue(arg), append: arg.append === true }]
        : texts.map(argumentOf),
    );
    const before = assignments.map(({ name: variable }): [string, Variable | undefined] => [
      variable,
      this.state.variables.get(variable),
    ]);
    for (const assignment of assignments)
      assign(this.state, assignment.name, this.assignedValue(assignment), false, true);
    const result = this.redirected(node.redirects, stdin, (input) =>
      this.execute(argv, [...words.map(argumentOf), ...args], input),
    );
    for (const [variable, old] of before) this.restore(variable, old);
    return result;
  }

  private argumentTexts(arg: Word | Assignment): readonly Text[] {
    if (arg.type === "Word") return fieldsOf(arg, this.expansion());
    const value = this.assignedValue(arg);
    return [joined([`${arg.name}=`], "elements" in value ? hole("an array") : value)];
  }

  private assign(assignment: Assignment): void {
    const value = assignment.index === undefined ? this.assignedValue(assignment) : hole(`$${assignment.name}`);
    assign(this.state, assignment.name, value, assignment.append === true);
  }

  private assignedValue({ value }: Assignment): Variable["value"] {
    if (value.type === "Word") return textOf(value, this.expansion());
    return { elements: value.elements.flatMap((word) => fieldsOf(word, this.expansion())) };
  }

  private restore(name: string, old: Variable | undefined): void {
    if (old === undefined) this.state.variables.delete(name);
    else this.state.variables.set(name, old);
  }

  /** Runs something with its redirections: what it reads, and where its output lands. */
  private redirected(redirections: readonly Redirection[], stdin: Text, run: (stdin: Text) => Result): Result {
    const expansion = this.expansion();
    let input = stdin;
    const outputs: { readonly path: Text; readonly append: boolean }[] = [];
    const errors: Text[] = [];
    for (const one of redirections) {
      const descriptor = one.descriptor?.type === "FileDescriptor" ? one.descriptor.value : undefined;
      if (one.type === "HereDoc") {
        if (descriptor === undefined || descriptor === 0) input = hereDocText(one, expansion);
        continue;
      }
      if (one.target === undefined) continue;
      const target = textOf(one.target, expansion);
      const path = absolute(target, this.state.directory);
      if (one.type === "HereString") input = joined(target, ["\n"]);
      else if (one.operator === "<")
        input = descriptor === undefined || descriptor === 0 ? this.contentAt(path) : input;
      else if (one.operator === ">&" && isDescriptor(target)) {
        // `>&2`: what would be printed is printed elsewhere.
        if (descriptor === undefined || descriptor === 1) outputs.push({ path: ["/dev/null"], append: false });
      } else if (one.operator !== "<&" && one.operator !== "<>") {
        const appends = one.operator === ">>" || one.operator === "&>>";
        if (descriptor === undefined || descriptor === 1) outputs.push({ path, append: appends });
        else errors.push(path);
      }
    }
    for (const path of errors) this.emitAll(write(path, NOT_SHOWN));
    const result = run(input);
    const last = outputs.at(-1);
    if (last === undefined) return result;
    const { umask } = this.state;
    const modes = umask === undefined ? {} : { newMode: (0o666 & ~umask).toString(8).padStart(4, "0") };
    for (const output of outputs)
      this.emitAll(
        write(output.path, output === last ? this.written(output.path, result.stdout, output.append) : EMPTY, modes),
      );
    const toFile = literalOf(last.path)?.startsWith("/dev/") !== true;
    return {
      verdict: toFile && result.verdict.truth === "open" && result.stdout.length > 0 ? SUCCEEDS : result.verdict,
      stdout: EMPTY,
    };
  }

  /** What a file holds after an output went to it. */
  private written(path: Text, text: Text, appends: boolean): Text {
    if (!appends) return text;
    const literal = literalOf(path);
    const old = literal === undefined ? undefined : this.state.files.get(normalize(literal));
    return old === undefined ? NOT_SHOWN : joined([old], text);
  }

  private contentAt(path: Text): Text {
    const literal = literalOf(path);
    if (literal === undefined) return hole("the content of a file");
    if (literal === "/dev/null") return EMPTY;
    const file = normalize(literal);
    const known = this.state.files.get(file);
    return known === undefined ? hole(`the content of ${file}`, { file }) : [known];
  }

  /** Runs a command by its words: a function, a builtin, or a program. */
  private execute(argv: readonly Text[], args: readonly BuiltinArgument[], stdin: Text): Result {
    this.limits.spend(argv.length / 4);
    const [word = EMPTY, ...rest] = argv;
    const name = literalOf(word);
    if (name === undefined) return this.unread(`runs a program that ${dependsOn(word)} names`);
    if (name === "") return NOTHING;
    const body = this.state.functions.get(name);
    if (body !== undefined) return this.callFunction(body, rest, stdin);
    const special = this.special(name, rest, stdin);
    if (special !== undefined) return special;
    const builtin = builtinNamed(name);
    if (builtin !== undefined) {
      if (name === "local") this.keepLocals(args);
      builtin(this.state, args);
      return NOTHING;
    }
    return this.program(name, rest, stdin);
  }

  /** Builtins that run something or answer something. */
  private special(name: string, args: readonly Text[], stdin: Text): Result | undefined {
    switch (name) {
      case "true":
      case ":":
        return { verdict: decided(true), stdout: EMPTY };
      case "false":
        return { verdict: decided(false), stdout: EMPTY };
      case "[":
        return {
          verdict: testVerdict(literalOf(args.at(-1) ?? EMPTY) === "]" ? args.slice(0, -1) : args, this.state),
          stdout: EMPTY,
        };
      case "test":
        return { verdict: testVerdict(args, this.state), stdout: EMPTY };
      case "pwd":
        return { verdict: SUCCEEDS, stdout: joined(this.state.directory, ["\n"]) };
      case "eval":
        return this.parsed(joined(...args.flatMap((arg) => [arg, [" "]])), (script) =>
          this.statements(script.commands, stdin),
        );
      case "source":
      case ".":
        return this.source(args, stdin);
      case "exec":
        return this.replace(args, stdin);
      case "command":
      case "builtin": {
        const first = literalOf(args[0] ?? EMPTY) ?? "";
        if (first.startsWith("-")) return { verdict: OPEN, stdout: hole("the output of command") };
        return args.length === 0 ? NOTHING : this.withoutFunctions(args, stdin);
      }
      case "trap": {
        const [action = EMPTY, ...signals] = args;
        const atExit = signals.some((signal) => ["EXIT", "0"].includes(literalOf(signal) ?? ""));
        if (atExit && literalOf(action) !== "-") this.atExit.push(action);
        return NOTHING;
      }
      default:
        return undefined;
    }
  }

  private withoutFunctions(argv: readonly Text[], stdin: Text): Result {
    const name = literalOf(argv[0] ?? EMPTY) ?? "";
    const body = this.state.functions.get(name);
    this.state.functions.delete(name);
    const result = this.command(argv, stdin);
    if (body !== undefined) this.state.functions.set(name, body);
    return result;
  }

  /** exec: with a command this shell ends with it; without one its output goes to the files named beside it. */
  private replace(args: readonly Text[], stdin: Text): Result {
    const words = args.filter((arg, index) => index > 0 || !(literalOf(arg) ?? "").startsWith("-"));
    if (words.length === 0) return { verdict: SUCCEEDS, stdout: NOT_SHOWN };
    const result = this.command(words, stdin);
    this.state.ended ??= "success";
    return result;
  }

  private source(args: readonly Text[], stdin: Text): Result {
    const [file = EMPTY, ...positional] = args;
    const path = literalOf(absolute(file, this.state.directory));
    const text = path === undefined ? undefined : this.state.files.get(normalize(path));
    if (text === undefined) {
      const harmless =
        path !== undefined &&
        (LOGIN_FILES.includes(path) ||
          path.startsWith("/etc/profile.d/") ||
          path.startsWith("/etc/default/") ||
          path.endsWith("rc") ||
          path.endsWith("profile"));
      return harmless ? NOTHING : this.unread(`reads ${literalOf(file) ?? `a script that ${dependsOn(file)} names`}`);
    }
    const before = this.state.positional;
    if (positional.length > 0) this.state.positional = positional;
    const result = this.parsed([text], (script) => this.statements(script.commands, stdin));
    this.state.positional = before;
    if (this.state.ended === "return") this.state.ended = undefined;
    return result;
  }

  private callFunction(body: CompoundList | CommandNode, args: readonly Text[], stdin: Text): Result {
    const { positional, doubt } = this.state;
    const outer = this.locals;
    this.locals = [];
    this.state.positional = args;
    const result = this.limits.nest(() =>
      body.type === "CompoundList" ? this.list(body, stdin) : this.node(body, stdin),
    );
    for (const [name, old] of this.locals.reverse()) this.restore(name, old);
    this.locals = outer;
    this.state.positional = positional;
    const returns = this.state.ended === "return" || this.state.doubt !== doubt;
    if (this.state.ended === "return") this.state.ended = undefined;
    if (this.state.doubt === "function") this.state.doubt = doubt;
    return returns ? { ...result, verdict: OPEN } : result;
  }

  private keepLocals(args: readonly BuiltinArgument[]): void {
    for (const arg of args) {
      const name = "name" in arg ? arg.name : (literalOf(arg.word) ?? "");
      this.locals.push([name, this.state.variables.get(name)]);
    }
  }

  private program(name: string, args: readonly Text[], stdin: Text): Result {
    const { directory } = this.state;
    const path = name.includes("/") ? literalOf(absolute([name], directory)) : undefined;
    const text = path === undefined ? undefined : this.state.files.get(normalize(path));
    if (text !== undefined) return this.next({ run: { script: [text], args } }, stdin);
    const program = programNamed(programName(name));
    if (program === undefined) return this.unread(`runs ${name}`);
    if (program.kind === "harmless") {
      const first = literalOf(args.find((arg) => !(literalOf(arg) ?? "").startsWith("-")) ?? EMPTY) ?? "";
      if (
        program.only !== undefined &&
        !program.only.includes(first) &&
        !program.only.includes(literalOf(args[0] ?? EMPTY) ?? "")
      )
        return this.unread(`runs ${name} ${first}`);
      const asks = program.asks === true || program.asks?.includes(first) === true;
      return { verdict: asks ? OPEN : SUCCEEDS, stdout: hole(`the output of ${name}`) };
    }
    const call: Call = {
      name: programName(name),
      args,
      stdin,
      directory,
      umask: this.state.umask,
      textOf: (file) => this.state.files.get(normalize(file)),
    };
    return this.outcome(program.model(call), stdin);
  }

  private outcome(outcome: Outcome, stdin: Text): Result {
    if (outcome.unread !== undefined) return this.unread(outcome.unread);
    this.emitAll(outcome.operations ?? []);
    for (const run of outcome.kubeadm ?? []) {
      this.limits.spend();
      this.trace.kubeadm.push(this.state.doubt === "none" ? run : { ...run, undecided: run.undecided ?? CONDITION });
    }
    if (outcome.remote !== undefined) this.remote(outcome.remote, stdin);
    if (outcome.next !== undefined) return this.next(outcome.next, stdin);
    return { verdict: answerOf(outcome.asks), stdout: outcome.stdout ?? EMPTY };
  }

  /** Runs what a program runs in turn, in a shell of its own. */
  private next(next: Next, stdin: Text): Result {
    const user = next.as === undefined ? this.state.user : next.as.user;
    const home =
      user === this.state.user
        ? this.state.home
        : next.atHome === true
          ? homeOf(user)
          : hole("the home that sudo leaves");
    const state = newShell(user, next.atHome === true ? home : this.state.directory, this.state.inherits);
    const perhapsOnly = next.perhaps !== undefined;
    const child: ShellState = {
      ...state,
      home,
      umask: this.state.umask,
      doubt: this.state.doubt,
      files: perhapsOnly ? new Map(this.state.files) : this.state.files,
    };
    if (next.freshEnvironment !== true)
      for (const [name, variable] of this.state.variables) if (variable.exported) child.variables.set(name, variable);
    for (const [name, value] of next.variables ?? []) assign(child, name, value, false, true);
    this.limits.spend(1 + this.state.variables.size / 16);
    const trace = perhapsOnly ? newTrace() : this.trace;
    const run = new ScriptRun(child, trace, this.limits);
    const result = this.limits.nest(() => {
      if ("argv" in next.run) return run.command(next.run.argv, stdin);
      child.positional = next.run.args;
      return run.text(next.run.script, stdin);
    });
    if (next.perhaps !== undefined)
      this.replay(next.each === undefined ? softened(trace, next.perhaps) : eachMatch(trace, next.each, next.perhaps));
    return result;
  }

  private remote(work: RemoteWork, stdin: Text): void {
    const trace = newTrace();
    for (const operation of work.operations ?? []) trace.operations.push(operation);
    if (work.script !== undefined) {
      const state = newShell(work.user, homeOf(work.user), false);
      this.limits.nest(() =>
        new ScriptRun(state, trace, this.limits).text(elsewhere(work.script ?? EMPTY), elsewhere(stdin)),
      );
    }
    const { remote, ...here } = this.state.doubt === "none" ? trace : softened(trace, CONDITION);
    const { host, port } = work;
    this.trace.remote.push({ host, ...(port === undefined ? {} : { port }), ...here }, ...remote);
  }

  private unread(why: string): Result {
    const words = printable(why);
    this.emit({ do: "might-write", scope: { kind: "anywhere" }, why: words });
    this.trace.unread.push(words);
    return { verdict: OPEN, stdout: hole("the output of a program that is not known") };
  }

  private emitAll(operations: readonly FileOperation[]): void {
    for (const operation of operations) this.emit(operation);
  }

  private emit(operation: FileOperation): void {
    for (const one of this.state.doubt === "none" ? [operation] : perhaps([operation], CONDITION)) this.note(one);
  }

  /** Adds an operation to the trace, and keeps what is known of the texts of files. */
  private note(operation: FileOperation): void {
    this.limits.spend(2 + this.state.files.size / 64);
    this.trace.operations.push(operation);
    followTexts(this.state.files, operation);
  }
}

/** True for `true`, `:` and messages: after `||` they let a text go on. */
function passesOver(command: PipelineNode | undefined): boolean {
  const name = command?.type === "Command" ? command.name?.value : undefined;
  return name !== undefined && ["true", ":", "echo", "printf"].includes(name);
}

/** What may not run any more after one of several ways came to an end so. */
const DOUBTS: Readonly<Record<NonNullable<ShellState["ended"]>, ShellState["doubt"]>> = {
  success: "shell",
  failure: "none",
  return: "function",
  break: "loop",
  continue: "round",
};

/** One way a text may go. */
interface Way {
  readonly files: FileAnswer | undefined;
  readonly run: (branch: ScriptRun) => void;
}

/** The name under which a program is known: a path counts only in a folder of programs, but kubeadm is kubeadm anywhere. */
function programName(name: string): string {
  if (!name.includes("/")) return name;
  const base = name.slice(name.lastIndexOf("/") + 1);
  const folder = parent(normalize(name));
  const isProgram = name.startsWith("/") && PROGRAM_FOLDERS.includes(folder.slice(folder.lastIndexOf("/") + 1));
  return isProgram || base === "kubeadm" || base === "kubectl" ? base : name;
}

/** Words of somebody's script as they may stand in a message. */
function printable(words: string): string {
  return words
    .slice(0, 120)
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();
}

/** The exit code of a program: an answer where it asks something. */
function answerOf(asks: Outcome["asks"]): Verdict {
  if (asks === undefined) return SUCCEEDS;
  return asks === true ? OPEN : { truth: "open", files: asks };
}

function isDescriptor(target: Text): boolean {
  const text = literalOf(target) ?? "";
  return text === "-" || (text !== "" && [...text].every((digit) => digit >= "0" && digit <= "9"));
}
