import { describe, expect, it } from "vitest";
import { type ChainFault, type ChainQuestion, chainsTo } from "../../../cluster/certificates/chains-to";
import { loadCaPool } from "../../../kubeadm/go/x509/ca-pool";
import { NOW, pems } from "../../kubeadm/predict/tls-cases";

/** Master01's certificate before etcd. */
function client(id: string, changes: Partial<ChainQuestion> = {}): ChainQuestion {
  const { certificate, trustedCa } = pems(id);
  return { leafPem: certificate, trustedCaPem: trustedCa, usage: "clientAuth", now: NOW, ...changes };
}

/** Etcd01's certificate before kubeadm. */
function server(id: string, changes: Partial<ChainQuestion> = {}): ChainQuestion {
  const { served, ca } = pems(id);
  return { leafPem: served, trustedCaPem: ca, usage: "serverAuth", now: NOW, host: "192.168.10.21", ...changes };
}

function intermediate() {
  const pool = loadCaPool(pems("tls-client-intermediate").certificate);
  return pool.ok ? pool.value.slice(1) : [];
}

const UNKNOWN = "x509: certificate signed by unknown authority";

describe("a certificate that is accepted", () => {
  it.each<[string, ChainQuestion]>([
    ["signed by the CA", client("tls-good")],
    ["with its intermediate in the same file", client("tls-client-intermediate")],
    ["for clients only, as a client's", client("tls-client-eku-client-only")],
    ["for any usage, as a client's", client("tls-client-no-eku")],
    ["signed by one of two CAs", server("tls-ca-bundle")],
    ["for the host of the endpoint", server("tls-good")],
    ["for servers only, as a server's", server("tls-server-eku-server-only")],
  ])("%s", (_, question) => {
    expect(chainsTo(question)).toEqual({ ok: true });
  });
});

describe("a certificate that is refused", () => {
  it.each<[string, ChainQuestion, ChainFault["kind"], string]>([
    ["by a CA of another name", client("tls-client-other-ca-other-name"), "unknown-authority", UNKNOWN],
    [
      "by a CA of the same name",
      client("tls-client-other-ca-same-name"),
      "same-name-other-key",
      `${UNKNOWN} (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "etcd-ca")`,
    ],
    ["an intermediate that nothing shows", client("tls-client-intermediate-left-out"), "unknown-authority", UNKNOWN],
    [
      "an expired certificate",
      client("tls-client-expired"),
      "expired",
      "x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after 2024-01-01T00:00:00Z",
    ],
    [
      "a certificate of the future",
      client("tls-client-not-yet-valid"),
      "not-yet-valid",
      "x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is before 2123-01-01T00:00:00Z",
    ],
    [
      "a server's certificate as a client's",
      client("tls-client-eku-server-only"),
      "usage",
      "x509: certificate specifies an incompatible key usage",
    ],
    [
      "a server without addresses",
      server("tls-server-no-ip-san"),
      "host",
      "x509: cannot validate certificate for 192.168.10.21 because it doesn't contain any IP SANs",
    ],
    [
      "a server whose name stands in its common name only",
      server("tls-server-common-name-only"),
      "host",
      "x509: certificate relies on legacy Common Name field, use SANs instead",
    ],
    ["an empty CA file", server("tls-ca-file-empty"), "unknown-authority", UNKNOWN],
    [
      "a CA file with a key in it",
      client("tls-good", { trustedCaPem: pems("tls-good").ca + pems("tls-good").key }),
      "unreadable-ca",
      "x509: malformed tbs certificate",
    ],
    [
      "a file without a certificate",
      client("tls-good", { leafPem: "" }),
      "unreadable-certificate",
      "tls: failed to find any PEM data in certificate input",
    ],
  ])("%s", (_, question, kind, error) => {
    const verdict = chainsTo(question);
    expect(verdict).toMatchObject({ ok: false, fault: { kind, error } });
  });

  it("an intermediate that another file shows is missing, not foreign", () => {
    const verdict = chainsTo(client("tls-client-intermediate-left-out", { alsoKnown: intermediate() }));
    expect(verdict).toMatchObject({ ok: false, fault: { kind: "unknown-authority" } });
    const [leaf = ""] = pems("tls-client-intermediate").certificate.split(/(?<=END CERTIFICATE-----\n)/);
    const own = chainsTo(client("tls-client-intermediate", { leafPem: leaf, alsoKnown: intermediate() }));
    expect(own).toMatchObject({ ok: false, fault: { kind: "intermediate-missing", error: UNKNOWN } });
  });
});
