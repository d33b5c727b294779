import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeUserData } from "../../../evidence/user-data/decode-user-data";
import { playCloudInit } from "../../../evidence/user-data/play-cloud-init";
import type { FileOperation } from "../../../machine/file-operation";
import { reasonText } from "../../../reasons/reason-texts";
import { BOUNDED_MS, cpuTime } from "../../helpers/cpu-time";

/** What user data does, in order. */
function play(text: string) {
  const decoded = decodeUserData(text, "plain");
  return playCloudInit(decoded.kind === "cloud-init" ? decoded.parts : []);
}

function base64(text: string | Buffer): string {
  return Buffer.from(text).toString("base64");
}

function mime(...parts: readonly (readonly [type: string, name: string, body: string])[]): string {
  const all = parts.map(
    ([type, name, body]) =>
      `--B\nContent-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\n\n${body}\n`,
  );
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n${all.join("")}--B--\n`;
}

function put(path: string, text: string, mode = "0644"): FileOperation {
  return { do: "put", to: { kind: "file", path }, content: { kind: "text", text }, mode };
}

describe("write_files puts files", () => {
  it.each<[string, string, readonly FileOperation[]]>([
    ["plain text", "path: /etc/a\n  content: hello", [put("/etc/a", "hello")]],
    ["base64", `path: /etc/a\n  encoding: b64\n  content: ${base64("hello")}`, [put("/etc/a", "hello")]],
    [
      "base64 with another name",
      `path: /etc/a\n  encoding: base64\n  content: ${base64("hello")}`,
      [put("/etc/a", "hello")],
    ],
    [
      "gzip in base64",
      `path: /etc/a\n  encoding: gz+b64\n  content: ${base64(gzipSync("hello"))}`,
      [put("/etc/a", "hello")],
    ],
    [
      "gzip in base64 by its long name",
      `path: /etc/a\n  encoding: gzip+base64\n  content: ${base64(gzipSync("hello"))}`,
      [put("/etc/a", "hello")],
    ],
    [
      "gzip as YAML binary",
      `path: /etc/a\n  encoding: gzip\n  content: !!binary ${base64(gzipSync("hello"))}`,
      [put("/etc/a", "hello")],
    ],
    [
      "an encoding that cloud-init does not know, and takes for text",
      "path: /etc/a\n  encoding: rot13\n  content: hello",
      [put("/etc/a", "hello")],
    ],
    ["no content: an empty file", "path: /etc/a", [put("/etc/a", "")]],
    ["a mode as text", "path: /etc/a\n  permissions: '0600'", [put("/etc/a", "", "0600")]],
    ["a mode that YAML 1.1 reads as an octal number", "path: /etc/a\n  permissions: 0600", [put("/etc/a", "", "0600")]],
    ["a mode with 0o", "path: /etc/a\n  permissions: 0o640", [put("/etc/a", "", "0640")]],
    ["a mode that makes no sense, and becomes 0644", "path: /etc/a\n  permissions: rw", [put("/etc/a", "")]],
    ["a path relative to /, shortened as Python does", "path: etc//x/../a", [put("/etc/a", "")]],
    ["an entry without a path is skipped", "content: hello", []],
    [
      "bytes that are not text",
      `path: /etc/a\n  encoding: b64\n  content: ${base64(Buffer.from([0xff, 0xfe]))}`,
      [
        {
          do: "put",
          to: { kind: "file", path: "/etc/a" },
          content: { kind: "sha256", sha256: "b3d510ef04275ca8e698e5b3cbb0ece3949ef9252f0cdc839e9ee347409a2209" },
          mode: "0644",
        },
      ],
    ],
    [
      "content that is fetched",
      "path: /etc/a\n  source: {uri: https://example.org/a}",
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: { kind: "not-shown" }, mode: "0644" }],
    ],
    [
      "something appended to a file that may be there",
      "path: /etc/a\n  append: true\n  content: more",
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: { kind: "not-shown" }, mode: "0644" }],
    ],
    [
      "something appended to a file of its own",
      "path: /etc/a\n  content: some\n- path: /etc/a\n  append: true\n  content: more",
      [put("/etc/a", "some"), put("/etc/a", "somemore")],
    ],
    ["deferred files come last", "path: /etc/a\n  defer: true\n- path: /etc/b", [put("/etc/b", ""), put("/etc/a", "")]],
    [
      "content that cannot be decoded, where cloud-init stops",
      "path: /etc/a\n- path: /etc/b\n  encoding: b64\n  content: a\n- path: /etc/c",
      [
        put("/etc/a", ""),
        {
          do: "might-write",
          scope: { kind: "anywhere" },
          reason: { id: "user-data-unreadable", data: { problem: "write-files-content", limit: null } },
        },
      ],
    ],
  ])("%s", (_, entry, expected) => {
    const { operations } = play(`#cloud-config\nwrite_files:\n- ${entry}\n`);
    expect(operations).toEqual(expected);
  });
});

describe("things happen in the order of cloud-init's stages", () => {
  const config = [
    "#cloud-config",
    "runcmd:",
    "- echo runcmd > /5",
    "- [sh, -c, echo list > /6]",
    "write_files:",
    "- {path: /4, defer: true}",
    "- {path: /3}",
    "bootcmd:",
    "- echo boot > /2",
    "",
  ].join("\n");

  it("boothook, bootcmd, write_files, deferred files, runcmd", () => {
    const { operations } = play(
      mime(
        ["text/cloud-config", "a", config],
        ["text/cloud-boothook", "b", "#cloud-boothook\n#!/bin/sh\necho hook > /1\n"],
      ),
    );
    expect(paths(operations)).toEqual(["/1", "/2", "/3", "/4", "/5", "/6"]);
  });

  it("scripts run by name, runcmd among them", () => {
    const { operations } = play(
      mime(
        ["text/x-shellscript", "z.sh", "#!/bin/sh\necho z > /z\n"],
        ["text/x-shellscript", "a.sh", "#!/bin/bash -e\necho a > /a\n"],
        ["text/cloud-config", "config", "#cloud-config\nruncmd: ['echo m > /m']\n"],
      ),
    );
    expect(paths(operations)).toEqual(["/a", "/m", "/z"]);
  });

  it("a part without a name is called part-001 and runs before runcmd", () => {
    const { operations } = play(
      'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: text/cloud-config\n\nruncmd: ["echo r > /r"]\n--B\nContent-Type: text/x-shellscript\n\n#!/bin/sh\necho p > /p\n--B--\n',
    );
    expect(paths(operations)).toEqual(["/p", "/r"]);
  });

  it("of two cloud-configs the later key wins, unless they ask to be merged", () => {
    const [one, two] = ["#cloud-config\nwrite_files: [{path: /1}]\n", "#cloud-config\nwrite_files: [{path: /2}]\n"];
    expect(paths(play(mime(["text/cloud-config", "a", one], ["text/cloud-config", "b", two])).operations)).toEqual([
      "/2",
    ]);
    const merging = `${two}merge_how: list(append)+dict(recurse_array)\n`;
    const merged = play(mime(["text/cloud-config", "a", one], ["text/cloud-config", "b", merging]));
    expect(paths(merged.operations)).toEqual(["/1", "/2"]);
  });

  it("a script that write_files wrote is read where runcmd runs it", () => {
    const { operations } = play(
      '#cloud-config\nwrite_files: [{path: /opt/up.sh, permissions: "0755", content: "#!/bin/bash\\necho x > /x\\n"}]\nruncmd: [bash /opt/up.sh]\n',
    );
    expect(paths(operations)).toEqual(["/opt/up.sh", "/x"]);
  });

  it("kubeadm in runcmd makes a control-plane node", () => {
    const { kubeadm } = play(
      "#cloud-config\nruncmd:\n- [kubeadm, init, --config, /etc/kubeadm.yaml, --upload-certs]\n",
    );
    expect(kubeadm).toMatchObject([{ command: "init", config: true, uploadCerts: true }]);
  });
});

/** Where each operation puts something. */
function paths(operations: readonly FileOperation[]): readonly string[] {
  return operations.map((one) => (one.do === "put" && one.to.kind === "file" ? one.to.path : one.do));
}

describe("what is not read leaves files undecided, and no more than that", () => {
  it.each<[string, string, readonly (readonly [scope: unknown, why: string])[]]>([
    [
      "an include",
      "#include\nhttps://example.org\n",
      [[{ kind: "anywhere" }, "its user data includes more from the network"]],
    ],
    [
      "a part handler",
      "#part-handler\n",
      [[{ kind: "anywhere" }, "its user data brings a part handler, which is a program of its own"]],
    ],
    ["a script in Python", "#!/usr/bin/env python3\n", [[{ kind: "anywhere" }, "its user data runs a python3 script"]]],
    [
      "a template with blocks",
      "## template: jinja\n#cloud-config\n{% if a %}{% endif %}\n",
      [[{ kind: "anywhere" }, "its user data is a Jinja template whose blocks are decided on the machine"]],
    ],
    ["Ansible", "#cloud-config\nansible: {pull: {}}\n", [[{ kind: "anywhere" }, "its user data runs Ansible"]]],
    [
      "a mounted disk",
      "#cloud-config\nmounts: [[/dev/sdb, /etc/ssl]]\n",
      [[{ kind: "below", path: "/etc/ssl" }, "mounts another disk there"]],
    ],
    [
      "runcmd that is not a list",
      "#cloud-config\nruncmd: echo\n",
      [[{ kind: "anywhere" }, "its bootcmd or runcmd is not a list of commands"]],
    ],
    [
      "write_files that is not a list",
      "#cloud-config\nwrite_files: {path: /a}\n",
      [[{ kind: "anywhere" }, "its write_files is not a list of files"]],
    ],
    [
      "a path that only the machine knows",
      "## template: jinja\n#cloud-config\nwrite_files: [{path: '/etc/{{ v1.name }}/node.pem'}]\n",
      [
        [
          { kind: "named", name: "node.pem" },
          "writes to a path that depends on a Jinja expression, which is known on the machine",
        ],
      ],
    ],
    [
      "a name that only the machine knows",
      "## template: jinja\n#cloud-config\nwrite_files: [{path: '/etc/{{ v1.name }}.pem'}]\n",
      [[{ kind: "anywhere" }, "writes to a path that depends on a Jinja expression, which is known on the machine"]],
    ],
    [
      "a program that only the machine knows",
      "## template: jinja\n#cloud-config\nruncmd: ['{{ tool }} up']\n",
      [[{ kind: "anywhere" }, "runs a program that is not known"]],
    ],
    ["users, packages and time", "#cloud-config\nusers: [a]\npackages: [b]\nntp: {}\npackage_update: true\n", []],
  ])("%s", (_, text, expected) => {
    const reasons = play(text).operations.map((one) =>
      one.do === "might-write" ? [one.scope, reasonText(one.reason)] : one,
    );
    expect(reasons).toEqual(expected);
  });

  it("content with an expression is there, but not shown", () => {
    const { operations } = play(
      "## template: jinja\n#cloud-config\nwrite_files: [{path: /a, content: 'x {{ v1.name }}'}]\n",
    );
    expect(operations).toMatchObject([{ do: "put", content: { kind: "not-shown" } }]);
  });

  it("an include takes certainty from the cloud-configs, which it may replace, but not from the scripts", () => {
    const { operations, kubeadm } = play(
      mime(
        ["text/cloud-config", "a", "#cloud-config\nwrite_files: [{path: /a}]\nruncmd: [kubeadm init]\n"],
        ["text/x-include-url", "b", "https://example.org"],
        ["text/x-shellscript", "c", "#!/bin/sh\necho c > /c\n"],
      ),
    );
    expect(paths(operations)).toEqual(["might-write", "/c"]);
    expect(kubeadm).toHaveLength(1);
  });
});

describe("hostile cloud-configs are played in bounded time", () => {
  it.each<[string, () => string]>([
    [
      "aliases that multiply",
      () =>
        `#cloud-config\nx0: &x0 [a, a]\n${Array.from({ length: 60 }, (_, n) => `x${n + 1}: &x${n + 1} [*x${n}, *x${n}]`).join("\n")}\nruncmd: [*x60]\nwrite_files: *x60\n`,
    ],
    ["a hundred thousand files", () => `#cloud-config\nwrite_files:\n${"- {path: /a}\n".repeat(100_000)}`],
    [
      "a content of a megabyte",
      () => `#cloud-config\nwrite_files:\n- path: /a\n  content: "${"x".repeat(1_000_000)}"\n`,
    ],
    ["brackets a hundred thousand deep", () => `#cloud-config\na: ${"[".repeat(100_000)}\n`],
  ])("%s", (_, make) => {
    const text = make();
    const spent = cpuTime();
    play(text);
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});
