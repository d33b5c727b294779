import { describe, expect, it } from "vitest";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { NOT_RECORDED, normalForm } from "../../../kubeadm/config/normal-form";
import { readClusterConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import { refusalText } from "../../../kubeadm/config/refusal";
import { BOUNDED_MS, cpuTime } from "../../helpers/cpu-time";
import { recordedClusters } from "../../helpers/recorded-clusters";

/** The normal form of a text as the kubeadm of a minor release reads it. */
function normal(text: string, minor: number): Readonly<Record<string, unknown>> {
  const reading = readClusterConfiguration(configurationText(text), { minor });
  if (reading.kind === "refused") throw new Error(refusalText(reading.refusal));
  return Object.fromEntries(normalForm(reading.configuration));
}

const BETA3 = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.14
controlPlaneEndpoint: lb.example:6443
apiServer:
  certSANs: [b.example, a.example]
  timeoutForControlPlane: 4m0s
  extraArgs: {authorization-mode: "Node,RBAC", audit-log-maxage: "30"}
  extraVolumes:
  - {name: audit, hostPath: /var/log/audit, mountPath: /var/log/audit, pathType: DirectoryOrCreate}
scheduler:
  extraArgs: {bind-address: 0.0.0.0}
etcd:
  external:
    endpoints: [https://10.0.0.2:2379, https://10.0.0.1:2379]
    caFile: /etc/etcd/ca.pem
    certFile: /etc/etcd/client.pem
    keyFile: /etc/etcd/client-key.pem
`;

/** The same configuration as a newer kubeadm writes it (kubeadm config migrate), with its own defaults filled in. */
const BETA4 = `apiServer:
  certSANs:
  - b.example
  - a.example
  extraArgs:
  - name: audit-log-maxage
    value: "30"
  - name: authorization-mode
    value: Node,RBAC
  extraVolumes:
  - hostPath: /var/log/audit
    mountPath: /var/log/audit
    name: audit
    pathType: DirectoryOrCreate
apiVersion: kubeadm.k8s.io/v1beta4
caCertificateValidityPeriod: 87600h0m0s
certificateValidityPeriod: 8760h0m0s
certificatesDir: /etc/kubernetes/pki
clusterName: kubernetes
controlPlaneEndpoint: lb.example:6443
controllerManager: {}
dns: {}
encryptionAlgorithm: RSA-2048
etcd:
  external:
    caFile: /etc/etcd/ca.pem
    certFile: /etc/etcd/client.pem
    endpoints:
    - https://10.0.0.2:2379
    - https://10.0.0.1:2379
    keyFile: /etc/etcd/client-key.pem
imageRepository: registry.k8s.io
kind: ClusterConfiguration
kubernetesVersion: v1.30.14
networking:
  dnsDomain: cluster.local
  serviceSubnet: 10.96.0.0/12
proxy: {}
scheduler:
  extraArgs:
  - name: bind-address
    value: 0.0.0.0
`;

describe("the normal form of a ClusterConfiguration", () => {
  it("is the same for v1beta3 and for what a newer kubeadm makes of it", () => {
    expect(normal(BETA4, 31)).toEqual(normal(BETA3, 30));
  });

  it("is the same for httpEndpoints that kubeadm 1.35 and newer copy from the endpoints, and tells others", () => {
    const text = BETA4.replace("v1.30.14", "v1.37.2");
    const having = (urls: string) => text.replace("    keyFile:", `    httpEndpoints: [${urls}]\n    keyFile:`);
    expect(normal(having("https://10.0.0.1:2379, https://10.0.0.2:2379"), 37)).toEqual(normal(text, 37));
    expect(normal(having("http://10.0.0.1:2381"), 37)).toEqual({
      ...normal(text, 37),
      "etcd.external.httpEndpoints": ["http://10.0.0.1:2381"],
    });
  });

  it("is the same whatever the order of fields and of lists, the quoting and the comments", () => {
    const rewritten = BETA3.replace("[b.example, a.example]", '["a.example", b.example] # load balancer')
      .replace(
        'extraArgs: {authorization-mode: "Node,RBAC", audit-log-maxage: "30"}',
        "extraArgs:\n    audit-log-maxage: '30'\n    authorization-mode: Node,RBAC",
      )
      .replace("https://10.0.0.2:2379, https://10.0.0.1:2379", "https://10.0.0.1:2379, https://10.0.0.2:2379");
    expect(normal(rewritten, 30)).toEqual(normal(BETA3, 30));
  });

  it("makes defaults explicit and leaves out what is empty", () => {
    const form = normal(
      "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.34.2\n",
      34,
    );
    expect(form).toMatchObject({
      certificatesDir: "/etc/kubernetes/pki",
      "etcd.local.dataDir": "/var/lib/etcd",
      certificateValidityPeriod: "8760h0m0s",
    });
    expect(Object.keys(form)).not.toContain("controlPlaneEndpoint");
  });

  it("keeps every value of an argument that is given twice, in its order", () => {
    const text = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.34.2
apiServer:
  extraArgs:
  - {name: service-account-issuer, value: https://new.example}
  - {name: service-account-issuer, value: https://old.example}
`;
    expect(normal(text, 34)).toMatchObject({
      "apiServer.extraArgs.service-account-issuer": ["https://new.example", "https://old.example"],
    });
  });

  it.each([
    [
      "an argument called a secret",
      "extraArgs: [{name: oidc-client-secret, value: s3cr3t-mark}]",
      "apiServer.extraArgs.oidc-client-secret",
    ],
    [
      "a URL with a password",
      "extraArgs: [{name: audit-webhook, value: 'https://u:s3cr3t-mark@h/'}]",
      "apiServer.extraArgs.audit-webhook",
    ],
    [
      "an environment variable",
      "extraEnvs: [{name: HTTPS_PROXY, value: s3cr3t-mark}]",
      "apiServer.extraEnvs.HTTPS_PROXY",
    ],
  ])("does not hold the value of %s", (_title, fields, field) => {
    const text = `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.34.2\napiServer:\n  ${fields}\n`;
    const form = normal(text, 34);
    expect(form[field]).toBe(NOT_RECORDED);
    expect(JSON.stringify(form)).not.toContain("s3cr3t-mark");
  });

  it("keeps the path to a token's file", () => {
    const text =
      "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.1\napiServer: {extraArgs: {token-auth-file: /etc/tokens.csv}}\n";
    expect(normal(text, 30)["apiServer.extraArgs.token-auth-file"]).toBe("/etc/tokens.csv");
  });

  const texts = recordedClusters("clusters").flatMap(({ id, configMap }) => {
    const text = configMap.data["ClusterConfiguration"] ?? "";
    return readClusterConfiguration(configurationText(text), { minor: 30 }).kind === "decoded" ? [{ id, text }] : [];
  });
  it.each(texts)("holds no key and no line break: $id", ({ text }) => {
    expect(JSON.stringify(normal(text, 30))).not.toMatch(/PRIVATE KEY|\\n/);
  });
});

it("a long field without a secret is looked through in one go", () => {
  const name = "a:".repeat(100_000);
  const spent = cpuTime();
  const { clusterName } = normal(
    `apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nclusterName: "${name}"\n`,
    30,
  );
  expect(clusterName === name).toBe(true);
  expect(spent()).toBeLessThan(BOUNDED_MS);
});
