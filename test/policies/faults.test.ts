import { describe, expect, it } from "vitest";
import { policies } from "../../policies/index";
import { pageExamples } from "../helpers/page-examples";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };

/** The faults that can be told before kubeadm is run (facts/domain.md §6), each with the policy and message that tells it. */
const FAULTS: readonly (readonly [number, string, string, string])[] = [
  [1, "a file that is not on every node", "external-etcd-files-on-every-control-plane-node", "missing"],
  [2, "a server's certificate for other hosts", "external-etcd-endpoints-sound", "notCertified"],
  [3, "a client certificate of another CA", "external-etcd-cert-trusted", "clientNotOfCaFile"],
  [4, "a client certificate that clients may not use", "external-etcd-cert-usable", "notForClients"],
  [5, "an expired certificate", "external-etcd-cert-usable", "outsideItsDates"],
  [6, "etcd.local beside an external etcd", "etcd-topology-matches-nodes", "localButElsewhere"],
  [7, "no controlPlaneEndpoint", "control-plane-endpoint-stable", "missing"],
  [8, "one node's address as controlPlaneEndpoint", "control-plane-endpoint-stable", "addressOfOneNode"],
  [10, "a loopback endpoint", "external-etcd-endpoints-sound", "loopback"],
  [11, "a stale endpoint", "external-etcd-endpoints-sound", "unknownHost"],
  [12, "an upload of kubeadm-certs without --config", "kubeadm-certs-cover-external-etcd", "uploadWithoutConfig"],
  [13, "--config with flags", "kubeadm-config-upgradeable", "mixed"],
  [14, "extraArgs of the other API version", "kubeadm-config-valid", "refused"],
  [15, "an API version that the target cannot read", "kubeadm-config-upgradeable", "apiVersionGone"],
  [16, "a key of another certificate", "external-etcd-cert-pairs-with-key", "noPair"],
  [17, "http beside certificates", "external-etcd-endpoints-sound", "plaintext"],
  [18, "a certificate without a key", "kubeadm-config-valid", "invalid"],
  [19, "a template that nobody rendered", "kubeadm-config-rendered", "notRendered"],
  [20, "a path that is not mounted", "external-etcd-files-visible-to-apiserver", "notMounted"],
  [21, "one node's name in the shared configuration", "external-etcd-files-named-for-every-node", "namedAfterOneNode"],
  [22, "an even number of members", "external-etcd-endpoints-sound", "memberCount"],
  [23, "an upgrade that skips a minor version", "kubeadm-config-upgradeable", "tooFar"],
  [25, "an etcd that is too old", "kubeadm-config-upgradeable", "etcdTooOld"],
  [26, "a private key that others can read", "private-keys-protected", "openToOthers"],
];

function judged(fault: number, policyId: string, verdict: "fail" | "pass") {
  const policy = policies.find(({ id }) => id === policyId);
  const example = pageExamples(policyId).find((one) => one.fault === fault && one.verdict === verdict);
  if (policy === undefined || example === undefined)
    throw new Error(`docs/policies/${policyId}.md shows no program of fault ${fault} that is to ${verdict}`);
  return policy.check(example.cluster, NOW);
}

describe("each fault of the reference has a program that fails and one that passes", () => {
  it.each(FAULTS)("fault %i, %s: fails %s", (fault, _title, policy, message) => {
    const outcome = judged(fault, policy, "fail");
    expect(outcome).toMatchObject({ kind: "fail", findings: expect.arrayContaining([expect.anything()]) });
    expect(outcome.kind === "fail" ? outcome.findings.map((one) => one.message) : []).toContain(message);
  });

  it.each(FAULTS)("fault %i, %s: passes %s", (fault, _title, policy) => {
    expect(judged(fault, policy, "pass").kind).toBe("pass");
  });

  it("none is left out but the two that the README calls out of scope", () => {
    const numbers = FAULTS.map(([fault]) => fault);
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(Array.from({ length: 26 }, (_, index) => index + 1).filter((one) => !numbers.includes(one))).toEqual([
      9, 24,
    ]);
  });
});
