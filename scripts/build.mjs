#!/usr/bin/env node
/** `npm run build`: compiles the pack into dist/, which then holds nothing else. */
import { compile } from "./lib/compile.mjs";
import { runScript } from "./lib/run-script.mjs";

await runScript(() => compile());
