import { describe, expect, it } from "vitest";
import { tlsFacts } from "../../evidence/tls-facts";
import type { ValueRecord } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";
import { findIn, resourceOf } from "./user-data/resources";

const caKey = resourceOf("tls:index/privateKey:PrivateKey", "ca-key", { algorithm: "ECDSA" });
const key = resourceOf("tls:index/privateKey:PrivateKey", "key", { algorithm: "RSA", rsaBits: 2048 });
const ca = resourceOf(
  "tls:index/selfSignedCert:SelfSignedCert",
  "ca",
  {
    allowedUses: ["cert_signing", "crl_signing"],
    isCaCertificate: true,
    validityPeriodHours: 87600,
    subject: { commonName: "etcd-ca" },
    privateKeyPem: UNKNOWN,
  },
  { from: { privateKeyPem: [caKey] } },
);
const request = resourceOf(
  "tls:index/certRequest:CertRequest",
  "request",
  { subject: { commonName: "etcd-client" }, dnsNames: ["master01"], ipAddresses: ["10.0.0.1"], privateKeyPem: UNKNOWN },
  { from: { privateKeyPem: [key] } },
);
const all = findIn(caKey, key, ca, request);

function signed(inputs: ValueRecord) {
  return resourceOf("tls:index/locallySignedCert:LocallySignedCert", "client", inputs, {
    from: { certRequestPem: [request], caCertPem: [ca], caPrivateKeyPem: [caKey] },
  });
}

describe("what a tls resource will make is known from its inputs", () => {
  it("a private key is itself", () => {
    expect(tlsFacts(key, all)).toEqual({ kind: "private-key", key: key.urn, algorithm: "RSA" });
  });

  it("a self-signed CA is signed by its own key", () => {
    expect(tlsFacts(ca, all)).toEqual({
      kind: "certificate",
      key: caKey.urn,
      signedBy: caKey.urn,
      issuer: ca.urn,
      isCa: true,
      extendedKeyUsages: "none",
      validityHours: 87600,
      names: { commonName: "etcd-ca", dnsNames: [], ipAddresses: [] },
      subject: '[["commonName","etcd-ca"]]',
      issuerSubject: '[["commonName","etcd-ca"]]',
    });
  });

  it("a signed certificate has the key and the names of its request", () => {
    expect(
      tlsFacts(signed({ allowedUses: ["client_auth", "digital_signature"], validityPeriodHours: 8760 }), all),
    ).toEqual({
      kind: "certificate",
      key: key.urn,
      signedBy: caKey.urn,
      issuer: ca.urn,
      isCa: false,
      extendedKeyUsages: ["1.3.6.1.5.5.7.3.2"],
      validityHours: 8760,
      names: { commonName: "etcd-client", dnsNames: ["master01"], ipAddresses: ["10.0.0.1"] },
      subject: '[["commonName","etcd-client"]]',
      issuerSubject: '[["commonName","etcd-ca"]]',
    });
  });

  it("a certificate request names its key", () => {
    expect(tlsFacts(request, all)).toMatchObject({ kind: "certificate-request", key: key.urn });
  });

  it.each<[string, ValueRecord, unknown]>([
    ["server use only", { allowedUses: ["server_auth"] }, ["1.3.6.1.5.5.7.3.1"]],
    ["any use", { allowedUses: ["any_extended"] }, ["2.5.29.37.0"]],
    ["no uses, so no such extension", {}, "none"],
    ["uses that are unknown until the update", { allowedUses: UNKNOWN }, undefined],
    ["one use that is unknown until the update", { allowedUses: ["client_auth", UNKNOWN] }, undefined],
  ])("%s", (_, inputs, extendedKeyUsages) => {
    expect(tlsFacts(signed(inputs), all)).toMatchObject({ extendedKeyUsages });
  });
});

describe("what cannot be determined stays open", () => {
  it("a request that was made elsewhere", () => {
    const client = resourceOf("tls:index/locallySignedCert:LocallySignedCert", "client", { certRequestPem: "PEM" });
    expect(tlsFacts(client, all)).toMatchObject({
      key: undefined,
      signedBy: undefined,
      issuer: undefined,
      names: { dnsNames: undefined },
    });
  });

  it("a key that may be either of two", () => {
    const either = resourceOf(
      "tls:index/selfSignedCert:SelfSignedCert",
      "c",
      {},
      { from: { privateKeyPem: [key, caKey] } },
    );
    expect(tlsFacts(either, all)).toMatchObject({ key: undefined });
  });

  it("other resources are nothing to it", () => {
    expect(tlsFacts(resourceOf("random:index/randomId:RandomId", "r", {}), all)).toBeUndefined();
  });
});
