import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { enoughControlPlaneNodes } from "../../examples/team-pack/enough-control-plane-nodes";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import type { KubeadmGuardOptions } from "../../pack/kubeadm-guard-options";
import { REMEDIATION } from "../../pack/remediation";
import { Runs } from "../../pack/runs";
import { FakeStack, type FakeStackOptions, type FakeViolation } from "../../pack/testing";
import { policies as ours } from "../../policies/index";
import { externalEtcd } from "../helpers/cluster";

const PRESENCE = "external-etcd-files-on-every-control-plane-node";
const OWN = "enough-control-plane-nodes";
const CA = "/etc/etcd/ca.pem";
const MASTERS = [
  { name: "master01", addresses: ["10.0.0.1"] },
  { name: "master02", addresses: ["10.0.0.2"] },
];
const LAST_MOMENT = new Date("2027-03-31T23:59:59.999Z");
const MIDNIGHT = new Date("2027-04-01T00:00:00.000Z");

const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-runs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stack with a kubeadm-config that names a CA, which is copied to these hosts. */
function stackThatCopiesTo(hosts: readonly string[], options: FakeStackOptions): FakeStack {
  const stack = new FakeStack(options);
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd({ caFile: CA }) },
  });
  for (const host of hosts)
    stack.add("command:remote:Command", `ca-${host}`, { connection: { host }, create: `echo CA > ${CA}` });
  return stack;
}

const levels = (violations: readonly FakeViolation[], policy: string) =>
  violations.filter((one) => one.policy === policy).map(({ level }) => level);

describe("an acceptance holds until the end of its last day, and no longer", () => {
  const finding = { policy: PRESENCE, reason: "rebuilt", until: "2027-03-31" } as const;
  const undecided = { undecided: "no-file-evidence", reason: "by hand", until: "2027-03-31" } as const;
  const strict = { clusters: [{ name: "*", undecided: "mandatory" }] } as const;
  const inStack = (accept: unknown) => ({ "kubeadm-guard:accept": [accept] });

  it.each<[string, string, readonly string[], KubeadmGuardOptions, FakeStackOptions["config"]]>([
    ["a finding, in the pack", PRESENCE, ["10.0.0.1"], { accept: [finding] }, {}],
    ["a finding, in the stack", PRESENCE, ["10.0.0.1"], {}, inStack(finding)],
    ["a finding of one node", PRESENCE, ["10.0.0.1"], {}, inStack({ ...finding, node: "master02", path: CA })],
    ["what is undecided, in the pack", PRESENCE, [], { ...strict, accept: [undecided] }, {}],
    ["what is undecided, in the stack", PRESENCE, [], strict, inStack(undecided)],
    [
      "a finding of the team's own policy",
      OWN,
      ["10.0.0.1", "10.0.0.2"],
      { policies: [enoughControlPlaneNodes], levels: { [OWN]: "mandatory" }, accept: [{ ...finding, policy: OWN }] },
      {},
    ],
  ])("%s", async (_, policy, hosts, options, config) => {
    const file = join(folder, "report.json");
    const at = async (now: Date) => {
      const settings = { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: MASTERS }], ...config };
      const stack = stackThatCopiesTo(hosts, { config: settings, now });
      const violations = await stack.preview(kubeadmGuard({ ...options, reports: [file] }));
      const { checkedAt, clusters } = JSON.parse(readFileSync(file, "utf8"));
      const [{ outcomes }] = clusters;
      const stale = outcomes.find(({ policy: id }: { readonly policy: string }) => id === "acceptances-current");
      return {
        levels: levels(violations, policy),
        accepted: violations.some(({ message }) => message.includes("ccepted until 2027-03-31")),
        stale: [levels(violations, "acceptances-current").length, stale.outcome],
        checkedAt,
      };
    };
    expect(await at(LAST_MOMENT)).toEqual({
      levels: ["advisory"],
      accepted: true,
      stale: [0, "pass"],
      checkedAt: LAST_MOMENT.toISOString(),
    });
    expect(await at(MIDNIGHT)).toEqual({
      levels: ["mandatory"],
      accepted: false,
      stale: [1, "fail"],
      checkedAt: MIDNIGHT.toISOString(),
    });
  });
});

describe("one run has one time", () => {
  afterEach(() => vi.useRealTimers());

  it("for all clusters and for the report, where midnight comes between them", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: LAST_MOMENT });
    const seen: string[] = [];
    const midnightComes: KubeadmGuardOptions["policies"] = [
      {
        ...enoughControlPlaneNodes,
        check: (_cluster, { now }) => {
          seen.push(now.toISOString());
          vi.setSystemTime(MIDNIGHT);
          return { kind: "pass", remarks: [] };
        },
      },
    ];
    const file = join(folder, "midnight.json");
    const stack = new FakeStack();
    for (const name of ["a", "b"])
      stack.add("kubernetes:core/v1:ConfigMap", name, {
        metadata: { name: "kubeadm-config", namespace: "kube-system" },
        data: { ClusterConfiguration: externalEtcd({ caFile: CA }).replace(/^etcd:/m, `clusterName: ${name}\netcd:`) },
      });
    await stack.preview(kubeadmGuard({ policies: midnightComes, reports: [file] }));
    const before = LAST_MOMENT.toISOString();
    expect([...seen, JSON.parse(readFileSync(file, "utf8")).checkedAt]).toEqual([before, before, before]);
  });

  it("which is the present unless the stack names one", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: MIDNIGHT });
    const file = join(folder, "present.json");
    for (const now of [LAST_MOMENT, undefined])
      await stackThatCopiesTo([], now === undefined ? {} : { now }).preview(kubeadmGuard({ reports: [file] }));
    expect(JSON.parse(readFileSync(file, "utf8")).checkedAt).toBe(MIDNIGHT.toISOString());
  });
});

describe("a run knows nothing of the one before it in the same process", () => {
  const STRICT = [{ name: "prod", controlPlaneNodes: MASTERS, undecided: "mandatory" }];
  const runsAt = (clock: () => Date) => new Runs({ options: {}, policies: ours, pulumiPolicies: [] }, clock);

  /** A machine as the engine shows it to a pack, with these properties. */
  function machine(props: PolicyResource["props"]): PolicyResource {
    return {
      type: "openstack:compute/instance:Instance",
      name: "master01",
      urn: "urn:pulumi:dev::project::openstack:compute/instance:Instance::master01",
      props,
      opts: {
        protect: false,
        ignoreChanges: [],
        aliases: [],
        customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
        additionalSecretOutputs: [],
      },
      dependencies: [],
      propertyDependencies: {},
      isType: () => false,
      asType: () => undefined,
    };
  }

  const shown = (given: unknown): StackValidationArgs => ({
    resources: [],
    stackTags: new Map(),
    getConfig: () => Object(given),
    notApplicable: (reason) => {
      throw new Error(reason);
    },
  });

  it("no inputs of its resources", async () => {
    const runs = runsAt(() => MIDNIGHT);
    await runs.current.recorder.record(machine({ userData: "of the first run" }));
    const inputs = async () =>
      (await runs.current.recorder.join([machine({ name: "as shown" })])).map((one) => one.inputs);
    expect(await inputs()).toEqual([{ userData: "of the first run" }]);
    await runs.finish(() => {});
    expect(await inputs()).toEqual([{ name: "as shown" }]);
  });

  it("no level of its settings", async () => {
    const runs = runsAt(() => MIDNIGHT);
    const [settingsPolicy] = ours;
    expect(settingsPolicy?.id).toBe("control-plane-nodes-known");
    if (settingsPolicy !== undefined) await runs.current.check(settingsPolicy, shown({ clusters: STRICT }), () => {});
    expect([runs.current.undecidedLevel(), runs.haveSeenTheStack]).toEqual(["mandatory", true]);
    await runs.finish(() => {});
    expect([runs.current.undecidedLevel(), runs.haveSeenTheStack]).toEqual(["advisory", false]);
  });

  it("and has a time of its own", () => {
    const times = [LAST_MOMENT, MIDNIGHT];
    const taken: Date[] = [];
    const runs = runsAt(() => {
      const time = times.shift() ?? MIDNIGHT;
      taken.push(time);
      return time;
    });
    const [first, again] = [runs.current, runs.current];
    expect(again).toBe(first);
    void runs.finish(() => {});
    expect(runs.current).not.toBe(first);
    expect(taken).toEqual([LAST_MOMENT, MIDNIGHT]);
  });

  it("no names for a remediation", async () => {
    const pack = kubeadmGuard({ levels: { [REMEDIATION]: "mandatory" } });
    const names = { certFile: "/etc/etcd/node.pem", keyFile: "/etc/etcd/node-key.pem", caFile: "/etc/etcd/other.pem" };
    const said = async (clusters: unknown) => {
      const violations = await stackThatCopiesTo([], { config: { "kubeadm-guard:clusters": clusters } }).preview(pack);
      return violations.filter(({ policy }) => policy === REMEDIATION).map(({ message }) => message);
    };
    const differs = expect.stringContaining("differ from the names of the settings");
    expect(await said([{ name: "prod", renameEtcdFiles: names }])).toEqual([differs]);
    expect(await said([{ name: "prod" }])).toEqual([expect.stringContaining("do not say which names to write")]);
  });

  it("nothing that a pack of its own would not say", async () => {
    const pack = kubeadmGuard();
    const second = stackThatCopiesTo([], {});
    await stackThatCopiesTo(["10.0.0.1"], { config: { "kubeadm-guard:clusters": STRICT } }).preview(pack);
    const alone = await second.preview(kubeadmGuard());
    expect(await second.preview(pack)).toEqual(alone);
    expect(alone).not.toEqual([]);
  });
});
