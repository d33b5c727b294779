import { TestRunner } from "vitest";
import { getFn, getHooks } from "vitest/suite";

/** A cache keyed by objects that is empty again for each run of a test. */
globalThis.CacheOfOneRun = class {
  static run = 0;
  #run = -1;
  #values = new WeakMap();
  #current() {
    if (this.#run !== globalThis.CacheOfOneRun.run) this.#values = new WeakMap();
    this.#run = globalThis.CacheOfOneRun.run;
    return this.#values;
  }
  get(key) {
    return this.#current().get(key);
  }
  has(key) {
    return this.#current().has(key);
  }
  set(key, value) {
    this.#current().set(key, value);
    return this;
  }
};

/** What the instrumented code and Stryker tell each other; the name is Stryker's. */
globalThis.__stryker__ ??= {};
const stryker = globalThis.__stryker__;

/**
 * Collects the tests of all files without running one, then waits for orders of mutation-tests.mjs: run all of them (which mutants
 * does each reach?), or run some of them with one mutant active. Stryker's own runner for Vitest loads the files again for each
 * mutant, which costs far more than most tests of a mutant.
 *
 * It waits in the place of the last file's first test, which Vitest then takes for the current one: inline snapshots ask for that.
 * So that test takes on the look of the one that runs.
 */
export default class WaitingRunner extends TestRunner {
  #tests = new Map();
  #times = new Map();
  #waitingFor;
  #current;

  async onCollected(files) {
    this.#waitingFor ??= this.injectValue("fileCount");
    this.#waitingFor -= files.length;
    for (const file of files) {
      if (file.result?.state === "fail") throw new Error(`${file.name}: ${file.result.errors?.[0]?.message}`);
      await this.onBeforeRunSuite(file);
      const tests = testsOf(file);
      for (const test of tests) this.#tests.set(this.#idOf(test), { ...test, context: test.context, run: getFn(test) });
      for (const test of tests) test.mode = "skip";
      if (this.#waitingFor > 0) file.mode = "skip";
      else if (tests[0] === undefined) throw new Error(`${file.name} has no test that can be run again`);
      else tests[0].mode = "run";
    }
  }

  /** Nothing is over: what Vitest keeps of a file's snapshots is asked for again. */
  async onAfterRunSuite() {}

  async onAfterRunFiles() {}

  async runTask(waiting) {
    const itself = this.#look(waiting);
    this.#current = waiting;
    const orders = new BroadcastChannel("mutation");
    await new Promise((stop) => {
      orders.onmessage = async ({ data }) => {
        if (data.answer !== undefined) return;
        if (data.order === "stop") return stop();
        const answer = data.order === "all" ? await this.#all() : await this.#one(data);
        orders.postMessage({ answer });
      };
      orders.postMessage({ answer: "ready" });
    });
    orders.close();
    Object.assign(waiting, itself);
  }

  #look({ id, name, fullName, fullTestName, suite, file, each }) {
    return { id, name, fullName, fullTestName, suite, file, each };
  }

  /** Runs each test without a mutant, which tells which mutants it reaches. */
  async #all() {
    stryker.activeMutant = undefined;
    const tests = [];
    for (const [id, test] of this.#tests) {
      stryker.currentTestId = id;
      const start = performance.now();
      const failure = await this.#run(test);
      stryker.currentTestId = undefined;
      this.#times.set(id, performance.now() - start);
      tests.push({ id, name: id, fileName: test.file.filepath, failure, timeSpentMs: this.#times.get(id) });
    }
    return { tests, mutantCoverage: stryker.mutantCoverage };
  }

  /** A test kills a mutant if it fails with the mutant and passes without it, now. */
  async #one({ mutant, hitLimit, ids }) {
    stryker.hitLimit = hitLimit;
    stryker.hitCount = 0;
    const quickest = [...ids].sort((one, other) => (this.#times.get(one) ?? 0) - (this.#times.get(other) ?? 0));
    for (const [at, id] of quickest.entries()) {
      stryker.activeMutant = mutant;
      const failure = await this.#run(this.#tests.get(id));
      stryker.activeMutant = undefined;
      if (hitLimit !== undefined && stryker.hitCount > hitLimit) return { tooManyHits: true };
      if (failure === undefined) continue;
      stryker.hitLimit = undefined;
      const without = await this.#run(this.#tests.get(id));
      return without === undefined ? { killedBy: id, failure, ran: at + 1 } : { spoilt: `${id}: ${without}` };
    }
    return { ran: ids.length };
  }

  /** The failure of a test, if it fails. */
  async #run(test) {
    globalThis.CacheOfOneRun.run += 1;
    Object.assign(this.#current, this.#look(test));
    try {
      await this.onBeforeTryTask(test);
      const hooks = suitesOf(test).map(getHooks);
      for (const { beforeEach } of hooks) for (const hook of beforeEach) await hook(test.context, test.suite);
      await test.run();
      await this.onAfterTryTask(test);
      for (const { afterEach } of hooks) for (const hook of afterEach) await hook(test.context, test.suite);
      return test.fails ? "passes, which it should not" : undefined;
    } catch (error) {
      return test.fails ? undefined : String(error?.message ?? error);
    }
  }

  #idOf(test) {
    const [file, ...suites] = suitesOf(test);
    const id = `${file.name}#${[...suites, test].map(({ name }) => name).join(" ")}`;
    // A table may hold two rows of the same name.
    return this.#tests.has(id) ? `${id} (${test.id})` : id;
  }
}

/** The suites around a test, the file first. */
function suitesOf({ suite, file }) {
  return suite === undefined || suite === file ? [file] : [...suitesOf({ suite: suite.suite, file }), suite];
}

/** Not those that need what is done once for all tests of a suite. */
function testsOf(suite) {
  const { beforeAll, afterAll } = getHooks(suite);
  if (beforeAll.length + afterAll.length > 0) return [];
  return suite.tasks.flatMap((task) => {
    if (task.mode !== "run" && task.mode !== "queued") return [];
    return task.type === "suite" ? testsOf(task) : [task];
  });
}
