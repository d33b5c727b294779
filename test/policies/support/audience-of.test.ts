import { expect, it } from "vitest";
import { kubeadmConfigUpgradeable as policy } from "../../../policies/kubeadm-config-upgradeable";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";
import { urn } from "../../helpers/evidence";

/** A cluster that is newer than the release it is to be upgraded to. */
const NEWER = clusterFrom(externalEtcd({}).replace(/v1\.\d+\.\d+/, "v1.33.6"), {
  name: "prod",
  upgradeTo: { kubernetes: "v1.30.14" },
});

it.each([
  [
    "a preview, whose kubeadm-config is a resource",
    { ...NEWER, subject: { ...NEWER.subject, urn: urn("shared") } },
    "Fix: name a later release (clusters[].upgradeTo.kubernetes), or none if the upgrade is done.",
  ],
  [
    "check, which reads a file or the API",
    NEWER,
    "Fix: name a later release (--upgrade-to VERSION), or none if the upgrade is done.",
  ],
] as const)("a message speaks the words of %s", (_who, cluster, fix) => {
  const outcome = policy.check(cluster, { now: new Date("2026-01-01T00:00:00Z") });
  const findings = outcome.kind === "fail" ? outcome.findings : [];
  expect(findings.map((one) => policy.messages[one.message]?.([one], cluster).split("\n").at(-1))).toEqual([fix]);
});
