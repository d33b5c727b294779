import { describe, expect, it } from "vitest";
import { readShellText, type ShellContext } from "../../shell/read-shell-text";
import { UNKNOWN } from "../../shell/unknown";
import { sayOperation } from "./say-operation";

describe("what surrounds a text", () => {
  it.each<[string, string, ShellContext, readonly string[]]>([
    [
      "a PEM in the environment",
      'echo "$PEM" > /etc/a',
      { environment: new Map([["PEM", "CERT"]]) },
      ['put "CERT\\n" at /etc/a'],
    ],
    [
      "a PEM in the environment that is not known yet",
      'echo "$PEM" | base64 -d | sudo tee /etc/a',
      { environment: new Map([["PEM", UNKNOWN]]) },
      ["put (unknown until the update: $PEM, which is not known before the update) at /etc/a"],
    ],
    [
      "a folder in the environment that is not known yet",
      "cp /tmp/ca.pem $DIR/ca.pem",
      { environment: new Map([["DIR", UNKNOWN]]) },
      ["might write a file named ca.pem: writes to a path that depends on $DIR, which is not known before the update"],
    ],
    [
      "standard input",
      "sudo tee /etc/kubernetes/pki/etcd/ca.crt > /dev/null",
      { stdin: "PEM" },
      ['put "PEM" at /etc/kubernetes/pki/etcd/ca.crt'],
    ],
    [
      "standard input that is not known yet",
      "cat > /etc/a",
      { stdin: UNKNOWN },
      ["put (unknown until the update: its standard input, which is not known before the update) at /etc/a"],
    ],
    [
      "the home of a user",
      "cp ~/a $HOME/b",
      { user: "ubuntu" },
      ["copy /home/ubuntu/a at /home/ubuntu/b or in it as a"],
    ],
    [
      "a user who is not known",
      "cp ~/a.pem /etc/a",
      {},
      ["might write /etc/a: what it puts there depends on the home of a user who is not known"],
    ],
    ["a working folder", "cp a b", { workingDirectory: "/srv" }, ["copy /srv/a at /srv/b or in it as a"]],
    [
      "a default where the environment is whole",
      `cp a.pem \${DIR:-/etc/x}/`,
      { user: "root" },
      ["copy /root/a.pem into /etc/x as a.pem"],
    ],
    [
      "a default where more environment is inherited",
      `cp a.pem \${DIR:-/etc/x}/`,
      { user: "root", inheritsEnvironment: true },
      ["might write a file named a.pem: writes to a path that depends on $DIR"],
    ],
    [
      "an interpreter that is a shell",
      "cp /a /b",
      { interpreter: ["/bin/bash", "-c"] },
      ["copy /a at /b or in it as a"],
    ],
    [
      "an interpreter that is none",
      "open('/b')",
      { interpreter: ["python3", "-c"] },
      ["might write anywhere: runs python3"],
    ],
    [
      "files that were written before",
      "bash /x.sh",
      { files: new Map([["/x.sh", "cp /a /b"]]) },
      ["copy /a at /b or in it as a"],
    ],
    [
      "sudo, which keeps exported variables only with -E",
      "export D=/etc/x; sudo bash -c 'cp /tmp/a.pem $D/'; sudo -E bash -c 'cp /tmp/a.pem $D/'",
      { user: "root" },
      ["might write a file named a.pem: writes to a path that depends on $D", "copy /tmp/a.pem into /etc/x as a.pem"],
    ],
  ])("%s", (_, text, context, operations) =>
    expect(readShellText(text, context).operations.map(sayOperation)).toEqual(operations),
  );
});
