import { describe, expect, it } from "vitest";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings, SettingsProblem } from "../../cluster/cluster-settings";
import type { KubeadmRun } from "../../cluster/evidence";
import { POLICY_ANALYZE } from "../../cluster/policy-analyze";
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
        evidence: ["fd00::11", "10.0.0.12", "10.0.0.12", "192.168.10.21"].map((host) => ({
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

describe("problems in the settings", () => {
  const NODES = { controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"] }] };
  const problem = { cluster: "prod", where: "clusters[0].files", what: "It must be a list." };
  const remark = { ...problem, where: "clusters[0].region", what: "It is not known.", level: "remark" } as const;
  const clusterOf = (
    problems: readonly SettingsProblem[],
    text = EXTERNAL,
    settings: Partial<ClusterSettings> = NODES,
    parts: Partial<StackParts> = {},
  ) => clusterFrom(text, { name: "prod", ...settings }, stack(parts), { variables: [] }, problems);
  const outcomeFor = (...[problems, text, settings, parts]: Parameters<typeof clusterOf>) =>
    policy.check(clusterOf(problems, text, settings, parts), NOW);
  /** What is said of all problems together, the findings first. */
  const said = (cluster: Cluster, undecided: readonly string[] = []) => {
    const outcome = policy.check(cluster, { ...NOW, undecided });
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    const [first, ...rest] = [...findings, ...(outcome.kind === "not-applicable" ? [] : outcome.remarks)];
    return first === undefined ? [] : (policy.messages[first.message]?.([first, ...rest], cluster).split("\n") ?? []);
  };
  const UNLESS_FOUND =
    "Until this is fixed, a file that nothing else puts on a node is undecided there instead of missing.";
  const FIX = "Fix: correct the setting, or the file that it names, as described above.";

  it.each<readonly [string, Partial<SettingsProblem>, readonly string[]]>([
    ["files", { leavesOut: "files" }, [UNLESS_FOUND, FIX]],
    ["a listing", { leavesOut: "listing" }, [UNLESS_FOUND, FIX]],
    ["Kubespray's inventory", { leavesOut: "kubespray" }, [UNLESS_FOUND, FIX]],
    ["what is about no file", { leavesOut: "minRemainingDays" }, [FIX]],
    ["nothing", {}, [FIX]],
    ["nothing that counts", { leavesOut: "files", level: "advisory" }, [FIX]],
    ["what is only remarked on", { leavesOut: "files", level: "remark" }, []],
  ])("tell what they cost: %s", (_title, more, lines) => {
    expect(said(clusterOf([{ ...problem, ...more }]))).toEqual(["clusters[0].files: It must be a list.", ...lines]);
  });

  it.each([
    [["a"], "1 policy is undecided."],
    [["a", "b"], "2 policies are undecided."],
  ])("tell how many policies lack the nodes: %j", (undecided, words) => {
    expect(said(clusterOf([{ ...problem, leavesOut: "controlPlaneNodes" }], LOCAL, {}), undecided)[1]).toBe(
      `Until this is fixed, the control-plane nodes are not known and ${words}`,
    );
  });

  it("of an option of the command line are corrected in its file", () => {
    expect(said(clusterOf([{ ...problem, where: "--nodes nodes.yaml" }]))).toEqual([
      "--nodes nodes.yaml: It must be a list.",
      "Fix: correct the file that this option names, as described above.",
    ]);
  });

  it("are told together, with their cost and the fix once", () => {
    const two = [problem, { ...problem, where: "clusters[0].files[1]" }].map((one) => ({ ...one, leavesOut: "files" }));
    expect(said(clusterOf([...two, remark]))).toEqual([
      "clusters[0].files: It must be a list.",
      "clusters[0].files[1]: It must be a list.",
      "clusters[0].region: It is not known.",
      UNLESS_FOUND,
      FIX,
    ]);
  });

  it("are cut where there are more than twenty", () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ ...problem, where: `clusters[0].files[${index}]` }));
    expect(said(clusterOf(many.slice(0, 20)))).toHaveLength(21);
    expect(said(clusterOf(many)).slice(19)).toEqual(["clusters[0].files[19]: It must be a list.", "and 3 more", FIX]);
  });

  it.each([
    ["kubeadm-guard:clusters[10].controlPlaneNodes[1].name", "kubeadm-guard:clusters[10].controlPlaneNodes"],
    ["clusters[prod].files", "clusters[prod].files"],
    ["clusters[0]", "clusters[0]"],
    ["--nodes", "--nodes"],
  ])("are grouped by the key of their cluster: %s", (where, group) => {
    expect(outcomeFor([{ ...problem, where }])).toMatchObject({
      findings: [{ group, in: { kind: "setting", place: where } }],
    });
  });

  it("in a file stand there", () => {
    const place = { kind: "setting", place: "elsewhere" } as const;
    expect(outcomeFor([{ ...problem, in: place }])).toMatchObject({ findings: [{ in: place }] });
  });

  it.each<readonly [string, readonly SettingsProblem[], string, string, number]>([
    ["that are remarks do not fail", [remark], EXTERNAL, "pass", 1],
    ["fail beside remarks", [problem, remark], EXTERNAL, "fail", 1],
    ["fail where etcd is local", [problem, remark], LOCAL, "fail", 1],
    ["that are remarks are told where etcd is local", [remark], LOCAL, "pass", 1],
    ["fail where the text cannot be read", [problem, remark], "{{ broken", "fail", 1],
    ["that are remarks are told where the text cannot be read", [remark], "{{ broken", "pass", 1],
    ["that are none leave a text undecided that cannot be read", [], "{{ broken", "undecided", 0],
  ])("%s", (_title, problems, text, kind, remarks) => {
    const outcome = outcomeFor(problems, text);
    expect([outcome.kind, "remarks" in outcome ? outcome.remarks.length : 0]).toEqual([kind, remarks]);
  });

  it.each<readonly [string, string, readonly KubeadmRun[], string]>([
    ["count where etcd is external", EXTERNAL, [run("init", "10.0.0.1")], "undecided"],
    ["do not count where etcd is local", LOCAL, [run("init", "10.0.0.1")], "pass"],
    ["do not count where etcd is local and no node is known", LOCAL, [], "pass"],
  ])("nodes that are not known %s", (_title, text, known, kind) => {
    const kubeadmRuns = [...known, run("join-control-plane", undefined)];
    expect(outcomeFor([remark], text, {}, { kubeadmRuns }).kind).toBe(kind);
  });

  it("fail where the configuration is not known before the update", () => {
    const cluster = {
      ...clusterOf([problem]),
      configuration: { kind: "unknown-until-update", waitsFor: [] },
    } as const;
    expect(policy.check(cluster, NOW).kind).toBe("fail");
  });
});

describe("hosts that get files of etcd", () => {
  const copies = (hosts: readonly string[]) =>
    stack({
      evidence: hosts.map((host) => ({
        source: source(`ca-on-${host}`),
        machine: { by: "connection", host, resources: [] },
        operations: [put("/etc/ssl/etcd/ssl/ca.pem")],
      })),
    });
  const said = (cluster: Cluster) => {
    const outcome = policy.check(cluster, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    return first === undefined ? [] : (policy.messages[first.message]?.([first, ...rest], cluster).split("\n") ?? []);
  };

  it.each([
    [["10.9.9.9"], "A host that gets etcd certificates is not a known machine: 10.9.9.9."],
    [["10.9.9.8", "10.9.9.9"], "Hosts that get etcd certificates are not known machines: 10.9.9.8, 10.9.9.9."],
  ])("are named beside nodes that are known: %j", (hosts, line) => {
    const nodes = { controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"] }] };
    expect(said(clusterFrom(EXTERNAL, { name: "prod", ...nodes }, copies(hosts)))[0]).toBe(line);
  });

  it("are none of those on which something that is not shown may do anything: a jump host, a load balancer", () => {
    const nodes = { controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"] }] };
    const reason = { id: "program-not-modeled", data: { program: "setup.sh" } } as const;
    const evidence = [
      {
        source: source("setup"),
        machine: { by: "connection", host: "10.9.9.9", resources: [] },
        operations: [{ do: "might-write", scope: { kind: "anywhere" }, reason }],
      },
    ] as const;
    expect(said(clusterFrom(EXTERNAL, { name: "prod", ...nodes }, stack({ evidence })))).toEqual([]);
  });

  it("are in the setting to paste up to twenty, where no node is known", () => {
    const hosts = Array.from({ length: 21 }, (_, index) => `10.9.9.${index + 10}`);
    const lines = said(clusterFrom(EXTERNAL, { name: "prod" }, copies(hosts)));
    expect(lines[2]).toContain("10.9.9.29 and 1 more");
    expect(lines.filter((line) => line === "        - name: NAME")).toHaveLength(20);
  });

  it("are in a policy configuration to paste, where the run sees no stack configuration", () => {
    const seen = { cluster: undefined, where: POLICY_ANALYZE, what: "It passes none.", level: "remark" } as const;
    const cluster = clusterFrom(EXTERNAL, { name: "prod" }, copies(["10.9.9.9"]), { variables: [] }, [seen]);
    expect(said(cluster).slice(2)).toEqual([
      "Hosts that get files of etcd: 10.9.9.9.",
      "pulumi policy analyze does not pass the stack configuration to policy packs, so nodes in Pulumi.STACK.yaml are not seen.",
      "Fix: put each with its name and its addresses (or the Kubespray inventory) into the file that --policy-pack-config names:",
      '{"control-plane-nodes-known":{"clusters":[{"name":"prod","controlPlaneNodes":[{"name":"NAME","addresses":["10.9.9.9"]}]}]}}',
    ]);
  });
});
