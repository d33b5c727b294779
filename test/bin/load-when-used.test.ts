import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const requireHere = createRequire(__filename);
const loadWhenUsed: (name: string, paths: readonly string[]) => void = requireHere("../../bin/load-when-used.cjs");
const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-modules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A module that counts in `global` how often it was loaded. */
function moduleFile(name: string, exports: string): { readonly file: string; readonly loads: () => unknown } {
  const file = join(folder, `${name}.cjs`);
  const counter = `loads of ${name}`;
  writeFileSync(
    file,
    `globalThis[${JSON.stringify(counter)}] = (globalThis[${JSON.stringify(counter)}] ?? 0) + 1;\n${exports}`,
  );
  return { file, loads: () => Reflect.get(globalThis, counter) };
}

describe("a module that is loaded when used", () => {
  it("is not loaded by require, and once when a property is read", () => {
    const { file, loads } = moduleFile("object", "exports.answer = 42;");
    loadWhenUsed(file, [folder]);
    const required: { readonly answer: number } = requireHere(file);
    expect(loads()).toBeUndefined();
    expect([required.answer, required.answer, "answer" in required, loads()]).toEqual([42, 42, true, 1]);
  });

  it("can be called and constructed where it is a function or a class", () => {
    const { file } = moduleFile("function", "module.exports = function (text) { return { text }; };");
    loadWhenUsed(file, [folder]);
    const required: { (text: string): unknown; new (text: string): unknown } = requireHere(file);
    expect([required("called"), new required("constructed")]).toEqual([{ text: "called" }, { text: "constructed" }]);
  });

  it("is its own default, as for any CommonJS module", () => {
    const { file } = moduleFile("default", "exports.answer = 42;");
    loadWhenUsed(file, [folder]);
    const required: { readonly __esModule: boolean; readonly default: { readonly answer: number } } = requireHere(file);
    expect([required.__esModule, required.default.answer]).toEqual([true, 42]);
  });

  it("that is not installed is left alone", () => {
    expect(() => loadWhenUsed("kubeadm-guard-has-no-such-module", [folder])).not.toThrow();
  });
});
