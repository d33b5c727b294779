import type { Redirection } from "unbash";
import { normalize } from "../../machine/paths";
import { absolute, NOT_SHOWN, write } from "../file-operations";
import { fileWords } from "../program-words";
import { EMPTY, hole, joined, literalOf, type Text } from "../text";
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
    const path = absolute(target, shell.state.directory);
    if (one.type === "HereString") input = joined(target, ["\n"]);
    else if (one.operator === "<")
      input = descriptor === undefined || descriptor === 0 ? contentAt(shell, path) : input;
    else if (one.operator === ">&" && isDescriptor(target)) {
      // `>&2`: what would be printed is printed elsewhere.
      if (descriptor === undefined || descriptor === 1) outputs.push({ path: ["/dev/null"], append: false });
    } else if (one.operator !== "<&" && one.operator !== "<>") {
      const appends = one.operator === ">>" || one.operator === "&>>";
      if (descriptor === undefined || descriptor === 1) outputs.push({ path, append: appends });
      else errors.push(path);
    }
  }
  for (const path of errors) emit(shell, write(path, NOT_SHOWN));
  const result = run(input);
  const last = outputs.at(-1);
  if (last === undefined) return result;
  const { umask } = shell.state;
  const modes = umask === undefined ? {} : { newMode: (0o666 & ~umask).toString(8).padStart(4, "0") };
  for (const output of outputs)
    emit(
      shell,
      write(output.path, output === last ? written(shell, output.path, result.stdout, output.append) : EMPTY, modes),
    );
  const toFile = literalOf(last.path)?.startsWith("/dev/") !== true;
  return {
    verdict: toFile && result.verdict.truth === "open" && result.stdout.length > 0 ? SUCCEEDS : result.verdict,
    stdout: EMPTY,
  };
}

/** What a file holds after an output went to it. */
function written(shell: Runner, path: Text, text: Text, appends: boolean): Text {
  if (!appends) return text;
  const literal = literalOf(path);
  const old = literal === undefined ? undefined : shell.state.files.get(normalize(literal));
  return old === undefined ? NOT_SHOWN : joined([old], text);
}

function contentAt(shell: Runner, path: Text): Text {
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
