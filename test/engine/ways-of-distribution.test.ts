import { describe, expect, it } from "vitest";
import { preview } from "./helpers/preview";
import { clusters, configMap, copies, externalEtcd, FOLDER, MASTERS, NEUTRAL, own, PRESENCE } from "./helpers/programs";
import { levels, saidBy } from "./helpers/said";
import type { ProgramArgs } from "./helpers/test-stack";

/*
 * Ways in which programs bring etcd's certificates to control-plane nodes: each as a program that works, in silence, and the
 * same with one mistake.
 */

const PKI = {
  caFile: "/etc/kubernetes/pki/etcd/ca.crt",
  certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
  keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
};
const PAIRS = "external-etcd-cert-pairs-with-key";
const TRUSTED = "external-etcd-cert-trusted";

const hosts = MASTERS.map(({ addresses: [host = ""] }) => host);
const HOSTS = JSON.stringify(hosts);
const [CA, CRT, KEY] = [PKI.caFile, PKI.certFile, PKI.keyFile];

/** A program with a kubeadm-config that names the files of kubeadm's documentation. */
function withPki(program: string, files: ProgramArgs["files"] = {}): ProgramArgs {
  return { program: program + configMap(externalEtcd(PKI)), config: clusters(), files };
}

const teeOfTls = `
const caKey = new tls.PrivateKey("ca", { algorithm: "RSA" });
const ca = new tls.SelfSignedCert("ca", { privateKeyPem: caKey.privateKeyPem, isCaCertificate: true, validityPeriodHours: 87600, allowedUses: ["cert_signing"], subject: { commonName: "etcd-ca" } });
const newKey = new tls.PrivateKey("new-ca", { algorithm: "RSA" });
const newCa = new tls.SelfSignedCert("new-ca", { privateKeyPem: newKey.privateKeyPem, isCaCertificate: true, validityPeriodHours: 87600, allowedUses: ["cert_signing"], subject: { commonName: "etcd-ca" } });
${HOSTS}.forEach((host, i) => {
  const key = new tls.PrivateKey("client-" + i, { algorithm: "ECDSA", ecdsaCurve: "P256" });
  const csr = new tls.CertRequest("client-" + i, { privateKeyPem: key.privateKeyPem, subject: { commonName: "kube-apiserver-etcd-client" } });
  const crt = new tls.LocallySignedCert("client-" + i, { certRequestPem: csr.certRequestPem, caPrivateKeyPem: caKey.privateKeyPem, caCertPem: ca.certPem, validityPeriodHours: 8760, allowedUses: ["client_auth", "digital_signature"] });
  const connection = { host, user: "ubuntu", privateKey: "k" };
  new command.remote.Command("ca-" + i, { connection, create: "sudo mkdir -p /etc/kubernetes/pki/etcd && sudo tee ${CA} > /dev/null", stdin: ca.certPem });
  new command.remote.Command("crt-" + i, { connection, create: "sudo tee ${CRT} > /dev/null", stdin: crt.certPem });
  new command.remote.Command("key-" + i, { connection, create: "sudo tee ${KEY} > /dev/null && sudo chmod 600 ${KEY}", stdin: key.privateKeyPem });
});`;

const folderThenLoop = `
${HOSTS}.forEach((host, i) => {
  const connection = { host, user: "root" };
  const pki = new command.remote.CopyToRemote("pki-" + i, { connection, source: new pulumi.asset.FileArchive("pki"), remotePath: "/tmp/" });
  new command.remote.Command("install-" + i, { connection, create: ${JSON.stringify(`set -euo pipefail
for f in etcd/ca.crt apiserver-etcd-client.crt apiserver-etcd-client.key; do
  install -D -m 0600 -o root -g root "/tmp/pki/$f" "/etc/kubernetes/pki/$f"
done
rm -rf /tmp/pki`)} }, { dependsOn: [pki] });
});`;
const pkiFolder = {
  "pki/etcd/ca.crt": "x",
  "pki/apiserver-etcd-client.crt": "x",
  "pki/apiserver-etcd-client.key": "x",
};

const scpLoop = `
new command.local.Command("certs", { create: ${JSON.stringify(`for ip in ${hosts.join(" ")}; do
  ssh root@$ip 'mkdir -p /etc/kubernetes/pki/etcd'
  scp -o StrictHostKeyChecking=no ./out/ca.crt root@$ip:${CA}
  scp -o StrictHostKeyChecking=no ./out/client.crt root@$ip:${CRT}
  scp -o StrictHostKeyChecking=no ./out/client.key root@$ip:${KEY}
done`)} });`;

const ownPairsAndLinks = MASTERS.map(
  ({ name, addresses: [host = ""] }) => `${copies(host, own(name))}
new command.remote.Command("links-${name}", {
  connection: { host: "${host}" },
  create: "cd ${FOLDER} && ln -sf node-${name}.pem node.pem && ln -sf node-${name}-key.pem node-key.pem",
});`,
).join("");
const LINKED = { certFile: `${FOLDER}/node.pem`, keyFile: `${FOLDER}/node-key.pem`, caFile: `${FOLDER}/ca.pem` };
const withLinks = (program: string) => ({ program: program + configMap(externalEtcd(LINKED)), config: clusters() });

const homeThenMove = `
${HOSTS}.forEach((host, i) => {
  const connection = { host, user: "ubuntu", privateKey: "k" };
  const staged = ["ca.pem", "client.pem", "client-key.pem"].map((file) => new command.remote.CopyToRemote(file + "-" + i, {
    connection, source: new pulumi.asset.FileAsset("index.js"), remotePath: file }));
  new command.remote.Command("move-" + i, { connection, create: "sudo mkdir -p ${FOLDER} && sudo mv ~/ca.pem ~/client.pem ~/client-key.pem ${FOLDER}/ && sudo chown -R root:root ${FOLDER}" }, { dependsOn: staged });
});`;
const withNeutral = (program: string) => ({ program: program + configMap(externalEtcd(NEUTRAL)), config: clusters() });

describe("programs that work", () => {
  it.each<[string, ProgramArgs]>([
    ["tee of what tls resources make", withPki(teeOfTls)],
    ["a folder to /tmp, then install in a loop", withPki(folderThenLoop, pkiFolder)],
    ["scp in a loop over addresses", withPki(scpLoop)],
    ["each node's own pair, with links of one name", withLinks(ownPairsAndLinks)],
    ["copies to the user's home, then sudo mv", withNeutral(homeThenMove)],
  ])("%s: silence", async (_title, args) => {
    const seen = await preview(args);
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });
});

describe("the same with one mistake", () => {
  it.each<[string, ProgramArgs, string, string]>([
    [
      "the CA's key where each node's own belongs",
      withPki(teeOfTls.replace("stdin: key.privateKeyPem", "stdin: caKey.privateKeyPem")),
      PAIRS,
      "master01, master02, master03",
    ],
    [
      "a CA that was created again under the same name",
      withPki(teeOfTls.replace("stdin: ca.certPem", "stdin: newCa.certPem")),
      TRUSTED,
      "new-ca has a different key from the one that signs client-0",
    ],
    [
      "a clean-up of the wrong folder",
      withPki(folderThenLoop.replace("rm -rf /tmp/pki", "rm -rf /etc/kubernetes/pki/etcd"), pkiFolder),
      PRESENCE,
      "does not have it: install-0, command:remote:Command removes it",
    ],
    [
      "a loop without the third node",
      withPki(scpLoop.replace(` ${hosts[2]};`, ";")),
      PRESENCE,
      "master03  gets no file from any source in this preview, which cannot show resources that the program creates inside apply",
    ],
    [
      "a link to a misspelt name",
      withLinks(ownPairsAndLinks.replace("ln -sf node-master02.pem", "ln -sf node-master2.pem")),
      PRESENCE,
      "master02  has a broken link there",
    ],
  ])("%s: refused", async (_title, args, policy, text) => {
    const seen = await preview(args);
    expect(seen.exitCode).not.toBe(0);
    expect(saidBy(policy, seen)).toContain(text);
  });

  it("a move that does not wait for the copies: undecided in one line, which names them and the missing dependsOn", async () => {
    const seen = await preview(withNeutral(homeThenMove.replace("{ dependsOn: staged }", "{}")));
    expect([seen.exitCode, levels(seen)]).toEqual([0, [`${PRESENCE} advisory`]]);
    const entries = saidBy(PRESENCE, seen)
      .split("\n")
      .filter((line) => line.startsWith("  - "));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatch(/^ {2}- move-0, move-1, move-2 .* does not wait for .*client\.pem-1.*\(dependsOn\)$/);
  });
});
