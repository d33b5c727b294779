import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "effects");

/** A script of a file in test/shell/effects, and what stands around it there. */
export interface KeptScript {
  /** Lines before it: what the next scripts are about. */
  readonly before: readonly string[];
  readonly script: string;
}

export interface KeptFile {
  readonly name: string;
  readonly path: string;
  readonly scripts: readonly KeptScript[];
}

/**
 * The scripts of test/shell/effects: `$` begins one, `>` goes on with it. What follows is what our reading says it does, written by
 * `npx vitest run --project unit test/shell/effects.test.ts --update`.
 */
export const KEPT_FILES: readonly KeptFile[] = readdirSync(FOLDER)
  .sort()
  .map((name) => {
    const path = join(FOLDER, name);
    return { name: name.replace(/\.txt$/, ""), path, scripts: scriptsIn(readFileSync(path, "utf8")) };
  });

function scriptsIn(text: string): readonly KeptScript[] {
  const scripts: KeptScript[] = [];
  let before: string[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("$ ")) {
      scripts.push({ before, script: line.slice(2) });
      before = [];
    } else if (line.startsWith("> ")) {
      const last = scripts.pop();
      if (last !== undefined) scripts.push({ ...last, script: `${last.script}\n${line.slice(2)}` });
    } else if (line.startsWith("# ")) before.push(line);
  }
  return scripts;
}

/** What is there before each of them runs. */
export const KEPT_SURROUNDINGS = {
  folders: ["in/dir", "out/sub", "empty"],
  files: { "in/ca.pem": "CA\n", "in/key.pem": "KEY\n", "in/dir/deep.pem": "DEEP\n", "out/ca.pem": "OLD\n" },
  places: [],
} as const;
