import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { externalEtcd } from "../../helpers/cluster";

const fixture = (...path: readonly string[]) => readFileSync(join(__dirname, "..", "..", "fixtures", ...path), "utf8");

/** A kubeadm-config whose files are on no node of a stack that says nothing else. */
export const KUBEADM_CONFIG = externalEtcd({
  caFile: "/etc/ssl/ca.pem",
  certFile: "/etc/ssl/m1.pem",
  keyFile: "/etc/ssl/m1-key.pem",
});

const REAL: readonly string[] = [
  KUBEADM_CONFIG,
  fixture("clusters", "anchors.json"),
  fixture("stack-exports", "machines.json"),
  "#cloud-config\nwrite_files:\n- {path: /etc/ssl/ca.pem, encoding: b64, content: YQ==}\nruncmd:\n- [cp, /a, /b]\n",
  "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/x-shellscript\n\n#!/bin/sh\ncp a /b\n--x--\n",
  `{"ignition":{"version":"3.0.0"},"storage":{"files":[{"path":"/a","contents":{"source":"data:,a"}}]}}`,
  "[kube_control_plane]\nm1 ansible_host=10.0.0.1\n[etcd]\nm1\n[kube_control_plane:vars]\na=b\n",
  "all:\n  hosts:\n    m1: {ansible_host: 10.0.0.1, etcd_member_name: e1}\n  children: {kube_control_plane: {hosts: {m1: }}}\n",
  "set -e\nfor i in {1..3}; do cp /tmp/$i.pem /etc/ssl/; done\ncat > /x <<E\n$A\nE\nkubeadm init --config /x\n",
  "accept:\n- {policy: private-keys-protected, reason: moved in May, until: 2027-03-31}\n",
  "controlPlane: [{name: m1, addresses: [10.0.0.1]}]\nsearched: [/etc/ssl]\nfiles: {m1: [{path: /etc/ssl/ca.pem, mode: '0600'}]}\n",
  `{"version":1,"findings":[{"policy":"private-keys-protected","fingerprint":"0"}]}`,
  "-----BEGIN CERTIFICATE-----\nMIIBAjCBqaADAgECAgEBMAoGCCqGSM49BAMCMAAwHhcNMjYwMTAxMDAwMDAwWhcN\n-----END CERTIFICATE-----\n",
];

const TOKENS: readonly string[] = [
  ...[
    "{{",
    "${",
    "$(",
    "`",
    "<<E\n",
    "[",
    "{a: ",
    "- ",
    "&a ",
    "*a ",
    "<<: *a\n",
    "--x\n",
    "? ",
    "\t",
    "\r\n",
    '"',
    "'",
  ],
  ...[
    "\\",
    "%",
    "=",
    "!!binary ",
    "__proto__: ",
    "constructor",
    "-----BEGIN X-----\n",
    "[m[1:9]]\n",
    "{1..99}",
    "$((1",
  ],
  ...[
    "\ud800",
    "\udfff",
    "\u2028",
    "\ufeff",
    "\0",
    "é",
    "\u202e",
    "\u0130",
    "0x",
    "1e999",
    "~",
    ":",
    "#",
    "|\n",
    ">\n",
  ],
];
const token = fc.constantFrom(...TOKENS);
const real = fc.constantFrom(...REAL);

/** Text of no form, tokens of all languages, one token repeated, and real inputs that were changed at some places. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.oneof(token, real, fc.string({ maxLength: 5 })), { maxLength: 12 }).map((all) => all.join("")),
  fc.tuple(real, token, fc.integer({ min: 1, max: 3000 })).map(([start, one, times]) => start + one.repeat(times)),
  fc
    .tuple(real, fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), token), { maxLength: 4 }))
    .map(([start, changes]) =>
      changes.reduce((changed, [place, length, one]) => {
        const at = Math.floor(place * changed.length);
        return changed.slice(0, at) + one + changed.slice(at + length);
      }, start),
    ),
);
