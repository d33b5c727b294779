import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { readDocument } from "../../settings/read-files";

/** What another program does to a file between the question for its size and the reading of it. */
const meanwhile = vi.hoisted(() => ({ happens: (_path: string): void => undefined }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const statSync = (path: string) => {
    const stat = fs.statSync(path);
    meanwhile.happens(path);
    return stat;
  };
  return { ...fs, statSync };
});

const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a file that another program changes while it is read", () => {
  it.each<[string, (path: string) => void, object]>([
    [
      "grows beyond the bound",
      (path) => truncateSync(path, 17 * 1024 * 1024),
      { kind: "unreadable", why: "it is larger than 16 MiB" },
    ],
    ["grows within the bound", (path) => writeFileSync(path, "a: longer"), { kind: "text", text: "a: longer" }],
    ["shrinks", (path) => writeFileSync(path, ""), { kind: "text", text: "" }],
    ["vanishes", (path) => rmSync(path), { kind: "unreadable", why: "there is no such file" }],
  ])("%s", (_, happens, expected) => {
    const path = join(folder, "listing.yaml");
    writeFileSync(path, "a: b");
    meanwhile.happens = happens;
    expect(readDocument(path)).toMatchObject(expected);
  });
});
