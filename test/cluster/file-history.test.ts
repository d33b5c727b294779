import { describe, expect, it } from "vitest";
import type { Evidence } from "../../cluster/evidence";
import { fileHistory } from "../../cluster/file-history";
import type { FileOperation, MatchStep, Scope } from "../../machine/file-operation";
import type { Reason } from "../../reasons/reason";
import { reasonText } from "../../reasons/reason-texts";

/** One source after the other, each with one operation. */
function evidence(...operations: readonly FileOperation[]): readonly Evidence[] {
  return operations.map((operation, index) => ({
    source: { name: `s${index + 1}`, kind: "command" },
    machine: { by: "every-control-plane-node" },
    operations: [operation],
  }));
}

const at = (path: string) => ({ kind: "file", path }) as const;
const put = (path: string): FileOperation => ({
  do: "put",
  to: at(path),
  content: { kind: "not-shown" },
  mode: "0600",
});

describe("the history of a file", () => {
  it.each<[string, readonly FileOperation[], readonly string[]]>([
    ["of what nothing touches is empty", [put("/etc/b"), put("/etc/a/c/d")], []],
    [
      "has what wrote, changed and removed it, in order",
      [
        put("/etc/a"),
        { do: "set-mode", path: "/etc/a", mode: "0644" },
        { do: "remove", path: "/etc", recursive: true },
        put("/etc/./a"),
      ],
      [
        "s1 writes /etc/a (mode 0600)",
        "s2 gives /etc/a the mode 0644",
        "s3 removes /etc with all below it",
        "s4 writes /etc/./a (mode 0600)",
      ],
    ],
    ["leaves out the removal of a folder that is not emptied", [{ do: "remove", path: "/etc", recursive: false }], []],
    [
      "has what touched the target of a link on the way",
      [put("/srv/a"), { do: "link", to: at("/etc"), target: "srv", replace: true }],
      ["s1 writes /srv/a (mode 0600)", "s2 links /etc to srv"],
    ],
    [
      "has where a copy comes from",
      [put("/tmp/x/a"), { do: "copy", from: "/tmp/x", to: at("/etc"), recursive: true }],
      ["s1 writes /tmp/x/a (mode 0600)", "s2 copies /tmp/x to /etc"],
    ],
    [
      "has what might have written or removed it, and why that is not known",
      [
        {
          do: "might-write",
          scope: { kind: "below", path: "/etc" },
          reason: { id: "program-not-modeled", data: { program: "./x.sh" } },
        },
        {
          do: "might-write",
          scope: { kind: "below", path: "/srv" },
          reason: { id: "program-not-modeled", data: { program: "./x.sh" } },
        },
        {
          do: "might-remove",
          scope: { kind: "matching", pattern: "/etc/*" },
          reason: { id: "conditional-step", data: { on: "next-boot" } },
        },
      ],
      [
        "s1 might write at or below /etc: runs ./x.sh",
        "s3 might remove what /etc/* matches: runs when the machine starts again",
      ],
    ],
    [
      "has what is done to all that a pattern matches",
      [{ do: "for-each-match", pattern: "/etc/*", step: { do: "remove", recursive: false } }],
      ["s1 removes all that /etc/* matches"],
    ],
    [
      "ends also where links lead in a circle",
      [
        { do: "link", to: at("/etc/a"), target: "b", replace: true },
        { do: "link", to: at("/etc/b"), target: "a/x", replace: true },
      ],
      ["s1 links /etc/a to b", "s2 links /etc/b to a/x"],
    ],
  ])("%s", (_, operations, events) => {
    const history = fileHistory("/etc/a", evidence(...operations));
    expect(history.map(({ source, does }) => `${source.name} ${does}`)).toEqual(events);
  });
});

const REASON: Reason = { id: "host-unknown", data: {} };
const WHY = reasonText(REASON);
const INTO = { kind: "into", directory: "/etc" } as const;
const might = (scope: Scope): FileOperation => ({ do: "might-write", scope, reason: REASON });
const each = (step: MatchStep) => ({ do: "for-each-match", pattern: "/srv/*", step }) as const;

/** Each with what it says of the file. */
const SAYINGS: readonly (readonly [FileOperation, string])[] = [
  [{ do: "put", to: at("/etc/a"), content: { kind: "not-shown" } }, "writes /etc/a"],
  [put("/etc/a"), "writes /etc/a (mode 0600)"],
  [{ do: "put", to: { kind: "into", directory: "/etc", name: "a" }, content: { kind: "not-shown" } }, "writes /etc/a"],
  [
    { do: "put", to: { kind: "file-or-into", path: "/etc", name: "a" }, content: { kind: "not-shown" } },
    "writes /etc, or /etc/a where that is a folder",
  ],
  [{ do: "link", to: at("/etc/a"), target: "../srv/a", replace: false }, "links /etc/a to ../srv/a"],
  [
    { do: "copy", from: "/srv/a", to: at("/etc/a"), mode: "0400", recursive: false },
    "copies /srv/a to /etc/a (mode 0400)",
  ],
  [{ do: "move", from: "/srv/a", to: at("/etc/a") }, "moves /srv/a to /etc/a"],
  [{ do: "move", from: "/etc/a", to: at("/srv/a") }, "moves /etc/a to /srv/a"],
  [{ do: "remove", path: "/etc/./a", recursive: false }, "removes /etc/./a"],
  [{ do: "remove", path: "/etc/a", recursive: true }, "removes /etc/a with all below it"],
  [{ do: "set-mode", path: "/etc/a", mode: "0600" }, "gives /etc/a the mode 0600"],
  [{ do: "set-mode", path: "/etc", mode: "0600", recursive: true }, "gives /etc and all below it the mode 0600"],
  [might({ kind: "anywhere" }), `might write anywhere: ${WHY}`],
  [might({ kind: "external-etcd-files" }), `might write the files of etcd.external: ${WHY}`],
  [might({ kind: "named", name: "a" }), `might write a file of the name a: ${WHY}`],
  [might({ kind: "below", path: "/etc" }), `might write at or below /etc: ${WHY}`],
  [might({ kind: "matching", pattern: "/etc/*" }), `might write what /etc/* matches: ${WHY}`],
  [
    { do: "might-remove", scope: { kind: "below", path: "/etc" }, reason: REASON },
    `might remove at or below /etc: ${WHY}`,
  ],
  [each({ do: "copy", to: INTO, recursive: false }), "copies all that /srv/* matches to /etc"],
  [each({ do: "link", to: INTO, replace: true }), "links all that /srv/* matches to /etc"],
  [each({ do: "move", to: { kind: "file-or-into", path: "/etc" } }), "moves all that /srv/* matches to /etc"],
  [{ ...each({ do: "set-mode", mode: "0600" }), pattern: "/etc/*" }, "gives a mode to all that /etc/* matches"],
  [{ ...each({ do: "remove", recursive: false }), pattern: "/etc/*" }, "removes all that /etc/* matches"],
];

describe("an operation on a file", () => {
  it.each(SAYINGS)("%j %s", (operation, said) => {
    expect(fileHistory("/etc/a", evidence(operation)).map(({ does }) => does)).toEqual([said]);
  });
});

describe("what does not touch a file", () => {
  it.each<readonly [string, FileOperation]>([
    ["another file that is written", put("/etc/b")],
    ["a file below it", put("/etc/a/b")],
    ["a copy of it", { do: "copy", from: "/etc/a", to: at("/srv/a"), recursive: false }],
    ["the removal of a folder that is not emptied", { do: "remove", path: "/etc", recursive: false }],
    ["the folder that is made above it", { do: "make-directory", path: "/etc" }],
    [
      "what is made the kubeadm-config",
      { do: "upload-config", path: "/etc/a", text: undefined, form: { kind: "kubeadm" } },
    ],
    ["a file of another name", might({ kind: "named", name: "b" })],
    ["a link of another folder", { do: "link", to: at("/et"), target: "/srv", replace: true }],
  ])("%s", (_title, operation) => {
    expect(fileHistory("/etc/a", evidence(operation))).toEqual([]);
  });
});

describe("the files that lead to a file", () => {
  it.each<readonly [string, readonly FileOperation[], number]>([
    [
      "a copy of a copy",
      [
        put("/1"),
        { do: "copy", from: "/1", to: at("/2"), recursive: false },
        { do: "copy", from: "/2", to: at("/etc/a"), recursive: false },
      ],
      3,
    ],
    [
      "a move after a copy of its folder",
      [
        put("/1/a"),
        { do: "move", from: "/1", to: at("/2") },
        { do: "copy", from: "/2/a", to: at("/etc/a"), recursive: false },
      ],
      3,
    ],
    ["an absolute link", [put("/srv/a"), { do: "link", to: at("/etc/a"), target: "/srv/a", replace: true }], 2],
    ["a relative link", [put("/srv/a"), { do: "link", to: at("/etc/a"), target: "../srv/a", replace: true }], 2],
    [
      "a copy to what may be a folder",
      [
        put("/srv/a"),
        { do: "copy", from: "/srv/a", to: { kind: "file-or-into", path: "/etc", name: "a" }, recursive: false },
      ],
      2,
    ],
    ["a copy of another file", [put("/srv/b"), { do: "copy", from: "/srv/b", to: at("/etc/b"), recursive: false }], 0],
  ])("%s", (_title, operations, count) => {
    expect(fileHistory("/etc/a", evidence(...operations))).toHaveLength(count);
  });

  it("are fifty at most", () => {
    const copies = Array.from(
      { length: 60 },
      (_, index): FileOperation => ({
        do: "copy",
        from: `/${index + 1}`,
        to: at(index === 0 ? "/etc/a" : `/${index}`),
        recursive: false,
      }),
    );
    expect(fileHistory("/etc/a", evidence(...copies))).toHaveLength(50);
  });
});
