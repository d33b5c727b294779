#!/usr/bin/env node
/** `npm run build`: compiles the pack into dist/, which then holds nothing else. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "./lib/project-folder.mjs";
import { run } from "./lib/run.mjs";

await rm(join(projectFolder, "dist"), { recursive: true, force: true });
const { code } = await run("npx", ["--no-install", "tsc", "-p", "."], { show: "both" });
process.exitCode = code;
