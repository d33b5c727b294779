// A stand-in for pulumi-resource-tls, because the real plugin comes from no package registry. Its keys are real, its
// certificates are not: node:crypto cannot sign one.
"use strict";

const { generateKeyPairSync } = require("node:crypto");
const { digest, serveProvider, typeOf, UNKNOWN } = require("./serve-provider.cjs");

const DEFAULTS = {
  "tls:index/privateKey:PrivateKey": { ecdsaCurve: "P224", rsaBits: 2048 },
  "tls:index/selfSignedCert:SelfSignedCert": { earlyRenewalHours: 0, isCaCertificate: false },
  "tls:index/locallySignedCert:LocallySignedCert": { earlyRenewalHours: 0, isCaCertificate: false },
};
const COMPUTED = {
  "tls:index/privateKey:PrivateKey": [
    "privateKeyOpenssh",
    "privateKeyPem",
    "privateKeyPemPkcs8",
    "publicKeyOpenssh",
    "publicKeyPem",
  ],
  "tls:index/certRequest:CertRequest": ["certRequestPem", "keyAlgorithm"],
  "tls:index/selfSignedCert:SelfSignedCert": ["certPem", "keyAlgorithm", "validityEndTime", "validityStartTime"],
  "tls:index/locallySignedCert:LocallySignedCert": [
    "caKeyAlgorithm",
    "certPem",
    "validityEndTime",
    "validityStartTime",
  ],
};

serveProvider({
  version: require("@pulumi/tls/package.json").version,
  check: (urn, inputs) => ({ ...DEFAULTS[typeOf(urn)], ...inputs }),
  computed: ({ urn, inputs, preview }) => {
    const unknown = Object.fromEntries((COMPUTED[typeOf(urn)] ?? []).map((key) => [key, UNKNOWN]));
    return { id: digest(urn).slice(0, 40), outputs: preview ? unknown : { ...made(urn, inputs) } };
  },
  replaces: (_urn, changed) => ({ keys: changed, deleteFirst: false }),
});

function made(urn, inputs) {
  if (typeOf(urn) === "tls:index/privateKey:PrivateKey") return keyPair(inputs);
  const text = pem(urn);
  const validity = { validityStartTime: "2024-01-01T00:00:00Z", validityEndTime: "2124-01-01T00:00:00Z" };
  return { certPem: text, certRequestPem: text, keyAlgorithm: "RSA", caKeyAlgorithm: "RSA", ...validity };
}

function keyPair({ algorithm, rsaBits, ecdsaCurve }) {
  const { privateKey, publicKey } =
    algorithm === "RSA"
      ? generateKeyPairSync("rsa", { modulusLength: rsaBits })
      : algorithm === "ECDSA"
        ? generateKeyPairSync("ec", {
            namedCurve: { P224: "secp224r1", P256: "prime256v1" }[ecdsaCurve] ?? ecdsaCurve.replace("P", "P-"),
          })
        : generateKeyPairSync("ed25519");
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" });
  const type = { RSA: "pkcs1", ECDSA: "sec1" }[algorithm] ?? "pkcs8";
  return {
    privateKeyPem: privateKey.export({ type, format: "pem" }),
    privateKeyPemPkcs8: pkcs8,
    privateKeyOpenssh: "",
    publicKeyPem: publicKey.export({ type: "spki", format: "pem" }),
    publicKeyOpenssh: "",
  };
}

function pem(urn) {
  const label = typeOf(urn).endsWith(":CertRequest") ? "CERTIFICATE REQUEST" : "CERTIFICATE";
  const body = Buffer.from(`a stand-in signs nothing: ${digest(urn)}`)
    .toString("base64")
    .replace(/.{64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}
