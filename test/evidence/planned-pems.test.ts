import { describe, expect, it } from "vitest";
import { plannedPems } from "../../evidence/planned-pems";
import type { ValueRecord } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";
import { findIn, resourceOf } from "./user-data/resources";

const key = resourceOf("tls:index/privateKey:PrivateKey", "key", { algorithm: "ECDSA" });
const factsOf = (inputs: ValueRecord) => {
  const certificate = resourceOf(
    "tls:index/selfSignedCert:SelfSignedCert",
    "certificate",
    { subject: { commonName: "etcd" }, privateKeyPem: UNKNOWN, ...inputs },
    { from: { privateKeyPem: [key] } },
  );
  const pem = plannedPems([key, certificate], findIn(key, certificate)).get(certificate.urn);
  return pem?.kind === "certificate" ? pem.certificate : undefined;
};

describe("what tls resources will make", () => {
  it("a private key is known by the resource that makes it", () => {
    expect(plannedPems([key], findIn(key)).get(key.urn)).toEqual({
      kind: "private-key",
      key: { by: "resource", urn: key.urn },
    });
  });

  it("a certificate is known by its key, its signer, its names and how long it will be valid", () => {
    expect(factsOf({ validityPeriodHours: 24, dnsNames: ["etcd1"], isCaCertificate: true })).toMatchObject({
      key: { by: "resource", urn: key.urn },
      signer: { by: "resource", urn: key.urn },
      names: { commonName: "etcd", alternative: { dnsNames: ["etcd1"], ipAddresses: [] } },
      validity: { kind: "hours", hours: 24 },
      isCa: true,
      x509: undefined,
    });
  });

  it.each([
    ["client_auth is a usage by name", ["client_auth", "digital_signature"], ["clientAuth"]],
    ["a usage that etcd does not ask for keeps its identifier", ["code_signing"], ["1.3.6.1.5.5.7.3.3"]],
    ["any_extended allows any", ["any_extended", "server_auth"], "any"],
    ["no extended usage allows any", ["digital_signature"], "any"],
    ["unknown usages stay unknown", UNKNOWN, undefined],
  ] as const)("%s", (_title, allowedUses, expected) => {
    expect(factsOf({ allowedUses })?.extendedKeyUsages).toEqual(expected);
  });

  it("other resources make no PEM", () => {
    const server = resourceOf("hcloud:index/server:Server", "server", {});
    expect(plannedPems([server], findIn(server)).size).toBe(0);
  });
});
