import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../cluster/cluster-settings";
import { externalEtcdFilesOnEveryControlPlaneNode as policy } from "../../policies/external-etcd-files-on-every-control-plane-node";
import { clusterFrom, externalEtcd, settingsOfCase } from "../helpers/cluster";
import { presenceCases, UNRENDERED_CASES } from "../helpers/recorded-clusters";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const FOLDER = "/etc/ssl/etcd/ssl";
const OF_MASTER03 = {
  certFile: `${FOLDER}/node-master03.pem`,
  keyFile: `${FOLDER}/node-master03-key.pem`,
  caFile: `${FOLDER}/ca.pem`,
};
const own = (node: string): readonly FileSettings[] => [
  { nodes: [node], path: `${FOLDER}/node-${node}.pem` },
  { nodes: [node], path: `${FOLDER}/node-${node}-key.pem` },
  { nodes: [node], path: `${FOLDER}/ca.pem` },
];
const masters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `master0${index + 1}`,
    addresses: [`192.168.10.1${index + 1}`],
  }));
const shown = (text: string, files: readonly FileSettings[], count = 3, more = {}) => {
  const cluster = clusterFrom(text, { name: "prod", controlPlaneNodes: masters(count), files, ...more });
  return policy.check(cluster, NOW);
};

describe("kubeadm's own verdicts", () => {
  it("are about presence in 93 of the cases", () => {
    expect(presenceCases()).toHaveLength(93);
  });

  const rendered = presenceCases().filter(({ id }) => !UNRENDERED_CASES.includes(id));
  it.each(rendered.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", (_title, one) => {
    const outcome = policy.check(
      clusterFrom(one.configMap.data["ClusterConfiguration"] ?? "", settingsOfCase(one)),
      NOW,
    );
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    const errors = one.controlPlane.map(({ name }) => [
      name,
      findings.find((finding) => finding.node === name)?.data ?? null,
    ]);
    expect(outcome.kind).not.toBe("undecided");
    expect(errors).toEqual(
      one.controlPlane.map(({ name }) => {
        const error = one.kubeadm.nodes[name]?.error ?? null;
        return [name, error === null ? null : expect.objectContaining({ error })];
      }),
    );
  });
});

describe("a path that is a template which nobody rendered", () => {
  it.each(
    presenceCases()
      .filter(({ id }) => UNRENDERED_CASES.includes(id))
      .map((one) => [`${one.id}: ${one.title}`, one] as const),
  )("is left to kubeadm-config-rendered, the other files are checked: %s", (_title, one) => {
    const text = one.configMap.data["ClusterConfiguration"] ?? "";
    const notRendered = (field: string) => ({
      reason: { id: "template-not-rendered", data: { field: `etcd.external.${field}` } },
    });
    expect(policy.check(clusterFrom(text, settingsOfCase(one)), NOW)).toMatchObject({
      kind: "undecided",
      undecided: [notRendered("certFile"), notRendered("keyFile")],
    });
  });

  it("makes the policy not applicable where no other file is named", () => {
    const paths = {
      certFile: "'/etc/{{ host }}.pem'",
      keyFile: "'/etc/{{ host }}-key.pem'",
      caFile: "'/etc/{{ ca }}'",
    };
    expect(shown(externalEtcd(paths), [], 3, { unlisted: "missing" })).toEqual({
      kind: "not-applicable",
      why: "the files of etcd.external contain unrendered templates (kubeadm-config-rendered)",
    });
  });
});

describe("a cluster whose configuration names master03's files", () => {
  it("fails on the masters that hold only their own, for certificate and key", () => {
    const outcome = shown(externalEtcd(OF_MASTER03), [...own("master01"), ...own("master02"), ...own("master03")]);
    expect(outcome).toMatchObject({
      kind: "fail",
      findings: [
        { message: "missing", node: "master01", path: OF_MASTER03.certFile },
        { message: "missing", node: "master01", path: OF_MASTER03.keyFile },
        { message: "missing", node: "master02", path: OF_MASTER03.certFile },
        { message: "missing", node: "master02", path: OF_MASTER03.keyFile },
      ],
    });
  });

  it("passes when the other masters link that name to their own", () => {
    const links = ["master01", "master02"].flatMap((node) => [
      { nodes: [node], path: OF_MASTER03.certFile, link: `node-${node}.pem` },
      { nodes: [node], path: OF_MASTER03.keyFile, link: `node-${node}-key.pem` },
    ]);
    const outcome = shown(externalEtcd(OF_MASTER03), [
      ...own("master01"),
      ...own("master02"),
      ...own("master03"),
      ...links,
    ]);
    expect(outcome).toEqual({ kind: "pass", remarks: [] });
  });

  it("is undecided when nothing says how files reach the masters", () => {
    expect(shown(externalEtcd(OF_MASTER03), [])).toMatchObject({
      kind: "undecided",
      undecided: expect.arrayContaining([expect.objectContaining({ node: "master01", path: OF_MASTER03.certFile })]),
    });
  });

  it("is undecided when the stack only installs the company's CA", () => {
    const ca = { path: "/usr/local/share/ca-certificates/company.crt" };
    expect(shown(externalEtcd(OF_MASTER03), [ca]).kind).toBe("undecided");
  });

  it("passes on a single master that has them", () => {
    expect(
      shown(
        externalEtcd({
          ...OF_MASTER03,
          certFile: `${FOLDER}/node-master01.pem`,
          keyFile: `${FOLDER}/node-master01-key.pem`,
        }),
        own("master01"),
        1,
      ).kind,
    ).toBe("pass");
  });
});

describe("a cluster that this policy has nothing to say about", () => {
  it.each([
    [
      "etcd is local",
      "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\netcd:\n  local: {}\n",
    ],
    [
      "etcd is not mentioned",
      "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n",
    ],
    ["etcd is external without any file", externalEtcd({})],
  ])("%s", (_title, text) => {
    expect(shown(text, own("master01")).kind).toBe("not-applicable");
  });
});

describe("a text at which kubeadm stops", () => {
  const valid = externalEtcd(OF_MASTER03);
  it.each([
    ["that is not YAML: undecided", "{{ broken", "undecided"],
    ["for a wrong value elsewhere: its files are looked for", `${valid}clusterName: [a]\n`, "fail"],
    ["for an API version that another release reads", valid.replace("v1beta3", "v1beta2"), "fail"],
    ["for the version of the cluster", valid.replace("v1.29.10", "v1.29"), "fail"],
    ["for a wrong value of a file's path: undecided", valid.replace(/certFile: .*/, "certFile: 5"), "undecided"],
    ["for a volume that it cannot decode: undecided", `${valid}apiServer: {extraVolumes: 5}\n`, "undecided"],
  ])("%s", (_title, text, outcome) => {
    expect(shown(text, own("master01")).kind).toBe(outcome);
  });
});

describe("the message", () => {
  it("says what, where, why, what kubeadm would do and what to change", () => {
    const cluster = clusterFrom(externalEtcd(OF_MASTER03), {
      name: "prod",
      controlPlaneNodes: masters(3),
      files: [...own("master01"), ...own("master02"), ...own("master03")],
    });
    const outcome = policy.check(cluster, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages["missing"]?.([first, ...rest], cluster)).toMatchInlineSnapshot(`
      "etcd.external.certFile /etc/ssl/etcd/ssl/node-master03.pem is on 1 of 3 control-plane nodes; missing on master01, master02.
        master01  has /etc/ssl/etcd/ssl/node-master01.pem instead (clusters[prod].files[0], settings)
        master02  has /etc/ssl/etcd/ssl/node-master02.pem instead (clusters[prod].files[3], settings)
        master03  has it (clusters[prod].files[6], settings)
      etcd.external.keyFile /etc/ssl/etcd/ssl/node-master03-key.pem is on 1 of 3 control-plane nodes; missing on master01, master02.
        master01  has /etc/ssl/etcd/ssl/node-master01-key.pem instead (clusters[prod].files[1], settings)
        master02  has /etc/ssl/etcd/ssl/node-master02-key.pem instead (clusters[prod].files[4], settings)
        master03  has it (clusters[prod].files[7], settings)
      kubeadm would fail on master01: failed to create etcd client for external etcd: open /etc/ssl/etcd/ssl/node-master03.pem: no such file or directory
      Fix: before the upgrade, one of these:
        - With Kubespray, run the etcd role of a release from v2.26.1, v2.27.1 or v2.28.0 on: it links the other nodes' names to each node's own pair.
        - Put the missing files on each of these nodes under exactly these paths (copies or links; certificate and key must pair on each).
        - Give the files names that are the same on every control-plane node, such as certFile /etc/ssl/etcd/ssl/node.pem, keyFile /etc/ssl/etcd/ssl/node-key.pem: put them on each, and only then write them into the kubeadm-config. Kubespray's kube_etcd_cert_file, kube_etcd_key_file and kube_etcd_cacert_file change only the names in the configuration: the files must be there first."
    `);
  });

  it("tells twenty nodes with one cause in a few lines, and the fix once", () => {
    const nodes = Array.from({ length: 20 }, (_, index) => `cp-${String(index + 1).padStart(2, "0")}`);
    const paths = { ...OF_MASTER03, certFile: `${FOLDER}/node-cp-20.pem`, keyFile: `${FOLDER}/node-cp-20-key.pem` };
    const cluster = clusterFrom(externalEtcd(paths), {
      name: "prod",
      controlPlaneNodes: nodes.map((name) => ({ name })),
      files: nodes.flatMap(own),
    });
    const outcome = policy.check(cluster, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    const text = policy.messages["missing"]?.([first, ...rest], cluster) ?? "";
    expect(text.split("\n").slice(0, 4)).toEqual([
      "etcd.external.certFile /etc/ssl/etcd/ssl/node-cp-20.pem is on 1 of 20 control-plane nodes; missing on cp-01..cp-19.",
      "  cp-01..cp-19  each has /etc/ssl/etcd/ssl/node-NAME.pem instead",
      "  cp-20         has it",
      "etcd.external.keyFile /etc/ssl/etcd/ssl/node-cp-20-key.pem is on 1 of 20 control-plane nodes; missing on cp-01..cp-19.",
    ]);
    expect(text.split("\n")).toHaveLength(11);
    expect(text.match(/Fix: /g)).toHaveLength(1);
  });
});
