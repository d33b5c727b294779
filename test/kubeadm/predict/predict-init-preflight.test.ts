import { describe, expect, it } from "vitest";
import type { ExternalEtcdFileStates, FileState } from "../../../kubeadm/predict/file-state";
import { type InitPreflightQuestion, predictInitPreflight } from "../../../kubeadm/predict/predict-init-preflight";
import { externalEtcdOf, fileStates } from "./case-files";
import { NOW, TLS_CASES, tlsCase } from "./tls-cases";

const NODES = TLS_CASES.flatMap((one) =>
  Object.entries(one.kubeadm.nodes).map(([name, verdict]) => ({ id: one.id, one, name, ...verdict })),
);

function question(id: string, changes: Partial<InitPreflightQuestion> = {}): InitPreflightQuestion {
  const one = tlsCase(id);
  const [node] = one.controlPlane;
  if (node === undefined) throw new Error(`${id} has no node`);
  const { etcdHosts, etcdServers } = one;
  const { endpoints } = externalEtcdOf(one);
  return { files: fileStates(one, node.name), endpoints, node, etcdHosts, etcdServers, now: NOW, ...changes };
}

/** The message with the time of day as the cases write it. */
function withoutTime(text: string): string {
  return text.replace(/current time \S+/g, "current time NOW");
}

function withFile(id: string, field: keyof ExternalEtcdFileStates, file: FileState): InitPreflightQuestion {
  const asked = question(id);
  return { ...asked, files: { ...asked.files, [field]: { ...asked.files[field], file } } };
}

describe("kubeadm init phase preflight with a listening etcd", () => {
  it("has cases to be compared with", () => {
    expect(NODES).toHaveLength(28);
  });

  it.each(NODES)("says what kubeadm said: $id", ({ id, ok, error }) => {
    const prediction = predictInitPreflight(question(id));
    const said = prediction.ok === false ? { ...prediction, error: withoutTime(prediction.error) } : prediction;
    expect(said).toEqual(ok ? { ok } : { ok, error: withoutTime(error ?? "") });
  });
});

const GET = 'Get "https://192.168.10.21:2379/version"';

describe("what the cases do not hold", () => {
  it.each<[string, InitPreflightQuestion, unknown]>([
    [
      "an https endpoint to an etcd that speaks http",
      question("tls-good", { etcdServers: null }),
      `[ERROR ExternalEtcdVersion]: ${GET}: EOF`,
    ],
    [
      "an endpoint with etcd's peer port",
      question("tls-good", { endpoints: ["https://192.168.10.21:2380"] }),
      '[ERROR ExternalEtcdVersion]: Get "https://192.168.10.21:2380/version": dial tcp 192.168.10.21:2380: connect: connection refused',
    ],
    ["an endpoint that ends in a slash", question("tls-good", { endpoints: ["https://192.168.10.21:2379/"] }), true],
    [
      "an endpoint without a scheme",
      question("tls-good", { endpoints: ["192.168.10.21:2379"] }),
      '[ERROR ExternalEtcdVersion]: failed to parse external etcd endpoint 192.168.10.21:2379: parse "192.168.10.21:2379": first path segment in URL cannot contain colon',
    ],
    [
      "an etcd that asks for no client certificate",
      question("tls-client-expired", {
        etcdServers: { trustedCA: null, certificates: tlsCase("tls-client-expired").etcdServers?.certificates ?? {} },
      }),
      true,
    ],
    ["an etcd of which nothing is known", question("tls-good", { etcdServers: undefined }), null],
    ["a load balancer", question("tls-good", { endpoints: ["https://10.9.9.9:2379"] }), null],
    ["a CA that is not shown", withFile("tls-good", "caFile", { state: "present", content: undefined }), null],
    ["a key that is not shown", withFile("tls-good", "keyFile", { state: "present", content: undefined }), null],
    [
      "a key that is not shown and a server that is not trusted",
      withFile("tls-ca-file-other-ca", "keyFile", { state: "present", content: undefined }),
      `[ERROR ExternalEtcdVersion]: ${GET}: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    ],
    ["a certificate that may be missing", withFile("tls-good", "certFile", { state: "undecided" }), null],
    [
      "a key that is a folder",
      withFile("tls-good", "keyFile", { state: "unopenable", errno: "is a directory" }),
      "[ERROR ExternalEtcdVersion]: couldn't load external etcd's certificate and key pair /etc/ssl/etcd/ssl/node-master01.pem, /etc/ssl/etcd/ssl/node-master01-key.pem: read /etc/ssl/etcd/ssl/node-master01-key.pem: is a directory",
    ],
  ])("%s", (_, asked, expected) => {
    const prediction = predictInitPreflight(asked);
    expect(prediction.ok === false ? prediction.error : prediction.ok).toBe(expected);
  });

  it("a certificate that becomes valid between two runs", () => {
    const [before, after] = [Date.UTC(2122, 5, 1), Date.UTC(2123, 5, 1)];
    expect(predictInitPreflight(question("tls-client-not-yet-valid", { now: before })).ok).toBe(false);
    expect(predictInitPreflight(question("tls-client-not-yet-valid", { now: after })).ok).toBe(true);
  });
});
