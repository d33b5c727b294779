import type { TestExpression, Word } from "unbash";
import { normalize } from "../machine/paths";
import { absolute, isDevice } from "./file-operations";
import { globOf } from "./path-patterns";
import type { ShellState } from "./shell-state";
import { firstHole, literalOf, type Text } from "./text";
import { both, decided, either, not, OPEN, type Verdict } from "./verdict";

/** The answer of `test` or `[`, as far as the text decides it. */
export function testVerdict(words: readonly Text[], state: ShellState): Verdict {
  const [first, second, third, fourth] = words;
  if (first === undefined) return decided(false);
  if (words.length > 3 || third === undefined) {
    for (const [operator, combine] of [
      ["-o", either],
      ["-a", both],
    ] as const) {
      const at = words.findIndex((word, index) => index > 0 && literalOf(word) === operator);
      if (at > 0) return combine(testVerdict(words.slice(0, at), state), testVerdict(words.slice(at + 1), state));
    }
  }
  if (literalOf(first) === "!" && second !== undefined) return not(testVerdict(words.slice(1), state));
  if (second === undefined) return emptiness(first, false);
  if (third === undefined) return unaryVerdict(literalOf(first) ?? "", second, state);
  return fourth === undefined ? binaryVerdict(first, literalOf(second) ?? "", third) : OPEN;
}

/** The answer of `[[ ... ]]`. */
export function expressionVerdict(
  expression: TestExpression,
  textOf: (word: Word) => Text,
  state: ShellState,
): Verdict {
  switch (expression.type) {
    case "TestUnary":
      return unaryVerdict(expression.operator, textOf(expression.operand), state);
    case "TestBinary":
      return binaryVerdict(textOf(expression.left), expression.operator, textOf(expression.right));
    case "TestLogical": {
      const [first, ...others] = expression.operands.map((operand) => expressionVerdict(operand, textOf, state));
      const combine = expression.operator === "&&" ? both : either;
      return others.reduce((verdict, other) => combine(verdict, other), first ?? OPEN);
    }
    case "TestNot": {
      const verdict = expressionVerdict(expression.operand, textOf, state);
      return expression.negations.length % 2 === 1 ? not(verdict) : verdict;
    }
    case "TestGroup":
      return expressionVerdict(expression.expression, textOf, state);
  }
}

const OF_FILES = ["-e", "-f", "-r", "-s", "-L", "-h", "-d", "-w", "-x", "-a", "-S", "-O"];

function unaryVerdict(operator: string, word: Text, state: ShellState): Verdict {
  if (operator === "-n") return emptiness(word, false);
  if (operator === "-z") return emptiness(word, true);
  // The file of a round for each match of a pattern.
  if (["-e", "-f", "-r"].includes(operator) && globOf(absolute(word, state.directory)) !== undefined)
    return decided(true);
  const path = literalOf(absolute(word, state.directory));
  if (!OF_FILES.includes(operator) || path === undefined || path === "" || isDevice(path)) return OPEN;
  const normal = normalize(path);
  if (["-e", "-f", "-r"].includes(operator) && state.files.has(normal)) return decided(true);
  const partial = operator === "-L" || operator === "-h" ? { partial: true as const } : {};
  const folders = operator === "-d" ? { folders: true as const } : {};
  return { truth: "open", files: { paths: [normal], yesMeans: "exist", ...partial, ...folders } };
}

function emptiness(word: Text, yesIfEmpty: boolean): Verdict {
  const text = literalOf(word);
  if (text !== undefined) return decided((text === "") === yesIfEmpty);
  // Something literal beside the hole: surely not empty.
  return word.length > 1 && firstHole(word) !== undefined ? decided(!yesIfEmpty) : OPEN;
}

const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "-eq": (a, b) => a === b,
  "-ne": (a, b) => a !== b,
  "-lt": (a, b) => a < b,
  "-le": (a, b) => a <= b,
  "-gt": (a, b) => a > b,
  "-ge": (a, b) => a >= b,
};

function binaryVerdict(left: Text, operator: string, right: Text): Verdict {
  const [one, other] = [literalOf(left), literalOf(right)];
  if (one === undefined || other === undefined) return OPEN;
  if (operator === "=" || operator === "==") return decided(one === other);
  if (operator === "!=") return decided(one !== other);
  const compare = Object.hasOwn(NUMERIC, operator) ? NUMERIC[operator] : undefined;
  const [a, b] = [Number(one), Number(other)];
  return compare === undefined || one === "" || other === "" || !Number.isInteger(a) || !Number.isInteger(b)
    ? OPEN
    : decided(compare(a, b));
}
