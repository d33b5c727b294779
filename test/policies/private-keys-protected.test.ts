import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PlannedPem } from "../../cluster/certificates/planned-pem";
import type { ClusterSettings, FileSettings } from "../../cluster/cluster-settings";
import type { Content } from "../../machine/content";
import type { Source, Urn } from "../../machine/source";
import { privateKeysProtected as policy } from "../../policies/private-keys-protected";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { put, urn } from "../helpers/evidence";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const FOLDER = "/etc/ssl/etcd/ssl";
const CONFIG = externalEtcd({
  certFile: `${FOLDER}/node.pem`,
  keyFile: `${FOLDER}/node-key.pem`,
  caFile: `${FOLDER}/ca.pem`,
});
const { privateKey: KEY } = generateKeyPairSync("ed25519", {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
/** A CA and its key, made for this test; they open nothing. */
const CA = `-----BEGIN CERTIFICATE-----
MIIBFjCByaADAgECAgEBMAUGAytlcDASMRAwDgYDVQQDDAdldGNkLWNhMCAXDTI0
MDEwMTAwMDAwMFoYDzIxMjQwMTAxMDAwMDAwWjASMRAwDgYDVQQDDAdldGNkLWNh
MCowBQYDK2VwAyEA8JDUhEWeuYMQA6V7WFDEdYhwQk+UX/pzwgiGNBKcbEmjQjBA
MA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBTXC71o
nK9ukdFCh4J1l5s8VOL1QDAFBgMrZXADQQD37iRUJjKX8qi4kRx4/7VFEn1hRdHL
TNLvMWMK/AZ0K6yQgTSNwqcuYz326mbfdo7MOlm0/StAWrOKoh/DBq8H
-----END CERTIFICATE-----
`;
const CA_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIHzu94V/LE5cpfCjv8LRKMnygk0HWsciLDXjTOiwSgbH
-----END PRIVATE KEY-----
`;
/** What a message must never hold: a line of the key. */
const SECRET = KEY.split("\n")[1] ?? "";

const settings = (files: readonly FileSettings[], more: Partial<ClusterSettings> = {}): ClusterSettings => ({
  name: "prod",
  controlPlaneNodes: [{ name: "master01", addresses: ["192.168.10.11"] }],
  files,
  ...more,
});
const checked = (files: readonly FileSettings[], more: Partial<ClusterSettings> = {}, text = CONFIG) => {
  const cluster = clusterFrom(text, settings(files, more));
  const outcome = policy.check(cluster, NOW);
  const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
  return { outcome, text: first === undefined ? "" : policy.messages[first.message]?.([first, ...rest], cluster) };
};
const messagesOf = ({ outcome }: ReturnType<typeof checked>) =>
  outcome.kind === "fail" ? outcome.findings.map(({ message }) => message) : [];

describe("the mode of a key file", () => {
  it.each([
    ["0600", []],
    ["0400", []],
    ["0640", []],
    ["0644", ["openToOthers"]],
    ["644", ["openToOthers"]],
    ["0660", ["openToOthers"]],
    ["0604", ["openToOthers"]],
    ["0700", []],
    ["4600", []],
  ])("%s: %j", (mode, expected) => {
    expect(messagesOf(checked([{ path: `${FOLDER}/node-key.pem`, mode }]))).toEqual(expected);
  });

  it.each([
    ["the file that keyFile names", "/opt/etcd/client", CONFIG.replace(`${FOLDER}/node-key.pem`, "/opt/etcd/client")],
    ["key.pem", "/opt/key.pem", CONFIG],
    ["a file of the ending .key", "/opt/client.key", CONFIG],
  ])("matters for %s", (_title, path, text) => {
    expect(messagesOf(checked([{ path, mode: "0644" }], {}, text))).toEqual(["openToOthers"]);
  });

  it.each(["/opt/monkey.pem", "/opt/key.pem.sha256", "/opt/client.keytab", "/opt/client"])(
    "does not matter for a file that only seems to be a key: %s",
    (path) => {
      expect(checked([{ path, mode: "0644" }]).outcome.kind).toBe("not-applicable");
    },
  );

  it("does not matter where it is not known", () => {
    expect(checked([{ path: `${FOLDER}/node-key.pem` }]).outcome).toEqual({ kind: "pass", remarks: [] });
  });

  it("does not matter for a certificate", () => {
    expect(checked([{ path: `${FOLDER}/node.pem`, mode: "0644" }]).outcome.kind).toBe("not-applicable");
  });

  it("matters for a key under a name that does not show it", () => {
    expect(messagesOf(checked([{ path: "/opt/combined", mode: "0644", content: `text\n${KEY}` }]))).toEqual([
      "openToOthers",
    ]);
  });

  it("does not matter for a public key that is called a key", () => {
    const content = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    expect(checked([{ path: "/opt/signing-key.pem", mode: "0644", content }]).outcome.kind).toBe("not-applicable");
  });

  it("is named with the file, and the key is not", () => {
    const { text } = checked([{ path: `${FOLDER}/node-key.pem`, mode: "0644", content: KEY }]);
    expect(text).not.toContain(SECRET);
    expect(text).toMatchInlineSnapshot(`
      "A private key is accessible to other users on master01.
        master01  /etc/ssl/etcd/ssl/node-key.pem has the mode 0644 (clusters[prod].files[0], settings)
      kubeadm and kube-apiserver run as root, so they need no rights for others.
      Fix: take these rights away (chmod g-w,o= FILE). If a service that does not run as root reads the key, as etcd may, first make its user the owner, or give the file its group."
    `);
  });
});

describe("the key of etcd's CA", () => {
  const caKey = [{ path: `${FOLDER}/ca-key.pem`, mode: "0600" }];

  it("does not belong on a control-plane node", () => {
    expect(messagesOf(checked(caKey))).toEqual(["caKeyOutsideEtcd"]);
  });

  it.each([
    ["declared as an etcd host", { etcdHosts: [{ name: "etcd1", addresses: ["192.168.10.11"] }] }, CONFIG],
    ["among the endpoints", {}, CONFIG.replace("192.168.10.21", "192.168.10.11")],
  ])("belongs there where the node is %s", (_title, more, text) => {
    expect(checked(caKey, more, text).outcome).toEqual({ kind: "pass", remarks: [] });
  });

  it("does not belong there though it has another name", () => {
    const files = [
      { path: `${FOLDER}/ca.pem`, content: CA },
      { path: "/opt/issuer.pem", mode: "0600", content: CA_KEY },
    ];
    expect(checked(files).outcome).toMatchObject({
      kind: "fail",
      findings: [{ message: "caKeyOutsideEtcd", path: "/opt/issuer.pem" }],
    });
  });

  it("is not meant by the key of a certificate that is its own CA", () => {
    const files = [
      { path: `${FOLDER}/ca.pem`, content: CA },
      { path: `${FOLDER}/node-key.pem`, mode: "0600", content: CA_KEY },
    ];
    expect(checked(files).outcome).toEqual({ kind: "pass", remarks: [] });
  });

  it.each([
    ["kubeadm", `${FOLDER}/ca.key`, CONFIG],
    ["a tool that keeps dots in a name", `${FOLDER}/etcd.v3.key`, CONFIG.replace("/ca.pem", "/etcd.v3.pem")],
  ])("does not belong there under the name that it has from %s", (_title, path, text) => {
    expect(messagesOf(checked([{ path, mode: "0600" }], {}, text))).toEqual(["caKeyOutsideEtcd"]);
  });

  it("belongs there where one of several endpoints is the node's", () => {
    const text = CONFIG.replace(/(- https:.*)\n/, "$1\n    - https://192.168.10.11:2379\n");
    expect(checked(caKey, {}, text).outcome).toEqual({ kind: "pass", remarks: [] });
  });

  it("is not known where no caFile is named", () => {
    const text = externalEtcd({ certFile: `${FOLDER}/node.pem`, keyFile: `${FOLDER}/node-key.pem` });
    expect(checked([...caKey, { path: "/key.pem" }, { path: "/-key.pem" }], {}, text).outcome).toEqual({
      kind: "pass",
      remarks: [],
    });
  });

  it.each([
    ["the CA is not shown", `${FOLDER}/ca.pem`, undefined],
    ["the CA is another's", `${FOLDER}/ca.pem`, CA],
  ])("is not meant by another key, where %s", (_title, path, content) => {
    const files = [
      { path, ...(content === undefined ? {} : { content }) },
      { path: "/opt/issuer.pem", mode: "0600", content: KEY },
    ];
    expect(checked(files).outcome).toEqual({ kind: "pass", remarks: [] });
  });

  it.each(["ca.crt", "front-proxy-ca.crt"])("is not meant by the keys of Kubernetes' own CAs, beside %s", (name) => {
    const own = ["ca.key", "front-proxy-ca.key"].map((key) => ({ path: `/etc/kubernetes/pki/${key}`, mode: "0600" }));
    const text = CONFIG.replace(`${FOLDER}/ca.pem`, `/etc/kubernetes/pki/${name}`);
    expect(checked(own, {}, text).outcome).toEqual({ kind: "pass", remarks: [] });
  });
});

describe("keys that tls resources will make", () => {
  const [CA_CERT, CA_KEY_PEM, OTHER_KEY] = [urn("ca"), urn("ca-key"), urn("other-key")];
  const none = {
    names: undefined,
    validity: undefined,
    isCa: true,
    extendedKeyUsages: "any",
    x509: undefined,
  } as const;
  const key = (of: Urn) => ({ by: "resource", urn: of }) as const;
  const plannedPems = new Map<Urn, PlannedPem>([
    [CA_CERT, { kind: "certificate", certificate: { ...none, key: key(CA_KEY_PEM), signer: key(CA_KEY_PEM) } }],
    [CA_KEY_PEM, { kind: "private-key", key: key(CA_KEY_PEM) }],
    [OTHER_KEY, { kind: "private-key", key: key(OTHER_KEY) }],
  ]);
  const tls = (of: Urn): Content => ({ kind: "tls", urn: of, property: "pem" });
  const found = (ca: Content, issuer: Content, kind = "command:remote:CopyToRemote") => {
    const cluster = clusterFrom(CONFIG, settings([]), {
      evidence: [
        {
          source: { name: "master01", kind, urn: urn("master01", kind) },
          machine: { by: "every-control-plane-node" },
          operations: [put(`${FOLDER}/ca.pem`, ca), put("/opt/issuer.pem", issuer)],
        },
      ],
      kubeadmRuns: [],
      nodes: [],
      graph: { machines: new Map(), dependencies: new Map() },
      plannedPems,
      precedes: () => true,
    });
    const outcome = policy.check(cluster, NOW);
    return outcome.kind === "fail" ? outcome.findings.map(({ message, path }) => `${message} ${path}`) : outcome.kind;
  };

  it.each<readonly [string, Content, Content, string | readonly string[]]>([
    ["that of etcd's CA", tls(CA_CERT), tls(CA_KEY_PEM), ["caKeyOutsideEtcd /opt/issuer.pem"]],
    ["another", tls(CA_CERT), tls(OTHER_KEY), "pass"],
    ["one beside a CA that is known by its text", { kind: "text", text: CA }, tls(OTHER_KEY), "pass"],
    ["one beside a key in the CA's place", tls(OTHER_KEY), tls(OTHER_KEY), "pass"],
    ["one whose text is shown", tls(CA_CERT), { kind: "text", text: KEY }, "pass"],
    ["one beside a CA that is not shown", { kind: "not-shown" }, tls(CA_KEY_PEM), "pass"],
    ["none: two certificates", tls(CA_CERT), tls(CA_CERT), "not-applicable"],
    ["none that is known", tls(CA_CERT), tls(urn("elsewhere")), "not-applicable"],
  ])("%s", (_title, ca, issuer, expected) => {
    expect(found(ca, issuer)).toEqual(expected);
  });

  it("must not be in user data", () => {
    expect(found({ kind: "not-shown" }, tls(OTHER_KEY), "aws:ec2/instance:Instance")).toEqual([
      "keyInUserData /opt/issuer.pem",
    ]);
  });
});

describe("the way by which a key comes", () => {
  const clusterBy = (kind: string, content: Content = { kind: "text", text: KEY }, origin?: Source) => {
    const source: Source = { name: "master01", kind, urn: urn("master01", kind) };
    return clusterFrom(CONFIG, settings([]), {
      evidence: [
        {
          source,
          machine: { by: "every-control-plane-node" },
          operations: [
            {
              do: "put",
              to: { kind: "file", path: `${FOLDER}/node-key.pem` },
              content,
              mode: "0600",
              ...(origin === undefined ? {} : { origin }),
            },
          ],
        },
      ],
      kubeadmRuns: [],
      nodes: [],
      graph: { machines: new Map(), dependencies: new Map() },
      plannedPems: new Map(),
      precedes: () => true,
    });
  };
  const by = (...how: Parameters<typeof clusterBy>) => policy.check(clusterBy(...how), NOW);

  it.each(["aws:ec2/instance:Instance", "hcloud:index/server:Server", "openstack:compute/instance:Instance"])(
    "must not be the user data of %s",
    (kind) => {
      expect(by(kind)).toMatchObject({ kind: "fail", findings: [{ message: "keyInUserData" }] });
    },
  );

  it("is told for user data with the machine, and the key is not", () => {
    const cluster = clusterBy("aws:ec2/instance:Instance");
    const outcome = policy.check(cluster, NOW);
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages["keyInUserData"]?.([first], cluster)).toBe(
      [
        "A private key is in the user data of master01.",
        `  master01  ${FOLDER}/node-key.pem (master01, aws:ec2/instance:Instance)`,
        "User data can be read through the provider's API and, on most clouds, by every process of the machine, for as long as the machine lives.",
        "Fix: deliver the key after the machine has started (CopyToRemote, a secret store), and replace the key.",
      ].join("\n"),
    );
  });

  it.each(["command:remote:CopyToRemote", "command:remote:Command", "kubeadm-guard:index:NodeFile"])(
    "may be %s",
    (kind) => {
      expect(by(kind)).toEqual({ kind: "pass", remarks: [] });
    },
  );

  it("may be user data that joins with a certificate key: kubeadm brings it", () => {
    const certs = { name: "kubeadm-certs", kind: "kubernetes:core/v1:Secret" };
    expect(by("aws:ec2/instance:Instance", undefined, certs)).toEqual({ kind: "pass", remarks: [] });
  });

  it("may be user data that fetches it: no key stands there", () => {
    expect(by("aws:ec2/instance:Instance", { kind: "not-shown" })).toEqual({ kind: "pass", remarks: [] });
  });

  it("must not be the kubeadm-config, which is reported with its line and without the key", () => {
    const pem = KEY.trim().replaceAll("\n", "\n      ");
    const { outcome, text } = checked([], {}, CONFIG.replace(`${FOLDER}/node-key.pem`, `|\n      ${pem}`));
    expect(outcome).toMatchObject({ kind: "fail", findings: [{ message: "keyInConfiguration" }] });
    expect(text).toMatch(/^data\.ClusterConfiguration:\d+: /);
    expect(text).not.toContain(SECRET);
  });
});
