import { existsSync, readFileSync, writeFileSync } from "node:fs";
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

/** A mutant that tests of so many milliseconds did not kill has survived: thousands of tests reach what all policies use. */
const MOST_OF_ONE_MUTANT = 2000;
const MOST_KILLERS = 5;
/** In Stryker's copy of the project. */
const TIMES = "test-times.json";

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
  /** How many milliseconds of a processor each took; in a file for the process that follows one which was stopped. */
  #times = new Map(existsSync(TIMES) ? JSON.parse(readFileSync(TIMES, "utf8")) : []);
  /** By the name of a file of the product: the tests that killed its last mutants, the latest first. */
  #killers = new Map();
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
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      const failure = await this.#run(test);
      stryker.currentTestId = undefined;
      this.#times.set(id, process.cpuUsage(cpu).user / 1000);
      tests.push({ id, name: id, fileName: test.file.filepath, failure, timeSpentMs: performance.now() - start });
    }
    writeFileSync(TIMES, JSON.stringify([...this.#times]));
    return { tests, mutantCoverage: stryker.mutantCoverage };
  }

  /** A test kills a mutant if it fails with the mutant and passes without it, now. */
  async #one({ mutant, file, hitLimit, ids }) {
    stryker.hitLimit = hitLimit;
    stryker.hitCount = 0;
    let [ran, spent] = [0, 0];
    for (const id of this.#likelyFirst(ids, file)) {
      if (ran > 0 && spent + this.#timeOf(id) > MOST_OF_ONE_MUTANT) continue;
      ran += 1;
      spent += this.#timeOf(id);
      stryker.activeMutant = mutant;
      const failure = await this.#run(this.#tests.get(id));
      stryker.activeMutant = undefined;
      if (hitLimit !== undefined && stryker.hitCount > hitLimit) return { tooManyHits: true };
      if (failure === undefined) continue;
      stryker.hitLimit = undefined;
      const without = await this.#run(this.#tests.get(id));
      if (without !== undefined) return { spoilt: `${id}: ${without}` };
      this.#killers.set(file, [id, ...this.#killersOf(file).filter((one) => one !== id)].slice(0, MOST_KILLERS));
      return { killedBy: id, failure, ran };
    }
    return { ran };
  }

  /** Those that killed the last mutants of the file, those that are named after it, and the others, the quickest first. */
  #likelyFirst(ids, file) {
    const quickest = [...ids].sort((one, other) => this.#timeOf(one) - this.#timeOf(other));
    const killers = this.#killersOf(file).filter((id) => quickest.includes(id));
    return new Set([...killers, ...quickest.filter((id) => id.includes(file)), ...quickest]);
  }

  #killersOf(file) {
    return this.#killers.get(file) ?? [];
  }

  #timeOf(id) {
    return this.#times.get(id) ?? 0;
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
