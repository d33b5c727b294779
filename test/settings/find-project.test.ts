import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findProject } from "../../settings/find-project";

const root = mkdtempSync(join(tmpdir(), "kubeadm-guard-find-project-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
write("one/Pulumi.yaml", "name: prod\nruntime: nodejs\n");
write("one/deep/er/note", "");
write("inner/Pulumi.yaml", "name: prod\n");
write("inner/other/Pulumi.yml", "name: staging\n");
write("folder/Pulumi.yaml", "name: prod\nmain: program\n");
write("folder/program/index.ts", "");
write("file/Pulumi.json", '{"name": "prod", "main": "program/index.ts"}');
write("file/program/index.ts", "");
write("broken/Pulumi.yaml", "name: [prod\n");

describe("where a project lies", () => {
  it.each([
    ["pulumi was started beside Pulumi.yaml", "one", "one", "one"],
    ["pulumi was started further down", "one/deep/er", "one", "one"],
    ["a project of another name stands on the way", "inner/other", "inner", "inner"],
    ["main names a folder", "folder", "folder", "folder/program"],
    ["main names a file", "file", "file", "file/program"],
  ])("%s", (_title, from, folder, programFolder) =>
    expect(findProject(join(root, from), "prod")).toEqual({
      folder: join(root, folder),
      programFolder: join(root, programFolder),
    }),
  );

  it.each([
    ["no project of this name is near (pulumi -C)", "one", "elsewhere"],
    ["the engine names no project (policy analyze)", "one", undefined],
    ["the project file cannot be read", "broken", "prod"],
  ])("%s: not known", (_title, from, name) => expect(findProject(join(root, from), name)).toBeUndefined());
});
