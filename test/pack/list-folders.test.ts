import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { StackResource } from "../../evidence/stack-resource";
import { Asset } from "../../evidence/value";
import { listFolders } from "../../pack/list-folders";
import { stackResource } from "../helpers/stack-resource";

const program = mkdtempSync(join(tmpdir(), "kubeadm-guard-list-folders-"));
afterAll(() => rmSync(program, { recursive: true, force: true }));

mkdirSync(join(program, "pki/etcd"), { recursive: true });
for (const file of ["pki/ca.crt", "pki/etcd/client.crt", "pki/.hidden"]) writeFileSync(join(program, file), "");
symlinkSync("ca.crt", join(program, "pki/ca-link.crt"));
mkdirSync(join(program, "linked"));
symlinkSync("../pki", join(program, "linked/pki"));
mkdirSync(join(program, "empty"));
mkdirSync(join(program, "many"));
for (let index = 0; index <= 2000; index += 1) writeFileSync(join(program, "many", String(index)), "");

const maker = stackResource("command:local:Command", "make-certificates", {});

const copyOf = (path: string, dependencies: StackResource["dependencies"] = []) =>
  stackResource(
    "command:remote:CopyToRemote",
    "pki",
    { source: new Asset({ kind: "archive-path", path, entries: "not-listed" }) },
    { dependencies },
  );

const listed = (resource: StackResource, folder: string | undefined = program) => {
  const source = listFolders([maker, resource], folder)[1]?.inputs["source"];
  return source instanceof Asset && source.shape.kind === "archive-path" ? source.shape.entries : undefined;
};

describe("a folder that is copied to a machine", () => {
  it("shows the files below it, hidden ones and links to files too", () =>
    expect(listed(copyOf("./pki"))).toEqual([".hidden", "ca-link.crt", "ca.crt", "etcd/client.crt"]));

  it("shows nothing where it is empty", () => expect(listed(copyOf("empty"))).toEqual([]));

  it("is found by an absolute path", () => expect(listed(copyOf(join(program, "pki/etcd/")))).toEqual(["client.crt"]));

  it.each([
    ["that is not there", copyOf("nowhere")],
    ["that is a packed file", copyOf("pki/ca.crt")],
    ["that holds a link to a folder, at which the copy fails", copyOf("linked")],
    ["of more than 2000 files", copyOf("many")],
    ["that a local command fills during the update", copyOf("pki", [maker.urn])],
  ])("%s is not listed", (_title, copy) => expect(listed(copy)).toBe("not-listed"));

  it("is not listed where nobody knows where the program runs (policy analyze)", () =>
    expect(listFolders([copyOf("pki")], undefined)).toEqual([copyOf("pki")]));
});
