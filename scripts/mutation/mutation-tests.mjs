import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { createVitest } from "vitest/node";

/** Stryker's side of waiting-runner.mjs: starts it when it is first needed, hands on orders and answers. */
class MutationTests {
  #vitest;
  #channel;
  #run;

  static inject = [];

  /**
   * Nothing is loaded again: a mutant that is reached both while a module is loaded and by tests is tried by the tests alone. Stryker
   * would otherwise start a new process for each of these, which loads the module without the mutant all the same.
   */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const { tests, mutantCoverage } = await this.#ask({ order: "all" });
    return {
      status: "complete",
      mutantCoverage,
      tests: tests.map(({ failure, ...test }) =>
        failure === undefined ? { ...test, status: 0 } : { ...test, status: 1, failureMessage: failure },
      ),
    };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const file = basename(activeMutant.fileName, ".ts");
    const order = { order: "one", mutant: activeMutant.id, file, hitLimit, ids: testFilter };
    let answer = await this.#ask(order);
    if (answer.spoilt !== undefined) {
      await this.dispose();
      answer = await this.#ask(order);
    }
    if (answer.spoilt !== undefined) return { status: "error", errorMessage: `not to be run again: ${answer.spoilt}` };
    if (answer.tooManyHits) return { status: "timeout", reason: "runs its code over and over" };
    if (answer.killedBy === undefined) return { status: "survived", nrOfTests: answer.ran };
    return { status: "killed", killedBy: [answer.killedBy], failureMessage: answer.failure, nrOfTests: answer.ran };
  }

  async dispose() {
    if (this.#vitest === undefined) return;
    this.#channel.postMessage({ order: "stop" });
    await this.#run;
    this.#channel.close();
    await this.#vitest.close();
    this.#vitest = undefined;
  }

  async #ask(order) {
    if (this.#vitest === undefined) await this.#start();
    const answer = this.#answer();
    this.#channel.postMessage(order);
    return answer;
  }

  async #start() {
    const config = fileURLToPath(new URL("vitest.config.mjs", import.meta.url));
    this.#vitest = await createVitest("test", { config, root: process.cwd(), reporters: [{}] });
    const filters = JSON.parse(process.env.MUTATION_TESTS);
    const files = await this.#vitest.globTestSpecifications(filters);
    this.#vitest.provide("fileCount", files.length);
    this.#channel = new BroadcastChannel("mutation");
    const ready = this.#answer();
    this.#run = this.#vitest.runTestSpecifications(files);
    const ended = this.#run.then(({ unhandledErrors, testModules }) => {
      const errors = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())];
      throw new Error(`the tests could not be loaded: ${errors.map((error) => error?.message ?? error).join("\n")}`);
    });
    await Promise.race([ready, ended]);
    ended.catch(() => {});
  }

  #answer() {
    return new Promise((resolve) => {
      this.#channel.onmessage = ({ data }) => {
        if (data.answer !== undefined) resolve(data.answer);
      };
    });
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "kubeadm-guard", MutationTests)];
