import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Completeness } from "../../cluster/completeness";
import { UndecidedPlaces } from "../../cluster/disk/undecided-places";
import type { Evidence } from "../../cluster/evidence";
import { nodeFiles } from "../../cluster/node-files";
import type { Presence } from "../../cluster/presence";
import type { FileOperation } from "../../machine/file-operation";
import { normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import { evidence, link, put } from "../helpers/evidence";

const CLOSED: Completeness = {
  kind: "complete",
  because: { by: "certificates", source: { name: "copy-ca", kind: "command:remote:CopyToRemote" } },
};
const OPEN: Completeness = { kind: "unknown", reason: { id: "no-file-evidence", data: {} } };
const CERT = "/etc/ssl/etcd/ssl/node-master03.pem";
const FOLDER = "/etc/ssl/etcd/ssl";

/** `present`, `missing: WHY` or `undecided`, for tables. */
function verdict(presence: Presence): string {
  return presence.kind === "missing" ? `missing: ${presence.error}` : presence.kind;
}

function played(completeness: Completeness, ...all: readonly Evidence[]) {
  return nodeFiles(all, completeness, [CERT], () => true);
}

const toFolder = (path: string, name: string): FileOperation => ({
  do: "put",
  to: { kind: "file-or-into", path, name },
  content: { kind: "not-shown" },
});
const copy = (from: string, to: string): FileOperation => ({
  do: "copy",
  from,
  to: { kind: "file", path: to },
  recursive: false,
});
const remove = (path: string): FileOperation => ({ do: "remove", path, recursive: true });
const move = (from: string, to: string): FileOperation => ({ do: "move", from, to: { kind: "file", path: to } });
const might = (path: string): FileOperation => ({
  do: "might-write",
  scope: { kind: "below", path },
  reason: { id: "program-not-modeled", data: { program: "./x.sh" } },
});

describe("a file on a node whose disk is fully described", () => {
  it.each<[string, readonly FileOperation[], string]>([
    ["is there when it was put there", [put(CERT)], "present"],
    [
      "is missing when nothing puts it there",
      [put(`${FOLDER}/node-master01.pem`)],
      "missing: no such file or directory",
    ],
    ["is there through a relative link in its folder", [put(`${FOLDER}/a.pem`), link(CERT, "a.pem")], "present"],
    ["is missing behind a link to nothing", [link(CERT, "a.pem")], "missing: no such file or directory"],
    ["is missing behind a link to itself", [link(CERT, CERT)], "missing: too many levels of symbolic links"],
    ["is missing behind a name of 256 bytes", [link(CERT, "ä".repeat(128))], "missing: file name too long"],
    ["is missing behind a name of 255 bytes", [link(CERT, "a".repeat(255))], "missing: no such file or directory"],
    [
      "is there through a link of a folder above it",
      [put("/opt/pki/node-master03.pem"), link(FOLDER, "/opt/pki")],
      "present",
    ],
    ["cannot be read where a folder has its name", [put(`${CERT}/x`)], "missing: is a directory"],
    ["is missing where a file stands in for its folder", [put(FOLDER)], "missing: not a directory"],
    ["is there after a copy from where it was staged", [put("/tmp/c.pem"), copy("/tmp/c.pem", CERT)], "present"],
    ["is there after it was moved into place", [put("/tmp/c.pem"), move("/tmp/c.pem", CERT)], "present"],
    ["is missing after it was moved away", [put(CERT), move(CERT, "/tmp/c.pem")], "missing: no such file or directory"],
    [
      "is missing after its folder was removed",
      [put(CERT), remove("/etc/ssl/etcd")],
      "missing: no such file or directory",
    ],
    ["is there when it came back after a removal", [put(CERT), remove(FOLDER), put(CERT)], "present"],
    ["is undecided when a script may have put it there", [might(FOLDER)], "undecided"],
    [
      "is there for certain when an unknown script ran before or after",
      [might(FOLDER), put(CERT), might("/")],
      "present",
    ],
    [
      "is missing when a script ran before the folder was emptied",
      [might(FOLDER), remove(FOLDER), put(`${FOLDER}/x`)],
      "missing: no such file or directory",
    ],
    [
      "is undecided when it was copied from a file that nobody is seen to put",
      [copy("/root/c.pem", CERT)],
      "undecided",
    ],
    [
      "lies in the folder that a copy names, where other evidence shows that it is one",
      [toFolder(FOLDER, "node-master03.pem"), put(`${FOLDER}/ca.pem`)],
      "present",
    ],
    [
      "is undecided where nothing shows that the copy's goal is a folder",
      [toFolder(FOLDER, "node-master03.pem")],
      "undecided",
    ],
    [
      "is missing where the copy's goal may be a folder but the name is another",
      [toFolder(FOLDER, "node-master01.pem")],
      "missing: no such file or directory",
    ],
    ["is the goal of the copy itself where nothing lies below that", [toFolder(CERT, "whatever.pem")], "present"],
    [
      "is there when a link already led from its path and the copy followed it",
      [put(`${FOLDER}/a.pem`), link(CERT, "a.pem"), put(CERT)],
      "present",
    ],
  ])("%s", (_title, operations, expected) => {
    expect(verdict(played(CLOSED, evidence("one", ...operations)).presence(CERT))).toBe(expected);
  });
});

describe("a file on a node of which only some is known", () => {
  it.each<[string, Completeness, readonly FileOperation[], string]>([
    ["is undecided when no evidence names it", OPEN, [], "undecided"],
    ["is there when something puts it there", OPEN, [put(CERT)], "present"],
    ["is missing when it was removed", OPEN, [remove(CERT)], "missing: no such file or directory"],
    [
      "is undecided below a folder that was not searched",
      { kind: "complete-below", known: [{ by: "listing", title: "a listing", folders: ["/opt"] }] },
      [],
      "undecided",
    ],
    [
      "is missing below a folder that was searched",
      { kind: "complete-below", known: [{ by: "listing", title: "a listing", folders: ["/etc/ssl/etcd/"] }] },
      [],
      "missing: no such file or directory",
    ],
  ])("%s", (_title, completeness, operations, expected) => {
    expect(verdict(played(completeness, evidence("one", ...operations)).presence(CERT))).toBe(expected);
  });
});

describe("a path as it is given", () => {
  const files = () =>
    played(
      CLOSED,
      evidence(
        "one",
        put("/opt/real/ca.pem"),
        put("/opt/other.pem"),
        put("/root/ca.pem"),
        link("/etc/pki", "/opt/real"),
        link("/etc/pki-slash", "/opt/real/ca.pem/"),
      ),
    );
  const name = (length: number) => `/root/${"a".repeat(length)}`;
  it.each<readonly [string, string]>([
    ["/opt/real/ca.pem", "present"],
    ["//opt/./real//ca.pem", "present"],
    ["/opt/real/../other.pem", "present"],
    ["/opt/real/../ca.pem", "missing: no such file or directory"],
    ["/etc/pki/ca.pem", "present"],
    ["/etc/pki/../other.pem", "present"],
    ["/etc/pki/../pki/ca.pem", "missing: no such file or directory"],
    ["/opt/none/../other.pem", "missing: no such file or directory"],
    ["/../opt/other.pem", "present"],
    ["/opt/real/ca.pem/", "missing: not a directory"],
    ["/opt/real/ca.pem/.", "missing: not a directory"],
    ["/opt/real/ca.pem/x", "missing: not a directory"],
    ["/etc/pki-slash", "missing: not a directory"],
    ["/opt/real", "missing: is a directory"],
    ["/opt/real/", "missing: is a directory"],
    ["/tmp", "missing: no such file or directory"],
    ["/", "missing: is a directory"],
    ["ca.pem", "present"],
    ["../opt/other.pem", "present"],
    ["real/ca.pem", "missing: no such file or directory"],
    ["/opt/\0/ca.pem", "missing: invalid argument"],
    [name(255), "missing: no such file or directory"],
    [name(256), "missing: file name too long"],
    [`/opt/real/${"./".repeat(2039)}ca.pem`, "present"],
    [`/opt/real/${"./".repeat(2041)}ca.pem`, "missing: file name too long"],
  ])("%s", (path, expected) => {
    expect(verdict(files().presence(path))).toBe(expected);
  });

  it("leads over forty links at most", () => {
    const chain = (count: number) => [
      put("/opt/0"),
      ...Array.from({ length: count }, (_, index) => link(`/opt/${index + 1}`, `${index}`)),
    ];
    const end = (count: number) => played(CLOSED, evidence("one", ...chain(count))).presence(`/opt/${count}`);
    expect(verdict(end(40))).toBe("present");
    expect(verdict(end(41))).toBe("missing: too many levels of symbolic links");
  });
});

describe("why a file may be there", () => {
  const reasonsOf = (presence: Presence) =>
    presence.kind === "undecided" ? presence.reasons.map(({ reason }) => reason.id) : presence.kind;

  it("is that it lies outside of the folders that were searched", () => {
    const known = [{ by: "listing", title: "a listing", folders: ["/opt", "/srv/"] }] as const;
    const files = played({ kind: "complete-below", known });
    expect(files.presence(CERT)).toEqual({
      kind: "undecided",
      reasons: [{ reason: { id: "outside-known-folders", data: { known } } }],
    });
    expect(verdict(files.presence("/srv/x"))).toBe("missing: no such file or directory");
  });

  it("is that any of several documents was searched elsewhere", () => {
    const known = [
      { by: "listing", title: "a listing", folders: ["/opt"] },
      { by: "listing", title: "another", folders: ["/etc/ssl", "/srv"] },
    ] as const;
    expect(verdict(played({ kind: "complete-below", known }).presence(CERT))).toBe(
      "missing: no such file or directory",
    );
  });

  const reason = { id: "program-not-modeled", data: { program: "./x.sh" } } as const;
  const mayReach = (because: Reason): FileOperation => ({
    do: "might-write",
    scope: { kind: "anywhere" },
    reason: { id: "may-reach-node", data: { because, names: true } },
  });
  it("is not said twice of a source that runs on the node and may reach it", () => {
    const both = evidence("one", { do: "might-write", scope: { kind: "anywhere" }, reason }, mayReach(reason));
    expect(reasonsOf(played(CLOSED, both).presence(CERT))).toEqual(["program-not-modeled"]);
  });

  it("is said of a source that may reach it for another reason, and of another source", () => {
    const other = { id: "program-not-modeled", data: { program: "./y.sh" } } as const;
    const one = evidence("one", { do: "might-write", scope: { kind: "anywhere" }, reason }, mayReach(other));
    expect(reasonsOf(played(CLOSED, one).presence(CERT))).toEqual(["program-not-modeled", "may-reach-node"]);
    const another = evidence("another", mayReach(reason));
    expect(reasonsOf(played(CLOSED, evidence("one", might(FOLDER)), another).presence(CERT)).length).toBe(2);
  });
});

describe("evidence that may be about another node", () => {
  const conditional = (...operations: readonly FileOperation[]) => {
    const shared = new UndecidedPlaces();
    for (const one of operations)
      shared.addOperation(one, { reason: { id: "host-unknown", data: {} } }, Number.POSITIVE_INFINITY);
    return nodeFiles([evidence("sure", put(`${FOLDER}/node-master03-key.pem`))], CLOSED, [CERT], () => true, [shared]);
  };

  it("makes a missing file undecided, and never present", () => {
    expect(verdict(conditional(put(CERT)).presence(CERT))).toBe("undecided");
  });

  it("leaves a file that it does not touch as it is", () => {
    expect(verdict(conditional(put("/tmp/x")).presence(CERT))).toBe("missing: no such file or directory");
  });

  it("makes a present file undecided where it may remove it", () => {
    expect(verdict(conditional(remove(FOLDER)).presence(`${FOLDER}/node-master03-key.pem`))).toBe("undecided");
  });
});

describe("two sources of which neither waits for the other", () => {
  it("a copy from what the other one stages is undecided, and says what to add", () => {
    const files = nodeFiles(
      [evidence("stage", put("/tmp/c.pem")), evidence("install", copy("/tmp/c.pem", CERT))],
      CLOSED,
      [CERT],
      () => false,
    );
    const presence = files.presence(CERT);
    expect(presence).toMatchObject({ kind: "undecided", reasons: [{ source: { name: "install" } }] });
    expect(presence).toMatchObject({
      reasons: [{ reason: { id: "unordered-operations", data: { writer: "stage" } } }],
    });
  });
});

describe("a removal that is not ordered with what puts the file there", () => {
  it.each<[string, readonly Evidence[]]>([
    ["rm after it", [evidence("copy", put(CERT)), evidence("clean", remove(CERT))]],
    ["rm before it", [evidence("clean", remove(CERT)), evidence("copy", put(CERT))]],
    ["rm of its folder after it", [evidence("copy", put(CERT)), evidence("clean", remove(FOLDER))]],
    ["rm of its folder before it", [evidence("clean", remove(FOLDER)), evidence("copy", put(CERT))]],
    [
      "rm of its folder before another file and it",
      [evidence("clean", remove(FOLDER)), evidence("other", put(`${FOLDER}/a.pem`)), evidence("copy", put(CERT))],
    ],
    ["mv of it", [evidence("copy", put(CERT)), evidence("clean", move(CERT, "/tmp/x"))]],
  ])("%s leaves it undecided, and says what to add", (_, all) => {
    expect(nodeFiles(all, CLOSED, [CERT], () => false).presence(CERT)).toMatchObject({
      kind: "undecided",
      reasons: [
        {
          source: { name: "clean" },
          reason: { id: "unordered-removal", data: { path: CERT, writer: "copy", isSure: true } },
        },
      ],
    });
  });

  const mayRemove = (path: string): FileOperation => ({
    do: "might-remove",
    scope: { kind: "below", path },
    reason: { id: "program-not-modeled", data: { program: "./x.sh" } },
  });
  it.each<[string, readonly Evidence[]]>([
    ["of it", [evidence("clean", mayRemove(CERT)), evidence("copy", put(CERT))]],
    ["of its folder", [evidence("clean", mayRemove(FOLDER)), evidence("copy", put(CERT))]],
    ["of a link that leads to it", [evidence("clean", mayRemove(CERT)), evidence("copy", put("/x"), link(CERT, "/x"))]],
  ])("what may be the removal %s leaves it undecided, and says what to add", (_, all) => {
    expect(nodeFiles(all, CLOSED, [CERT], () => false).presence(CERT)).toMatchObject({
      kind: "undecided",
      reasons: [
        {
          source: { name: "clean" },
          reason: { id: "unordered-removal", data: { path: CERT, writer: "copy", isSure: false } },
        },
      ],
    });
    expect(nodeFiles(all, CLOSED, [CERT], () => true).presence(CERT).kind).toBe("present");
  });

  it("in one source, or where one waits, removes it or leaves it", () => {
    const ordered = [evidence("copy", put(CERT)), evidence("clean", remove(CERT))];
    expect(nodeFiles(ordered, CLOSED, [CERT], () => true).presence(CERT).kind).toBe("missing");
    const one = [evidence("copy", remove(CERT), put(CERT))];
    expect(nodeFiles(one, CLOSED, [CERT], (a, b) => a === b).presence(CERT).kind).toBe("present");
  });
});

describe("whatever is played", () => {
  const path = fc.constantFrom(CERT, FOLDER, `${FOLDER}/a.pem`, "/tmp/a", "/etc/ssl/etcd", "/opt/x/y");
  const operation: fc.Arbitrary<FileOperation> = fc.oneof(
    path.map((one) => put(one)),
    fc.tuple(path, path).map(([one, other]) => link(one, other)),
    fc.tuple(path, path).map(([one, other]) => copy(one, other)),
    fc.tuple(path, path).map(([one, other]) => move(one, other)),
    path.map(remove),
    path.map(might),
  );

  it("a file that is put last is there", () => {
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        const files = played(CLOSED, evidence("before", ...operations, remove("/etc/ssl"), put(CERT)));
        expect(verdict(files.presence(CERT))).toBe("present");
      }),
    );
  });

  it("a source that may write anywhere leaves nothing missing that it did not see removed", () => {
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        const anywhere: FileOperation = {
          do: "might-write",
          scope: { kind: "anywhere" },
          reason: { id: "program-not-modeled", data: { program: "./x.sh" } },
        };
        const found = played(CLOSED, evidence("all", ...operations, anywhere)).presence(CERT);
        expect(found).not.toMatchObject({ kind: "missing", error: "no such file or directory" });
      }),
    );
  });
});

describe("a path that many ask for", () => {
  it.each([CERT, "/etc/ssl/none.pem"])("is looked up once: %s", (path) => {
    const files = played(CLOSED, evidence("copy-1", put(CERT)));
    expect(files.presence(path)).toBe(files.presence(path));
  });

  it.each(["/etc//ssl", "/etc/./ssl/x", "/etc/ssl/../pki", "/", "etc", "", "/etc/ssl/", "/..", "/a/..b/.c/..."])(
    "is shortened as text in one way: %s",
    (path) => {
      const names: string[] = [];
      for (const name of path.split("/"))
        if (name === "..") names.pop();
        else if (name !== "" && name !== ".") names.push(name);
      expect(normalize(path)).toBe(`/${names.join("/")}`);
    },
  );
});
