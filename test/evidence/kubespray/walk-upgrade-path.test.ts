import { describe, expect, it } from "vitest";
import { walkUpgradePath } from "../../../evidence/kubespray/walk-upgrade-path";
import { inventoryOf, inventoryText } from "./inventories";

const DIR = "/etc/ssl/etcd/ssl";
const named = (node: string) => ({
  certFile: `${DIR}/node-${node}.pem`,
  keyFile: `${DIR}/node-${node}-key.pem`,
  caFile: `${DIR}/ca.pem`,
});
const SEPARATE = { inventory: inventoryOf(inventoryText(["m1", "m2", "m3"], ["e1"])), files: [] };
const STACKED = { inventory: inventoryOf(inventoryText(["m1", "m2", "m3"], ["m1", "m2", "m3"])), files: [] };
const AT_29 = { minor: 29, lastMinor: undefined, apiVersion: "v1beta3", files: named("m3") };
const STOPS = `failed to create etcd client for external etcd: open ${DIR}/node-m3.pem: no such file or directory`;

/** Each step as release, Kubernetes, and the node at which it stops. */
function upgradePath(question: Partial<Parameters<typeof walkUpgradePath>[0]>) {
  const { steps, endsEarly } = walkUpgradePath({
    input: SEPARATE,
    from: "v2.25.0",
    to: "v2.28.0",
    ...AT_29,
    ...question,
  });
  return { steps: steps.map((step) => [step.kubespray, step.kubernetes, step.stop?.node ?? null]), endsEarly };
}

describe("the upgrade path by Kubespray", () => {
  it("kubespray 11500: v2.24 leaves the last node's name, and v2.26.0 stops on the first node with kubeadm's words", () => {
    const { steps } = walkUpgradePath({
      input: SEPARATE,
      from: "v2.24.3",
      to: "v2.26.0",
      minor: 28,
      lastMinor: undefined,
      apiVersion: "v1beta3",
      files: named("m1"),
    });
    expect(steps).toMatchObject([
      {
        kubespray: "v2.25.1",
        kubernetes: "1.29",
        certFile: named("m1").certFile,
        stop: null,
        certFileAfter: named("m3").certFile,
      },
      { kubespray: "v2.26.0", kubernetes: "1.30", certFile: named("m3").certFile, stop: { node: "m1", error: STOPS } },
    ]);
  });

  it("goes through the patch releases that make the links, and names those to avoid", () => {
    const { steps } = walkUpgradePath({ input: SEPARATE, from: "v2.25.0", to: "v2.28.1", ...AT_29 });
    expect(steps.map(({ kubespray, stop, avoid }) => [kubespray, stop, avoid.map((one) => one.kubespray)])).toEqual([
      ["v2.25.1", null, []],
      ["v2.26.1", null, ["v2.26.0"]],
      ["v2.27.1", null, []],
      ["v2.28.1", null, []],
    ]);
  });

  it("links of v2.26.1 stay on the nodes, so v2.27.0 finds them although it makes none", () => {
    expect(upgradePath({ from: "v2.26.1", to: "v2.27.0", minor: 30 }).steps).toEqual([["v2.27.0", "1.31", null]]);
    expect(upgradePath({ from: "v2.25.1", to: "v2.27.0" }).steps).toEqual([
      ["v2.26.1", "1.30", null],
      ["v2.27.0", "1.31", null],
    ]);
    expect(upgradePath({ from: "v2.26.0", to: "v2.27.0", minor: 30 }).steps).toEqual([
      ["v2.26.1", "1.30", null],
      ["v2.27.0", "1.31", null],
    ]);
  });

  it("a stacked etcd has every pair on every node and stops nowhere", () => {
    expect(upgradePath({ input: STACKED, to: "v2.26.0" }).steps).toEqual([
      ["v2.25.1", "1.29", null],
      ["v2.26.0", "1.30", null],
    ]);
  });

  it("an API version that is gone must be migrated before", () => {
    const { steps } = walkUpgradePath({
      input: STACKED,
      from: "v2.22.2",
      to: "v2.23.3",
      minor: 26,
      lastMinor: undefined,
      apiVersion: "v1beta2",
      files: named("m3"),
    });
    expect(steps).toMatchObject([
      { migrate: "kubeadm 1.27 cannot read v1beta2: run kubeadm config migrate with kubeadm v1.22 before" },
    ]);
  });

  it.each([
    [
      "a release that is too new for the cluster",
      { minor: 27, from: "v2.28.1", to: "v2.29.1" },
      [],
      "Kubespray v2.29.1 installs Kubernetes 1.31 or newer, and the cluster would be at 1.27 by then; put a release between",
    ],
    [
      "releases that are not known",
      { from: "v2.31.0", to: "v2.33.0" },
      [],
      "no release of Kubespray is known after v2.31.0 up to v2.33.0",
    ],
    [
      "a target that the releases do not reach",
      { to: "v2.26.1", lastMinor: 32 },
      [
        ["v2.25.1", "1.29", null],
        ["v2.26.1", "1.30", null],
      ],
      "Kubespray v2.26.1 brings the cluster to Kubernetes 1.30 only",
    ],
  ])("%s", (_title, question, steps, endsEarly) => {
    expect(upgradePath(question)).toEqual({ steps, endsEarly });
  });

  it("what cannot be determined of the layout is unknown, not a stop", () => {
    const input = { ...SEPARATE, variables: { etcd_cert_dir: "{{ nowhere }}" } };
    const { steps } = walkUpgradePath({ input, from: "v2.25.1", to: "v2.26.0", ...AT_29 });
    expect(steps[0]).toMatchObject({
      stop: null,
      unknown: expect.arrayContaining([`whether m1 has ${DIR}/node-m3.pem`]),
    });
  });
});
