import { describe, expect, it } from "vitest";
import type { Undecided } from "../../cluster/outcome";
import type { Reason } from "../../reasons/reason";
import { undecidedCauses, undecidedLines } from "../../reports/undecided-lines";
import { undecidedReports } from "../../reports/undecided-reports";

const COPY = "command:remote:CopyToRemote";
const COMMAND = "command:remote:Command";

function open(name: string, kind: string, reason: Reason, node: string, path: string): Undecided {
  return { reason, source: { name, kind }, node, path };
}

function lines(all: readonly Undecided[]): readonly string[] {
  return undecidedLines([{ undecided: undecidedReports(all, "preview") }]);
}

const FILES = ["/etc/ca.pem", "/etc/client.pem"];
const NODES = ["master01", "master02"];
const onEach = (made: (node: string, path: string) => Undecided) =>
  NODES.flatMap((node) => FILES.map((path) => made(node, path)));

describe("what is unknown is one line for each cause", () => {
  it("copies to hosts that are not known yet", () => {
    const reason: Reason = { id: "host-unknown-until-update", data: {} };
    expect(lines(onEach((node, path) => open(`${path.slice(5)}-${node}`, COPY, reason, node, path)))).toEqual([
      `ca.pem-master01, client.pem-master01, ca.pem-master02, client.pem-master02 (${COPY}): the host of its connection, which may be master01, master02, is not known before the update (concerns /etc/ca.pem, /etc/client.pem)`,
    ]);
  });

  it("commands that do not wait for the copies of what they install", () => {
    const all = onEach((node, path) => {
      const copied = `/tmp${path}`;
      const data = { copied, isPattern: false, writer: `staged-${node}`, path: copied };
      return open(`install-${node}`, COMMAND, { id: "unordered-operations", data }, node, path);
    });
    expect(lines(all)).toEqual([
      `install-master01, install-master02 (${COMMAND}): it copies /tmp/etc/ca.pem, /tmp/etc/client.pem, but does not wait for staged-master01, staged-master02, which puts it there (dependsOn) (concerns /etc/ca.pem, /etc/client.pem on master01, master02)`,
    ]);
  });

  it("different programs are different causes", () => {
    const all = NODES.map((node) =>
      open(
        `boot-${node}`,
        COMMAND,
        { id: "program-not-modeled", data: { program: `./${node}.sh` } },
        node,
        "/etc/ca.pem",
      ),
    );
    expect(lines(all)).toHaveLength(2);
  });

  it("user data that waits for different resources is one cause", () => {
    const all = NODES.map((node) =>
      open(
        node,
        "vm",
        { id: "user-data-unknown-until-update", data: { waitsFor: [`key-${node}`] } },
        node,
        "/etc/ca.pem",
      ),
    );
    expect(lines(all)).toEqual([
      "master01, master02 (vm): its user data is not known before the update (it waits for key-master01, key-master02) (concerns /etc/ca.pem on master01, master02)",
    ]);
  });

  it("more than twenty causes are counted", () => {
    const all = Array.from({ length: 25 }, (_, index) =>
      open("boot", COMMAND, { id: "program-not-modeled", data: { program: `./${index}.sh` } }, "m1", "/etc/ca.pem"),
    );
    expect(lines(all).slice(20)).toEqual(["and 5 more"]);
    expect(undecidedCauses(undecidedReports(all, "preview"))).toHaveLength(25);
  });
});
