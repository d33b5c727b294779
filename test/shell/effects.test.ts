import { expect, it } from "vitest";
import type { FileOperation } from "../../machine/file-operation";
import { reasonText } from "../../reasons/reason-texts";
import { readShellText } from "../../shell/read-shell-text";
import { KEPT_FILES, type KeptScript } from "./kept-scripts";
import { sayOperation } from "./say-operation";

/** Each of these scripts is run by bash in effects-against-bash.test.ts. To keep what they do now: `--update`; read the difference. */
it.each(KEPT_FILES)("what each script about $name does", async ({ path, scripts }) => {
  await expect(scripts.map(blockOf).join("\n")).toMatchFileSnapshot(path);
});

function blockOf({ before, script }: KeptScript): string {
  const { operations, unread } = readShellText(script, { user: "root", workingDirectory: "/srv" });
  return [
    ...before,
    ...script.split("\n").map((line, index) => `${index === 0 ? "$" : ">"} ${line}`),
    ...operations.map((operation) => `  ${sayOperation(operation)}${detailsOf(operation)}`),
    ...unread.map((reason) => `  not read: ${reasonText(reason)}`),
    "",
  ].join("\n");
}

/** What sayOperation leaves out. */
function detailsOf(operation: FileOperation): string {
  const one = operation.do === "for-each-match" ? operation.step : operation;
  if (one.do !== "copy") return "";
  const { preserves, replaces, links, umask } = one;
  const newMode = "newMode" in one ? { newMode: one.newMode ?? null } : {};
  const details = JSON.stringify({ preserves, replaces, links, umask: umask?.toString(8), ...newMode });
  return details === "{}" ? "" : ` ${details}`;
}
