import { describe, expect, it } from "vitest";
import { cutLines, inLines, inOneLine, machineLines } from "../../../policies/support/lists";

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${String.fromCharCode(97 + index)}`);
const items = (count: number, text: (name: string) => string) =>
  names(count).map((name) => ({ name, text: text(name) }));

describe("a list in a message", () => {
  it.each([
    ["of no items is empty", 0, ""],
    ["of one is that one", 1, "na"],
    ["of 20 is whole", 20, names(20).join(", ")],
    ["of 21 says how many more there are", 21, `${names(20).join(", ")} and 1 more`],
    ["of 25 says how many more there are", 25, `${names(20).join(", ")} and 5 more`],
  ])("in one line %s", (_title, count, text) => {
    expect(inOneLine(names(count))).toBe(text);
  });

  it.each([
    ["of 20 is whole", 20, []],
    ["of 21 says how many more there are", 21, ["  and 1 more"]],
    ["of 25 says how many more there are", 25, ["  and 5 more"]],
  ])("in lines %s", (_title, count, last) => {
    expect(cutLines(names(count))).toEqual([...names(20), ...last]);
  });

  it("has its names in a column as wide as the longest that is shown", () => {
    expect(inLines([])).toEqual([]);
    expect(
      inLines([
        { name: "cp", text: "has it" },
        { name: "master01", text: "lacks it" },
      ]),
    ).toEqual(["  cp        has it", "  master01  lacks it"]);
    const hidden = [...items(20, () => "has it"), { name: "a-long-name", text: "has it" }];
    expect(inLines(hidden).slice(-2)).toEqual(["  nt  has it", "  and 1 more"]);
  });
});

describe("lines about machines", () => {
  it.each([
    ["five have a line each", items(5, () => "lacks it"), names(5).map((name) => `  ${name}  lacks it`)],
    ["six of which the same is said have one", items(6, () => "lacks it"), ["  na, nb, nc, nd, ne, nf  each lacks it"]],
    [
      "their own names do not count as a difference",
      items(6, (name) => `has ${name}.pem, not ${name}.crt`),
      ["  na, nb, nc, nd, ne, nf  each has NAME.pem, not NAME.crt"],
    ],
    [
      "nor do sources, in brackets at the end",
      items(6, (name) => `has it (by copy-${name})`),
      ["  na, nb, nc, nd, ne, nf  each has it"],
    ],
    [
      "one of which something else is said has a line of its own, with its name",
      items(6, (name) => (name === "nc" ? "has nc.pem (by copy-nc)" : "lacks (all of) it")),
      ["  na, nb, nd, ne, nf  each lacks (all of) it", "  nc                  has nc.pem"],
    ],
  ])("%s", (_title, given, lines) => {
    expect(machineLines(given)).toEqual(lines);
  });
});
