// X.509 certificates for the stand-in of the tls provider, because node:crypto reads them but does not make them.
"use strict";

const { createPrivateKey, createPublicKey, createHash, sign, X509Certificate } = require("node:crypto");
const { isIPv4 } = require("node:net");

const OIDS = {
  commonName: "2.5.4.3",
  organization: "2.5.4.10",
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  alternativeNames: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyId: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
};
/** Bits of the key usage by the tls provider's names for them (RFC 5280, 4.2.1.3). */
const KEY_USAGES = [
  "digital_signature",
  "content_commitment",
  "key_encipherment",
  "data_encipherment",
  "key_agreement",
];
const CA_USAGES = { cert_signing: 5, crl_signing: 6 };
const EXTENDED_USAGES = { server_auth: "1.3.6.1.5.5.7.3.1", client_auth: "1.3.6.1.5.5.7.3.2" };
const SIGNATURES = {
  rsa: sequence(oid("1.2.840.113549.1.1.11"), der(0x05)),
  ec: sequence(oid("1.2.840.10045.4.3.2")),
  ed25519: sequence(oid("1.3.101.112")),
};

/**
 * A certificate as PEM: `request` is `{ subject, publicKeyPem, dnsNames, ipAddresses }`, `signer` the CA's
 * `{ privateKeyPem, certPem }`, without `certPem` where the certificate signs itself.
 */
function certificate({ request, signer, allowedUses = [], isCa = false, notBefore, notAfter, serial }) {
  const key = createPrivateKey(signer.privateKeyPem);
  const publicKey = createPublicKey(request.publicKeyPem).export({ type: "spki", format: "der" });
  const signerKey = createPublicKey(signer.privateKeyPem).export({ type: "spki", format: "der" });
  const subject = name(request.subject);
  const tbs = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), Buffer.from(serial, "hex")])),
    SIGNATURES[key.asymmetricKeyType],
    signer.certPem === undefined ? subject : subjectOf(signer.certPem),
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey,
    der(0xa3, sequence(...extensions(request, allowedUses, isCa, publicKey, signerKey))),
  );
  const signature = sign(key.asymmetricKeyType === "ed25519" ? null : "sha256", tbs, key);
  return pem("CERTIFICATE", sequence(tbs, SIGNATURES[key.asymmetricKeyType], bits(signature)));
}

function extensions({ dnsNames = [], ipAddresses = [] }, allowedUses, isCa, publicKey, signerKey) {
  const extended = allowedUses.flatMap((use) => EXTENDED_USAGES[use] ?? []);
  const names = [
    ...dnsNames.map((one) => der(0x82, Buffer.from(one))),
    ...ipAddresses.map((one) => der(0x87, addressBytes(one))),
  ];
  return [
    extension(OIDS.keyUsage, keyUsage(allowedUses), true),
    ...(extended.length === 0 ? [] : [extension(OIDS.extendedKeyUsage, sequence(...extended.map(oid)))]),
    extension(OIDS.basicConstraints, isCa ? sequence(der(0x01, Buffer.from([0xff]))) : sequence(), true),
    extension(OIDS.subjectKeyId, der(0x04, keyId(publicKey))),
    extension(OIDS.authorityKeyId, sequence(der(0x80, keyId(signerKey)))),
    ...(names.length === 0 ? [] : [extension(OIDS.alternativeNames, sequence(...names))]),
  ];
}

function extension(id, value, critical = false) {
  return sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
}

function keyUsage(allowedUses) {
  const set = [...KEY_USAGES.entries()].filter(([, use]) => allowedUses.includes(use)).map(([bit]) => bit);
  const all = [...set, ...allowedUses.flatMap((use) => CA_USAGES[use] ?? [])];
  const byte = all.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return der(0x03, Buffer.from([0, byte]));
}

function keyId(publicKey) {
  return createHash("sha1").update(publicKey).digest();
}

function addressBytes(address) {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  throw new Error("the stand-in knows IPv4 addresses only");
}

function name({ commonName, organization } = {}) {
  const parts = [
    ...(organization === undefined ? [] : [[OIDS.organization, organization]]),
    ...(commonName === undefined ? [] : [[OIDS.commonName, commonName]]),
  ];
  return sequence(...parts.map(([id, text]) => der(0x31, sequence(oid(id), der(0x0c, Buffer.from(text))))));
}

/** The subject of a certificate as it stands there: the sixth field of what was signed. */
function subjectOf(certPem) {
  const [whole] = fields(new X509Certificate(certPem).raw);
  const [tbs] = fields(whole.content);
  return fields(tbs.content)[5].bytes;
}

function fields(bytes) {
  const found = [];
  for (let start = 0; start < bytes.length; ) {
    const long = bytes[start + 1] & 0x80 ? bytes[start + 1] & 0x7f : 0;
    const length = long === 0 ? bytes[start + 1] : bytes.readUIntBE(start + 2, long);
    const begin = start + 2 + long;
    found.push({ content: bytes.subarray(begin, begin + length), bytes: bytes.subarray(start, begin + length) });
    start = begin + length;
  }
  return found;
}

function time(date) {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

function sequence(...parts) {
  return der(0x30, Buffer.concat(parts));
}

function bits(bytes) {
  return der(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function oid(text) {
  const [first, second, ...rest] = text.split(".").map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(number) {
  const digits = [number & 0x7f];
  for (let rest = number >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

function der(tag, content = Buffer.alloc(0)) {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  const short = size.subarray(size.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([tag, 0x80 | short.length]), short, content]);
}

function pem(label, bytes) {
  const body = bytes
    .toString("base64")
    .match(/.{1,64}/g)
    .join("\n");
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

module.exports = { certificate, pem };
