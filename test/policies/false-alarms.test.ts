import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { askedClusters } from "../../cli/asked-clusters";
import { policies } from "../../policies/index";
import { recordedClusters } from "../helpers/recorded-clusters";

const FIXTURES = join(__dirname, "..", "fixtures");
const NOW = { now: new Date("2026-11-23T12:00:00Z") };
const CASES = (["clusters", "clusters-with-etcd"] as const).flatMap((folder) =>
  recordedClusters(folder).map(({ id, title, configMap, kubeadm }) => ({
    id,
    title,
    isGood: Object.values(kubeadm.nodes).every(({ ok }) => ok),
    mandatory: mandatoryFindings(folder, id, JSON.stringify(configMap)),
  })),
);

/** What would fail a preview of the case's cluster, each as policy and message. */
function mandatoryFindings(folder: string, id: string, text: string): readonly string[] {
  const asked = askedClusters(
    { file: "-", input: { kind: "text", text } },
    {
      kubeadmConfig: "-",
      nodes: `${folder}/${id}.json`,
      inventory: undefined,
      kubespray: undefined,
      kubeadm: "1.30.14",
      upgradeTo: undefined,
    },
    FIXTURES,
  );
  if (asked.kind !== "clusters") throw new Error(`${id} cannot be opened`);
  const [{ cluster }] = asked.clusters;
  return policies.flatMap((policy) => {
    const outcome = policy.check(cluster, NOW);
    if (outcome.kind !== "fail" || policy.level !== "mandatory") return [];
    const findings = outcome.findings.filter(({ level }) => level !== "advisory");
    return [...new Set(findings.map(({ message }) => `${policy.id} ${message}`))];
  });
}

/** Where kubeadm upgrade goes through and kube-apiserver does not start afterwards: etcd and TLS decide that, not kubeadm. */
const APISERVER_WOULD_NOT_START: Readonly<Record<string, string>> = {
  "ca-base64-of-the-pem": "external-etcd-cert-trusted unusableCa",
  "ca-cut-off": "external-etcd-cert-trusted unusableCa",
  "ca-empty": "external-etcd-cert-trusted unusableCa",
  "ca-literal-backslash-n": "external-etcd-cert-trusted unusableCa",
  "ca-no-dashes": "external-etcd-cert-trusted unusableCa",
  "ca-of-another-cluster": "external-etcd-cert-trusted clientOfRecreatedCa",
  "ca-one-line": "external-etcd-cert-trusted unusableCa",
  "ca-plain-text": "external-etcd-cert-trusted unusableCa",
  "expired-client-certificate": "external-etcd-cert-usable outsideItsDates",
  "link-outside-directory": "external-etcd-files-visible-to-apiserver linkLeavesMounts",
  "loopback-endpoints": "external-etcd-endpoints-valid loopback",
  "no-endpoints": "external-etcd-endpoints-valid noEndpoints",
  "server-only-certificate": "external-etcd-cert-usable notForClients",
  "stale-pair-of-another-ca": "external-etcd-cert-trusted clientOfRecreatedCa",
};

describe("a cluster whose step goes through has no mandatory finding, unless kube-apiserver would not start", () => {
  it.each(CASES.filter(({ isGood }) => isGood))("$id: $title", ({ id, mandatory }) => {
    expect(mandatory).toEqual(id in APISERVER_WOULD_NOT_START ? [APISERVER_WOULD_NOT_START[id]] : []);
  });

  it("the exceptions are cases", () => {
    const good = CASES.filter(({ isGood }) => isGood).map(({ id }) => id);
    expect(good).toEqual(expect.arrayContaining(Object.keys(APISERVER_WOULD_NOT_START)));
  });
});

/** kubeadm init asks every member; kube-apiserver starts with the other one, so nothing stops a preview. */
const ONE_OF_TWO_MEMBERS_ANSWERS = "tls-server-san-missing";

describe("a cluster at which kubeadm stops has a mandatory finding", () => {
  it.each(CASES.filter(({ isGood, id }) => !isGood && id !== ONE_OF_TWO_MEMBERS_ANSWERS))(
    "$id: $title",
    ({ mandatory }) => {
      expect(mandatory).not.toEqual([]);
    },
  );
});
