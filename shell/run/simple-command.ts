import type { Assignment, Command, Word } from "unbash";
import { argumentOf, assign, type BuiltinArgument } from "../builtins";
import { restore, type Variable } from "../shell-state";
import { hole, joined, literalOf, type Text } from "../text";
import { fieldsOf, textOf } from "../words";
import { applyRedirections } from "./apply-redirections";
import { NOTHING, type Result, type Runner } from "./runner";

/** `A=b`, or `A=b program words > file`. */
export function simpleCommand(shell: Runner, node: Command, stdin: Text): Result {
  const expansion = shell.expansion();
  const [name, ...words] = node.name === undefined ? [] : fieldsOf(node.name, expansion);
  const assignments = node.prefix.filter((item) => item.type === "Assignment");
  if (name === undefined) {
    for (const assignment of assignments) assignAlone(shell, assignment);
    return applyRedirections(shell, node.redirects, stdin, () => NOTHING);
  }
  const suffix = node.args.map((arg) => ({ arg, texts: argumentTexts(shell, arg) }));
  const argv = [name, ...words, ...suffix.flatMap(({ texts }) => texts)];
  const args = suffix.flatMap(({ arg, texts }): readonly BuiltinArgument[] =>
    arg.type === "Assignment"
      ? [{ name: arg.name, value: assignedValue(shell, arg), append: arg.append === true }]
      : texts.map(argumentOf),
  );
  const before = assignments.map(({ name: variable }): [string, Variable | undefined] => [
    variable,
    shell.state.variables.get(variable),
  ]);
  for (const assignment of assignments)
    assign(shell.state, assignment.name, assignedValue(shell, assignment), false, true);
  const result = applyRedirections(shell, node.redirects, stdin, (input) => {
    // `exec < FILE`: what this shell reads from now on is another input.
    if (literalOf(name) === "exec" && input !== stdin) shell.state.inputsRead.add(stdin);
    return shell.execute(argv, [...words.map(argumentOf), ...args], input);
  });
  for (const [variable, old] of before) restore(shell.state, variable, old);
  return result;
}

function argumentTexts(shell: Runner, arg: Word | Assignment): readonly Text[] {
  if (arg.type === "Word") return fieldsOf(arg, shell.expansion());
  const value = assignedValue(shell, arg);
  return [joined([`${arg.name}=`], "elements" in value ? hole("an array") : value)];
}

function assignAlone(shell: Runner, assignment: Assignment): void {
  const value = assignment.index === undefined ? assignedValue(shell, assignment) : hole(`$${assignment.name}`);
  assign(shell.state, assignment.name, value, assignment.append === true);
}

function assignedValue(shell: Runner, { value }: Assignment): Variable["value"] {
  if (value.type === "Word") return textOf(value, shell.expansion());
  // `([2]=a [one]=b)`: by other keys than their order.
  if (value.elements.some((word) => /^\[.*\]\+?=/s.test(word.text))) return hole("an array");
  return { elements: value.elements.flatMap((word) => fieldsOf(word, shell.expansion())) };
}
