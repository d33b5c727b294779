import { expect, it } from "vitest";
import { shellWords } from "../../../evidence/kubespray/shell-words";

it.each([
  { line: "a b=1  c=2", words: ["a", "b=1", "c=2"] },
  { line: "a b='x y' c=\"p q\"", words: ["a", "b=x y", "c=p q"] },
  { line: "a b=it\\'s", words: ["a", "b=it's"] },
  { line: 'a b="\\d \\" \\\\"', words: ["a", 'b=\\d " \\'] },
  { line: "a b='\\'", words: ["a", "b=\\"] },
  { line: "a b=c#d e=f", words: ["a", "b=c"] },
  { line: "a '#' # no", words: ["a", "#"] },
  { line: "a ''", words: ["a", ""] },
  { line: "a b='c", words: undefined },
  { line: "a \\", words: undefined },
])("$line", ({ line, words }) => {
  expect(shellWords(line)).toEqual(words);
});
