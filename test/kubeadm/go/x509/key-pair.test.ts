import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePem } from "../../../../kubeadm/go/x509/decode-pem";
import { loadKeyPair } from "../../../../kubeadm/go/x509/key-pair";
import { samePublicKey } from "../../../../kubeadm/go/x509/public-key";
import { readPrivateKey } from "../../../../kubeadm/go/x509/read-private-key";
import { BOUNDED_MS, cpuTime } from "../../../helpers/cpu-time";
import { pems } from "../../predict/tls-cases";

const { certificate, key } = pems("tls-good");

function der(pem: string): Buffer {
  return decodePem(pem)[0]?.bytes ?? Buffer.alloc(0);
}

describe("the forms of one key", () => {
  it.each<[string, "pkcs1" | "sec1", ReturnType<typeof generateKeyPairSync>]>([
    ["RSA", "pkcs1", generateKeyPairSync("rsa", { modulusLength: 2048 })],
    ["P-224", "sec1", generateKeyPairSync("ec", { namedCurve: "secp224r1" })],
    ["P-256", "sec1", generateKeyPairSync("ec", { namedCurve: "prime256v1" })],
    ["P-384", "sec1", generateKeyPairSync("ec", { namedCurve: "secp384r1" })],
    ["P-521", "sec1", generateKeyPairSync("ec", { namedCurve: "secp521r1" })],
  ])("%s: PKCS#8 and %s are the same key", (_, type, { privateKey }) => {
    const [own, pkcs8] = [type, "pkcs8" as const].map((form) =>
      readPrivateKey(Buffer.from(privateKey.export({ format: "der", type: form }))),
    );
    expect(own?.kind).toBe("key");
    expect(own?.kind === "key" && pkcs8?.kind === "key" && samePublicKey(own.publicKey, pkcs8.publicKey)).toBe(true);
  });

  it("Ed25519 is read", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const reading = readPrivateKey(privateKey.export({ format: "der", type: "pkcs8" }));
    expect(reading).toMatchObject({ kind: "key", publicKey: { kind: "ed25519" } });
  });

  it.each([
    ["secp256k1", generateKeyPairSync("ec", { namedCurve: "secp256k1" }), "unreadable"],
    ["X25519", generateKeyPairSync("x25519"), "unusable"],
    ["Ed448", generateKeyPairSync("ed448"), "unreadable"],
  ])("%s is no key for Go's TLS", (_, { privateKey }, kind) => {
    expect(readPrivateKey(privateKey.export({ format: "der", type: "pkcs8" })).kind).toBe(kind);
  });
});

describe("what always holds", () => {
  const good = der(key);

  it("a pair loads, whatever text follows and whatever the key's label says before PRIVATE KEY", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]*$/), fc.stringMatching(/^[A-Z]+$/), (trailing, label) => {
        const relabeled = key.replaceAll("EC PRIVATE", `${label} PRIVATE`);
        expect(loadKeyPair(certificate + trailing, relabeled + trailing).ok).toBe(true);
      }),
    );
  });

  it("any two texts are checked", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(certificate, key, certificate + key));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(() => loadKeyPair(one, other)).not.toThrow();
      }),
    );
  });

  const withByte = (position: number, byte: number): string => {
    const damaged = Buffer.from(good);
    damaged[position] = byte;
    return `-----BEGIN EC PRIVATE KEY-----\n${damaged.toString("base64")}\n-----END EC PRIVATE KEY-----\n`;
  };
  const REFUSED = /^tls: (failed to parse private key|private key does not match public key)$/;

  it("a key with another scalar is refused, and never shows in the error", () => {
    // SEC 1: SEQUENCE { INTEGER 1, OCTET STRING of 32 bytes, ... }
    expect(good.subarray(2, 7).toString("hex")).toBe("0201010420");
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 38 }), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const pair = loadKeyPair(certificate, withByte(position, (good[position] ?? 0) ^ change));
        expect(pair).toEqual({ ok: false, error: expect.stringMatching(REFUSED) });
      }),
    );
  });

  it("a damaged key is refused or still the certificate's, and never shows in the error", () => {
    const whole = loadKeyPair(certificate, key);
    expect(whole.ok).toBe(true);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (position, byte) => {
        const pair = loadKeyPair(certificate, withByte(position, byte));
        expect([whole, { ok: false, error: expect.stringMatching(REFUSED) }]).toContainEqual(pair);
      }),
    );
  });

  it("bytes that are not a key cost little time", () => {
    const zeros = Buffer.alloc(1_000_000);
    const spent = cpuTime();
    expect(readPrivateKey(zeros).kind).toBe("unreadable");
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});
