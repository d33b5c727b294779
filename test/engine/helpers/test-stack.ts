import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inject, onTestFinished } from "vitest";
import { type EngineRun, engineRun } from "./engine-run";
import type {} from "./provided-context";

const checkout = resolve(__dirname, "../../..");

/** What a program of a test is made of. */
export interface ProgramArgs {
  /**
   * The source of the program: the body of an async function. `pulumi`, `kubernetes`, `command` and `tls` are
   * there, `guard` with the components of this project, `clouds` with the stand-ins for SDKs of clouds, and `manifests`, a
   * Kubernetes provider that needs no cluster.
   */
  readonly program: string;
  /** The stack's configuration, such as `{"kubeadm-guard:clusters": [...]}`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Further files beside the program, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** How the engine is called. */
export interface RunArgs {
  /** What `--policy-pack-config` gets. */
  readonly policyConfig?: Readonly<Record<string, unknown>>;
  /** URNs for `--target`. */
  readonly target?: readonly string[];
  /** The pack: the executable unless told. */
  readonly pack?: string;
  /** The pack's folder instead, with an engine that can start one. */
  readonly packFolder?: boolean;
  /** Stand-ins for providers, also where the real ones are there: after an update that was made with them. */
  readonly standIns?: boolean;
  /** Other arguments for the command. */
  readonly args?: readonly string[];
  /** Starts `pulumi -C` from another folder than the program's. */
  readonly from?: string;
  /** Has the Node language host start the program in a process of its own, as users do; else the test serves it. */
  readonly languageHost?: boolean;
}

/** A stack of its own, in a folder of its own, gone when the test has finished. */
export interface TestStack {
  readonly folder: string;
  /** The URN that a resource without parent has in this stack. */
  readonly urn: (type: string, name: string) => string;
  readonly preview: (args?: RunArgs) => Promise<EngineRun>;
  /** Updates the stack with stand-ins for providers. The pack takes part only if it is asked to with `pack`. */
  readonly up: (args?: RunArgs) => Promise<EngineRun>;
  /** `pulumi policy analyze` of the stack's state. */
  readonly analyze: (args?: RunArgs) => Promise<EngineRun>;
  /** Replaces the program, its configuration and its files. */
  readonly change: (program: ProgramArgs) => void;
}

/** Makes a stack from a program. */
export async function testStack(program: ProgramArgs): Promise<TestStack> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-stack-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { forPreviews, forUpdates, forPackFolders, emptyStack } = inject("engine");
  const backend = join(folder, ".backend");
  cpSync(emptyStack.backend, backend, { recursive: true });
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  writeProgram(folder, program);
  let current = program;

  const run = async (command: readonly string[], env: Readonly<Record<string, string>>, args: RunArgs) => {
    const served = args.languageHost ? undefined : await serveProgram(HEAD + current.program);
    const client = served === undefined ? [] : ["--client", served.address, "--exec-kind", "auto.inline"];
    const eventLog = join(mkdtempSync(join(folder, "run-")), "events.json");
    const place = args.from === undefined ? [] : ["-C", folder];
    const log = ["--event-log", eventLog, "--suppress-progress"];
    const all = [...command, "--stack", emptyStack.name, ...place, ...log, ...client, ...runArgs(folder, args)];
    try {
      return await engineRun(all, {
        cwd: args.from ?? folder,
        // The event log is an option for developers of the engine.
        env: { ...env, PULUMI_BACKEND_URL: pathToFileURL(backend).href, PULUMI_DEBUG_COMMANDS: "true" },
        eventLog,
      });
    } finally {
      served?.close();
    }
  };
  return {
    folder,
    urn: (type, name) => `urn:pulumi:${emptyStack.name}::${emptyStack.project}::${type}::${name}`,
    preview: (args = {}) => {
      const pack = args.pack ?? (args.packFolder ? checkout : executablePack);
      const env = args.packFolder ? forPackFolders : args.standIns ? forUpdates : forPreviews;
      return run(["preview"], env, { ...args, pack });
    },
    up: (args = {}) => run(["up", "--yes", "--skip-preview"], forUpdates, args),
    analyze: (args = {}) => {
      const pack = args.pack ?? executablePack;
      const stack = ["--stack", emptyStack.name, "--json"];
      return engineRun(["policy", "analyze", ...stack, ...runArgs(folder, { ...args, pack })], {
        cwd: folder,
        env: { ...forPreviews, PULUMI_BACKEND_URL: pathToFileURL(backend).href },
      });
    },
    change: (changed) => {
      writeProgram(folder, changed);
      current = changed;
    },
  };
}

/** Serves a program to one run of `pulumi --client`. */
const serveProgram: (source: string) => Promise<{ readonly address: string; readonly close: () => void }> =
  createRequire(__filename)("./serve-program.cjs");

/** Fails the test with all that `pulumi` printed, unless it went well. */
export async function mustSucceed(run: Promise<EngineRun>): Promise<EngineRun> {
  const { exitCode, output, violations } = await run;
  if (exitCode !== 0) throw new Error(`pulumi ended with ${exitCode}:\n${output}`);
  return { exitCode, output, violations };
}

const executablePack = join(checkout, "bin/kubeadm-guard-pack");

function writeProgram(folder: string, { program, config, files }: ProgramArgs): void {
  const { project, encryptionSalt } = inject("engine").emptyStack;
  const all = {
    ...files,
    "Pulumi.yaml": `name: ${project}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`,
    // JSON is YAML.
    "Pulumi.dev.yaml": JSON.stringify({ encryptionsalt: encryptionSalt, config: config ?? {} }),
    "package.json": JSON.stringify({ private: true, main: "index.js" }),
    "index.js": `${MODULES}module.exports = async () => {\n${HEAD}${program}\n};\n`,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const MODULES = `"use strict";
const pulumi = require("@pulumi/pulumi");
const kubernetes = require("@pulumi/kubernetes");
const command = require("@pulumi/command");
const tls = require("@pulumi/tls");
const guard = require(${JSON.stringify(join(checkout, "dist/components"))});
const clouds = require(${JSON.stringify(join(checkout, "test/stand-ins/cloud-sdks.cjs"))});
`;
const HEAD = 'const manifests = new kubernetes.Provider("manifests", { renderYamlToDirectory: "manifests" });\n';

function runArgs(folder: string, { policyConfig, target, pack, args }: RunArgs): readonly string[] {
  const packArgs = pack === undefined ? [] : ["--policy-pack", pack];
  const targetArgs = (target ?? []).flatMap((urn) => ["--target", urn]);
  return [...packArgs, ...configArgs(folder, policyConfig), ...targetArgs, ...(args ?? [])];
}

function configArgs(folder: string, policyConfig: RunArgs["policyConfig"]): readonly string[] {
  if (policyConfig === undefined) return [];
  const file = join(folder, "policy-config.json");
  writeFileSync(file, JSON.stringify(policyConfig));
  return ["--policy-pack-config", file];
}
