import { generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";

const { certificate: sign } = createRequire(import.meta.url)("../../test/stand-ins/x509.cjs");

const DAY_MS = 86_400_000;
/** From the day of the recorded clusters on, a hundred years. */
const LONG = { notBefore: new Date("2024-01-01T00:00:00Z"), notAfter: new Date("2123-01-01T00:00:00Z") };
const EXPIRED = { notBefore: new Date("2023-01-01T00:00:00Z"), notAfter: new Date("2024-01-01T00:00:00Z") };
const NOT_YET = { notBefore: new Date("2123-01-01T00:00:00Z"), notAfter: new Date("2124-01-01T00:00:00Z") };
export const VALIDITY = { LONG, EXPIRED, NOT_YET };
if (LONG.notAfter.getTime() - Date.now() < DAY_MS) throw new Error("the conformance run needs newer dates");

const ALGORITHMS = {
  "P-256": () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "P-384": () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  RSA: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  Ed25519: () => generateKeyPairSync("ed25519"),
};

/** A key pair, as KeyObjects. The only thing of a random cluster that its seed does not decide. */
export function newKey(algorithm = "P-256") {
  return ALGORITHMS[algorithm]();
}

/** A CA: `{key, pem}`. One with the `key` of another and the same name is that CA. */
export function newCa(commonName, { key = newKey(), signer, validity = LONG } = {}) {
  const pem = certificateOf({
    key,
    signer: signer ?? { key },
    commonName,
    uses: ["cert_signing", "crl_signing"],
    isCa: true,
    validity,
  });
  return { key, pem };
}

/**
 * A certificate's PEM. `uses` are the tls provider's names; without an extended one there is no such extension, which
 * means any usage.
 */
export function certificateOf({
  key,
  signer,
  commonName,
  uses = BOTH,
  dnsNames = [],
  ipAddresses = [],
  isCa = false,
  validity = LONG,
}) {
  serial += 1;
  return sign({
    request: {
      subject: commonName === undefined ? {} : { commonName },
      publicKeyPem: key.publicKey.export({ type: "spki", format: "pem" }),
      dnsNames,
      ipAddresses,
    },
    signer: { privateKeyPem: pkcs8(signer.key), ...(signer.pem === undefined ? {} : { certPem: signer.pem }) },
    allowedUses: uses,
    isCa,
    ...validity,
    serial: serial.toString(16).padStart(8, "0"),
  });
}

export const BOTH = ["digital_signature", "key_encipherment", "server_auth", "client_auth"];
let serial = 0;

export function pkcs8({ privateKey }) {
  return privateKey.export({ type: "pkcs8", format: "pem" });
}
