import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inventory } from "../../../evidence/kubespray/inventory";
import { readInventory } from "../../../evidence/kubespray/read-inventory";
import { UNKNOWN } from "../../../shell/unknown";
import recorded from "../../fixtures/kubespray/recorded-inventories.json";
import { fixture, inventoryOf, names } from "./inventories";

describe("Kubespray's own inventories parse", () => {
  it.each([
    { file: "v2.15.1/inventory/local/hosts.ini", controlPlane: ["node1"], etcd: ["node1"], nodes: ["node1"] },
    { file: "v2.22.2/inventory/local/hosts.ini", controlPlane: ["node1"], etcd: ["node1"], nodes: ["node1"] },
    { file: "v2.26.1/inventory/local/hosts.ini", controlPlane: ["node1"], etcd: ["node1"], nodes: ["node1"] },
    { file: "v2.31.0/inventory/local/hosts.ini", controlPlane: ["node1"], etcd: ["node1"], nodes: ["node1"] },
    {
      file: "v2.31.0/docs/inventory.ini",
      controlPlane: ["node1", "node2"],
      etcd: ["node1", "node2", "node3"],
      nodes: ["node2", "node3", "node4", "node5", "node6"],
    },
    {
      file: "v2.26.1/contrib/hosts.yaml",
      controlPlane: ["node1", "node2"],
      etcd: ["node1", "node2", "node3"],
      nodes: ["node1", "node2", "node3", "node4"],
    },
  ])("$file has $controlPlane as control plane", ({ file, controlPlane, etcd, nodes }) => {
    const inventory = inventoryOf(fixture(file), file);
    expect(names(inventory.controlPlane)).toEqual(controlPlane);
    expect(names(inventory.etcd)).toEqual(etcd);
    expect(names(inventory.nodes)).toEqual(nodes);
  });

  it.each(["v2.15.1", "v2.22.2", "v2.26.1", "v2.31.0"])("the sample of %s names no hosts, and that is said", (tag) => {
    const inventory = inventoryOf(fixture(`${tag}/inventory/sample/inventory.ini`));
    expect(inventory.hosts).toEqual([]);
    expect(inventory.warnings).toEqual(["it names no hosts (those of Kubespray's sample are comments)"]);
  });

  it("a group without a section, which Ansible refuses, is left out with a warning", () => {
    expect(inventoryOf(fixture("v2.15.1/inventory/local/hosts.ini")).warnings).toEqual([
      "[k8s-cluster:children] names the group calico-rr, which has no section of its own (line 15); Ansible refuses that",
    ]);
  });

  it("a part of an inventory that maps groups of its own names the groups it lacks", () => {
    const inventory = inventoryOf(fixture("v2.31.0/docs/integration.ini"));
    expect(inventory.warnings).toContain("it names no hosts (those of Kubespray's sample are comments)");
    expect(inventory.warnings[0]).toContain("kubenode");
  });
});

describe("what ansible-core 2.19.14 made of generated inventories", () => {
  it.each(recorded.inventories.filter((one) => !one.refused))(
    "$file is read alike",
    ({ file, text, hosts, groups }) => {
      const inventory = inventoryOf(text, file);
      expect(inventory.hosts.map((host) => [host.name, Object.fromEntries(host.variables)])).toEqual(hosts);
      const read = Object.keys(groups ?? {}).map((name) => {
        const { hosts: members, variables, depth } = inventory.groups.get(name) ?? {};
        return [name, { hosts: members, variables: Object.fromEntries(variables ?? []), depth }];
      });
      expect(Object.fromEntries(read)).toEqual(groups ?? {});
    },
  );

  it.each(recorded.inventories.filter((one) => one.refused))("$file is refused alike", ({ file, text }) => {
    expect(readInventory(text, file).kind).toBe("unreadable");
  });
});

describe("the hosts of Kubespray's groups", () => {
  it.each([
    {
      title: "old names with hyphens",
      text: "[kube-master]\nm1\nm2\n[etcd]\ne1\n[kube-node]\nw1\n[k8s-cluster:children]\nkube-master\nkube-node\n",
      controlPlane: ["m1", "m2"],
      etcd: ["e1"],
      nodes: ["w1"],
    },
    {
      title: "old and new names in one file",
      text: "[kube_control_plane]\nm2\n[kube-master]\nm1\nm2\n[etcd]\nm1\n",
      controlPlane: ["m2", "m1"],
      etcd: ["m1"],
      nodes: [],
    },
    {
      title: "etcd on the control plane by children, as in today's sample",
      text: "[kube_control_plane]\nm3\nm1\n[etcd:children]\nkube_control_plane\n",
      controlPlane: ["m3", "m1"],
      etcd: ["m3", "m1"],
      nodes: [],
    },
    {
      title: "groups of one's own below Kubespray's: their sections' order counts",
      text: "[kube_control_plane:children]\nrack-a\nrack-b\n[rack-b]\nm2\n[rack-a]\nm1\n[etcd:children]\nrack-b\n",
      controlPlane: ["m2", "m1"],
      etcd: ["m2"],
      nodes: [],
    },
    {
      title: "ranges",
      text: "[kube_control_plane]\ncp[01:03]\n[etcd]\netcd-[a:c].example.org\n",
      controlPlane: ["cp01", "cp02", "cp03"],
      etcd: ["etcd-a.example.org", "etcd-b.example.org", "etcd-c.example.org"],
      nodes: [],
    },
  ])("$title", ({ text, controlPlane, etcd, nodes }) => {
    const inventory = inventoryOf(text);
    expect([names(inventory.controlPlane), names(inventory.etcd), names(inventory.nodes)]).toEqual([
      controlPlane,
      etcd,
      nodes,
    ]);
    expect(inventory.warnings).toEqual([]);
  });

  it.each([
    { title: "no control plane", text: "[etcd]\ne1\n", warning: "kube_control_plane" },
    { title: "no etcd", text: "[kube_control_plane]\nm1\n", warning: "the group etcd" },
    { title: "a host named like a group", text: "[kube_control_plane]\netcd\n[etcd]\ne1\n", warning: "same name" },
    { title: "a YAML group that is not a mapping", text: "all: {hosts: {m1: }}\nextra: 5\n", warning: "group extra" },
  ])("$title is warned of", ({ text, warning }) => {
    const { warnings } = inventoryOf(text, text.startsWith("[") ? "hosts.ini" : "hosts.yml");
    expect(warnings.some((one) => one.includes(warning))).toBe(true);
  });
});

describe("addresses", () => {
  it.each([
    {
      title: "SSH's address comes first",
      line: "ip=10.0.0.1 access_ip=10.1.0.1 ansible_host=1.1.1.1",
      addresses: ["1.1.1.1", "10.0.0.1", "10.1.0.1"],
    },
    { title: "no address twice", line: "ansible_host=10.0.0.1 ip=10.0.0.1", addresses: ["10.0.0.1"] },
    { title: "IPv6", line: "ip6=fd00::1 access_ip6=fd01::1", addresses: ["fd00::1", "fd01::1"] },
    { title: "a template is not an address", line: 'ip=10.0.0.1 access_ip="{{ ip }}"', addresses: ["10.0.0.1"] },
    { title: "the old name of ansible_host", line: "ansible_ssh_host=1.1.1.1", addresses: ["1.1.1.1"] },
    { title: "a comment within the line", line: "ip=10.0.0.1#old", addresses: ["10.0.0.1"] },
  ])("$title", ({ line, addresses }) => {
    expect(inventoryOf(`[etcd]\nm1 ${line}\n`).hosts[0]?.addresses).toEqual(addresses);
  });

  it("a bare name reuses what an earlier line gave", () => {
    const inventory = inventoryOf("m1 ansible_host=1.1.1.1\n[kube_control_plane]\nm1 ip=10.0.0.1\n[etcd]\nm1\n");
    expect(inventory.etcd[0]?.addresses).toEqual(["1.1.1.1", "10.0.0.1"]);
  });

  it("a value under Ansible Vault is unknown", () => {
    const text =
      "all:\n  hosts:\n    m1:\n      ansible_host: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        3130\n";
    const [host] = inventoryOf(text, "hosts.yml").hosts;
    expect(host?.variables.get("ansible_host")).toBe(UNKNOWN);
    expect(host?.addresses).toEqual([]);
  });
});

describe("what cannot be read says why, with the line", () => {
  it.each([
    { title: "a script", name: "hosts", text: "#!/usr/bin/env python3\nprint()\n", says: "script" },
    { title: "a plugin's configuration", name: "aws_ec2.yml", text: "plugin: aws_ec2\n", says: "plugin" },
    { title: "a file under Ansible Vault", name: "hosts.ini", text: "$ANSIBLE_VAULT;1.1;AES256\n31\n", says: "Vault" },
    { title: "TOML", name: "hosts.toml", text: "[all]\n", says: "TOML" },
    { title: "YAML that is none", name: "hosts.yml", text: "all:\n  hosts: [\n", says: "not YAML", line: 3 },
    { title: "hosts as a list", name: "hosts.yaml", text: "all:\n  hosts:\n    - m1\n", says: "must be a mapping" },
    { title: "two documents", name: "hosts.yml", text: "a: {}\n---\nb: {}\n", says: "more than one" },
    { title: "a host whose name is a number", name: "hosts.yml", text: "all: {hosts: {1: }}\n", says: "quotes" },
    { title: "a word that is not a variable", name: "h.ini", text: "[etcd]\nm1 hunter2\n", says: "key=value", line: 2 },
    { title: "a quote that is not closed", name: "h.ini", text: "m1 a='b\n", says: "quote", line: 1 },
    { title: "YAML under the name of INI", name: "h.ini", text: "---\nall:\n", says: "looks like YAML", line: 1 },
    { title: "a host name with a colon at its end", name: "h.ini", text: "all:\n", says: "colon", line: 1 },
    { title: "a group in itself", name: "h.ini", text: "[a:children]\na\n", says: "itself", line: 2 },
    { title: "groups in a ring", name: "h.ini", text: "[a:children]\nb\n[b:children]\na\n", says: "below it", line: 4 },
    { title: "a section of no kind", name: "h.ini", text: "[etcd:host]\n", says: "none of hosts", line: 1 },
    { title: "a range of a billion", name: "h.ini", text: "[etcd]\nm[1:1000000000]\n", says: "more hosts", line: 2 },
    {
      title: "ranges that multiply",
      name: "h.ini",
      text: `[etcd]\n${"[0:9]".repeat(12)}x\n`,
      says: "more hosts",
      line: 2,
    },
    { title: "a range in YAML", name: "h.yml", text: "all: {hosts: {'m[1:9999999]': }}\n", says: "more hosts" },
  ])("$title", ({ name, text, says, line }) => {
    const reading = readInventory(text, name);
    expect(reading).toMatchObject({ kind: "unreadable", problem: line === undefined ? {} : { line } });
    expect(reading.kind === "unreadable" && reading.problem.message).toContain(says);
    expect(JSON.stringify(reading)).not.toContain("hunter2");
  });

  it("aliases that multiply end in a clear problem, not in a full memory", () => {
    const levels = Array.from({ length: 30 }, (_, n) => `g${n}: &g${n} {children: {x: *g${n - 1}, y: *g${n - 1}}}`);
    const text = ["g: &g-1 {hosts: {m1: }}", ...levels].join("\n");
    expect(readInventory(text, "hosts.yml")).toMatchObject({ kind: "unreadable" });
  });

  it("a document within itself ends in a clear problem", () => {
    expect(readInventory("all: &a\n  children:\n    b: *a\n", "hosts.yml")).toMatchObject({ kind: "unreadable" });
  });
});

describe("what always holds", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .array(
        fc.constantFrom(
          ..."[]:=#'\"\\ \n\t{}&*-,|01az",
          "[etcd]\n",
          "[a:children]\n",
          "[a:vars]\n",
          "m[1:3]",
          "hosts:",
        ),
      )
      .map((parts) => parts.join("")),
  );
  const name = fc.constantFrom("hosts", "hosts.ini", "hosts.yml", "hosts.json", "inventory/x.cfg", "");

  it("no text makes it throw", () => {
    fc.assert(
      fc.property(text, name, (content, file) => {
        expect(["read", "unreadable"]).toContain(readInventory(content, file).kind);
      }),
      { numRuns: 500 },
    );
  });

  const hostName = fc.stringMatching(/^h[a-z0-9]{0,4}$/);
  const group = fc.record({ hosts: fc.uniqueArray(hostName, { maxLength: 4 }), later: fc.boolean() });
  const groups = fc.dictionary(fc.constantFrom("kube_control_plane", "etcd", "kube_node", "rack_a", "rack_b"), group);

  it("printing groups as INI or as YAML and reading them back gives the same groups", () => {
    fc.assert(
      fc.property(groups, (made) => {
        const entries = Object.entries(made);
        const ini = entries.map(([name, { hosts }]) => `[${name}]\n${hosts.join("\n")}\n`).join("");
        const yaml = entries
          .map(([name, { hosts }]) => `${name}:\n  hosts: {${hosts.map((h) => `${h}: `).join(", ")}}\n`)
          .join("");
        const hosts = entries.map(([name, group]) => [name, group.hosts]);
        const read = (inventory: Inventory) => entries.map(([name]) => [name, inventory.groups.get(name)?.hosts]);
        expect(read(inventoryOf(ini))).toEqual(hosts);
        expect(read(inventoryOf(yaml === "" ? ini : yaml, "hosts"))).toEqual(hosts);
      }),
    );
  });

  it("moving other groups about changes nothing for Kubespray's", () => {
    const others = [
      "[bastion]\nb1\n",
      "[monitoring:children]\netcd\n",
      "[monitoring:vars]\nport=1\n",
      "[racks]\nm2\nm1\n",
    ];
    const ours = "[kube_control_plane]\nm1\nm2\n[etcd]\ne1\n[kube_node]\nw1\n";
    fc.assert(
      fc.property(fc.shuffledSubarray(others, { minLength: others.length }), fc.nat(others.length), (order, at) => {
        const inventory = inventoryOf([...order.slice(0, at), ours, ...order.slice(at)].join(""));
        expect([names(inventory.controlPlane), names(inventory.etcd), names(inventory.nodes)]).toEqual([
          ["m1", "m2"],
          ["e1"],
          ["w1"],
        ]);
      }),
    );
  });

  it("ten thousand hosts in nested groups are read in a moment", () => {
    const chain = Array.from({ length: 100 }, (_, n) => `[g${n}:children]\ng${n + 1}\n`).join("");
    const inventory = inventoryOf(`[kube_control_plane]\nm[1:10000]\n${chain}[g100]\nm[1:10000]\n`);
    expect(inventory.controlPlane).toHaveLength(10000);
  });
});
