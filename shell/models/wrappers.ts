import type { Call, Next, Outcome } from "../call";
import { absolute, mightWrite, writtenFilesUnknown } from "../file-operations";
import { type OptionSpec, readOptions } from "../options";
import { globOf } from "../path-patterns";
import { scriptNotShown } from "../script-not-shown";
import { cutAt, EMPTY, firstHole, hole, joined, literalOf, type Text } from "../text";

/** sudo, doas: another user runs the command, without this shell's variables unless `-E`. */
export function sudo(call: Call): Outcome {
  const options = readOptions(call.args, {
    values: "ughpCrtTUDR",
    longValues: ["user", "group", "host", "prompt", "close-from", "role", "type", "chdir", "chroot"],
    untilOperand: true,
  });
  const as = userOf(options.value("u", "user"));
  const { variables, argv } = assignments(options.operands);
  const login = options.has("i", "login");
  const fresh = !options.has("E", "preserve-env") || login;
  const folder = options.value("D", "chdir");
  const shell: Next = {
    run: argv.length === 0 ? { script: call.stdin, args: [] } : { argv },
    as,
    variables,
    ...(fresh ? { freshEnvironment: true } : {}),
    ...(login ? { atHome: true } : {}),
    ...(folder === undefined ? {} : { directory: absolute(folder, call.directory) }),
  };
  if (options.has("R", "chroot")) return { unread: { id: "option-not-known", data: { program: call.name } } };
  if (argv.length === 0 && !login && !options.has("s", "shell")) return { stdout: hole("the output of sudo") };
  return { next: shell };
}

/** su: `-c TEXT`, or a shell that reads standard input. */
export function su(call: Call): Outcome {
  const options = readOptions(call.args, {
    values: "cgGsw",
    longValues: ["command", "group", "shell", "whitelist-environment"],
  });
  const login = options.has("l", "login") || options.operands.some((operand) => literalOf(operand) === "-");
  const [user] = options.operands.filter((operand) => literalOf(operand) !== "-");
  return {
    next: {
      run: { script: options.value("c", "command") ?? call.stdin, args: [] },
      as: userOf(user),
      ...(login ? { atHome: true, freshEnvironment: true } : {}),
    },
  };
}

/** env, and the words NAME=VALUE before its command. */
export function env(call: Call): Outcome {
  const options = readOptions(call.args, {
    values: "uCS",
    longValues: ["unset", "chdir", "split-string"],
    untilOperand: true,
  });
  // It cuts the text into words by rules of its own.
  if (options.has("S", "split-string")) return { unread: { id: "option-not-known", data: { program: "env" } } };
  const dash = literalOf(options.operands[0] ?? EMPTY) === "-";
  const { variables, argv } = assignments(dash ? options.operands.slice(1) : options.operands);
  if (argv.length === 0) return { stdout: [{ why: "the output of env" }] };
  const folder = options.value("C", "chdir");
  return {
    next: {
      run: { argv },
      variables,
      without: options.values("u", "unset").map((name) => literalOf(name) ?? ""),
      ...(dash || options.has("i", "ignore-environment") ? { freshEnvironment: true } : {}),
      ...(folder === undefined ? {} : { directory: absolute(folder, call.directory) }),
    },
  };
}

/** Programs that run the command in their arguments, after options of their own and so many operands. */
export function running(spec: OptionSpec, operands = 0): (call: Call) => Outcome {
  return (call) => {
    const argv = readOptions(call.args, { ...spec, untilOperand: true }).operands.slice(operands);
    return argv.length === 0 ? { stdout: hole(`the output of ${call.name}`) } : { next: { run: { argv } } };
  };
}

/** flock LOCK -c TEXT, or flock LOCK COMMAND. */
export function flock(call: Call): Outcome {
  const { operands } = readOptions(call.args, { values: "wE", longValues: ["timeout"], untilOperand: true });
  const [file = EMPTY, flag, script] = operands;
  if (flag === undefined) return {};
  const isScript = literalOf(flag) === "-c" && script !== undefined;
  return {
    // Unless it is there, or a folder.
    operations: [mightWrite(absolute(file, call.directory), writtenFilesUnknown("flock"))],
    next: { run: isScript ? { script, args: [] } : { argv: operands.slice(1) } },
  };
}

/** bash, sh and their like: `-c TEXT`, a script file that the same text wrote, or standard input. */
export function shell(call: Call): Outcome {
  const { command, operands, stdin } = shellArguments(call.args);
  const [first, ...args] = operands;
  if (command && first !== undefined) return { next: { run: { script: first, args: args.slice(1) } } };
  if (stdin || first === undefined) return fromStandardInput(call, operands);
  const path = literalOf(absolute(first, call.directory));
  if (path === "/dev/stdin") return fromStandardInput(call, args);
  const text = path === undefined ? undefined : call.textOf(path);
  if (text === undefined) return { unread: scriptNotShown("runs", first) };
  return { next: { run: { script: [text], args } } };
}

function fromStandardInput(call: Call, args: readonly Text[]): Outcome {
  const [piece] = call.stdin;
  if (call.stdin.length === 1 && typeof piece === "object" && firstHole(call.stdin) !== undefined)
    return { unread: scriptNotShown("pipes", call.stdin) };
  return { next: { run: { script: call.stdin, args } } };
}

/** The options of a shell: switches, `-o NAME`, and `-c` anywhere in a cluster. */
function shellArguments(args: readonly Text[]): { command: boolean; stdin: boolean; operands: readonly Text[] } {
  let command = false;
  let stdin = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = literalOf(args[index] ?? EMPTY) ?? "";
    if (arg === "--" || arg === "-") return { command, stdin, operands: args.slice(index + 1) };
    if (!arg.startsWith("-") && !arg.startsWith("+")) return { command, stdin, operands: args.slice(index) };
    if (arg.startsWith("--")) {
      if (arg === "--rcfile" || arg === "--init-file") index += 1;
      continue;
    }
    if (arg.includes("c")) command = true;
    if (arg.includes("s")) stdin = true;
    if (arg.endsWith("o") || arg.endsWith("O")) index += 1;
  }
  return { command, stdin, operands: [] };
}

/** xargs: a command with words that are not known. */
export function xargs(call: Call): Outcome {
  const options = readOptions(call.args, {
    values: "IdELnPsa",
    attached: "iel",
    longValues: ["delimiter", "max-args", "max-procs", "max-chars", "arg-file", "process-slot-var"],
    switches: "0oprtx",
    longSwitches: [
      ...[
        "replace",
        "eof",
        "max-lines",
        "null",
        "open-tty",
        "interactive",
        "no-run-if-empty",
        "show-limits",
        "verbose",
      ],
      ...["exit", "help", "version"],
    ],
    untilOperand: true,
  });
  if (options.isUnknown) return { unread: { id: "option-not-known", data: { program: "xargs" } } };
  const replaced = literalOf(options.value("I", "i", "replace") ?? EMPTY) ?? "";
  const placeholder = replaced === "" && options.has("i", "replace") ? "{}" : replaced;
  // It prints what it reads.
  if (options.operands.length === 0) return { stdout: hole("the output of xargs") };
  const argvWith = (words: readonly Text[]) =>
    placeholder === ""
      ? [...options.operands, ...words]
      : options.operands.map((arg) => {
          const cut = cutAt(arg, placeholder);
          return cut === undefined ? arg : joined(cut.before, ...words, cut.after);
        });
  const input = options.has(...READ_OTHERWISE) ? undefined : literalOf(call.stdin);
  if (input !== undefined && PLAIN_WORDS.test(input)) {
    const lines = input.split("\n").flatMap((line) => line.trim() || []);
    if (placeholder !== "" && lines.length <= MOST_RUNS)
      return { next: lines.map((line): Next => ({ run: { argv: argvWith([[line]]) } })) };
    const words = lines.flatMap((line) => line.split(/\s+/)).map((word): Text => [word]);
    if (placeholder === "") return words.length === 0 ? {} : { next: { run: { argv: argvWith(words) } } };
  }
  const reason = { id: "conditional-step", data: { on: "words-of-xargs" } } as const;
  // Where find prints what a pattern matches, the command runs for each of these, whatever stands between them.
  const listed = withoutLineEnd(call.stdin);
  const pattern = globOf(listed);
  const conditional = pattern === undefined ? { reason } : { reason, each: pattern };
  const words: Text = pattern === undefined ? [{ why: "the words that xargs reads" }] : listed;
  return { next: { run: { argv: argvWith([words]) }, conditional } };
}

function withoutLineEnd(text: Text): Text {
  const last = text.at(-1);
  return typeof last === "string" && last.endsWith("\n") ? joined(text.slice(0, -1), [last.slice(0, -1)]) : text;
}

/** Options by which xargs cuts its input in other ways, or runs the command for some words at a time. */
const READ_OTHERWISE = [
  ...["0", "null", "a", "arg-file", "d", "delimiter", "E", "e", "eof", "L", "l", "max-lines", "n", "max-args", "s"],
  ...["max-chars", "p", "interactive", "process-slot-var"],
];
/** Without quotes and backslashes, which xargs reads. */
const PLAIN_WORDS = /^[\w./:@%+=,\s-]*$/;
const MOST_RUNS = 200;

/** NAME=VALUE words before a command. */
function assignments(words: readonly Text[]): Pick<Required<Next>, "variables"> & { readonly argv: readonly Text[] } {
  const variables: (readonly [string, Text])[] = [];
  for (const [index, word] of words.entries()) {
    const cut = cutAt(word, "=");
    const name = cut === undefined ? undefined : literalOf(cut.before);
    if (cut === undefined || name === undefined || name === "" || name.includes("/"))
      return { variables, argv: words.slice(index) };
    variables.push([name, cut.after]);
  }
  return { variables, argv: [] };
}

function userOf(word: Text | undefined): { readonly user: string | undefined } {
  return { user: word === undefined ? "root" : literalOf(word) };
}
