import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { externalEtcd } from "../helpers/cluster";
import { type ProgramResource, preview } from "../helpers/preview";

/** Stands for any secret: upper case, lower case and digits, as passwords have them. */
const SECRET = "S3cret7Mark";
const KEY = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;
const KEY_LINES = KEY.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));

const FILES = { caFile: "/etc/etcd/ca.pem", certFile: "/etc/etcd/node.pem", keyFile: "/etc/etcd/node-key.pem" };
const NODES = { controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"] }, { name: "master02" }] };

function configMap(text = externalEtcd(FILES)): ProgramResource {
  return {
    type: "kubernetes:core/v1:ConfigMap",
    name: "kubeadm-config",
    props: { metadata: { name: "kubeadm-config", namespace: "kube-system" }, data: { ClusterConfiguration: text } },
  };
}

function command(create: string, more: object = {}): ProgramResource {
  return {
    type: "command:remote:Command",
    name: "prepare",
    props: { connection: { host: "10.0.0.1", user: "root" }, create, ...more },
  };
}

/** All that a preview says, and whether a line of the key or the mark is in it. */
async function leaks(program: readonly ProgramResource[], cluster: object = NODES): Promise<readonly string[]> {
  const said = (await preview(program, [{ name: "prod", ...cluster }])).map(({ message }) => message).join("\n");
  expect(said).not.toBe("");
  return said
    .split("\n")
    .filter(
      (line) =>
        line.includes(SECRET) ||
        KEY_LINES.some((one) => line.includes(one.slice(0, 12)) || line.includes(one.slice(-8))),
    );
}

describe("a script whose words are secret", () => {
  it.each<[string, string]>([
    ["a key that is echoed without quotes", `echo ${KEY} > /etc/etcd/node-key.pem`],
    ["a key in a here-document that ends early", `cat > /etc/etcd/node-key.pem <<EOF\nEOF\n${KEY}\nEOF`],
    ["a key by lines alone", KEY_LINES.join("\n")],
    ["a space after the equals sign", `export A=1\nTOKEN= ${SECRET} other`],
    ["a password that eval runs", `PW=${SECRET}\neval $PW`],
    ["a password that is run as a program", `PW=${SECRET}\n$PW --now`],
    ["a password as the name of a script", `bash ${SECRET}`],
    ["a password that is sourced", `. ${SECRET}`],
    ["a password after docker", `docker ${SECRET}`],
    ["a password with a dollar sign", `echo "a$${SECRET}" > /etc/etcd/$${SECRET}/x`],
    ["a password as an archive", `tar xf ${SECRET} -C /etc/etcd`],
    [
      "a password in the address of a file",
      `curl -O https://user:${SECRET}@host/x; tar xf https://user:${SECRET}@host/y`,
    ],
    ["a password behind sudo", `sudo ${SECRET}`],
    ["a password behind xargs", `echo a | xargs ${SECRET}`],
    ["a password in a nested shell", `bash -c '${SECRET}'`],
    ["a password on another machine", `ssh root@10.0.0.2 ${SECRET}`],
    ["a password as the name of another machine", `ssh ${SECRET} kubeadm init`],
    ["a password as user and machine", `scp ca.pem ${SECRET}@10.0.0.2:/etc/etcd/`],
    ["a password in a trap", `trap ${SECRET} EXIT`],
    ["a password in a function's name", `f() { ${SECRET}; }; f`],
    ["a password in a substitution", `X=$(${SECRET}) ; echo $X > /etc/etcd/$X`],
  ])("%s", async (_, create) => {
    expect(await leaks([configMap(), command(create)])).toEqual([]);
  });

  it("still names programs and scripts", async () => {
    const said = await preview(
      [configMap(), command("./bootstrap.sh\n/opt/k8s/join.sh\ndocker run --privileged x")],
      [{ name: "prod", ...NODES }],
    );
    const text = said.map(({ message }) => message).join("\n");
    expect(text).toContain("runs ./bootstrap.sh");
    expect(text).toContain("runs /opt/k8s/join.sh");
    expect(text).toContain("runs docker run");
  });
});

describe("a kubeadm-config that holds a secret", () => {
  const config = (field: string, value: string) => externalEtcd(FILES).replace(/^etcd:/m, `${field}: ${value}\netcd:`);
  const block = (text: string) =>
    `|\n${text
      .split("\n")
      .map((line) => `        ${line}`)
      .join("\n")}`;
  it.each<[string, string]>([
    ["a PEM as keyFile", externalEtcd({ ...FILES, keyFile: block(KEY) })],
    ["a PEM as certFile", externalEtcd({ ...FILES, certFile: block(KEY) })],
    ["a PEM in one line", externalEtcd({ ...FILES, keyFile: JSON.stringify(KEY) })],
    [
      "a password in an endpoint",
      externalEtcd(FILES).replace("https://192.168.10.21:2379", `https://user:${SECRET}@192.168.10.21:2379`),
    ],
    [
      "a password in an endpoint without a scheme",
      externalEtcd(FILES).replace("https://192.168.10.21:2379", `user:${SECRET}@etcd1:2379`),
    ],
    [
      "a password in an http endpoint",
      externalEtcd(FILES).replace("https://192.168.10.21:2379", `http://user:${SECRET}@etcd1:2379`),
    ],
    [
      "a token in an endpoint",
      externalEtcd(FILES).replace("https://192.168.10.21:2379", `https://${SECRET}@etcd1:2379`),
    ],
    ["a password in controlPlaneEndpoint", config("controlPlaneEndpoint", `user:${SECRET}@master01:6443`)],
    ["a password in imageRepository", config("imageRepository", `user:${SECRET}@registry.example.com/k8s`)],
    ["a password as kubernetesVersion", config("kubernetesVersion", SECRET)],
    ["a password as an alias", config("clusterName", `*${SECRET}`)],
    ["a password as a tag", config("clusterName", `!${SECRET} x`)],
    ["a password as a tag of YAML's own", config("clusterName", `!!${SECRET} x`)],
    ["a password where a number stands", config("clusterName", `!!int ${SECRET}`)],
    ["a password as a field", config(SECRET, "x")],
    ["a password where a map stands", config("networking", SECRET)],
    ["a password as an API version", externalEtcd(FILES).replace("kubeadm.k8s.io/v1beta3", SECRET)],
    ["a password as a kind", externalEtcd(FILES).replace("kind: ClusterConfiguration", `kind: ${SECRET}`)],
    ["a password as a subnet", config("networking", `{podSubnet: ${SECRET}}`)],
    ["a password as a feature gate", config("featureGates", `{${SECRET}: true}`)],
    ["a password in a template", config("clusterName", `"{{ '${SECRET}' | quote }}"`)],
    ["a password in a command substitution", config("clusterName", `"$(vault read ${SECRET})"`)],
    ["a password that is not YAML", `${SECRET}: : :\n\t- x`],
  ])("%s", async (_, text) => {
    expect(await leaks([configMap(text)])).toEqual([]);
  });
});

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Settings that name these files, in a folder of their own. */
function files(texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const INVENTORY =
  "[kube_control_plane]\nmaster01 ansible_host=10.0.0.1\n[etcd]\netcd1\n[k8s_cluster:children]\nkube_control_plane\n";

describe("files that the settings name", () => {
  it.each<[string, string]>([
    [
      "a variable under a group's heading",
      `[kube_control_plane]\nansible_become_pass=${SECRET}\nmaster01\n[etcd]\netcd1`,
    ],
    ["a variable alone under etcd", `${INVENTORY}[etcd]\nansible_become_pass=${SECRET}`],
    ["a password as a host", `[kube_control_plane]\n${SECRET}:pw@x\n`],
    ["a password as a child", `[kube_control_plane:children]\n${SECRET}\n`],
    ["a password as a section", `[a:${SECRET}]\nmaster01\n`],
    ["a password as a quote", `[kube_control_plane]\nmaster01 ansible_become_pass='${SECRET}\n`],
  ])("an inventory: %s", async (_, text) => {
    const folder = files({ "inventory.ini": text });
    expect(
      await leaks([configMap()], { kubespray: { inventory: join(folder, "inventory.ini"), release: "v2.25.0" } }),
    ).toEqual([]);
  });

  it.each<[string, string]>([
    ["an alias", `ansible_become_pass: *${SECRET}`],
    ["a tag", `ansible_become_pass: !${SECRET} x`],
    ["a map's key", `{${SECRET}: [}`],
    ["a certificate folder", `etcd_cert_dir: ${SECRET}`],
    ["a template", `etcd_cert_dir: "{{ '${SECRET}' | x }}"`],
  ])("group_vars and YAML inventories: %s", async (_, text) => {
    const folder = files({ "inventory.ini": INVENTORY, "group_vars/all.yml": text, "inventory.yml": text });
    const leaksOf = (inventory: string) =>
      leaks([configMap()], { kubespray: { inventory: join(folder, inventory), release: "v2.25.0" } });
    expect([await leaksOf("inventory.ini"), await leaksOf("inventory.yml")]).toEqual([[], []]);
  });

  it.each<[string, string]>([
    ["an alias", `controlPlane: *${SECRET}`],
    ["a tag", `controlPlane: !${SECRET} x`],
    ["JSON that is cut", `{"controlPlane": ["${SECRET}`],
    ["a node's name", `{controlPlane: [{name: "${SECRET} x"}]}`],
    ["an address", `{controlPlane: [{name: master01, addresses: ["${SECRET} x"]}]}`],
    ["a key", `{controlPlane: [{name: master01, ${SECRET}: x}], ${SECRET}: y}`],
    ["a path", `{controlPlane: [{name: master01}], files: {master01: [{path: ${SECRET}}]}}`],
    ["a node of files", `{controlPlane: [{name: master01}], files: {${SECRET}: [{path: /etc/etcd/ca.pem}]}}`],
    ["a mode", `{controlPlane: [{name: master01}], files: {master01: [{path: /etc/etcd/ca.pem, mode: ${SECRET}}]}}`],
    [
      "the content of a file",
      `{controlPlane: [{name: master01}], files: {master01: [{path: /etc/etcd/ca.pem, content: ${SECRET}}]}}`,
    ],
  ])("a listing: %s", async (_, text) => {
    const folder = files({ "listing.yaml": text });
    expect(await leaks([configMap()], { listing: join(folder, "listing.yaml") })).toEqual([]);
  });
});

describe("what cannot forge a line of a report", () => {
  it.each(["\n", "\r\n", "\u2028", "\x1b[2K\r", "\x85"])("a path with %j in it", async (end) => {
    const path = `/etc/etcd/x${end}FORGED: nothing found`;
    const text = externalEtcd({ ...FILES, keyFile: JSON.stringify(path) });
    const said = await preview([configMap(text), command("touch /etc/etcd/ca.pem")], [{ name: "prod", ...NODES }]);
    const lines = said.flatMap(({ message }) => message.split(/[\n\r\u2028\x85]/));
    expect(lines.filter((line) => line.startsWith("FORGED"))).toEqual([]);
  });
});
