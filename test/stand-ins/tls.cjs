// A stand-in for pulumi-resource-tls, because the real plugin comes from no package registry. Its keys and certificates
// are real, its requests are not.
"use strict";

const { createPublicKey, generateKeyPairSync } = require("node:crypto");
const { digest, serveProvider, typeOf, UNKNOWN } = require("./serve-provider.cjs");
const { certificate, pem } = require("./x509.cjs");

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
  switch (typeOf(urn)) {
    case "tls:index/privateKey:PrivateKey":
      return keyPair(inputs);
    case "tls:index/certRequest:CertRequest":
      return { certRequestPem: pem("CERTIFICATE REQUEST", Buffer.from(JSON.stringify(requestOf(inputs)))) };
    case "tls:index/selfSignedCert:SelfSignedCert":
      return signed(urn, inputs, requestOf(inputs), { privateKeyPem: inputs.privateKeyPem });
    default:
      return signed(urn, inputs, requestIn(inputs.certRequestPem), {
        privateKeyPem: inputs.caPrivateKeyPem,
        certPem: inputs.caCertPem,
      });
  }
}

function requestOf({ subject, privateKeyPem, dnsNames, ipAddresses }) {
  const publicKeyPem = createPublicKey(privateKeyPem).export({ type: "spki", format: "pem" });
  return { subject, publicKeyPem, dnsNames, ipAddresses };
}

/** What the stand-in itself wrote into a request; no policy looks into one. */
function requestIn(requestPem) {
  return JSON.parse(Buffer.from(requestPem.replace(/-----[^-]+-----/g, ""), "base64").toString());
}

function signed(urn, { allowedUses, isCaCertificate, validityPeriodHours }, request, signer) {
  const notBefore = new Date();
  const notAfter = new Date(notBefore.getTime() + validityPeriodHours * 3_600_000);
  const isCa = isCaCertificate === true;
  const serial = digest(urn).slice(0, 30);
  const certPem = certificate({ request, signer, allowedUses, isCa, notBefore, notAfter, serial });
  return { certPem, validityStartTime: notBefore.toISOString(), validityEndTime: notAfter.toISOString() };
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
