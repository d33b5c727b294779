// A stand-in for every provider of machines (openstack, aws, hcloud, libvirt, vsphere, ...), because the real plugins come
// from no package registry and would want an account. Names and addresses are unknown in a preview, known once made.
"use strict";

const { createHash } = require("node:crypto");
const { digest, serveProvider, typeOf, UNKNOWN } = require("./serve-provider.cjs");

const ADDRESSES = [
  "accessIpV4",
  "accessPrivateIpv4",
  "accessPublicIpv4",
  "address",
  "defaultIpAddress",
  "fixedIp",
  "ip",
  "ipAddress",
  "ipv4Address",
  "mainIp",
  "natIp",
  "networkIp",
  "privateIp",
  "privateIpAddress",
  "publicIp",
  "publicIpAddress",
];
const OTHERS = ["arn", "b64Std", "dnsName", "hex", "latestVersion", "rendered", "result", "selfLink"];
/** What each card of a machine gets, where the program leaves it open. */
const OF_CARD = ["fixedIpV4", "ip"];

// facts of the real ones: user data is kept as its SHA-1 (aws: up to version 6 of its provider).
const USER_DATA_HASH = {
  "aws:ec2/instance:Instance": "hex",
  "digitalocean:index/droplet:Droplet": "hex",
  "hcloud:index/server:Server": "base64",
  "openstack:compute/instance:Instance": "hex",
};

serveProvider({
  version: "1.0.0",
  check: (_urn, inputs) => inputs,
  // An update in place keeps what the machine has got.
  computed: ({ urn, inputs, preview, old }) => ({
    id: digest(urn).slice(0, 36),
    outputs: { ...computed(urn, inputs, preview && old === undefined), ...userData(urn, inputs) },
  }),
  replaces: (_urn, changed) => ({ keys: changed.filter((key) => key.startsWith("userData")), deleteFirst: false }),
});

function computed(urn, inputs, preview) {
  const address = preview ? UNKNOWN : addressOf(urn);
  const missing = (keys, value) => keys.filter((key) => !(key in inputs)).map((key) => [key, value]);
  return {
    ...Object.fromEntries(missing(ADDRESSES, address)),
    ...Object.fromEntries(missing(OTHERS, preview ? UNKNOWN : digest(urn))),
    networkInterfaces: interfaces(inputs.networkInterfaces, preview, address),
    ...(Array.isArray(inputs.networks) ? { networks: inputs.networks.map((card) => cardOf(card, address)) } : {}),
  };
}

function cardOf(card, address) {
  return { ...Object.fromEntries(OF_CARD.map((key) => [key, address])), ...card };
}

function interfaces(given, preview, address) {
  if (!Array.isArray(given)) return preview ? UNKNOWN : [{ addresses: [address], networkIp: address }];
  return given.map((one) => ({ addresses: preview ? UNKNOWN : [address], networkIp: address, ...one }));
}

function addressOf(urn) {
  const bytes = Buffer.from(digest(urn), "hex");
  return `10.${bytes[0]}.${bytes[1]}.${(bytes[2] % 254) + 1}`;
}

function userData(urn, inputs) {
  const encoding = USER_DATA_HASH[typeOf(urn)];
  if (encoding === undefined || typeof inputs.userData !== "string" || inputs.userData === UNKNOWN) return {};
  return { userData: createHash("sha1").update(inputs.userData).digest(encoding) };
}
