#!/usr/bin/env node
/* The command line. Everything it does is in cli/, which `npm run build` compiles into dist/. */

const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { requireCompiled } = require("./require-compiled");

const program = join(__dirname, "..", "dist", "cli", "main.js");

// Whoever reads the report may stop early (`| head`): that is not an error.
process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") return;
  const why =
    error.code === "ENOSPC" || error.code === "EDQUOT" ? "the disk is full" : `writing it failed with ${error.code}`;
  process.stderr.write(`kubeadm-guard: the report cannot be written: ${why}.\n`);
  process.exit(3);
});

// A message that nobody can read changes no exit code, and is no reason to end with 1, which says that something was found.
process.stderr.on("error", () => {});

if (existsSync(program)) {
  const args = process.argv.slice(2);
  const { exports, keep } = requireCompiled(program);
  exports.main(args).then((code) => {
    process.exitCode = code;
    // A check calls most of the program; its help would leave a form behind with almost nothing compiled.
    if (args[0] === "check" && code < 3 && !args.includes("--help") && !args.includes("-h")) keep();
  });
} else {
  process.stderr.write("kubeadm-guard is not built yet. Run: npm ci && npm run build\n");
  process.exitCode = 3;
}
