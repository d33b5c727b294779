import { describe, expect, it } from "vitest";
import type { Cluster, MatchedKubeadmRun } from "../../cluster/cluster";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import type { UpgradePathStep } from "../../cluster/upgrade-path";
import { kubeadmConfigUpgradeable as policy } from "../../policies/kubeadm-config-upgradeable";
import { mixedFlags } from "../../policies/support/mixed-flags";
import { clusterFrom } from "../helpers/cluster";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const MASTERS = ["master01", "master02"].map((name, index) => ({ name, addresses: [`192.168.10.1${index + 1}`] }));
const ETCD = ["etcd01", "etcd02", "etcd03"].map((name, index) => ({ name, addresses: [`192.168.10.2${index + 1}`] }));
const FILE = "/etc/etcd/client.crt";
const config = (kubernetesVersion: string, apiVersion = "v1beta3") =>
  `apiVersion: kubeadm.k8s.io/${apiVersion}\nkind: ClusterConfiguration\nkubernetesVersion: ${kubernetesVersion}\netcd:\n  external:\n    endpoints: ["https://192.168.10.21:2379"]\n    certFile: ${FILE}\n`;
const cluster = (
  text: string,
  settings: Partial<ClusterSettings> = {},
  runs: readonly MatchedKubeadmRun[] = [],
): Cluster => ({
  ...clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, etcdHosts: ETCD, ...settings }),
  kubeadmRuns: runs,
});
const to = (kubernetes: string) => ({ upgradeTo: { kubernetes } });
const UPGRADE: MatchedKubeadmRun = {
  source: { name: "upgrade-master01", kind: "command:remote:Command" },
  machine: { by: "name", name: "master01" },
  nodes: ["master01"],
  command: "upgrade",
  config: true,
  uploadCerts: false,
  certificateKey: false,
  flags: [],
};
const found = (subject: Cluster) => {
  const outcome = policy.check(subject, NOW);
  if (outcome.kind === "fail")
    return outcome.findings.map(({ message, level }) => `${message} ${level ?? "mandatory"}`);
  return outcome.kind === "pass" ? outcome.remarks.map(({ message }) => `${message} remark`) : outcome.kind;
};

describe("versions", () => {
  it.each([
    ["the next minor version", config("v1.29.10"), "v1.30.14", []],
    ["the next minor version, both without v", config("1.29.10"), "1.30.14", []],
    ["a later patch", config("v1.30.1"), "v1.30.14", []],
    ["the same version", config("v1.30.14"), "v1.30.14", []],
    ["a minor version alone", config("v1.30.14"), "1.31", []],
    ["two minor versions later", config("v1.29.10"), "v1.31.4", ["tooFar mandatory"]],
    ["three minor versions earlier", config("v1.33.6"), "v1.30.14", ["tooOld mandatory"]],
    ["one minor version earlier", config("v1.31.4"), "v1.30.14", ["older advisory"]],
    ["an earlier patch", config("v1.30.14"), "v1.30.4", ["older advisory"]],
    ["a cluster whose version is a label", config("stable-1.30"), "v1.31.4", ["notComparable advisory"]],
    ["v1beta3 at its last release", config("v1.35.4"), "v1.36.0", []],
    ["v1beta3 after its last release", config("v1.36.0"), "v1.37.2", ["apiVersionGone mandatory"]],
    ["v1beta2 after its last release", config("v1.29.10", "v1beta2"), "v1.30.14", ["apiVersionGone mandatory"]],
    ["v1beta4 before its first release", config("v1.26.15", "v1beta4"), "v1.27.16", ["apiVersionGone mandatory"]],
    [
      "an API version that nobody knows, which is another policy's matter",
      config("v1.29.10", "v7"),
      "v1.30.14",
      "undecided",
    ],
    ["a release that is newer than the tables", config("v1.37.2", "v1beta4"), "v1.38.0", ["newerThanTables remark"]],
  ])("%s", (_title, text, target, findings) => {
    expect(found(cluster(text, to(target)))).toEqual(findings);
  });

  it.each([
    ["two minor versions later", ["v1.31.4"], ["tooFar mandatory"]],
    ["one after the other", ["v1.31.4", "v1.30.14"], []],
    ["an upgrade that is done", ["v1.25.1"], []],
  ])("of the program's own runs, where the settings name none: %s", (_title, versions, findings) => {
    const runs = versions.map((version) => ({ ...UPGRADE, config: false, version }));
    expect(found(cluster(config("v1.29.10"), {}, runs))).toEqual(findings);
  });
});

describe("Kubespray", () => {
  const kubespray = (release: string, settings: Partial<ClusterSettings> = {}) =>
    found(cluster(config("v1.29.10"), { upgradeTo: { kubespray: release }, ...settings }));
  const own = [{ nodes: ["master01"], path: FILE }];
  it.each([
    [
      "v2.26.0, a node without the files",
      "v2.26.0",
      { files: own, unlisted: "missing" as const },
      ["brokenKubespray mandatory"],
    ],
    [
      "v2.27.0 without its v, a node without the files",
      "2.27.0",
      { files: own, unlisted: "missing" as const },
      ["brokenKubespray mandatory"],
    ],
    ["v2.26.0, nothing known of the files", "v2.26.0", {}, ["brokenKubespray advisory"]],
    ["v2.26.0, every node has the files", "v2.26.0", { files: [{ path: FILE }] }, []],
    ["v2.26.0, etcd on the control-plane nodes", "v2.26.0", { etcdHosts: MASTERS }, []],
    ["v2.26.1", "v2.26.1", {}, []],
    ["a release that is newer than the tables", "v2.40.0", {}, ["newerThanTables remark"]],
  ])("%s", (_title, release, settings, findings) => {
    expect(kubespray(release, settings)).toEqual(findings);
  });
});

describe("an upgrade path", () => {
  const step = {
    kubernetes: "1.30",
    kubespray: "v2.26.0",
    certFile: FILE,
    stop: { node: "master02", error: `open ${FILE}: no such file or directory` },
    unknown: [],
    certFileAfter: FILE,
    migrate: null,
    etcd: "3.5.12",
    avoid: [],
  } as const satisfies UpgradePathStep;
  const along = (
    steps: readonly UpgradePathStep[],
    endsEarly: string | null = null,
    settings: Partial<ClusterSettings> = {},
  ): Cluster => ({
    ...cluster(config("v1.29.10"), settings),
    upgradePath: { by: "kubespray", steps, endsEarly },
  });

  it.each<readonly [string, Cluster, string | readonly string[]]>([
    ["that stops at a node", along([step]), ["pathStops mandatory"]],
    ["that stops nowhere", along([{ ...step, stop: null }]), []],
    ["that stops, nobody knows where", along([{ ...step, stop: { node: null, error: "stop" } }]), []],
    ["that people walk with kubeadm", along([{ ...step, kubespray: null }]), []],
    ["that ends before its target", along([], "no release of Kubespray has 1.32"), ["pathEndsEarly advisory"]],
    [
      "that stops and ends before its target",
      along([step], "no release of Kubespray has 1.32"),
      ["pathStops mandatory", "pathEndsEarly advisory"],
    ],
  ])("%s", (_title, subject, expected) => {
    expect(found(subject)).toEqual(expected);
  });

  it("whose first release is reported already is not reported twice", () => {
    const settings = {
      upgradeTo: { kubespray: "2.26.0" },
      unlisted: "missing",
      files: [{ path: "/other.pem" }],
    } as const;
    const before = found(cluster(config("v1.29.10"), settings));
    expect(before).not.toEqual([]);
    expect(found(along([step], null, settings))).toEqual(before);
    expect(found(along([{ ...step, kubespray: "v2.26.9" }], null, settings))).toEqual([
      ...before,
      "pathStops mandatory",
    ]);
  });

  it("is told with the step, the node and kubeadm's words", () => {
    const subject = along([step], "no release of Kubespray has 1.32");
    const outcome = policy.check(subject, NOW);
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    expect(findings.map((one) => policy.messages[one.message]?.([one], subject))).toEqual([
      [
        "The upgrade path stops at Kubespray v2.26.0 (Kubernetes 1.30) on master02.",
        `kubeadm would fail there: open ${FILE}: no such file or directory`,
        `By then the kubeadm-config names ${FILE}, and no earlier step puts this file on master02 (kubespray 11500).`,
        "Fix: take a release that links these names on every node instead (v2.26.1, v2.27.1, v2.28.0 or newer), or give the files one name that every control-plane node has.",
      ].join("\n"),
      [
        "The upgrade path ends before its target: no release of Kubespray has 1.32.",
        "What comes after it was not checked.",
        "Fix: name releases that follow one another, one minor release of Kubernetes at a time.",
      ].join("\n"),
    ]);
    expect(findings.map(({ node, path }) => [node, path])).toEqual([
      ["master02", FILE],
      [null, null],
    ]);
  });
});

describe("kubeadm upgrade --config with other flags", () => {
  it.each([
    ["since 1.30", config("v1.30.14"), { ...UPGRADE, flags: ["--force", "-y"] }, ["mixed mandatory"]],
    ["up to 1.29", config("v1.28.15"), { ...UPGRADE, version: "v1.29.15", flags: ["--force"] }, []],
    [
      "that are allowed",
      config("v1.30.14"),
      { ...UPGRADE, flags: ["-y", "--v", "--ignore-preflight-errors", "--skip-phases"] },
      [],
    ],
    [
      "in a run that is only possible",
      config("v1.30.14"),
      { ...UPGRADE, flags: ["--force"], undecided: { id: "conditional-step", data: { on: "machine" } } as const },
      ["mixed advisory"],
    ],
    ["without --config", config("v1.30.14"), { ...UPGRADE, config: false, flags: ["--force"] }, []],
  ])("%s", (_title, text, run, findings) => {
    expect(found(cluster(text, {}, [run]))).toEqual(findings);
  });

  it.each([
    [["--etcd-upgrade", "--certificate-renewal"], 30, ["certificate-renewal", "etcd-upgrade"]],
    [["-fy", "-v5"], 31, ["force"]],
    [["--feature-gates"], 31, []],
    [["--feature-gates"], 32, ["feature-gates"]],
    [["--output"], 30, ["output"]],
    [["--force"], 29, []],
    [["--"], 30, []],
    [["-"], 30, []],
    [["apply", "v1.30.14-f"], 30, []],
    [["-fh"], 30, ["force"]],
    [["-fo"], 30, ["force", "output"]],
  ])("%j in 1.%i: kubeadm names %j", (flags, minor, names) => {
    expect(mixedFlags(flags, minor)).toEqual(names);
  });
});

describe("the version of an external etcd", () => {
  const etcd = (version: unknown) =>
    found(
      cluster(config("v1.30.14"), {
        ...to("v1.31.14"),
        kubespray: { inventory: "x", variables: { etcd_version: version } },
      }),
    );
  it.each([
    ["too old for the target", "v3.5.12", ["etcdTooOld advisory"]],
    ["just new enough", "3.5.24", []],
    ["no version", true, []],
  ])("%s", (_title, version, findings) => {
    expect(etcd(version)).toEqual(findings);
  });
});

describe("clusters without an upgrade", () => {
  it.each([
    ["none declared", cluster(config("v1.30.14")), "not-applicable"],
    ["none declared, but newer than the tables", cluster(config("v1.40.0", "v1beta4")), ["newerThanTables remark"]],
    ["a text that is not YAML", cluster("{{ broken", to("v1.31.4")), "undecided"],
  ])("%s", (_title, subject, findings) => {
    expect(found(subject)).toEqual(findings);
  });

  it("a text that is not known before the update: undecided", () => {
    const waiting = {
      ...cluster(config("v1.30.14")),
      configuration: { kind: "unknown-until-update", waitsFor: [] } as const,
    };
    expect(policy.check(waiting, NOW).kind).toBe("undecided");
  });
});

describe("the messages", () => {
  const written = (subject: Cluster) => {
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] =
      outcome.kind === "fail" ? outcome.findings : outcome.kind === "pass" ? outcome.remarks : [];
    if (first === undefined) throw new Error("it must say something");
    return policy.messages[first.message]?.([first, ...rest], subject);
  };

  it("an upgrade over two minor versions", () => {
    expect(written(cluster(config("v1.29.10"), to("v1.31.4")))).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:3: the cluster is at v1.29.10, so an upgrade to v1.31.4 skips a minor version.
      kubeadm can upgrade only 1 minor version at a time.
      kubeadm v1.31.4 would fail: this version of kubeadm only supports deploying clusters with the control plane version >= 1.30.0. Current version: v1.29.10
      Fix: upgrade to the next minor version first."
    `);
  });

  it("an API version that is gone", () => {
    expect(written(cluster(config("v1.36.0"), to("v1.37.2")))).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:1: kubeadm v1.37.2 cannot read kubeadm.k8s.io/v1beta3.
      kubeadm would fail on every node: failed to decode cluster configuration data: no kind "ClusterConfiguration" is registered for version "kubeadm.k8s.io/v1beta3" in scheme "pkg/runtime/scheme.go:111"
      Fix: run kubeadm config migrate of v1.36 on the text, and put the result into the ConfigMap before the upgrade."
    `);
  });

  it("a release that is newer than the tables, in one line", () => {
    expect(
      written(cluster(config("v1.37.2", "v1beta4"), { upgradeTo: { kubernetes: "v1.38.0", kubespray: "v2.40.0" } })),
    ).toMatchInlineSnapshot(
      `"Kubernetes v1.38.0 and Kubespray v2.40.0: newer than the releases that this pack knows (kubeadm 1.37, Kubespray v2.31.0, last updated on 2026-11-24); checked against the newest known release."`,
    );
  });
});
