import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** They start shells, compilers and other programs, or the command line as a process of its own. */
const PROGRAMS = [
  "test/cli/{collect,command-line,fix-script,require-compiled}.test.ts",
  "test/shell/{against-bash,effects-against-bash}.test.ts",
  "test/contributing.test.ts",
];
/** They try many inputs each: the fuzzer, and marks in every place of a stack. */
const FUZZ = ["test/fuzz/**/*.test.ts", "test/secrets/marks-in-*.test.ts"];

/** No test waits for anything: this is for machines that are busy with something else. */
const PATIENT = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  // Examples import the package by its name.
  resolve: { alias: { "kubeadm-guard/pack": fileURLToPath(new URL("pack/index.ts", import.meta.url)) } },
  test: {
    // Modules are loaded once in each worker: the code has no state that one test could leave to another.
    isolate: false,
    globalSetup: ["test/helpers/temporary-folder.ts"],
    // `npm run coverage`: of the tests without the engine. What only the engine reaches (pack/) counts as not covered.
    coverage: {
      provider: "v8",
      include: [
        "{cli,cluster,components,evidence,kubeadm,machine,pack,policies,reasons,reports,settings,shell}/**/*.ts",
      ],
      reporter: ["text-summary", "html"],
      thresholds: { statements: 90, branches: 82, functions: 92, lines: 92 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/engine/**", "test/install/**", "test/browser/**", ...PROGRAMS, ...FUZZ],
          ...PATIENT,
        },
      },
      { extends: true, test: { name: "programs", include: PROGRAMS, ...PATIENT } },
      { extends: true, test: { name: "fuzz", include: FUZZ, ...PATIENT } },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "install",
          include: ["test/install/**/*.test.ts"],
          globalSetup: ["test/engine/helpers/engine-setup.mjs"],
          sequence: { groupOrder: 2 },
          testTimeout: 1_200_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          globalSetup: ["test/engine/helpers/engine-setup.mjs"],
          // One run of the engine keeps more than one core busy.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
