import { describe, expect, it } from "vitest";
import { localCommand, remoteCommand } from "../../evidence/command";
import type { Reader } from "../../evidence/reader";
import type { StackResource } from "../../evidence/stack-resource";
import type { ValueRecord } from "../../evidence/value";
import type { Urn } from "../../machine/source";
import { UNKNOWN } from "../../shell/unknown";
import { urn } from "../helpers/evidence";
import { stackResource } from "../helpers/stack-resource";
import { sayOperation } from "../shell/say-operation";

const REMOTE = "command:remote:Command";
const LOCAL = "command:local:Command";
const M1 = { host: "10.0.0.1", user: "ubuntu" };
const VM: readonly Urn[] = [urn("vm1", "hcloud:index/server:Server")];

function resource(type: string, inputs: ValueRecord, propertyDependencies: StackResource["propertyDependencies"] = {}) {
  return stackResource(type, "setup", inputs, { propertyDependencies });
}

/** What a resource does, by machine: its host, `?` and the resources behind it, or why it is not known. */
function evidenceOf(reader: Reader, one: StackResource): readonly (readonly [string, ...string[]])[] {
  return reader
    .read(one, () => undefined)
    .evidence.map(({ machine, operations }) => {
      const of = machine.by === "connection" ? (machine.host ?? `? ${machine.resources.length}`) : machine.by;
      return [of, ...operations.map(sayOperation)];
    });
}

describe("command:remote:Command", () => {
  it.each<[string, ValueRecord, readonly (readonly [string, ...string[]])[]]>([
    [
      "a copy that was staged in the user's home and is installed with sudo",
      { connection: M1, create: "sudo install -D -m 0600 node.pem /etc/ssl/etcd/ssl/node.pem" },
      [["10.0.0.1", "copy /home/ubuntu/node.pem at /etc/ssl/etcd/ssl/node.pem (0600)"]],
    ],
    [
      "a PEM by standard input, not known yet",
      { connection: M1, create: "sudo tee /etc/kubernetes/pki/etcd/ca.crt > /dev/null", stdin: UNKNOWN },
      [
        [
          "10.0.0.1",
          "put (unknown until the update: its standard input, which is not known before the update) at /etc/kubernetes/pki/etcd/ca.crt",
        ],
      ],
    ],
    [
      "values in the environment",
      { connection: M1, create: 'echo "$PEM" > /etc/a; cp /tmp/$N.pem /etc/', environment: { PEM: UNKNOWN, N: "m1" } },
      [
        [
          "10.0.0.1",
          "put (unknown until the update: $PEM, which is not known before the update) at /etc/a",
          "copy /tmp/m1.pem into /etc as m1.pem",
        ],
      ],
    ],
    [
      "a connection that is not known yet: the provider fills it with zero values",
      { connection: { host: "", user: "root", port: 22 }, create: "cp ~/a.pem /etc/ssl/; cp /tmp/b.pem /etc/ssl/" },
      [
        [
          "? 1",
          "might write /etc/ssl/a.pem: what it puts there depends on the home of a user who is not known",
          "copy /tmp/b.pem into /etc/ssl as b.pem",
        ],
      ],
    ],
    [
      "a text that is not known yet",
      { connection: M1, create: UNKNOWN },
      [["10.0.0.1", "might write anywhere: its command is not known before the update"]],
    ],
    [
      "an update of its own: only possible, and `delete` is of no account",
      { connection: M1, create: "touch /etc/a", update: "touch /etc/b; rm /etc/a", delete: "rm -rf /etc" },
      [
        ["10.0.0.1", "put something at /etc/a"],
        [
          "10.0.0.1",
          "might write /etc/b: only an update of it runs this text",
          "might remove /etc/a: only an update of it runs this text",
        ],
      ],
    ],
    [
      "the same text for both",
      { connection: M1, create: "touch /etc/a", update: "touch /etc/a" },
      [["10.0.0.1", "put something at /etc/a"]],
    ],
    ["a text that does nothing to files", { connection: M1, create: "systemctl restart kubelet" }, []],
    ["no text at all", { connection: M1, delete: "rm /etc/a" }, []],
    [
      "a resource that --target left out",
      {},
      [["? 1", "might write anywhere: it was left out of this run (--target)"]],
    ],
    [
      "a text that is none",
      { connection: M1, create: 7 },
      [["10.0.0.1", "might write anywhere: its command is not a text"]],
    ],
    [
      "work on another machine",
      { connection: M1, create: "scp /etc/a.pem root@10.0.0.2:/etc/" },
      [["10.0.0.2", "put something into /etc as a.pem"]],
    ],
  ])("%s", (_, inputs, evidence) => {
    const unknownConnection = inputs["connection"] === M1 ? {} : { connection: VM };
    expect(evidenceOf(remoteCommand, resource(REMOTE, inputs, unknownConnection))).toEqual(evidence);
  });

  it("runs of kubeadm carry the machine and the source", () => {
    const { kubeadmRuns } = remoteCommand.read(
      resource(REMOTE, { connection: M1, create: "kubeadm init", update: "kubeadm upgrade apply v1.31.0" }),
      () => undefined,
    );
    expect(kubeadmRuns).toMatchObject([
      { command: "init", source: { name: "setup", kind: REMOTE }, machine: { by: "connection", host: "10.0.0.1" } },
      { command: "upgrade", version: "v1.31.0", machine: { by: "connection", host: "10.0.0.1" } },
    ]);
  });
});

describe("command:local:Command", () => {
  it.each<[string, ValueRecord, StackResource["propertyDependencies"], readonly (readonly [string, ...string[]])[]]>([
    [
      "scp to a host that is named",
      { create: "scp -o StrictHostKeyChecking=no certs/node.pem root@10.0.0.1:/etc/ssl/" },
      {},
      [["10.0.0.1", "put something into /etc/ssl as node.pem"]],
    ],
    [
      "scp to a host in the environment that is not known yet: the machine its value comes from",
      { create: "scp ca.pem root@$HOST:/etc/ssl/", environment: { HOST: UNKNOWN } },
      { environment: VM },
      [["? 1", "put something into /etc/ssl as ca.pem"]],
    ],
    [
      "a file that the text writes and sends",
      { create: "echo PEM > ca.pem && scp ca.pem root@m1:/etc/ca.pem", dir: "out" },
      {},
      [["m1", 'put "PEM\\n" at /etc/ca.pem or in it as ca.pem']],
    ],
    [
      "work that stays on this machine",
      { create: "openssl req -out ca.pem; mkdir -p certs; kubectl apply -f x.yaml" },
      {},
      [],
    ],
    [
      "a playbook may reach the hosts of its inventory",
      { create: "ansible-playbook -i hosts site.yml" },
      {},
      [["inventory", "might write anywhere: runs ansible-playbook"]],
    ],
    [
      "another interpreter",
      { create: "print(1)", interpreter: ["python3", "-c"] },
      {},
      [["words", "might write anywhere: runs python3"]],
    ],
    [
      "an interpreter that is a shell",
      { create: "scp a.pem root@m1:/etc/", interpreter: ["/bin/bash", "-c"] },
      {},
      [["m1", "put something into /etc as a.pem"]],
    ],
    [
      "a text that is not known yet",
      { create: UNKNOWN },
      { create: VM },
      [["unknown", "might write anywhere: its command is not known before the update"]],
    ],
  ])("%s", (_, inputs, propertyDependencies, evidence) =>
    expect(evidenceOf(localCommand, resource(LOCAL, inputs, propertyDependencies))).toEqual(evidence),
  );
});

describe("shapes of public repositories", () => {
  it("2 files staged in /tmp on every master, then copied by remote-exec", () => {
    const create = "sudo mkdir -p /etc/etcd\nsudo cp ca.pem kubernetes-key.pem kubernetes.pem /etc/etcd/";
    expect(evidenceOf(remoteCommand, resource(REMOTE, { connection: { host: "m1" }, create }))).toEqual([
      [
        "m1",
        "make folder /etc/etcd",
        "copy /root/ca.pem into /etc/etcd as ca.pem",
        "copy /root/kubernetes-key.pem into /etc/etcd as kubernetes-key.pem",
        "copy /root/kubernetes.pem into /etc/etcd as kubernetes.pem",
      ],
    ]);
  });

  it("a bundle that a script of the machine lays out might put anything anywhere", () => {
    const create =
      "sudo mv $HOME/assets /opt/bootstrap/assets\nsudo /opt/bootstrap/layout\nsudo systemctl start bootkube";
    expect(evidenceOf(remoteCommand, resource(REMOTE, { connection: M1, create }))).toEqual([
      [
        "10.0.0.1",
        "move /home/ubuntu/assets at /opt/bootstrap/assets or in it as assets",
        "might write anywhere: runs /opt/bootstrap/layout",
      ],
      ["words", "might write anywhere: runs /opt/bootstrap/layout"],
    ]);
  });

  it("a bootstrap script with a join whose command comes from the first master", () => {
    const create = [
      "#!/bin/bash",
      "set -euo pipefail",
      "if [ -f /etc/kubernetes/kubelet.conf ]; then echo joined; exit 0; fi",
      "apt-get update -qq && apt-get install -y kubeadm=1.30.* kubelet=1.30.*",
      "swapoff -a && sed -i '/ swap / s/^/#/' /etc/fstab",
      "cat <<EOF | tee /etc/modules-load.d/k8s.conf",
      "br_netfilter",
      "EOF",
      "modprobe br_netfilter && sysctl --system",
      'kubeadm join "$ENDPOINT" --token "$TOKEN" --discovery-token-unsafe-skip-ca-verification --control-plane --certificate-key "$KEY"',
      "mkdir -p $HOME/.kube && cp -i /etc/kubernetes/admin.conf $HOME/.kube/config",
    ].join("\n");
    const reading = remoteCommand.read(
      resource(REMOTE, {
        connection: { host: "m2" },
        create,
        environment: { ENDPOINT: "lb:6443", TOKEN: UNKNOWN, KEY: UNKNOWN },
      }),
      () => undefined,
    );
    expect(reading.evidence.flatMap(({ operations }) => operations.map(sayOperation))).toEqual([
      "put something at /etc/fstab",
      'put "br_netfilter\\n" at /etc/modules-load.d/k8s.conf',
      "might write external-etcd-files: joins with a certificate key",
      "make folder /root/.kube",
      "copy /etc/kubernetes/admin.conf at /root/.kube/config or in it as admin.conf",
      "might write /root/.kube/config: runs cp",
      "might write /root/.kube/config/admin.conf: runs cp",
    ]);
    expect(reading.kubeadmRuns).toMatchObject([{ command: "join-control-plane", certificateKey: true }]);
    expect(reading.kubeadmRuns[0]).not.toHaveProperty("undecided");
  });
});
