import { describe, expect, it } from "vitest";
import { policies } from "../../policies/index";
import { pageExamples } from "../helpers/page-examples";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };

/**
 * The faults that users of kubeadm and Kubespray have reported and that can be told before kubeadm runs: the policy, the
 * scenario on its page that fails, the message that it fails with, and the scenario that passes.
 */
const FAULTS: readonly (readonly [string, string, string, string])[] = [
  [
    "external-etcd-files-on-every-control-plane-node",
    "the config names the last master's certificate",
    "missing",
    "the config names a certificate that every master has",
  ],
  [
    "external-etcd-endpoints-valid",
    "a server certificate that does not cover its endpoint",
    "notCertified",
    "a server certificate that covers its endpoint",
  ],
  [
    "external-etcd-cert-trusted",
    "a client certificate that another CA issued",
    "clientOfRecreatedCa",
    "a client certificate that the CA in caFile issued",
  ],
  [
    "external-etcd-cert-usable",
    "a client certificate for servers only",
    "notForClients",
    "a client certificate for clients",
  ],
  [
    "external-etcd-cert-usable",
    "an expired client certificate",
    "outsideItsDates",
    "a client certificate that has not expired",
  ],
  [
    "etcd-topology-matches-nodes",
    "etcd.local, with etcd on hosts of its own",
    "localButElsewhere",
    "etcd.external, with etcd on hosts of its own",
  ],
  ["control-plane-endpoint-stable", "no controlPlaneEndpoint", "missing", "a controlPlaneEndpoint that names no node"],
  [
    "control-plane-endpoint-stable",
    "one node's address as controlPlaneEndpoint",
    "addressOfOneNode",
    "a load balancer's address as controlPlaneEndpoint",
  ],
  ["external-etcd-endpoints-valid", "loopback endpoints", "loopback", "the addresses of the etcd hosts as endpoints"],
  [
    "external-etcd-endpoints-valid",
    "an endpoint that is no longer an etcd host",
    "unknownHost",
    "endpoints that are all etcd hosts",
  ],
  [
    "kubeadm-certs-cover-external-etcd",
    "an upload of kubeadm-certs without --config",
    "uploadWithoutConfig",
    "an upload of kubeadm-certs with --config",
  ],
  [
    "kubeadm-config-upgradeable",
    "kubeadm upgrade --config with other flags",
    "mixed",
    "kubeadm upgrade --config with --yes",
  ],
  ["kubeadm-config-valid", "extraArgs of another API version", "refused", "extraArgs of its own API version"],
  [
    "kubeadm-config-upgradeable",
    "an API version that the target release cannot read",
    "apiVersionGone",
    "an API version that the target release reads",
  ],
  ["external-etcd-cert-pairs-with-key", "the key of another certificate", "noPair", "a certificate and its own key"],
  [
    "external-etcd-endpoints-valid",
    "http endpoints beside certificates",
    "plaintext",
    "https endpoints beside certificates",
  ],
  ["kubeadm-config-valid", "a certificate without its key", "invalid", "a certificate with its key"],
  ["kubeadm-config-rendered", "an unrendered template", "notRendered", "a template marker in a comment only"],
  [
    "external-etcd-files-visible-to-apiserver",
    "files in a directory that kubeadm does not mount",
    "notMounted",
    "files in a directory that kubeadm mounts",
  ],
  [
    "external-etcd-files-named-for-every-node",
    "a file named after one node",
    "namedAfterOneNode",
    "a file named after no node",
  ],
  ["external-etcd-endpoints-valid", "an even number of members", "memberCount", "an odd number of members"],
  [
    "kubeadm-config-upgradeable",
    "an upgrade that skips a minor version",
    "tooFar",
    "an upgrade to the next minor version",
  ],
  [
    "kubeadm-config-upgradeable",
    "an etcd that is too old for the target release",
    "etcdTooOld",
    "an etcd that the target release supports",
  ],
  [
    "private-keys-protected",
    "a private key that others can read",
    "openToOthers",
    "private keys that only root can read",
  ],
];

function check(policyId: string, verdict: "fail" | "pass", scenario: string) {
  const policy = policies.find(({ id }) => id === policyId);
  const example = pageExamples(policyId).find((one) => one.scenario === scenario && one.verdict === verdict);
  if (policy === undefined || example === undefined)
    throw new Error(`docs/policies/${policyId}.md has no scenario "${scenario}" that is to ${verdict}`);
  return policy.check(example.cluster, NOW);
}

describe("each known fault has a scenario that fails and one that passes", () => {
  it.each(FAULTS)("%s fails for %s", (policy, scenario, message) => {
    const outcome = check(policy, "fail", scenario);
    expect(outcome).toMatchObject({ kind: "fail", findings: expect.arrayContaining([expect.anything()]) });
    expect(outcome.kind === "fail" ? outcome.findings.map((one) => one.message) : []).toContain(message);
  });

  it.each(FAULTS)("%s, having failed for %s, passes without it", (policy, _fails, _message, scenario) => {
    expect(check(policy, "pass", scenario).kind).toBe("pass");
  });

  it("every scenario of a page that has a title is one of them", () => {
    const titled = policies.flatMap(({ id }) =>
      pageExamples(id).flatMap(({ scenario }) => (scenario === undefined ? [] : [`${id}: ${scenario}`])),
    );
    expect(titled.sort()).toEqual(
      FAULTS.flatMap(([id, fails, , passes]) => [`${id}: ${fails}`, `${id}: ${passes}`]).sort(),
    );
  });
});
