import { isSameKey } from "../cluster/certificates/certificate-facts";
import { pairProblem } from "../cluster/certificates/pair-problem";
import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { describeNode } from "../cluster/node";
import { NodeNames } from "../cluster/node-names";
import { type Finding, outcomeOf } from "../cluster/outcome";
import type { PresentFile } from "../cluster/presence";
import type { ClusterConfiguration } from "../kubeadm/config/cluster-configuration";
import { endpointHosts } from "../kubeadm/config/endpoint-hosts";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { baseName, join, normalize, parent } from "../machine/paths";
import type { Source } from "../machine/source";
import { sourceText } from "./support/file-instead";
import { isAmong } from "./support/is-among";
import { inLines, inOneLine } from "./support/lists";
import { placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { type ShownContent, shownContent } from "./support/shown-content";

interface KeyOnNode {
  /** What is wrong with it there: `has the mode 0644 (copy-key, command:remote:CopyToRemote)`. */
  readonly detail: string;
}

const openToOthers = messageTemplate<KeyOnNode>("openToOthers", (findings) =>
  [
    `A private key is accessible to other users on ${nodesOf(findings)}.`,
    ...linesOf(findings),
    "kubeadm and kube-apiserver run as root, so they need no rights for others.",
    "Fix: take these rights away (chmod g-w,o= FILE). If a service that does not run as root reads the key, as etcd may, first make its user the owner, or give the file its group.",
  ].join("\n"),
);

const caKeyOutsideEtcd = messageTemplate<KeyOnNode>("caKeyOutsideEtcd", (findings) =>
  [
    `The private key of etcd's CA is on ${nodesOf(findings)}, which ${new Set(findings.map(({ node }) => node)).size === 1 ? "is not an etcd host" : "are not etcd hosts"}.`,
    ...linesOf(findings),
    "Whoever has it can issue certificates that etcd trusts. No control-plane node needs it: caFile is only the certificate.",
    "Fix: keep the CA's key on the etcd hosts, or in the system that issues the certificates.",
  ].join("\n"),
);

const keyInUserData = messageTemplate<KeyOnNode>("keyInUserData", (findings) =>
  [
    `A private key is in the user data of ${nodesOf(findings)}.`,
    ...linesOf(findings),
    "User data can be read through the provider's API and, on most clouds, by every process of the machine, for as long as the machine lives.",
    "Fix: deliver the key after the machine has started (CopyToRemote, a secret store), and replace the key.",
  ].join("\n"),
);

const keyInConfiguration = messageTemplate<{ readonly place: string }>("keyInConfiguration", ([{ data }]) =>
  [
    `${data.place}: a private key is in the kubeadm-config.`,
    "Every node, and every user who can read ConfigMaps in kube-system, can read it; etcd.external takes paths, not contents.",
    "Fix: put the key into a file on each control-plane node, name that file, and replace the key.",
  ].join("\n"),
);

/** Private keys are only where they are needed, and other users cannot read them. No byte of one reaches a message. */
export const privateKeysProtected: Policy = {
  id: "private-keys-protected",
  title: "Private keys protected",
  description:
    "Private keys are protected from other users and are not in the kubeadm-config or in user data; etcd's CA key is only on etcd hosts.",
  severity: "high",
  level: "advisory",
  remediation:
    "Take the rights of other users away from key files, keep the CA's key on the etcd hosts, and keep keys out of ConfigMaps and user data.",
  tags: ["security", "files"],
  control: {
    reference: "1.1.21",
    specification: "Ensure that the Kubernetes PKI key file permissions are set to 600",
  },
  messages: {
    openToOthers: openToOthers.message,
    caKeyOutsideEtcd: caKeyOutsideEtcd.message,
    keyInUserData: keyInUserData.message,
    keyInConfiguration: keyInConfiguration.message,
  },
  check(cluster) {
    const configuration = legible(cluster);
    const keys = keysOnNodes(cluster, configuration?.etcd.external?.keyFile ?? "");
    const inText = inConfiguration(cluster);
    if (keys.length === 0 && inText.length === 0)
      return { kind: "not-applicable", why: "nothing here puts a private key on a control-plane node" };
    const isEtcdKey = configuration === undefined ? () => false : etcdCaKey(cluster, configuration);
    return outcomeOf(
      [
        ...keys.flatMap(modeFault),
        ...keys.filter(isEtcdKey).map((key) => caKeyOutsideEtcd.finding(about(key, `has it as ${key.path}`))),
        ...keys.flatMap(userDataFault),
        ...inText,
      ],
      [],
    );
  },
};

interface KeyFile {
  readonly node: ControlPlaneNode;
  readonly path: string;
  readonly file: PresentFile;
}

function legible({ configuration }: Cluster): ClusterConfiguration | undefined {
  return configuration.kind === "text" ? legibleConfiguration(configuration.reading)?.configuration : undefined;
}

/** The private keys that are on control-plane nodes for certain: by content where it is shown, else by name. */
function keysOnNodes({ controlPlane, plannedPems }: Cluster, keyFile: string): readonly KeyFile[] {
  if (controlPlane.kind === "unknown") return [];
  const isKey = ({ path, file: { content } }: { readonly path: string; readonly file: PresentFile }): boolean => {
    if (content.kind === "text") return PRIVATE_KEY.test(content.text);
    if (content.kind === "tls") return plannedPems.get(content.urn)?.kind === "private-key";
    return path === normalize(keyFile) || /(^|[-_.])key\.pem$|\.key$/.test(baseName(path));
  };
  return controlPlane.nodes.flatMap((node) => node.files.present.filter(isKey).map((one) => ({ node, ...one })));
}

const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----/;

/** Rights of everybody else, and the group's right to write. Kubespray's 0640 gives the group of etcd its key. */
const TOO_MUCH = 0o027;

function modeFault(key: KeyFile): readonly Finding[] {
  const { mode, source } = key.file;
  if (mode === undefined || (Number.parseInt(mode, 8) & TOO_MUCH) === 0) return [];
  return [openToOthers.finding(about(key, `${key.path} has the mode ${mode} (${sourceText(source)})`))];
}

/** Packages whose resources put files by other ways than the user data of a machine. */
const NO_MACHINES = ["command", "kubernetes", "kubeadm-guard"];

function userDataFault(key: KeyFile): readonly Finding[] {
  const { content, origin, source } = key.file;
  const from: Source = origin ?? source;
  const [provider = ""] = from.kind.split(":");
  if (from.urn === undefined || NO_MACHINES.includes(provider)) return [];
  if (content.kind !== "text" && content.kind !== "tls") return [];
  return [keyInUserData.finding(about(key, `${key.path} (${sourceText(from)})`))];
}

/**
 * Tells the key of etcd's CA on a node that runs no etcd: it belongs to a certificate of caFile, or is named like
 * one beside it. Kubernetes' own CAs belong on control-plane nodes.
 */
function etcdCaKey(cluster: Cluster, { etcd, certificatesDir }: ClusterConfiguration): (key: KeyFile) => boolean {
  const { external } = etcd;
  if (external === undefined || external.caFile === "") return () => false;
  const isEtcdHost = etcdHostTest(cluster, external.endpoints);
  // A certificate that is its own CA has its own key in keyFile.
  const own = [
    ...["ca.key", "front-proxy-ca.key"].map((name) => join(certificatesDir, name)),
    normalize(external.keyFile),
  ];
  const names = namesOfKey(external.caFile);
  return ({ node, path, file }) => {
    if (own.includes(path) || isEtcdHost(node)) return false;
    return names.includes(path) || pairs(shownContent(node, external.caFile, cluster), file, cluster);
  };
}

/** Without declared etcd hosts, the hosts of the endpoints count. */
function etcdHostTest({ etcdHosts }: Cluster, endpoints: readonly string[]): (node: ControlPlaneNode) => boolean {
  const names = new NodeNames(etcdHosts);
  if (etcdHosts.length > 0) return (node) => isAmong(names, node);
  const hosts = endpointHosts(endpoints);
  return (node) => {
    const own = new NodeNames([node]);
    return hosts.some((host) => own.named(host).length > 0);
  };
}

/** The names that tools give the key of a CA: openssl's and Kubespray's `ca-key.pem`, kubeadm's `ca.key`. */
function namesOfKey(caFile: string): readonly string[] {
  const path = normalize(caFile);
  const name = baseName(path).replace(/\.[^.]*$/, "");
  return [`${name}-key.pem`, `${name}.key`].map((key) => join(parent(path), key));
}

function pairs(ca: ShownContent, { content }: PresentFile, { plannedPems }: Cluster): boolean {
  if (ca.kind === "text" && content.kind === "text") return pairProblem(ca.text, content.text) === undefined;
  const key = content.kind === "tls" ? plannedPems.get(content.urn) : undefined;
  if (ca.kind !== "pem" || ca.pem.kind !== "certificate" || key?.kind !== "private-key") return false;
  return isSameKey(ca.pem.certificate.key, key.key) === true;
}

function inConfiguration({ configuration, subject }: Cluster): readonly Finding[] {
  if (configuration.kind !== "text") return [];
  const line = configuration.text.split("\n").findIndex((one) => PRIVATE_KEY.test(one));
  return line < 0 ? [] : [keyInConfiguration.finding({ data: { place: placeText(subject.field, line + 1) } })];
}

function about({ node, path }: KeyFile, detail: string) {
  return { node: describeNode(node), path, data: { detail } };
}

function nodesOf(findings: readonly Finding<KeyOnNode>[]): string {
  return inOneLine([...new Set(findings.map(({ node }) => node ?? ""))]);
}

function linesOf(findings: readonly Finding<KeyOnNode>[]): readonly string[] {
  return inLines(findings.map(({ node, data }) => ({ name: node ?? "", text: data.detail })));
}
