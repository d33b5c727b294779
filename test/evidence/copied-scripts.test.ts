import { describe, expect, it } from "vitest";
import { remoteCommand } from "../../evidence/command";
import type { StackResource } from "../../evidence/stack-resource";
import { Asset, type ValueRecord } from "../../evidence/value";
import { urn } from "../helpers/evidence";
import { stackResource } from "../helpers/stack-resource";
import { sayOperation } from "../shell/say-operation";

const M1 = { host: "10.0.0.1", user: "ubuntu" };
const SCRIPT = "#!/bin/bash\nset -e\ninstall -D -m 0600 -t /etc/etcd /tmp/ca.pem\n";
const INSTALLED = ["copy /tmp/ca.pem into /etc/etcd as ca.pem (0600)"];
const COPY = "command:remote:CopyToRemote";

/** A copy of a script; `name` is its Pulumi name. */
function copyOf(text: string, inputs: ValueRecord = {}, name = "script", dependencies: readonly string[] = []) {
  const source = new Asset({ kind: "text", text });
  const all = { connection: M1, source, remotePath: "/tmp/setup.sh", ...inputs };
  return stackResource(COPY, name, all, { dependencies: dependencies.map((one) => urn(one, COPY)) });
}

/** What a command does that waits for the first of these copies. */
function runs(create: string, ...copies: readonly StackResource[]): readonly string[] {
  const [first] = copies;
  const command = stackResource(
    "command:remote:Command",
    "setup",
    { connection: M1, create },
    { dependencies: first === undefined ? [] : [first.urn] },
  );
  const found = new Map(copies.map((one): [string, StackResource] => [one.urn, one]));
  return remoteCommand
    .read(command, (wanted) => found.get(wanted))
    .evidence.filter(({ machine }) => machine.by === "connection")
    .flatMap((one) => one.operations.map(sayOperation));
}

describe("a command that runs a script which a copy put there", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["by bash", runs("sudo bash /tmp/setup.sh", copyOf(SCRIPT)), INSTALLED],
    [
      "by its own name, once it may be run",
      runs("chmod +x /tmp/setup.sh && sudo /tmp/setup.sh", copyOf(SCRIPT)),
      ["mode +x /tmp/setup.sh", ...INSTALLED],
    ],
    ["from the user's home", runs("bash ./setup.sh", copyOf(SCRIPT, { remotePath: "setup.sh" })), INSTALLED],
    [
      "that was copied two resources before",
      runs("bash /tmp/setup.sh", copyOf("x", { remotePath: "/tmp/other" }, "other", ["script"]), copyOf(SCRIPT)),
      INSTALLED,
    ],
    [
      "with arguments",
      runs("bash /tmp/setup.sh m1", copyOf("cp /tmp/$1.pem /etc/ca.pem")),
      ["copy /tmp/m1.pem at /etc/ca.pem or in it as m1.pem"],
    ],
  ])("does what the script does: %s", (_title, seen, expected) => {
    expect(seen).toEqual(expected);
  });

  const UNKNOWN_SCRIPT = ["might write anywhere: runs the script /tmp/setup.sh"];
  it.each<[string, readonly string[]]>([
    ["on another machine", runs("bash /tmp/setup.sh", copyOf(SCRIPT, { connection: { host: "10.0.0.2" } }))],
    [
      "that it does not wait for",
      runs("bash /tmp/setup.sh", copyOf("x", { remotePath: "/tmp/x" }, "x"), copyOf(SCRIPT)),
    ],
    [
      "that two copies write differently",
      runs("bash /tmp/setup.sh", copyOf(SCRIPT, {}, "one", ["script"]), copyOf("#!/bin/sh\n")),
    ],
    [
      "whose text the program does not show",
      runs("bash /tmp/setup.sh", copyOf("", { source: new Asset({ kind: "file", path: "setup.sh" }) })),
    ],
  ])("might do anything: a script %s", (_title, seen) => {
    expect(seen).toEqual(UNKNOWN_SCRIPT);
  });
});
