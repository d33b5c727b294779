import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import { readDocumentFiles } from "../../settings/read-files";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Uint8Array): string {
  const absolute = join(folder, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, content);
  return absolute;
}

const withListing = (listing: string): ClusterSettings => ({ name: "prod", listing });
const withInventory: ClusterSettings = { name: "prod", kubespray: { inventory: "inventory/hosts.ini" } };

/** The files of variables beside the inventory: their names and what came of them. */
function variables() {
  return readDocumentFiles(withInventory, folder).variables.map((file) => [
    file.path.slice(join(folder, "inventory").length + 1),
    file.kind === "text" ? file.text : file.why,
  ]);
}

describe("the files that the settings name", () => {
  it("are none where they name none", () => {
    expect(readDocumentFiles({ name: "prod" }, folder)).toEqual({ variables: [] });
  });

  it("are read relative to the given folder, without a byte order mark", () => {
    const path = write("lists/nodes.yaml", "\ufefffiles: {}");
    expect(readDocumentFiles(withListing("lists/nodes.yaml"), folder).listing).toEqual({
      kind: "text",
      path,
      text: "files: {}",
    });
    expect(readDocumentFiles(withListing(path), "/nowhere").listing).toMatchObject({ kind: "text", path });
  });

  it("read a listing of more than 16 MiB, which other files may not have", () => {
    truncateSync(write("nodes.yaml", ""), 16 * 1024 * 1024 + 1);
    truncateSync(write("record.yaml", ""), 16 * 1024 * 1024 + 1);
    const settings = { ...withListing("nodes.yaml"), record: "record.yaml" };
    expect(readDocumentFiles(settings, folder)).toMatchObject({
      listing: { kind: "text" },
      record: { kind: "unreadable", why: "it is larger than 16 MiB" },
    });
  });

  it.each<[string, string, () => void, string]>([
    ["that is not there", "nodes.yaml", () => {}, "there is no such file"],
    ["below a file", "a/nodes.yaml", () => write("a", ""), "there is no such file"],
    ["that is a folder", "lists", () => mkdirSync(join(folder, "lists")), "it is a folder; name a file in it"],
    ["that is not text", "nodes.yaml", () => write("nodes.yaml", Uint8Array.of(0xc3, 0x28)), "it is not UTF-8 text"],
    ["whose links form a loop", "a", () => symlinkSync("a", join(folder, "a")), "its links form a loop"],
    ["with too long a name", "x".repeat(300), () => {}, "its name is too long"],
    ["with an impossible name", "a\0b", () => {}, "reading it failed with ERR_INVALID_ARG_VALUE"],
    [
      "of more than 64 MiB",
      "nodes.yaml",
      () => truncateSync(write("nodes.yaml", ""), 64 * 1024 * 1024 + 1),
      "it is larger than 64 MiB",
    ],
    [
      "that is a pipe, which would never end",
      "pipe",
      () => execFileSync("mkfifo", [join(folder, "pipe")]),
      "it is not a regular file",
    ],
  ])("say why they cannot be read: one %s", (_title, name, prepare, why) => {
    prepare();
    expect(readDocumentFiles(withListing(name), folder).listing).toEqual({
      kind: "unreadable",
      path: join(folder, name),
      why,
    });
  });

  it.skipIf(process.getuid?.() === 0)("say why they cannot be read: one that is not allowed", () => {
    chmodSync(write("nodes.yaml", ""), 0);
    expect(readDocumentFiles(withListing("nodes.yaml"), folder).listing).toMatchObject({ why: "it may not be read" });
  });
});

describe("the variables beside an inventory", () => {
  it("are those that Ansible reads, in a fixed order", () => {
    write("inventory/hosts.ini", "");
    write("inventory/host_vars/master01.lan", "h: 1");
    write("inventory/group_vars/all.yml", "a: 1");
    write("inventory/group_vars/k8s_cluster/etcd.yml", "b: 1");
    write("inventory/group_vars/k8s_cluster/more/deep", "c: 1");
    write("inventory/group_vars/k8s_cluster/README.md", "no");
    write("inventory/group_vars/.git/config", "no");
    write("inventory/group_vars/all.yml~", "no");
    write("group_vars/all.yml", "no");
    expect(variables()).toEqual([
      ["group_vars/all.yml", "a: 1"],
      ["group_vars/k8s_cluster/etcd.yml", "b: 1"],
      ["group_vars/k8s_cluster/more/deep", "c: 1"],
      ["host_vars/master01.lan", "h: 1"],
    ]);
  });

  it("are none where the folders are missing or are files", () => {
    write("inventory/group_vars", "");
    expect(variables()).toEqual([]);
  });

  it.each<[string, (path: string) => void, string]>([
    ["a named pipe", (path) => execFileSync("mkfifo", [path]), "it is not a regular file"],
    ["a link to a device without an end", (path) => symlinkSync("/dev/zero", path), "it is not a regular file"],
    ["a link to nothing", (path) => symlinkSync("nowhere", path), "there is no such file"],
    ["a link to itself", (path) => symlinkSync("all.yml", path), "its links form a loop"],
    ["bytes that are not text", (path) => writeFileSync(path, Uint8Array.of(0xc3, 0x28)), "it is not UTF-8 text"],
  ])("say why they cannot be read: %s", (_title, make, why) => {
    write("inventory/group_vars/etcd.yml", "b: 1");
    make(join(folder, "inventory/group_vars/all.yml"));
    expect(variables()).toEqual([
      ["group_vars/all.yml", why],
      ["group_vars/etcd.yml", "b: 1"],
    ]);
  });

  it("are read to a bound, which is reported", () => {
    for (let index = 0; index < 2001; index += 1) write(`inventory/group_vars/all/f${index}.yml`, "");
    expect(variables()).toEqual([
      [
        "group_vars/all",
        "there is more beside the inventory than variables of a cluster, so it was not read to the end",
      ],
    ]);
  });

  it("end where links lead round", () => {
    write("inventory/group_vars/all.yml", "a: 1");
    symlinkSync(".", join(folder, "inventory/group_vars/round"));
    const files = variables();
    expect(files.length).toBeLessThan(100);
    expect(files[0]).toEqual(["group_vars/all.yml", "a: 1"]);
  });
});
