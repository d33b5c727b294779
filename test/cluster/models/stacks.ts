import type { ClusterSettings, SettingsProblem } from "../../../cluster/cluster-settings";
import type { StackResource } from "../../../evidence/stack-resource";
import type { ValueRecord } from "../../../evidence/value";
import { urn } from "../../helpers/evidence";
import { stackResource } from "../../helpers/stack-resource";

/** A stack, and what the settings say of its clusters. */
export interface Model {
  readonly clusters: readonly ClusterSettings[];
  readonly resources: readonly StackResource[];
  /** Those of a stack whose export the settings of the first cluster name. */
  readonly otherResources?: readonly StackResource[];
  readonly problems?: readonly SettingsProblem[];
}

const VM = "openstack:compute/instance:Instance";
const COMMAND = "command:remote:Command";
const COPY = "command:remote:CopyFile";

const vm = (name: string, inputs: ValueRecord = {}, type = VM) => stackResource(type, name, { name, ...inputs });
const withAddress = (name: string, address: string) => vm(name, { accessIpV4: address });
const run = (name: string, host: string | undefined, create: string, ...from: readonly string[]) =>
  stackResource(
    COMMAND,
    name,
    { connection: host === undefined ? {} : { host }, create },
    {
      dependencies: from.map((one) => urn(one, VM)),
      propertyDependencies: { connection: from.map((one) => urn(one, VM)) },
    },
  );
const copy = (name: string, host: string, remotePath = "/etc/etcd/ca.pem", connection: ValueRecord = {}) =>
  stackResource(COPY, name, { connection: { host, ...connection }, localPath: "file", remotePath });
const declared = (...names: readonly string[]): ClusterSettings => ({
  name: "prod",
  controlPlaneNodes: names.map((name, index) => ({ name, addresses: [`10.0.0.${index + 1}`] })),
});
const NOTHING: ClusterSettings = { name: "prod" };
const INIT = "kubeadm init --config kubeadm-config.yaml";
const JOIN = "kubeadm join lb:6443 --token a.b --control-plane";

export const MODELS: Readonly<Record<string, Model>> = {
  nothing: { clusters: [NOTHING], resources: [] },
  "declared nodes, of which nothing is known": { clusters: [declared("m1", "m2")], resources: [] },
  "copies by address, by name and to an unknown host": {
    clusters: [declared("m1", "m2")],
    resources: [
      copy("copy-1", "10.0.0.1"),
      copy("copy-2", "M2"),
      copy("copy-3", "10.0.0.9"),
      copy("copy-4", "10.0.0.8", "/opt/app/x"),
    ],
  },
  "a copy to an unknown host, before a node was reached": {
    clusters: [declared("m1")],
    resources: [copy("copy-1", "10.0.0.9")],
  },
  "commands on unknown hosts": {
    clusters: [declared("m1")],
    resources: [
      run("mode", "10.0.0.7", "chmod 0600 /etc/etcd/ca.pem"),
      run("folder", "10.0.0.8", "mkdir -p /etc/etcd"),
      run("removal", "10.0.0.9", "rm -rf /etc/etcd/old"),
      run("program", "10.0.1.1", "/opt/x.sh"),
      run("worker", "10.0.1.2", "kubeadm join lb:6443 --token a.b; cp /tmp/ca.pem /etc/etcd/ca.pem"),
      run("nothing", "10.0.1.3", "uptime"),
    ],
  },
  "other hosts, and etcd's": {
    clusters: [
      { ...declared("m1"), etcdHosts: [{ name: "e1", addresses: ["10.0.0.21"] }], otherHosts: [{ name: "w1" }] },
    ],
    resources: [copy("copy-1", "10.0.0.21"), copy("copy-2", "w1"), copy("copy-3", "m1")],
  },
  "an etcd host that is a node as well": {
    clusters: [{ ...declared("m1"), etcdHosts: [{ name: "m1", addresses: ["10.0.0.1"] }] }],
    resources: [copy("copy-1", "10.0.0.1")],
  },
  "nodes with machines of the stack": {
    clusters: [declared("m1", "m2", "m3")],
    resources: [
      withAddress("m1", "192.168.0.1"),
      withAddress("other", "10.0.0.2"),
      vm("m3"),
      vm("m3-copy", { name: "m3" }),
    ],
  },
  "a declared machine": {
    clusters: [{ name: "prod", controlPlaneNodes: [{ name: "m1", resource: "vm1" }] }],
    resources: [withAddress("vm1", "192.168.0.1"), run("init", undefined, "touch /etc/etcd/ca.pem", "vm1")],
  },
  "hosts that come from machines of the stack": {
    clusters: [declared("m1", "m2")],
    resources: [
      vm("m1"),
      vm("m2"),
      vm("w1"),
      run("one", undefined, "touch /etc/etcd/ca.pem", "m1"),
      run("two", undefined, "touch /etc/etcd/ca.pem", "w1"),
      run("three", undefined, "touch /etc/etcd/ca.pem"),
    ],
  },
  "a host that comes from one of two machines": {
    clusters: [declared("m1", "m2", "m3")],
    resources: [vm("m1"), vm("m2"), vm("m3"), run("one", undefined, "touch /etc/etcd/ca.pem", "m1", "m2")],
  },
  "a host that comes from a node's machine or another": {
    clusters: [declared("m1", "m2")],
    resources: [vm("m1"), vm("w1"), run("one", undefined, "touch /etc/etcd/ca.pem", "m1", "w1")],
  },
  "nodes behind a bastion": {
    clusters: [declared("m1", "m2")],
    resources: [
      vm("m1"),
      vm("m2"),
      vm("jump"),
      run("one", undefined, "touch /etc/etcd/ca.pem", "m1", "jump"),
      run("two", undefined, "touch /etc/etcd/ca.pem", "m2", "jump"),
    ],
  },
  "nodes by port": {
    clusters: [
      {
        name: "prod",
        controlPlaneNodes: [
          { name: "m1", addresses: ["gw:2201"] },
          { name: "m2", addresses: ["gw:2202"] },
        ],
      },
    ],
    resources: [
      copy("copy-1", "gw", "/etc/etcd/ca.pem", { port: 2201 }),
      copy("copy-2", "gw", "/etc/etcd/ca.pem", { port: 2202 }),
      copy("copy-3", "gw", "/etc/etcd/ca.pem", { port: 2203 }),
    ],
  },
  "one node by two ports, of which one brings no certificate": {
    clusters: [{ name: "prod", controlPlaneNodes: [{ name: "m1", addresses: ["gw"] }] }],
    resources: [
      copy("copy-1", "gw", "/etc/etcd/ca.pem", { port: 2201 }),
      copy("copy-2", "gw", "/etc/motd", { port: 22 }),
    ],
  },
  "a node and a machine of the same address": {
    clusters: [declared("m1", "m2")],
    resources: [withAddress("m1", "192.168.0.9"), copy("copy-1", "192.168.0.9")],
  },
  "a short name that two nodes have": {
    clusters: [declared("m1.lan", "m1.example.com")],
    resources: [copy("copy-1", "m1"), copy("copy-2", "m1.lan")],
  },
  "an address that two nodes have": {
    clusters: [
      {
        name: "prod",
        controlPlaneNodes: [
          { name: "m1", addresses: ["10.0.0.1"] },
          { name: "m2", addresses: ["10.0.0.1"] },
        ],
      },
    ],
    resources: [copy("copy-1", "10.0.0.1")],
  },
  "machines of one address, behind a gateway by port": {
    clusters: [{ name: "prod", controlPlaneNodes: [{ name: "m1", addresses: ["[2001:db8::1]:2201"] }] }],
    resources: [
      copy("copy-1", "2001:db8::1", "/etc/etcd/ca.pem", { port: 2201 }),
      copy("copy-2", "2001:db8::1", "/etc/etcd/ca.pem"),
    ],
  },
  "nodes by their runs of kubeadm": {
    clusters: [NOTHING],
    resources: [
      run("init", "10.0.0.1", INIT),
      run("join", "10.0.0.2", JOIN),
      run("worker", "10.0.0.3", "kubeadm join lb:6443 --token a.b"),
      copy("copy-1", "10.0.0.1"),
    ],
  },
  "nodes by their runs, with machines of the stack": {
    clusters: [NOTHING],
    resources: [
      withAddress("m1", "10.0.0.1"),
      vm("m2"),
      run("init", "10.0.0.1", INIT),
      run("join", undefined, JOIN, "m2"),
      run("again", "10.0.0.1", INIT),
    ],
  },
  "a node by its run, under the name that it is given": {
    clusters: [NOTHING],
    resources: [run("init", "10.0.0.1", `${INIT} --node-name m1`)],
  },
  "runs of which nobody knows where or whether": {
    clusters: [NOTHING],
    resources: [run("init", undefined, INIT), run("join", "10.0.0.2", `if [ "$X" = 1 ]; then ${JOIN}; fi`)],
  },
  "two runs behind one machine": {
    clusters: [NOTHING],
    resources: [vm("gateway"), run("init", undefined, INIT, "gateway"), run("join", undefined, JOIN, "gateway")],
  },
  "a run on a declared node": {
    clusters: [declared("m1")],
    resources: [run("init", "10.0.0.1", INIT), run("join", "10.0.0.2", JOIN)],
  },
  "programs that may run kubeadm": {
    clusters: [NOTHING],
    resources: [
      run("program", "10.0.0.1", "/opt/provision.sh"),
      run("somewhere", undefined, "touch /x"),
      run("both", "10.0.0.2", `/opt/provision.sh; ${JOIN}`),
      copy("copy-1", "10.0.0.3"),
    ],
  },
  "two clusters, each with its nodes": {
    clusters: [declared("m1"), { name: "test", controlPlaneNodes: [{ name: "t1", addresses: ["10.1.0.1"] }] }],
    resources: [copy("copy-1", "10.0.0.1"), copy("copy-2", "10.1.0.1"), copy("copy-3", "10.1.0.9")],
  },
  "two clusters without nodes, and runs of kubeadm": {
    clusters: [NOTHING, { name: "test" }],
    resources: [run("init", "10.0.0.1", INIT)],
  },
  "two clusters, of which one has no nodes": {
    clusters: [NOTHING, { name: "test", controlPlaneNodes: [{ name: "t1", addresses: ["10.1.0.1"] }] }],
    resources: [run("init", "10.0.0.1", INIT), run("join", "10.1.0.1", JOIN)],
  },
  "two clusters without nodes, and another stack": {
    clusters: [NOTHING, { name: "test" }],
    resources: [run("init", "10.0.0.1", INIT)],
    otherResources: [run("other-init", "10.2.0.1", INIT)],
  },
  "a cluster whose nodes another stack makes": {
    clusters: [NOTHING],
    resources: [copy("copy-1", "10.2.0.1")],
    otherResources: [run("other-init", "10.2.0.1", INIT), copy("other-copy", "10.2.0.1", "/etc/etcd/client.pem")],
  },
  "settings that could not be used": {
    clusters: [declared("m1")],
    resources: [copy("copy-1", "10.0.0.1")],
    problems: [
      { cluster: "prod", where: "clusters[0].files[1]", what: "It has no path.", leavesOut: "files" },
      {
        cluster: "prod",
        where: "clusters[0].controlPlaneNodes[1]",
        what: "It has no name.",
        leavesOut: "controlPlaneNodes",
      },
      { cluster: "prod", where: "clusters[0].listing", what: "It is not there.", leavesOut: "listing" },
    ],
  },
  "settings that name no node, and a listing that could not be used": {
    clusters: [NOTHING],
    resources: [],
    problems: [{ cluster: "prod", where: "clusters[0].listing", what: "It is not there.", leavesOut: "listing" }],
  },
  "files that the settings say, and nothing else": {
    clusters: [{ ...declared("m1", "m2"), unlisted: "missing", files: [{ nodes: ["m1"], path: "/etc/etcd/ca.pem" }] }],
    resources: [],
  },
  "certificates that reach one node alone": {
    clusters: [declared("m1", "m2")],
    resources: [copy("copy-1", "10.0.0.1", "/etc/etcd/client.pem")],
  },
  "what is not a certificate of etcd": {
    clusters: [declared("m1", "m2")],
    resources: [copy("copy-1", "10.0.0.1", "/etc/motd"), run("link", "10.0.0.2", "ln -s /opt/x /opt/y")],
  },
  "a certificate under another name": {
    clusters: [declared("m1", "m2")],
    resources: [run("text", "10.0.0.1", "echo '-----BEGIN CERTIFICATE-----' > /etc/motd")],
  },
  "a certificate that is copied on the node": {
    clusters: [declared("m1", "m2")],
    resources: [run("copy", "10.0.0.1", "uptime; cp /root/x /etc/etcd/client.pem")],
  },
  "a certificate that is moved on the node": {
    clusters: [declared("m1", "m2")],
    resources: [run("move", "10.0.0.1", "mv /root/x /etc/etcd/client.pem")],
  },
  "a certificate that may be there": {
    clusters: [declared("m1", "m2")],
    resources: [run("perhaps", "10.0.0.1", 'if [ "$X" = 1 ]; then cp /root/x /etc/etcd/client.pem; fi')],
  },
  "a trust store": {
    clusters: [declared("m1", "m2")],
    resources: [copy("copy-1", "10.0.0.1", "/usr/local/share/ca-certificates/company.crt")],
  },
  "hosts of which some of what they do concerns etcd": {
    clusters: [declared("m1")],
    resources: [
      run("one", "10.0.0.7", "touch /x; chmod 0600 /etc/etcd/ca.pem; touch /y"),
      run("below", "10.0.0.8", "tar xf /tmp/x.tgz -C /etc/etcd/sub"),
      run("above", "10.0.0.9", "tar xf /tmp/x.tgz -C /etc"),
      run(
        "perhaps-worker",
        "10.0.1.1",
        'if [ "$X" = 1 ]; then kubeadm join lb:6443 --token a.b; fi; touch /etc/etcd/ca.pem',
      ),
    ],
  },
  "an etcd host that is a node as well, by its machine": {
    clusters: [{ ...declared("m1", "m2"), etcdHosts: [{ name: "m1" }] }],
    resources: [vm("m1"), run("one", undefined, "touch /etc/etcd/ca.pem", "m1")],
  },
  "hosts by port that are not known before the update": {
    clusters: [declared("m1", "m2")],
    resources: ["one", "two"].map((name, index) =>
      stackResource(
        COPY,
        name,
        { connection: { port: 2201 + index }, localPath: "file", remotePath: "/etc/etcd/ca.pem" },
        { propertyDependencies: { connection: [urn("gateway", VM)] } },
      ),
    ),
  },
  "one host by port, written in two ways": {
    clusters: [
      {
        name: "prod",
        controlPlaneNodes: [
          { name: "m1", addresses: ["gw:2201"] },
          { name: "m2", addresses: ["gw"] },
        ],
      },
    ],
    resources: [
      copy("copy-1", "gw", "/etc/etcd/ca.pem", { port: 2201 }),
      copy("copy-2", "GW", "/etc/etcd/ca.pem", { port: 2202 }),
    ],
  },
  "runs of kubeadm by port": {
    clusters: [NOTHING],
    resources: [
      stackResource(COMMAND, "init", { connection: { host: "gw", port: 2201 }, create: INIT }),
      stackResource(COMMAND, "join", { connection: { host: "gw", port: 2202 }, create: JOIN }),
    ],
  },
  "several clusters, and a component for none of them": {
    clusters: [declared("m1"), { name: "test", controlPlaneNodes: [{ name: "t1" }] }],
    resources: [stackResource("kubeadm-guard:index:ControlPlaneNode", "cp", { name: "x1", addresses: ["10.9.0.1"] })],
  },
  "a link at the path of the CA": {
    clusters: [declared("m1", "m2")],
    resources: [run("link", "10.0.0.2", "ln -s /opt/x /etc/etcd/ca.pem")],
  },
};
