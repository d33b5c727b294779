import { describe, expect, it } from "vitest";
import type { Completeness } from "../../cluster/completeness";
import type { Evidence } from "../../cluster/evidence";
import { nodeFiles } from "../../cluster/node-files";
import type { Precedes, Presence } from "../../cluster/presence";
import type { FileOperation, MatchStep } from "../../machine/file-operation";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";
import { evidence, link, put } from "../helpers/evidence";

const CLOSED: Completeness = {
  kind: "complete",
  because: { by: "certificates", source: { name: "copy-ca", kind: "command:remote:CopyToRemote" } },
};
const OPEN: Completeness = { kind: "unknown", reason: { id: "no-file-evidence", data: {} } };
const ETCD = "/etc/ssl/etcd";
const CA = `${ETCD}/ca.pem`;

const each = (pattern: string, step: MatchStep): FileOperation => ({ do: "for-each-match", pattern, step });
const copyInto = (pattern: string, directory = ETCD): FileOperation =>
  each(pattern, { do: "copy", to: { kind: "into", directory }, recursive: false });
const might = (path: string): FileOperation => ({
  do: "might-write",
  scope: { kind: "below", path },
  reason: { id: "archive-unpacked", data: { archive: "b.tgz" } },
});
const mightMatch = (pattern: string): FileOperation => ({
  do: "might-write",
  scope: { kind: "matching", pattern },
  reason: { id: "path-unknown", data: { does: "write", dependsOn: "the output of hostname" } },
});
const mightRemove = (path: string): FileOperation => ({
  do: "might-remove",
  scope: { kind: "below", path },
  reason: { id: "conditional-step", data: { on: "machine" } },
});
const mightRemoveEach = (pattern: string): FileOperation => ({
  do: "might-remove",
  scope: { kind: "matching", pattern },
  reason: { id: "conditional-step", data: { on: "machine" } },
});
const removeEach = (pattern: string): FileOperation => each(pattern, { do: "remove", recursive: false });

function verdict(presence: Presence): string {
  return presence.kind === "missing" ? `missing: ${presence.error}` : presence.kind;
}

const MISSING = "missing: no such file or directory";

function played(completeness: Completeness, all: readonly Evidence[], precedes: Precedes = () => true) {
  return nodeFiles(all, completeness, [CA], precedes);
}

describe("etcd's ca.pem after a copy of what a pattern matches", () => {
  it.each<[string, readonly FileOperation[], string]>([
    ["is there when it was staged", [put("/tmp/c/ca.pem"), copyInto("/tmp/c/*.pem")], "present"],
    ["is missing when others were staged", [put("/tmp/c/node.pem"), copyInto("/tmp/c/*.pem")], MISSING],
    [
      "is missing when the pattern leaves it out",
      [put("/tmp/c/ca.pem"), put("/tmp/c/a.key"), copyInto("/tmp/c/*.key")],
      MISSING,
    ],
    [
      "is missing when it was staged below that folder",
      [put("/tmp/c/x/ca.pem"), put("/tmp/c/b.pem"), copyInto("/tmp/c/*")],
      MISSING,
    ],
    ["is undecided when nothing is known to be staged", [copyInto("/tmp/c/*.pem")], "undecided"],
    ["is missing when nothing is known to be staged, but no such name", [copyInto("/tmp/c/*.key")], MISSING],
    [
      "is undecided when an archive was unpacked there",
      [put("/tmp/c/a.pem"), might("/tmp/c"), copyInto("/tmp/c/*")],
      "undecided",
    ],
    [
      "is undecided when it alone may be staged",
      [put("/tmp/c/a.pem"), might("/tmp/c/ca.pem"), copyInto("/tmp/c/*")],
      "undecided",
    ],
    [
      "is missing when another may be staged",
      [put("/tmp/c/a.pem"), might("/tmp/c/b.pem"), copyInto("/tmp/c/*")],
      MISSING,
    ],
    [
      "is there through a link that was staged",
      [put("/opt/ca"), link("/tmp/c/ca.pem", "/opt/ca"), copyInto("/tmp/c/*")],
      "present",
    ],
    [
      "is there when its folder was reached by a link",
      [put("/opt/c/ca.pem"), link("/tmp/c", "/opt/c"), copyInto("/tmp/c/*.pem")],
      "present",
    ],
    [
      "is there when several go to a folder that nothing else shows to be one",
      [
        put("/tmp/c/ca.pem"),
        put("/tmp/c/b.pem"),
        each("/tmp/c/*", { do: "copy", to: { kind: "file-or-into", path: ETCD }, recursive: false }),
      ],
      "present",
    ],
    [
      "is undecided when one file goes to what may be a folder",
      [
        put("/tmp/c/ca.pem"),
        each("/tmp/c/*", { do: "copy", to: { kind: "file-or-into", path: ETCD }, recursive: false }),
      ],
      "undecided",
    ],
    [
      "is there after a move",
      [put("/tmp/c/ca.pem"), each("/tmp/c/*", { do: "move", to: { kind: "into", directory: ETCD } })],
      "present",
    ],
    [
      "is there as one of many links",
      [put("/opt/c/ca.pem"), each("/opt/c/*", { do: "link", to: { kind: "into", directory: ETCD }, replace: true })],
      "present",
    ],
    ["is missing after all like it were removed", [put(CA), removeEach(`${ETCD}/*.pem`)], MISSING],
    ["is there when others were removed", [put(CA), removeEach(`${ETCD}/*.key`)], "present"],
    ["is missing when what may have been written was removed", [might(ETCD), removeEach(`${ETCD}/*`)], MISSING],
    ["is undecided when it may be written after the removal", [removeEach(`${ETCD}/*`), might(ETCD)], "undecided"],
    ["is there when it came after the removal", [removeEach(`${ETCD}/*`), put(CA)], "present"],
    ["stays where it is when only its folder has such a name", [put(CA), removeEach("/etc/ssl/*")], "present"],
    [
      "is missing when its folder was removed so",
      [put(CA), each("/etc/ssl/*", { do: "remove", recursive: true })],
      MISSING,
    ],
    [
      "is undecided where a name with an unknown part may be it",
      [put(`${ETCD}/x.pem`), mightMatch(`${ETCD}/**.pem`)],
      "undecided",
    ],
    [
      "is missing where a name with an unknown part is another",
      [put(`${ETCD}/x.pem`), mightMatch(`${ETCD}/node-**.pem`)],
      MISSING,
    ],
  ])("%s", (_title, operations, expected) => {
    expect(verdict(played(CLOSED, [evidence("one", ...operations)]).presence(CA))).toBe(expected);
  });

  it("is missing on a node of which nothing else is known, when all like it were removed", () => {
    expect(verdict(played(OPEN, [evidence("one", removeEach(`${ETCD}/*`))]).presence(CA))).toBe(MISSING);
  });

  it.each<[string, readonly Evidence[]]>([
    ["ran before it", [evidence("stage", put("/tmp/c/ca.pem")), evidence("install", copyInto("/tmp/c/*"))]],
    ["runs after it", [evidence("install", copyInto("/tmp/c/*")), evidence("stage", put("/tmp/c/ca.pem"))]],
  ])("is undecided when the copy need not wait for what stages it, which %s", (_, all) => {
    const presence = played(
      CLOSED,
      [evidence("other", put("/tmp/c/b.pem")), ...all],
      ({ name }) => name === "other",
    ).presence(CA);
    expect(presence).toMatchObject({ kind: "undecided", reasons: [{ source: { name: "install" } }] });
    expect(presence).toMatchObject({
      reasons: [{ reason: { id: "unordered-operations", data: { writer: "stage" } } }],
    });
  });
});

describe("etcd's ca.pem after a removal that may not have happened", () => {
  it.each<[string, readonly FileOperation[], string]>([
    ["is undecided", [put(CA), mightRemove(CA)], "undecided"],
    ["is undecided when its folder may be gone", [put(CA), mightRemove("/etc/ssl")], "undecided"],
    ["is undecided when a pattern matches it", [put(CA), mightRemoveEach(`${ETCD}/*.pem`)], "undecided"],
    ["is there when the pattern matches others", [put(CA), mightRemoveEach(`${ETCD}/*.key`)], "present"],
    ["is there when it came afterwards", [mightRemove(CA), put(CA)], "present"],
    [
      "is undecided when a copy was made from what may be gone",
      [
        put("/tmp/a"),
        mightRemove("/tmp/a"),
        { do: "copy", from: "/tmp/a", to: { kind: "file", path: CA }, recursive: false },
      ],
      "undecided",
    ],
    ["is missing when nothing put it there", [put(`${ETCD}/x.pem`), mightRemove(CA)], MISSING],
    ["is missing when it surely went afterwards", [put(CA), mightRemove(CA), removeEach(`${ETCD}/*`)], MISSING],
  ])("%s", (_title, operations, expected) => {
    expect(verdict(played(CLOSED, [evidence("one", ...operations)]).presence(CA))).toBe(expected);
  });
});

describe("the mode of a key", () => {
  it("is what chmod of a pattern sets, where the pattern matches it", () => {
    const files = played(CLOSED, [
      evidence(
        "one",
        put(`${ETCD}/a.key`),
        put(`${ETCD}/a.crt`),
        each(`${ETCD}/*.key`, { do: "set-mode", mode: "0600" }),
      ),
    ]).present;
    expect(files.map(({ path, file }) => [path, file.mode])).toEqual([
      [`${ETCD}/a.crt`, undefined],
      [`${ETCD}/a.key`, "0600"],
    ]);
  });
});

describe("patterns without end", () => {
  it("are undecided, in bounded time", () => {
    const files = Array.from({ length: 1000 }, (_, index) => put(`/tmp/c/${index}.pem`));
    const copies = Array.from({ length: 2000 }, () => copyInto("/tmp/c/*.pem"));
    const spent = cpuTime();
    expect(verdict(played(CLOSED, [evidence("copy", ...files, ...copies)]).presence(CA))).toBe("undecided");
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});
