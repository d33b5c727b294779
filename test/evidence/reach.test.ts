import { describe, expect, it } from "vitest";
import type { Node } from "../../cluster/node";
import { nodeIdentity } from "../../cluster/node-identity";
import { readStack } from "../../evidence/read-stack";
import type { ValueRecord } from "../../evidence/value";
import { stackResource } from "../helpers/stack-resource";

const REMOTE = "command:remote:Command";
const LOCAL = "command:local:Command";

function node(name: string, address: string): Node {
  return { name, otherNames: [], addresses: [address], declaredBy: { name: "prod", kind: "settings" } };
}

const NODES = [node("master01", "10.0.0.1"), node("master02", "10.0.0.2"), node("master03", "10.0.0.3")];

/** The nodes at which something might be written that is not followed. */
function reached(type: string, inputs: ValueRecord): readonly string[] {
  const stack = readStack([stackResource(type, "setup", { connection: { host: "10.0.0.1" }, ...inputs })]);
  const match = nodeIdentity(NODES, [], [], stack.graph);
  const names = stack.evidence
    .filter(({ operations }) => operations.some((one) => one.do === "might-write"))
    .flatMap(({ machine }) => {
      const found = match(machine);
      return found.kind === "nodes" || found.kind === "maybe" ? found.nodes.map(({ name }) => name) : [];
    });
  return [...new Set(names)].sort();
}

const ALL = ["master01", "master02", "master03"];

describe("what a remote command may reach that is not followed", () => {
  it.each<[string, ValueRecord, readonly string[]]>([
    ["a script of one's own: its machine", { create: "./bootstrap.sh" }, ["master01"]],
    ["a node's address among its words", { create: "./copy.sh 10.0.0.3" }, ["master01", "master03"]],
    ["a node's name", { create: "./copy.sh root@master02:/etc" }, ["master01", "master02"]],
    [
      "an address in its environment",
      { create: "./copy.sh", environment: { PEER: "10.0.0.2:22" } },
      ["master01", "master02"],
    ],
    ["an inventory as its input", { create: "python3 -", stdin: "[etcd]\nmaster03\n" }, ["master01", "master03"]],
    ["an address of nobody", { create: "./copy.sh 10.0.0.9" }, ["master01"]],
    ["the endpoint that kubeadm joins", { create: "./x.sh\nkubeadm join 10.0.0.2:6443 --token t" }, ["master01"]],
    ["ansible-playbook", { create: "ansible-playbook site.yml" }, ALL],
    ["ansible-runner", { create: "ansible-runner run /srv/project" }, ALL],
    ["fab", { create: "fab deploy" }, ALL],
    ["pdcp", { create: "pdcp -w m[1-3] ca.pem /etc" }, ALL],
    ["clush, run with sudo", { create: "sudo clush -a ./certificates.sh" }, ALL],
    ["clush with a program that is followed", { create: "sudo clush -a hostname" }, []],
    ["salt", { create: "salt '*' state.apply" }, ALL],
    ["a program that is followed", { create: "echo 10.0.0.2 > /etc/x" }, []],
  ])("%s", (_, inputs, expected) => {
    expect(reached(REMOTE, inputs)).toEqual(expected);
  });
});

describe("what a local command may reach", () => {
  it.each<[string, ValueRecord, readonly string[]]>([
    ["terraform output", { create: "terraform output -json" }, []],
    ["terraform apply", { create: "terraform apply -auto-approve" }, ALL],
    ["pulumi stack output", { create: "pulumi stack output kubeconfig" }, []],
    ["pulumi up", { create: "pulumi up --yes" }, ALL],
    ["pip install", { create: "pip install -r requirements.txt" }, []],
    ["ansible-galaxy install", { create: "ansible-galaxy install -r requirements.yml" }, []],
    ["ansible-inventory", { create: "ansible-inventory -i hosts --list" }, []],
    ["python3 inventory.py", { create: "python3 inventory.py > hosts.ini" }, []],
    ["python3 with a node among its words", { create: "python3 copy.py --to 10.0.0.2" }, ["master02"]],
    ["python3.11", { create: "python3.11 copy.py --to 10.0.0.2" }, ["master02"]],
    ["node20", { create: "node20 copy.js" }, []],
    ["uv", { create: "uv run copy.py" }, []],
    ["go with a version that is none", { create: "go1234567 run copy.go" }, ALL],
    ["node with a node in its environment", { create: "node copy.js", environment: { TO: "master03" } }, ["master03"]],
    ["ansible-playbook", { create: "ansible-playbook -i hosts site.yml" }, ALL],
    ["a script of one's own", { create: "./deploy.sh" }, ALL],
    ["make", { create: "make deploy" }, ALL],
  ])("%s", (_, inputs, expected) => {
    expect(reached(LOCAL, inputs)).toEqual(expected);
  });
});
