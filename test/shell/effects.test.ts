import { expect, it } from "vitest";
import { readShellText } from "../../shell/read-shell-text";
import { KEPT_FILES, type KeptScript } from "./kept-scripts";
import { sayReading } from "./say-reading";

/** Each of these scripts is run by bash in effects-against-bash.test.ts. To keep what they do now: `--update`; read the difference. */
it.each(KEPT_FILES)("what each script about $name does", async ({ path, scripts }) => {
  await expect(scripts.map(blockOf).join("\n")).toMatchFileSnapshot(path);
});

function blockOf({ before, script }: KeptScript): string {
  return [
    ...before,
    ...script.split("\n").map((line, index) => `${index === 0 ? "$" : ">"} ${line}`),
    ...sayReading(readShellText(script, { user: "root", workingDirectory: "/srv" })).map((line) => `  ${line}`),
    "",
  ].join("\n");
}
