import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certificateOf, readCertificate } from "../../../cluster/certificates/certificate";
import {
  allowsUsage,
  type CertificateFacts,
  hostProblem,
  isSameKey,
  isSignedBy,
} from "../../../cluster/certificates/certificate-facts";
import { decodePem } from "../../../kubeadm/go/x509/decode-pem";
import { parseX509 } from "../../../kubeadm/go/x509/x509";
import { urn } from "../../helpers/evidence";
import answers from "../../kubeadm/go/x509/go-answers.json";
import { pems } from "../../kubeadm/predict/tls-cases";

function read(pem: string) {
  const result = readCertificate(pem);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** A certificate that a tls resource will make: nothing is known but what is given. */
function planned(known: Partial<CertificateFacts>): CertificateFacts {
  return {
    names: undefined,
    validity: undefined,
    isCa: undefined,
    extendedKeyUsages: undefined,
    key: undefined,
    signer: undefined,
    x509: undefined,
    ...known,
  };
}

const GOOD = pems("tls-good");

describe("the facts of a certificate", () => {
  it("a client certificate", () => {
    const certificate = read(GOOD.certificate);
    expect(certificate).toMatchObject({
      subject: "CN=etcd-node-master01",
      issuer: "CN=etcd-ca",
      names: { commonName: "etcd-node-master01" },
      isCa: false,
      extendedKeyUsages: ["clientAuth", "serverAuth"],
      keyUsages: [],
    });
    expect(new Date(certificate.validity.notAfter).getUTCFullYear()).toBe(2124);
    expect(certificate.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(certificate.key.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("a CA", () => {
    expect(read(GOOD.ca)).toMatchObject({
      subject: "CN=etcd-ca",
      isCa: true,
      extendedKeyUsages: "any",
    });
  });

  it("a CA that may sign certificates and nothing else", () => {
    const usages = answers.chain.map(({ roots }) => read(roots).keyUsages);
    expect(usages).toContainEqual(["keyCertSign"]);
  });

  it("a server's names and addresses", () => {
    expect(read(GOOD.served).names?.alternative?.ipAddresses).toContain("192.168.10.21");
  });

  it.each([
    ["an empty text", "", "tls: failed to find any PEM data in certificate input"],
    [
      "a key",
      GOOD.key,
      "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
    ],
  ])("%s has none", (_, pem, error) => {
    expect(readCertificate(pem)).toEqual({ ok: false, error });
  });
});

describe("who signed a certificate", () => {
  const leaf = read(GOOD.certificate);
  const ca = read(GOOD.ca);
  const sameName = read(pems("tls-ca-file-other-ca-same-name").ca);
  const caKey = { by: "resource", urn: urn("ca-key") } as const;

  it.each<[string, CertificateFacts, CertificateFacts, boolean | undefined]>([
    ["the CA itself", leaf, ca, true],
    ["a CA of the same name with another key", leaf, sameName, false],
    ["a certificate that is no CA", ca, leaf, false],
    ["a resource's certificate, by the same resource's key", planned({ signer: caKey }), planned({ key: caKey }), true],
    [
      "a resource's certificate, by another resource's key",
      planned({ signer: caKey }),
      planned({ key: { by: "resource", urn: urn("other-key") } }),
      false,
    ],
    ["a resource's certificate against a CA that is a PEM", planned({ signer: caKey }), ca, undefined],
    ["a certificate of which nothing is known", planned({}), ca, undefined],
  ])("%s", (_, certificate, authority, expected) => {
    expect(isSignedBy(certificate, authority)).toBe(expected);
  });

  it("a key is the same in every certificate that carries it", () => {
    expect(isSameKey(leaf.key, read(GOOD.certificate).key)).toBe(true);
    expect(isSameKey(leaf.key, ca.key)).toBe(false);
    expect(isSameKey(leaf.key, undefined)).toBeUndefined();
  });
});

describe("what a certificate may be used for", () => {
  it.each<[string, CertificateFacts, boolean | undefined]>([
    ["one for clients and servers", read(GOOD.certificate), true],
    ["one for servers only", read(pems("tls-client-eku-server-only").certificate), false],
    ["one that names no usages", read(pems("tls-client-no-eku").certificate), true],
    ["one that a resource will make for clients", planned({ extendedKeyUsages: ["clientAuth"] }), true],
    ["one that a resource will make for servers", planned({ extendedKeyUsages: ["serverAuth"] }), false],
    ["one of which nothing is known", planned({}), undefined],
  ])("%s, to a client", (_, facts, expected) => {
    expect(allowsUsage(facts, "clientAuth")).toBe(expected);
  });
});

describe("which hosts a certificate is valid for", () => {
  const names = { commonName: "etcd01", alternative: { dnsNames: ["*.example.com"], ipAddresses: ["10.0.0.1"] } };
  it.each<[string, string, string | null]>([
    ["its address", "10.0.0.1", null],
    ["its address within IPv6", "::ffff:10.0.0.1", null],
    ["another address", "10.0.0.2", "x509: certificate is valid for 10.0.0.1, not 10.0.0.2"],
    ["a name below the wildcard", "etcd1.example.com", null],
    ["the same in capitals", "ETCD1.example.com.", null],
    ["two names below", "a.b.example.com", "x509: certificate is valid for *.example.com, not a.b.example.com"],
    ["its common name", "etcd01", "x509: certificate is valid for *.example.com, not etcd01"],
  ])("%s", (_, host, expected) => {
    expect(hostProblem(planned({ names }), host)).toBe(expected);
  });

  it("is not known before the names are", () => {
    expect(hostProblem(planned({}), "etcd1")).toBeUndefined();
  });
});

describe("what always holds", () => {
  const der = decodePem(GOOD.certificate)[0]?.bytes ?? Buffer.alloc(0);

  it("any bytes are read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(() => parseX509(Buffer.from(bytes))).not.toThrow();
      }),
    );
  });

  it("a damaged certificate is read or refused with Go's prefix", () => {
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (position, byte) => {
        const damaged = Buffer.from(der);
        damaged[position] = byte;
        const parsed = parseX509(damaged);
        const read = parsed.ok ? certificateOf(parsed.value) : parsed.error;
        expect(read).toEqual(
          parsed.ok ? expect.anything() : expect.stringMatching(/^(x509|ecdsa): |^P256 |^invalid P256 /),
        );
      }),
    );
  });
});
