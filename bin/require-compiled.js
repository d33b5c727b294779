/*
 * `require(program)`, with what V8 made of the program kept between runs: to compile it is half of what a run costs.
 *
 * The compiled form is code, so it is read only from a folder that belongs to whoever runs this and that nobody else may
 * write to, and only where it was made of the very same program. It holds nothing of what the program read. V8 refuses the
 * form of another V8 by itself. Where a form cannot be read or kept, the program is compiled as ever: nothing is said.
 *
 * `module.enableCompileCache` is not used: Node.js 20 has none, and its form leaves out the functions that are compiled when they
 * are first called, which is half of the gain. As there, NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");
const vm = require("node:vm");

const DIGEST_BYTES = 32;

/** The exports of a program, and a function that keeps its compiled form: to be called when all is compiled that a run needs. */
function requireCompiled(program) {
  const folder = process.env.NODE_DISABLE_COMPILE_CACHE === "1" ? undefined : ownFolder();
  if (folder === undefined) return { exports: require(program), keep: () => {} };
  // The build writes ASCII only.
  const source = fs.readFileSync(program);
  const name = createHash("sha256").update(program).digest("hex").slice(0, 16);
  const file = path.join(folder, `${name}-${process.version}-${process.arch}`);
  const cachedData = compiledForm(file, source);
  const script = new vm.Script(Module.wrap(source.toString("latin1")), { filename: program, cachedData });
  const loaded = new Module(program, module);
  loaded.filename = program;
  const run = script.runInThisContext();
  run.call(loaded.exports, loaded.exports, Module.createRequire(program), loaded, program, path.dirname(program));
  const isKept = cachedData !== undefined && script.cachedDataRejected === false;
  return { exports: loaded.exports, keep: isKept ? () => {} : () => keep(file, source, script.createCachedData()) };
}

/** The compiled form in a file, where it is whole and was made of this source. */
function compiledForm(file, source) {
  try {
    const kept = fs.readFileSync(file);
    const form = kept.subarray(DIGEST_BYTES);
    return digestOf(source, form).equals(kept.subarray(0, DIGEST_BYTES)) ? form : undefined;
  } catch {
    return undefined;
  }
}

/** Under another name first: whoever reads at the same time finds a whole file. */
function keep(file, source, form) {
  const unfinished = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(unfinished, Buffer.concat([digestOf(source, form), form]), { mode: 0o600, flag: "wx" });
    fs.renameSync(unfinished, file);
  } catch {
    fs.rmSync(unfinished, { force: true });
  }
}

function digestOf(source, form) {
  return createHash("sha256").update(source).update(form).digest();
}

/** The user's cache folder for this program, made where it is missing; undefined where it is not the user's alone. */
function ownFolder() {
  try {
    const { XDG_CACHE_HOME: given = "" } = process.env;
    const [root, rest] = path.isAbsolute(given) ? [given, ""] : [os.homedir(), CACHES[process.platform] ?? ".cache"];
    // Under sudo the home folder may be another's: nothing is made there.
    if (!isOwn(root)) return undefined;
    const folder = path.join(root, rest, "kubeadm-guard");
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

const CACHES = { darwin: "Library/Caches", win32: "AppData/Local" };

/** Windows keeps what is below a home folder from other users by itself. */
function isOwn(folder) {
  const { uid, mode } = fs.statSync(folder);
  return process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0);
}

module.exports = { requireCompiled };
