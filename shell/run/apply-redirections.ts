import type { Redirection } from "unbash";
import { normalize } from "../../machine/paths";
import { absolute, NOT_SHOWN, write } from "../file-operations";
import { UNKNOWN_MODE } from "../mode-of";
import { fileWords } from "../program-words";
import type { ShellState } from "../shell-state";
import { EMPTY, hole, joined, literalOf, type Text, withMessages } from "../text";
import { SUCCEEDS } from "../verdict";
import { hereDocText, textOf } from "../words";
import { emit } from "./record";
import type { Result, Runner } from "./runner";

/** Runs something with its redirections: what it reads, and where its output lands. */
export function applyRedirections(
  shell: Runner,
  redirections: readonly Redirection[],
  stdin: Text,
  run: (stdin: Text) => Result,
): Result {
  const expansion = shell.expansion();
  let input = stdin;
  const outputs: Output[] = [];
  const errors: Text[] = [];
  let printsErrors = false;
  for (const one of redirections) {
    const descriptor = one.descriptor?.type === "FileDescriptor" ? one.descriptor.value : undefined;
    if (one.type === "HereDoc") {
      if (descriptor === undefined || descriptor === 0) input = hereDocText(one, expansion);
      continue;
    }
    if (one.target === undefined) continue;
    const target = textOf(one.target, expansion);
    const path = absolute(target, shell.state.directory);
    if (one.type === "HereString") input = joined(target, ["\n"]);
    else if (one.operator === "<" || one.operator === "<>") {
      if (descriptor === undefined || descriptor === 0) input = contentAt(shell, path);
    } else if (one.operator === "<&") {
      if (descriptor === undefined || descriptor === 0) input = hole("what another descriptor reads");
    } else if (one.operator === ">&" && isDescriptor(target)) {
      const last = outputs.pop();
      if (descriptor === 2 && literalOf(target) === "1") {
        // `2>&1`: messages go wherever the output goes now.
        if (last === undefined) printsErrors = true;
        else outputs.push({ ...last, mixed: true });
      } else {
        if (last !== undefined) outputs.push(last);
        // `>&2`: what would be printed is printed elsewhere.
        if (descriptor === undefined || descriptor === 1)
          outputs.push({ path: ["/dev/null"], append: false, mixed: false });
      }
    } else {
      const append = one.operator === ">>" || one.operator === "&>>";
      const mixed = one.operator === "&>" || one.operator === "&>>" || one.operator === ">&";
      if (descriptor === undefined || descriptor === 1) outputs.push({ path, append, mixed });
      else errors.push(path);
    }
  }
  for (const path of errors) emit(shell, write(path, NOT_SHOWN));
  const result = run(input);
  const last = outputs.at(-1);
  if (last === undefined) return printsErrors ? { ...result, stdout: withMessages(result.stdout) } : result;
  const modes = modesOf(shell.state);
  for (const output of outputs) {
    const text = output.mixed ? NOT_SHOWN : output === last ? result.stdout : EMPTY;
    emit(shell, write(output.path, written(shell, output, text), modes));
  }
  const toFile = literalOf(last.path)?.startsWith("/dev/") !== true;
  return {
    verdict: toFile && result.verdict.truth === "open" && result.stdout.length > 0 ? SUCCEEDS : result.verdict,
    stdout: printsErrors ? withMessages(EMPTY) : EMPTY,
  };
}

interface Output {
  readonly path: Text;
  readonly append: boolean;
  /** True if messages go there as well. */
  readonly mixed: boolean;
}

/** The mode of a file that was not there before. */
function modesOf({ umask }: ShellState): { readonly newMode?: string } {
  if (umask === undefined) return {};
  return { newMode: umask === "unknown" ? UNKNOWN_MODE : (0o666 & ~umask).toString(8).padStart(4, "0") };
}

/** What a file holds after an output went to it. */
function written(shell: Runner, { path, append }: Output, text: Text): Text {
  if (!append) return text;
  const literal = literalOf(path);
  const old = literal === undefined ? undefined : shell.state.files.get(normalize(literal));
  return old === undefined ? NOT_SHOWN : joined([old], text);
}

/** The content of a file, as far as the text shows it. */
export function contentAt(shell: Runner, path: Text): Text {
  const literal = literalOf(path);
  if (literal === undefined) return hole("the content of a file");
  if (literal === "/dev/null") return EMPTY;
  const file = normalize(literal);
  const known = shell.state.files.get(file);
  return known === undefined ? hole(`the content of ${fileWords(file, "a file")}`, { file }) : [known];
}

function isDescriptor(target: Text): boolean {
  const text = literalOf(target) ?? "";
  return text === "-" || (text !== "" && [...text].every((digit) => digit >= "0" && digit <= "9"));
}
