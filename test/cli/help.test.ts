import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkOptions } from "../../cli/check-options";
import { help } from "../../cli/help";
import { runProgram } from "./helpers/run-check";

const PAGE = readFileSync(join(__dirname, "../../docs/check.md"), "utf8");

/** Options whose row or line is another's: `--live` explains what is handed on to kubectl. */
const OF_ANOTHER = ["help", "context", "kubeconfig"];

const own = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].filter((name) => !OF_ANOTHER.includes(name)).sort();

/** The options that have a line of their own in a command's help. */
const inHelp = own([...help.check.matchAll(/^ {2}(?:-h, )?--([a-z-]+)/gm)].map(([, name = ""]) => name));

describe("help", () => {
  it.each([
    ["of the program", ["--help"], "Usage: kubeadm-guard COMMAND"],
    ["of check", ["check", "--help"], "--upgrade-to VERSION"],
  ])("%s goes to standard output", async (_, args, words) => {
    const { code, output, complaints } = await runProgram(args);
    expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
    expect(output).toContain(words);
  });
});

describe("the options of check", () => {
  it("that --help lists are those of the table in docs/check.md", () => {
    const rows = own([...PAGE.matchAll(/^\| `--([a-z-]+)/gm)].map(([, name = ""]) => name));
    expect(rows).toEqual(inHelp);
  });

  it.each(inHelp)("include --%s, which its help lists", (name) => {
    const reading = checkOptions([`--${name}=`]);
    expect(reading.kind === "wrong" ? reading.why : "").not.toContain("Unknown option");
  });
});
