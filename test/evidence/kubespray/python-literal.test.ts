import fc from "fast-check";
import { expect, it } from "vitest";
import { pythonLiteral } from "../../../evidence/kubespray/python-literal";

it.each([
  ["1", 1],
  ["-3", -3],
  ["+4.", 4],
  [".5", 0.5],
  ["1e3", 1000],
  ["1_000", 1000],
  ["0x1f", 31],
  ["0o17", 15],
  ["0b11", 3],
  ["00", 0],
  ["5 # five", 5],
  ["(1)", 1],
  ["(1,)", [1]],
  ["1, 2", [1, 2]],
  ["[1, 'x', None]", [1, "x", null]],
  ["{'a': [True], 2: {}}", { a: [true], 2: {} }],
  ["{1, 2}", [1, 2]],
  ["set()", []],
  ["'a' \"b\"", "ab"],
  ["r'\\d'", "\\d"],
  ["b'x'", "x"],
  ["'\\x41\\u00e9\\101\\n'", "A\u00e9A\n"],
  ["'''it's'''", "it's"],
  ["None", null],
  ["False", false],
])("%s is a Python literal", (text, value) => {
  expect(pythonLiteral(text)).toEqual(value);
});

it.each([
  "",
  "yes",
  "true",
  "null",
  "10.0.0.1",
  "010",
  "1_",
  "1if",
  "--1",
  "-True",
  "f'x'",
  "'a'b",
  "b'a' 'b'",
  "'open",
  "[",
  "[,]",
  "{[1]: 2}",
  "'\\x4'",
  "1j",
  "99999999999999999999",
  "node-{{ inventory_hostname }}.pem",
])("%s stays text", (text) => {
  expect(pythonLiteral(text)).toBe(text);
});

it("brackets without end stay text", () => {
  const text = "[".repeat(5000);
  expect(pythonLiteral(text)).toBe(text);
});

it("no text makes it throw", () => {
  fc.assert(fc.property(fc.string(), (text) => void pythonLiteral(text)));
});

it("what JSON writes for numbers, texts and lists comes back", () => {
  const value = fc.oneof(fc.integer(), fc.stringMatching(/^[ -~]*$/), fc.array(fc.integer()));
  fc.assert(
    fc.property(value, (made) => {
      expect(pythonLiteral(JSON.stringify(made))).toEqual(made);
    }),
  );
});
