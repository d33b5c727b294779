import { describe, expect, it } from "vitest";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings, SettingsProblem } from "../../cluster/cluster-settings";
import type { KubeadmRun } from "../../cluster/evidence";
import type { StackParts } from "../../cluster/stack-parts";
import { controlPlaneNodesKnown as policy } from "../../policies/control-plane-nodes-known";
import { externalEtcdFilesOnEveryControlPlaneNode as onEveryNode } from "../../policies/external-etcd-files-on-every-control-plane-node";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { graph, put, source, urn } from "../helpers/evidence";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const EXTERNAL = externalEtcd({ caFile: "/etc/ssl/etcd/ssl/ca.pem" });
const LOCAL = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n";
const stack = (parts: Partial<StackParts>): StackParts => ({
  evidence: [],
  kubeadmRuns: [],
  nodes: [],
  graph: graph({}),
  plannedPems: new Map(),
  precedes: () => true,
  ...parts,
});
const checked = (text: string, settings: Partial<ClusterSettings> = {}, parts: Partial<StackParts> = {}) =>
  policy.check(clusterFrom(text, { name: "prod", ...settings }, stack(parts)), NOW);
const run = (command: KubeadmRun["command"], host: string | undefined): KubeadmRun => ({
  source: source(`run-on-${host ?? "somewhere"}`),
  machine: { by: "connection", host, resources: [] },
  command,
  config: false,
  uploadCerts: false,
  certificateKey: false,
  flags: [],
});

/** A run whose host is not known yet and comes from the machine `gateway`. */
const behind = (command: KubeadmRun["command"]): KubeadmRun => ({
  ...run(command, undefined),
  source: source(command),
  machine: { by: "connection", host: undefined, resources: [urn("gateway")] },
});

describe("control-plane nodes", () => {
  it.each([
    ["are known from the settings", EXTERNAL, { controlPlaneNodes: [{ name: "master01" }] }, {}, "pass"],
    [
      "are known from runs of kubeadm init and join",
      EXTERNAL,
      {},
      { kubeadmRuns: [run("init", "10.0.0.1"), run("join-control-plane", "10.0.0.2")] },
      "pass",
    ],
    ["are unknown with nothing that might be one", EXTERNAL, {}, {}, "fail"],
    ["are not asked for while etcd is local", LOCAL, {}, {}, "not-applicable"],
    [
      "are undecided while a run of kubeadm has no known host",
      EXTERNAL,
      {},
      { kubeadmRuns: [run("init", undefined)] },
      "undecided",
    ],
    [
      "are undecided while two runs reach their hosts, not known yet, through one machine",
      EXTERNAL,
      {},
      {
        kubeadmRuns: [behind("init"), behind("join-control-plane")],
        graph: graph({}, { gateway: {} }),
      },
      "undecided",
    ],
    [
      "are undecided while a script might join one",
      EXTERNAL,
      {},
      {
        evidence: [
          {
            source: source("bootstrap"),
            machine: { by: "connection", host: "10.0.0.1", resources: [] },
            operations: [
              {
                do: "might-write",
                scope: { kind: "anywhere" },
                reason: { id: "program-not-modeled", data: { program: "./x.sh" } },
              },
            ],
          },
        ],
      },
      "undecided",
    ],
  ] as const)("%s", (_title, text, settings, parts, expected) => {
    expect(checked(text, settings, parts).kind).toBe(expected);
  });

  it("that nobody names, but that get files of etcd, are in the setting to paste, and no etcd host is", () => {
    const at = (host: string) => ({ by: "connection", host, resources: [] }) as const;
    const cluster = clusterFrom(
      EXTERNAL,
      { name: "prod" },
      stack({
        evidence: ["10.0.0.12", "fd00::11", "10.0.0.12", "192.168.10.21"].map((host) => ({
          source: source(`ca-on-${host}`),
          machine: at(host),
          operations: [put("/etc/ssl/etcd/ssl/ca.pem")],
        })),
      }),
    );
    const outcome = policy.check(cluster, NOW);
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    expect(findings.map((one) => policy.messages[one.message]?.([one], cluster).split("\n").slice(2))).toEqual([
      [
        "Hosts that get files of etcd: 10.0.0.12, fd00::11.",
        "Fix: put each with its name and its addresses into Pulumi.STACK.yaml (or name a Kubespray inventory there):",
        "config:",
        "  kubeadm-guard:clusters:",
        "    - name: prod",
        "      controlPlaneNodes:",
        "        - name: NAME",
        "          addresses: [10.0.0.12]",
        "        - name: NAME",
        '          addresses: ["fd00::11"]',
      ],
    ]);
  });

  it("that nobody names give one mandatory finding with the setting to paste", () => {
    const outcome = checked(EXTERNAL);
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    const text =
      first === undefined ? "" : policy.messages["noNodesKnown"]?.([first], clusterFrom(EXTERNAL, { name: "prod" }));
    expect(first?.level).toBeUndefined();
    expect(text).toContain("kubeadm-guard:clusters:\n    - name: prod\n      controlPlaneNodes:");
  });
});

describe("a problem in the settings", () => {
  const problem = { cluster: "prod", where: "clusters[0].controlPlaneNodes", what: "It must be a list." };
  const withProblem = (settings: Partial<ClusterSettings>, more: Partial<SettingsProblem> = {}) =>
    clusterFrom(EXTERNAL, { name: "prod", ...settings }, stack({}), { variables: [] }, [{ ...problem, ...more }]);
  const told = (cluster: Cluster) => {
    const outcome = policy.check(cluster, NOW);
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    return findings.map((one) => [one.level ?? "mandatory", policy.messages[one.message]?.([one], cluster)]);
  };

  it("is mandatory and says that nobody knows the nodes, if it may have named them", () => {
    const cluster = withProblem({}, { leavesOut: "controlPlaneNodes" });
    expect(told(cluster)).toEqual([
      [
        "mandatory",
        "clusters[0].controlPlaneNodes: It must be a list.\nUntil this is fixed, the control-plane nodes are not known and every policy that needs them is undecided.\nFix: correct the setting, or the file that it names, as described above.",
      ],
    ]);
    expect(onEveryNode.check(cluster, NOW)).toMatchObject({
      kind: "undecided",
      undecided: [
        {
          reason: {
            id: "control-plane-nodes-unknown",
            data: { because: { id: "setting-unusable", data: { where: "clusters[0].controlPlaneNodes" } } },
          },
        },
      ],
    });
  });

  it("says that there may be more nodes, if one of them could not be used", () => {
    const cluster = withProblem({ controlPlaneNodes: [{ name: "master01" }] }, { leavesOut: "controlPlaneNodes" });
    expect(told(cluster)).toEqual([["mandatory", expect.stringContaining("there may be control-plane nodes")]]);
  });

  it("makes no file missing that a part left out may have put there", () => {
    const settings = { controlPlaneNodes: [{ name: "master01" }], unlisted: "missing" } as const;
    expect(onEveryNode.check(withProblem(settings), NOW).kind).toBe("fail");
    expect(onEveryNode.check(withProblem(settings, { leavesOut: "files" }), NOW).kind).toBe("undecided");
  });

  it("is advisory where it only concerns what the stack does not have", () => {
    const cluster = withProblem({ controlPlaneNodes: [{ name: "master01" }] }, { level: "advisory" });
    const text =
      "clusters[0].controlPlaneNodes: It must be a list.\nFix: correct the setting, or the file that it names, as described above.";
    expect(told(cluster)).toEqual([["advisory", text]]);
  });
});

describe("a host that no node has", () => {
  const copyTo = (path: string) =>
    ({
      evidence: [
        {
          source: source("copy"),
          machine: { by: "connection", host: "10.9.9.9", resources: [] },
          operations: [put(path)],
        },
      ],
    }) as const;
  const nodes = { controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"] }] };

  it("is named in an advisory finding when it gets etcd's certificates", () => {
    expect(checked(EXTERNAL, nodes, copyTo("/etc/ssl/etcd/ssl/ca.pem"))).toMatchObject({
      kind: "fail",
      findings: [{ message: "unknownHost", level: "advisory", data: { host: "10.9.9.9" } }],
    });
  });

  it("needs no explanation when the configuration names it as an endpoint of etcd", () => {
    const text = EXTERNAL.replace("192.168.10.21", "10.9.9.9");
    expect(checked(text, nodes, copyTo("/etc/ssl/etcd/ssl/ca.pem")).kind).toBe("pass");
  });

  it("needs no explanation when it joins as a worker", () => {
    const parts = { ...copyTo("/etc/ssl/etcd/ssl/ca.pem"), kubeadmRuns: [run("join-worker", "10.9.9.9")] };
    expect(checked(EXTERNAL, nodes, parts).kind).toBe("pass");
  });

  it("is nobody's business when it gets something else", () => {
    expect(checked(EXTERNAL, nodes, copyTo("/srv/app/config.yaml")).kind).toBe("pass");
  });
});
