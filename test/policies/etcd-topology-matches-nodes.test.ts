import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import { kubernetesObjects } from "../../evidence/live-cluster/kubernetes-objects";
import { readLiveCluster } from "../../evidence/live-cluster/read-live-cluster";
import { etcdTopologyMatchesNodes as policy } from "../../policies/etcd-topology-matches-nodes";
import { runProgram } from "../cli/helpers/run-check";
import { clusterFrom, externalEtcd, settingsOfCase } from "../helpers/cluster";
import { commandStack } from "../helpers/command-stack";
import { apiServerPod, etcdPod, list, nodeObject } from "../helpers/kubectl-output";
import { recordedClusters } from "../helpers/recorded-clusters";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const HEAD = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.14\n";
const LOCAL = `${HEAD}etcd:\n  local:\n    dataDir: /var/lib/etcd\n`;
const MASTERS = ["master01", "master02", "master03"].map((name, index) => ({
  name,
  addresses: [`192.168.10.1${index + 1}`],
}));
const ETCD = ["etcd01", "etcd02", "etcd03"].map((name, index) => ({ name, addresses: [`192.168.10.2${index + 1}`] }));
const cluster = (text: string, settings: Partial<ClusterSettings> = {}) =>
  clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, etcdHosts: ETCD, ...settings });
const checked = (text: string, settings: Partial<ClusterSettings> = {}) => {
  const outcome = policy.check(cluster(text, settings), NOW);
  return outcome.kind === "fail"
    ? outcome.findings.map(({ message, level }) => `${message} ${level ?? "mandatory"}`)
    : outcome.kind;
};

describe("etcd on hosts of its own", () => {
  it.each([
    ["kubespray 12626: etcd.local", LOCAL, ["localButElsewhere mandatory"]],
    ["nothing about etcd", HEAD, ["localButElsewhere mandatory"]],
    ["an empty etcd", `${HEAD}etcd: {}\n`, ["localButElsewhere mandatory"]],
    ["external, misspelt", `${HEAD}etcd:\n  externel:\n    endpoints: []\n`, ["misspelt mandatory"]],
    ["external, misspelt beside local", `${HEAD}etcd:\n  local: {}\n  externel: {}\n`, ["localButElsewhere mandatory"]],
    ["a field that nobody meant for external", `${HEAD}etcd:\n  endpoints: []\n`, ["localButElsewhere mandatory"]],
    ["external, misspelt, of something else", `${HEAD}networking:\n  externel: {}\n`, ["localButElsewhere mandatory"]],
    ["external, without etcd above it", `${HEAD}external:\n  endpoints: []\n`, ["localButElsewhere mandatory"]],
    ["external, in capitals", `${HEAD}etcd:\n  External:\n    endpoints: []\n`, ["misspelt mandatory"]],
    ["external", externalEtcd({ caFile: "/etc/etcd/ca.crt" }), "pass"],
  ])("%s", (_title, text, findings) => {
    expect(checked(text)).toEqual(findings);
  });

  it("one member outside the control plane is enough", () => {
    expect(checked(LOCAL, { etcdHosts: [...MASTERS.slice(0, 2), ...ETCD.slice(0, 1)] })).toEqual([
      "localButElsewhere mandatory",
    ]);
  });

  it("is undecided while no control-plane node is known", () => {
    expect(checked(LOCAL, { controlPlaneNodes: [] })).toBe("undecided");
  });
});

describe("etcd on the control-plane nodes", () => {
  it.each([
    ["etcd.local, members declared by name", LOCAL, { etcdHosts: MASTERS.map(({ name }) => ({ name })) }, "pass"],
    [
      "etcd.local, members declared by address",
      LOCAL,
      { etcdHosts: MASTERS.map(({ addresses }, index) => ({ name: `e${index}`, addresses })) },
      "pass",
    ],
    ["external, as Kubespray has it", externalEtcd({ caFile: "/etc/etcd/ca.crt" }), { etcdHosts: MASTERS }, "pass"],
    [
      "etcd.local, kubeadm's files not shown by the program",
      LOCAL,
      { etcdHosts: MASTERS, files: [{ path: "/etc/etcd/ca.crt" }] },
      "pass",
    ],
    [
      "etcd.local, but Kubespray's own members",
      LOCAL,
      {
        etcdHosts: MASTERS,
        unlisted: "missing" as const,
        files: [
          { nodes: ["master01"], path: "/etc/ssl/etcd/ssl/member-master01.pem" },
          { nodes: ["master02", "master03"], path: "/etc/kubernetes/pki/etcd/healthcheck-client.crt" },
        ],
      },
      ["localButOnHost mandatory"],
    ],
    [
      "etcd.local, with a file of Kubespray's own members, where nothing shows whether kubeadm's are there",
      LOCAL,
      { etcdHosts: MASTERS, files: [{ nodes: ["master01"], path: "/etc/ssl/etcd/ssl/member-master01.pem" }] },
      ["localButOnHost advisory"],
    ],
    [
      "etcd.local, with files left from Kubespray's members",
      LOCAL,
      {
        etcdHosts: MASTERS,
        files: [
          { path: "/etc/ssl/etcd/ssl/member-master01.pem" },
          { path: "/etc/kubernetes/pki/etcd/healthcheck-client.crt" },
        ],
      },
      "pass",
    ],
    [
      "kubespray 5886: etcd.local, and all files are listed without kubeadm's",
      LOCAL,
      { etcdHosts: MASTERS, unlisted: "missing" as const },
      Array<string>(3).fill("healthcheckMissing mandatory"),
    ],
  ])("%s", (_title, text, settings, findings) => {
    expect(checked(text, settings)).toEqual(findings);
  });
});

describe("files of an etcd member", () => {
  it.each([
    ["of Kubespray", "/etc/ssl/etcd/ssl/admin-master01.pem", ["localButOnHost advisory"]],
    ["of a name that only ends alike", "/etc/ssl/etcd/ssl/old-member-master01.pem", "pass"],
    ["of a name that only begins alike", "/etc/ssl/etcd/ssl/member-master01.pem.bak", "pass"],
  ])("%s", (_title, path, findings) => {
    expect(checked(LOCAL, { etcdHosts: MASTERS, files: [{ nodes: ["master01"], path }] })).toEqual(findings);
  });
});

describe("kubeadm's own files, while the program runs kubeadm", () => {
  const after = (command: string, settings: Partial<ClusterSettings> = {}) => {
    const stack = commandStack([["192.168.10.11", command]]);
    const all = { name: "prod", controlPlaneNodes: MASTERS.slice(0, 1), unlisted: "missing", ...settings } as const;
    const outcome = policy.check(clusterFrom(LOCAL, all, stack), NOW);
    return outcome.kind === "fail" ? outcome.findings.map(({ message, node }) => `${message} ${node}`) : outcome.kind;
  };
  const removes = "rm -f /etc/kubernetes/pki/etcd/healthcheck-client.crt";

  it.each([
    ["will be made by kubeadm init", "kubeadm init", {}, "not-applicable"],
    ["will be made by kubeadm join", "kubeadm join lb:6443 --token a.b --control-plane", {}, "not-applicable"],
    [
      "are missing where it only joins a worker",
      "kubeadm join lb:6443 --token a.b",
      {},
      ["healthcheckMissing master01"],
    ],
    ["are missing where it does neither", "kubeadm version", {}, ["healthcheckMissing master01"]],
    [
      "are missing where a listing shows the nodes, and a step removes them",
      removes,
      { unlisted: "undecided", listing: "nodes.yaml" },
      ["healthcheckMissing master01"],
    ],
    ["may come back where nobody has looked", removes, { unlisted: "undecided" }, "not-applicable"],
  ] as const)("%s", (_title, command, settings, expected) => {
    expect(after(command, settings)).toEqual(expected);
  });
});

describe("what the inventory says of etcd", () => {
  const why = "etcd_deployment_type is kubeadm in group_vars/all/etcd.yml";
  const KUBEADM = { kind: "kubeadm", why } as const;
  const reason = { id: "program-not-modeled", data: { program: "./x.sh" } } as const;
  const OPEN = { kind: "undecided", reason } as const;
  const told = (text: string, inventoryEtcd: Cluster["inventoryEtcd"], settings: Partial<ClusterSettings> = {}) => {
    const subject = { ...cluster(text, { etcdHosts: [], ...settings }), inventoryEtcd };
    const outcome = policy.check(subject, NOW);
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    return {
      kind: outcome.kind,
      texts: findings.map((one) => [one.level, policy.messages[one.message]?.([one], subject).split("\n")[0]]),
      undecided: "undecided" in outcome ? outcome.undecided : [],
    };
  };
  const EXTERNAL = externalEtcd({ caFile: "/etc/etcd/ca.crt" });

  it("contradicts etcd.external where kubeadm runs etcd", () => {
    const text = `data.ClusterConfiguration:5: etcd is external, but the inventory says that kubeadm runs it: ${why}.`;
    expect(told(EXTERNAL, KUBEADM, { etcdHosts: ETCD })).toEqual({
      kind: "fail",
      texts: [["advisory", text]],
      undecided: [],
    });
  });

  it("agrees with etcd.local where kubeadm runs etcd", () => {
    expect(told(LOCAL, KUBEADM).kind).toBe("not-applicable");
  });

  it("leaves etcd.local undecided where it is not known", () => {
    expect(told(LOCAL, OPEN)).toEqual({
      kind: "undecided",
      texts: [],
      undecided: [{ reason, node: null, path: null }],
    });
  });

  it("adds nothing where the files of the nodes say it", () => {
    expect(told(LOCAL, OPEN, { unlisted: "missing", controlPlaneNodes: MASTERS.slice(0, 1) })).toMatchObject({
      kind: "fail",
      undecided: [],
    });
  });
});

describe("etcd hosts that may be control-plane nodes after all", () => {
  const because = { id: "program-not-modeled", data: { program: "./x.sh" } } as const;
  const maybe = { reason: because, source: { name: "bootstrap", kind: "command:remote:Command" } } as const;
  const left = (controlPlane: Cluster["controlPlane"], etcdHosts: Cluster["etcdHosts"]) => {
    const outcome = policy.check({ ...cluster(LOCAL), controlPlane, etcdHosts }, NOW);
    return "undecided" in outcome ? outcome.undecided.map((one) => one.reason) : outcome.kind;
  };
  const { controlPlane, etcdHosts } = cluster(LOCAL);
  const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
  const mayBe = (of: object, source: object | null) => ({
    id: "etcd-hosts-may-be-nodes",
    data: { hosts: ["etcd01", "etcd02", "etcd03"], source, because: of },
  });

  it.each<readonly [string, Cluster["controlPlane"], object]>([
    ["there may be more nodes", { kind: "known", nodes, more: [maybe] }, mayBe(because, maybe.source)],
    ["something may be a node", { kind: "unknown", might: [maybe] }, mayBe(because, maybe.source)],
    [
      "nothing is known of the nodes",
      { kind: "unknown", might: [] },
      mayBe({ id: "no-control-plane-node-known", data: { by: "program" } }, null),
    ],
    [
      "a group stands for nodes without names",
      { kind: "known", nodes: nodes.slice(0, 1).map((node) => ({ ...node, group: { size: 3 } })), more: [] },
      mayBe({ id: "group-without-names", data: { group: "group master01 (3 nodes)" } }, null),
    ],
  ])("where %s", (_title, known, expected) => {
    expect(left(known, etcdHosts)).toEqual([expected]);
  });

  it("are none where all of them are known nodes, whatever else may be one", () => {
    expect(left({ kind: "known", nodes, more: [maybe] }, nodes)).toBe("pass");
  });
});

describe("clusters without declared etcd hosts", () => {
  it.each([
    ["etcd.local", LOCAL, "not-applicable"],
    ["external", externalEtcd({}), "not-applicable"],
    ["external, misspelt", `${HEAD}etcd:\n  externel: {}\n`, ["misspelt mandatory"]],
    ["a text that cannot be read", "{{ broken", "undecided"],
  ])("%s", (_title, text, findings) => {
    expect(checked(text, { etcdHosts: [] })).toEqual(findings);
  });
});

describe("the recorded clusters", () => {
  const expected: Readonly<Record<string, string>> = {
    "local-etcd-but-hosts-are-external": "localButElsewhere",
    "local-etcd-static-pods-no-files": "healthcheckMissing",
    "neither-local-nor-external": "localButElsewhere",
    "external-misspelt": "misspelt",
  };
  it.each(recordedClusters("clusters").map((one) => [one.id, one] as const))("%s", (id, one) => {
    const text = one.configMap.data["ClusterConfiguration"] ?? "";
    const outcome = policy.check(clusterFrom(text, settingsOfCase(one)), NOW);
    expect(outcome.kind === "fail" ? outcome.findings[0]?.message : undefined).toBe(expected[id]);
  });
});

describe("the messages", () => {
  const written = (id: string, settings: Partial<ClusterSettings> = {}) => {
    const subject = cluster(LOCAL, settings);
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    return policy.messages[id]?.([first, ...rest], subject);
  };

  it("name the etcd hosts outside the control plane", () => {
    expect(written("localButElsewhere")).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:5: etcd is local, but etcd is declared on etcd01, etcd02, etcd03, outside the control plane.
      kubeadm treats etcd as its own and looks for its pods on the control-plane nodes (kubespray 12626).
      kubeadm upgrade would fail on each of them after a minute: failed to create etcd client: could not retrieve the list of etcd endpoints: context deadline exceeded
      Fix: find out what runs etcd (systemctl status etcd on those hosts, a pod etcd-NODE in kube-system). Only if it runs outside kubeadm, replace etcd.local with etcd.external, including its endpoints, caFile, certFile and keyFile."
    `);
  });

  it.each([
    ["local", LOCAL, "data.ClusterConfiguration:5: etcd is local"],
    ["nothing", HEAD, "data.ClusterConfiguration: it does not mention etcd, which makes etcd local"],
    [
      "neither",
      `${HEAD}etcd: {}\n`,
      "data.ClusterConfiguration:4: etcd has neither local nor external, which makes it local",
    ],
  ])("say what the text has of etcd: %s", (_title, text, words) => {
    const subject = cluster(text);
    const outcome = policy.check(subject, NOW);
    const texts =
      outcome.kind === "fail" ? outcome.findings.map((one) => policy.messages[one.message]?.([one], subject)) : [];
    expect(texts).toEqual([
      expect.stringContaining(`${words}, but etcd is declared on etcd01, etcd02, etcd03, outside the control plane.`),
    ]);
  });

  it("name the nodes without kubeadm's files", () => {
    expect(written("healthcheckMissing", { etcdHosts: MASTERS, unlisted: "missing" })).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:5: etcd is local, but kubeadm's own etcd files are missing on master01, master02, master03.
      kubeadm upgrade would fail there: failed to create etcd client: open /etc/kubernetes/pki/etcd/healthcheck-client.crt: no such file or directory, or a minute later because there are no etcd pods (kubespray 5886).
      Fix: find out what runs etcd (a pod etcd-NODE in kube-system, or a service). If it is kubeadm's own, restore the files with kubeadm init phase certs etcd-healthcheck-client --cert-dir /etc/kubernetes/pki; only if it is not, replace etcd.local with etcd.external."
    `);
  });
});

describe("etcd.local beside the certificate of one of Kubespray's members", () => {
  const member = { nodes: ["master01"], path: "/etc/ssl/etcd/ssl/member-master01.pem" };
  const text = (settings: Partial<ClusterSettings>) => {
    const subject = cluster(LOCAL, { etcdHosts: MASTERS, ...settings });
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    return { outcome, text: policy.messages["localButOnHost"]?.([first, ...rest], subject) };
  };

  it("advises external only if a service runs etcd, and otherwise to keep local", () => {
    expect(text({ files: [member] }).text).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:5: etcd is local, but files of an etcd that was set up without kubeadm are on master01.
        master01  has /etc/ssl/etcd/ssl/member-master01.pem
      If that etcd still runs there, kubeadm upgrade would fail after a minute: failed to create etcd client: could not retrieve the list of etcd endpoints: context deadline exceeded (kubespray 12626).
      Fix: find out what runs etcd there (systemctl status etcd, or a pod etcd-NODE in kube-system). If it is a service, replace etcd.local with etcd.external, including its endpoints, caFile, certFile and keyFile. If it is kubeadm's pod, keep etcd.local: the files are left over."
    `);
  });

  it("leaves open whether kubeadm's own certificate is there, where nobody looked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "topology-"));
    const [config, nodes] = [join(folder, "config.yaml"), join(folder, "nodes.yaml")];
    writeFileSync(config, LOCAL);
    writeFileSync(
      nodes,
      [
        "controlPlane: [{name: master01, addresses: [192.168.10.11]}]",
        "etcdHosts: [{name: master01, addresses: [192.168.10.11]}]",
        "searched: [/etc/ssl/etcd]",
        "files: {master01: [{path: /etc/ssl/etcd/ssl/member-master01.pem}]}",
      ].join("\n"),
    );
    const { code, output } = await runProgram(["check", "--kubeadm-config", config, "--nodes", nodes]);
    rmSync(folder, { recursive: true });
    expect(code).toBe(2);
    expect(output).toContain("concerns /etc/kubernetes/pki/etcd/healthcheck-client.crt on master01");
  });

  it("says what kubeadm would say where its own certificate is missing", () => {
    expect(text({ files: [member], unlisted: "missing" }).text).toContain(
      "failed to create etcd client: open /etc/kubernetes/pki/etcd/healthcheck-client.crt: no such file or directory",
    );
  });
});

describe("what the live cluster shows of etcd", () => {
  const server = (node: string, etcdServers: readonly string[]) =>
    apiServerPod(node, { caFile: "/a/ca", certFile: "/a/c", keyFile: "/a/k", etcdServers });
  const node = nodeObject("master01", "192.168.10.11", "control-plane");
  const foundIn = (text: string, pods: readonly object[], more: Partial<ClusterSettings> = {}) => {
    const live = readLiveCluster(kubernetesObjects(JSON.stringify(list([node, ...pods]))) ?? []);
    const settings = { name: "prod", controlPlaneNodes: [{ name: "master01" }], ...more };
    const outcome = policy.check(clusterFrom(text, settings, undefined, { variables: [] }, [], live), NOW);
    return outcome.kind === "fail" ? outcome.findings.map(({ message, node }) => `${message} ${node}`) : outcome.kind;
  };
  const EXTERNAL = externalEtcd({ caFile: "/etc/etcd/ca.crt" });
  it.each([
    [
      "etcd.local, and an API server that runs with hosts of its own (kubespray 12626)",
      LOCAL,
      [server("master01", ["https://192.168.10.21:2379"])],
      ["localButServed master01"],
    ],
    [
      "etcd.local, and an API server that runs with its node's etcd",
      LOCAL,
      [server("master01", ["https://127.0.0.1:2379"])],
      "not-applicable",
    ],
    [
      "etcd.local on the loopback address of IPv6",
      LOCAL,
      [server("master01", ["https://[::1]:2379"])],
      "not-applicable",
    ],
    ["etcd.local on localhost", LOCAL, [server("master01", ["https://localhost:2379"])], "not-applicable"],
    ["etcd.local by its node's name", LOCAL, [server("master01", ["https://master01:2379"])], "not-applicable"],
    [
      "etcd.local, with the other members behind its own",
      LOCAL,
      [server("master01", ["https://192.168.10.21:2379", "https://192.168.10.11:2379"])],
      "not-applicable",
    ],
    [
      "etcd.local, and an API server on a node of which no address is known",
      LOCAL,
      [server("master09", ["https://192.168.10.11:2379"])],
      ["localButServed master09"],
    ],
    ["etcd.local, and an API server that names no etcd", LOCAL, [server("master01", [])], "not-applicable"],
    ["etcd.local at the node's address", LOCAL, [server("master01", ["https://192.168.10.11:2379"])], "not-applicable"],
    [
      "etcd.local, with an etcd Pod",
      LOCAL,
      [server("master01", ["https://192.168.10.21:2379"]), etcdPod("master01")],
      "not-applicable",
    ],
    ["etcd.external, with an etcd Pod", EXTERNAL, [etcdPod("master01")], ["externalButPods master01"]],
    ["etcd.external, without one", EXTERNAL, [server("master01", ["https://192.168.10.21:2379"])], "not-applicable"],
  ])("%s", (_title, text, pods, findings) => {
    expect(foundIn(text, pods)).toEqual(findings);
  });

  it.each([
    ["needs no file that a listing does not have", [etcdPod("master01")], "not-applicable"],
    ["says nothing of another node", [etcdPod("master09")], ["healthcheckMissing master01"]],
  ])("an etcd Pod of kubeadm %s", (_title, pods, findings) => {
    expect(foundIn(LOCAL, pods, { unlisted: "missing" })).toEqual(findings);
  });

  it("names the line of etcd.external", () => {
    const live = readLiveCluster(kubernetesObjects(JSON.stringify(list([node, etcdPod("master01")]))) ?? []);
    const subject = clusterFrom(EXTERNAL, { name: "prod" }, undefined, undefined, [], live);
    const outcome = policy.check(subject, NOW);
    const texts =
      outcome.kind === "fail" ? outcome.findings.map((one) => policy.messages[one.message]?.([one], subject)) : [];
    expect(texts).toEqual([
      expect.stringMatching(
        /^data\.ClusterConfiguration:5: etcd is external, but kubeadm's own etcd Pod runs on master01\.\n/,
      ),
    ]);
  });
});
