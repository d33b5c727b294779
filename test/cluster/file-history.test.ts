import { describe, expect, it } from "vitest";
import type { Evidence } from "../../cluster/evidence";
import { fileHistory } from "../../cluster/file-history";
import type { FileOperation } from "../../machine/file-operation";

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
