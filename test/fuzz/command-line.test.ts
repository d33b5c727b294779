import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { ExitCode } from "../../cli/exit-code";
import { runProgram } from "../cli/helpers/run-check";
import { runs, TIMEOUT } from "./helpers/runs";
import { KUBEADM_CONFIG, text } from "./helpers/text";

const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Options that name a file of `check`; a name tells some of them in which format it is. */
const FILES: readonly (readonly [string, string])[] = [
  ["--nodes", "nodes.yaml"],
  ["--inventory", "inventory.ini"],
  ["--inventory", "hosts.yaml"],
  ["--accept", "accept.yaml"],
  ["--baseline", "baseline.json"],
  ["--record", "record.yaml"],
  ["--compare", "compare.yaml"],
];
const COMMANDS = ["check", "collect", "explain", "report", "help", "version", "--help", "record", "baseline"];
const OPTIONS = [
  "--kubeadm-config",
  "--nodes",
  "--kubeadm",
  "--upgrade-to",
  "--step",
  "--format",
  "--explain",
  "--fail-on",
];

const CODES: readonly number[] = Object.values(ExitCode);

const STACK_TRACE = /\n {4}at /;
/** `explain` prints what an internal error would look like. */
const FAILURE = /internal error|\n {4}at /;

async function ends(args: readonly string[], input: string): Promise<void> {
  const first = await runProgram(args, input);
  expect(CODES).toContain(first.code);
  expect(first.output + first.complaints).not.toMatch(args[0] === "explain" ? STACK_TRACE : FAILURE);
  expect(await runProgram(args, input)).toEqual(first);
}

describe("the command line", { timeout: TIMEOUT }, () => {
  it("ends with an exit code, twice alike and without an internal error, whatever it reads on standard input", async () => {
    const format = fc.constantFrom("text", "json", "sarif", "junit", "markdown", "github", "gitlab", "html");
    await fc.assert(
      fc.asyncProperty(text, format, (input, one) => ends(["check", "--kubeadm-config", "-", "--format", one], input)),
      runs("commands", 3),
    );
  });

  it("ends so whatever is in a file that it reads", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...FILES), async (content, [option, name]) => {
        const path = join(folder, name);
        writeFileSync(path, content);
        await ends(["check", "--kubeadm-config", "-", option, path, "--verbose"], KUBEADM_CONFIG);
      }),
      runs("commands", 3),
    );
  });

  it("ends so whatever its arguments are", async () => {
    const argument = fc.oneof(fc.constantFrom(...OPTIONS, "-", "v1.30.1", "m1:/a", "json"), fc.string(), text);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...COMMANDS), fc.array(argument, { maxLength: 4 }), (command, rest) =>
        ends([command, ...rest], KUBEADM_CONFIG),
      ),
      runs("commands", 3),
    );
  });
});
