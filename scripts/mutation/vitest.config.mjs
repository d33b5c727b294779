import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Vitest for `npm run mutation`: one worker that loads the chosen tests once and stays (waiting-runner.mjs). */
export default defineConfig({
  resolve: { alias: { "kubeadm-guard/pack": fileURLToPath(new URL("../../pack/index.ts", import.meta.url)) } },
  plugins: [
    {
      // What a cache of the product keeps from one mutant would answer for the next one: waiting-runner.mjs empties them.
      name: "caches-that-can-be-emptied",
      enforce: "pre",
      transform: (code, id) =>
        id.includes("node_modules") || id.includes("waiting-runner") || !code.includes("new WeakMap")
          ? undefined
          : { code: code.replaceAll("new WeakMap", "new globalThis.CacheOfOneRun"), map: null },
    },
  ],
  test: {
    include: ["test/**/*.test.ts"],
    runner: fileURLToPath(new URL("waiting-runner.mjs", import.meta.url)),
    pool: "threads",
    isolate: false,
    maxWorkers: 1,
    testTimeout: 600_000,
    update: false,
    watch: false,
  },
});
