import { describe, expect, it } from "vitest";
import { readShellText } from "../../shell/read-shell-text";
import { sayOperation } from "./say-operation";

/** What a text does on other machines, by host. */
function elsewhere(text: string): readonly (readonly [string | undefined, ...string[]])[] {
  return readShellText(text, { user: "root" }).remote.map(({ host, operations }) => [
    host,
    ...operations.map(sayOperation),
  ]);
}

describe("what a text does on other machines", () => {
  it.each<[string, string, readonly (readonly [string | undefined, ...string[]])[]]>([
    [
      "scp of files into a folder",
      "scp -i key -o StrictHostKeyChecking=no ca.pem node.pem root@10.0.0.1:/etc/ssl/",
      [["10.0.0.1", "put something into /etc/ssl as ca.pem", "put something into /etc/ssl as node.pem"]],
    ],
    [
      "scp to a path below the user's home",
      "scp ca.pem ubuntu@m1:certs/ca.pem",
      [["m1", "put something at /home/ubuntu/certs/ca.pem or in it as ca.pem"]],
    ],
    [
      "scp to a URL",
      "scp ca.pem scp://ubuntu@m1:2222//etc/ca.pem",
      [["m1", "put something at /etc/ca.pem or in it as ca.pem"]],
    ],
    [
      "ssh by a name for which an option has the address",
      "ssh -o User=root -oHostName=10.0.0.1 master 'touch /etc/a'",
      [["10.0.0.1", "put something at /etc/a"]],
    ],
    ["rsync to a module of a daemon", "rsync -a certs/ m1::etc/certs", [["m1", "might write anywhere: runs rsync"]]],
    ["the same as a URL", "rsync -a ca.pem rsync://root@m1/etc/", [["m1", "might write anywhere: runs rsync"]]],
    ["xargs with words that are shown", "echo m1 | xargs -I% ssh % touch /etc/a", [["m1", "put something at /etc/a"]]],
    [
      "scp of a file that the text wrote",
      "echo PEM > ca.pem; scp ca.pem 'root@[fe80::1]:/etc/ca.pem'",
      [["fe80::1", 'put "PEM\\n" at /etc/ca.pem or in it as ca.pem']],
    ],
    [
      "scp of a folder, whose files are not shown",
      "scp -r certs root@m1:/etc/ssl",
      [["m1", "might write /etc/ssl: copies a folder there"]],
    ],
    [
      "rsync of a folder and of a file",
      "rsync -avz -e 'ssh -p 22' certs/ root@m1:/etc/ssl/; rsync -a ca.pem root@m1:/etc/ssl/",
      [
        ["m1", "might write /etc/ssl: copies a folder there"],
        ["m1", "put something into /etc/ssl as ca.pem"],
      ],
    ],
    [
      "rsync that keeps the folders of its source, and one that deletes what the source does not have; a dry run does nothing",
      "rsync -R pki/c.pem root@m1:/etc/etcd/; rsync -a --delete certs/ca.pem root@m1:/etc/ssl/; rsync -n ca.pem root@m1:/",
      [
        ["m1", "might write /etc/etcd: runs rsync with a choice of files"],
        ["m1", "might remove /etc/ssl: runs rsync --delete", "put something into /etc/ssl as ca.pem"],
      ],
    ],
    [
      "a file that ansible removes on the hosts of its inventory",
      "ansible all -m file -a 'path=/etc/ssl/etcd state=absent'",
      [[undefined, "might write /etc/ssl/etcd: runs ansible", "might remove /etc/ssl/etcd: runs ansible"]],
    ],
    [
      "a loop over hosts",
      "for h in m1 m2; do scp ca.pem root@$h:/etc/ssl/; done",
      [
        ["m1", "put something into /etc/ssl as ca.pem"],
        ["m2", "put something into /etc/ssl as ca.pem"],
      ],
    ],
    [
      "a host that is not known",
      "scp ca.pem root@$HOST:/etc/ssl/",
      [[undefined, "put something into /etc/ssl as ca.pem"]],
    ],
    [
      "ssh with a command, whose relative paths are below that user's home",
      "ssh -o BatchMode=yes ubuntu@m1 'sudo cp ca.pem /etc/ssl/'",
      [["m1", "copy /home/ubuntu/ca.pem into /etc/ssl as ca.pem"]],
    ],
    [
      "ssh with options after its host, and a login of which the first counts",
      "ssh -l ubuntu m1 -l root -t -o BatchMode=yes -- cp ca.pem /etc/ssl/",
      [["m1", "copy /home/ubuntu/ca.pem into /etc/ssl as ca.pem"]],
    ],
    [
      "ssh with options of its command",
      "ssh m1 ln -s /etc/a.pem /etc/b.pem",
      [["m1", "link at /etc/b.pem or in it as a.pem -> /etc/a.pem"]],
    ],
    [
      "ssh that reads a here-document",
      "ssh root@m1 bash -s <<'E'\nrm -f /etc/ssl/ca.pem\nE",
      [["m1", "remove /etc/ssl/ca.pem"]],
    ],
    [
      "ssh that gets a file of this machine: its content is not shown there",
      "cat ca.pem | ssh root@m1 'tee /etc/ca.pem'",
      [["m1", "put something at /etc/ca.pem"]],
    ],
    [
      "ssh with a command that is not known",
      'ssh root@m1 "$COMMAND"',
      [["m1", "might write anywhere: runs a program that $COMMAND names"]],
    ],
    [
      "ssh through ssh",
      "ssh root@bastion \"ssh root@m1 'touch /etc/a'\"",
      [["bastion"], ["m1", "put something at /etc/a"]],
    ],
    [
      "scp under a condition",
      "if ping -c1 m1; then scp ca.pem root@m1:/etc/ca.pem; fi",
      [["m1", "might write /etc/ca.pem: it depends on a condition that is evaluated only on the machine"]],
    ],
    ["scp to this machine", "scp root@m1:/etc/ca.pem /tmp/", []],
  ])("%s", (_, text, remote) => expect(elsewhere(text)).toEqual(remote));

  it.each([
    ["ssh -p 2201", "ssh -p 2201 root@gw touch /etc/a"],
    ["ssh -p 2201 after the host", "ssh root@gw -p 2201 touch /etc/a"],
    ["ssh -p twice, of which the first counts", "ssh -p 2201 -p 22 root@gw touch /etc/a"],
    ["ssh -o Port", "ssh -i key -o Port=2201 root@gw touch /etc/a"],
    ["an ssh:// URL", "ssh ssh://root@gw:2201 touch /etc/a"],
    ["scp -P", "scp -P 2201 ca.pem root@gw:/etc/"],
    ["rsync over ssh -p", "rsync -a -e 'ssh -p 2201 -i key' ca.pem root@gw:/etc/"],
  ])("names the port of %s", (_, text) => {
    expect(readShellText(text, { user: "root" }).remote).toMatchObject([{ host: "gw", port: 2201 }]);
  });
});
