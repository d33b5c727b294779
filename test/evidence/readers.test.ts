import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readers } from "../../evidence";
import { readStack } from "../../evidence/read-stack";
import { Asset, type Value, type ValueRecord } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";
import { stackResource } from "../helpers/stack-resource";

/** One type for each reader, and the tls types, which are read beside them. */
const TYPES = [
  "command:remote:CopyToRemote",
  "command:remote:CopyFile",
  "command:remote:Command",
  "command:local:Command",
  "local:index/file:File",
  "aws:ec2/instance:Instance",
  "hcloud:index/server:Server",
  "kubernetes:controlplane.cluster.x-k8s.io/v1beta1:KubeadmControlPlane",
  "kubernetes:bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig",
  "kubeadm-guard:index:ControlPlaneNode",
  "kubeadm-guard:index:NodeFile",
  "kubernetes:apps/v1:DaemonSet",
  "pulumi-nodejs:dynamic:Resource",
  "tls:index/privateKey:PrivateKey",
  "tls:index/certRequest:CertRequest",
  "tls:index/selfSignedCert:SelfSignedCert",
  "tls:index/locallySignedCert:LocallySignedCert",
] as const;

const KEYS = [
  "connection",
  "host",
  "port",
  "user",
  "source",
  "remotePath",
  "localPath",
  "filename",
  "create",
  "update",
  "stdin",
  "environment",
  "interpreter",
  "userData",
  "userDataBase64",
  "spec",
  "kubeadmConfigSpec",
  "clusterConfiguration",
  "etcd",
  "external",
  "caFile",
  "files",
  "path",
  "content",
  "permissions",
  "preKubeadmCommands",
  "metadata",
  "name",
  "nodes",
  "addresses",
  "resource",
  "cluster",
  "link",
  "mode",
  "sha256",
  "privateKeyPem",
  "certRequestPem",
  "caPrivateKeyPem",
  "allowedUses",
  "validityPeriodHours",
  "isCaCertificate",
] as const;

const text = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "/etc/ssl/ca.pem",
    "../ca.pem",
    "certs/",
    "",
    "10.0.0.1",
    "cp /tmp/a.pem /etc/; rm -rf /etc/b",
    "kubeadm join lb:6443 --control-plane --certificate-key k",
    "#cloud-config\nwrite_files: [{path: /etc/a, content: x}]\n",
    '{"ignition": {"version": "3.3.0"}, "storage": {"files": [{"path": "/etc/a"}]}}',
    "0600",
    "client_auth",
  ),
);

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.constantFrom<Value>(UNKNOWN, null, undefined, true, false, 0, 22, -1, Number.NaN),
    text.map((content) => new Asset({ kind: "text", text: content })),
    text.map((path) => new Asset({ kind: "file", path })),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 4 }),
  ),
}));
const inputs: fc.Arbitrary<ValueRecord> = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 });

describe("every reader", () => {
  it("has a type in these tests", () => {
    expect(readers.filter((reader) => !TYPES.some((type) => reader.reads(type)))).toEqual([]);
  });

  it.each(TYPES)("takes whatever properties %s has, says the same twice, and names absolute paths only", (type) => {
    fc.assert(
      fc.property(inputs, (properties) => {
        const resource = stackResource(type, "one", properties);
        const once = readStack([resource]);
        expect(readStack([resource]).evidence).toEqual(once.evidence);
        const paths = once.evidence.flatMap(({ operations }) =>
          operations.flatMap((operation) => ("path" in operation ? (operation.path ?? []) : [])),
        );
        expect(paths.filter((path) => !path.startsWith("/"))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
