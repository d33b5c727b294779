import { describe, expect, it } from "vitest";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings, FileSettings } from "../../cluster/cluster-settings";
import { externalEtcdFilesVisibleToApiserver as policy } from "../../policies/external-etcd-files-visible-to-apiserver";
import { clusterFrom, settingsOfCase } from "../helpers/cluster";
import { recordedClusters } from "../helpers/recorded-clusters";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const MASTERS = [{ name: "master01" }, { name: "master02" }];
interface Text {
  readonly version?: string;
  readonly certificatesDir?: string;
  /** `name hostPath mountPath`. */
  readonly volumes?: readonly string[];
}
const config = (paths: readonly string[], { version = "v1.30.14", certificatesDir, volumes = [] }: Text = {}) => {
  const [caFile, certFile, keyFile] = paths;
  const extraVolumes = volumes.map((volume) => {
    const [name, hostPath, mountPath] = volume.split(" ");
    return { name, hostPath, mountPath };
  });
  return JSON.stringify({
    apiVersion: "kubeadm.k8s.io/v1beta3",
    kind: "ClusterConfiguration",
    kubernetesVersion: version,
    certificatesDir,
    apiServer: { extraVolumes },
    etcd: { external: { endpoints: ["https://192.168.10.21:2379"], caFile, certFile, keyFile } },
  });
};
const cluster = (text: string, settings: Partial<ClusterSettings> = {}): Cluster =>
  clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, ...settings });
const found = (text: string, settings: Partial<ClusterSettings> = {}) => {
  const outcome = policy.check(cluster(text, settings), NOW);
  return outcome.kind === "fail"
    ? outcome.findings.map(({ message, node, path }) => `${message} ${node ?? "-"} ${path}`)
    : outcome.kind;
};
const at = (folder: string) => [`${folder}/ca.crt`, `${folder}/client.crt`, `${folder}/client.key`];
const none = (folder: string) =>
  at(folder)
    .map((path) => `notMounted - ${path}`)
    .sort(byReadingOrder);
/** Findings come in kubeadm's reading order: certificate, key, CA. */
function byReadingOrder(one: string, other: string): number {
  const order = (text: string) => ["client.crt", "client.key", "ca.crt"].findIndex((name) => text.endsWith(name));
  return order(one) - order(other);
}

describe("folders", () => {
  it.each([
    ["of their own are mounted", config(at("/etc/etcd")), "pass"],
    ["below certificatesDir are mounted with it", config(at("/etc/kubernetes/pki/etcd")), "pass"],
    [
      "below another certificatesDir are mounted with it",
      config(at("/etc/kubernetes/ssl/etcd"), { certificatesDir: "/etc/kubernetes/ssl" }),
      "pass",
    ],
    ["of Kubespray are mounted", config(at("/etc/ssl/etcd/ssl"), { certificatesDir: "/etc/kubernetes/ssl" }), "pass"],
    ["below /etc/pki are mounted with it up to 1.30", config(at("/etc/pki/etcd")), "pass"],
    ["below /etc/pki get a mount of their own since 1.31", config(at("/etc/pki/etcd"), { version: "v1.31.4" }), "pass"],
    ["that begin like /etc/pki are not mounted up to 1.30", config(at("/etc/pki-etcd")), none("/etc/pki-etcd")],
    ["that begin like /etc/pki are mounted since 1.31", config(at("/etc/pki-etcd"), { version: "v1.31.4" }), "pass"],
    [
      "that begin like certificatesDir are not mounted",
      config(at("/etc/kubernetes/pki-etcd")),
      none("/etc/kubernetes/pki-etcd"),
    ],
    ["that begin like /etc/ssl/certs are not mounted", config(at("/etc/ssl/certs-etcd")), none("/etc/ssl/certs-etcd")],
    [
      "that begin like each other: the longer one is not mounted",
      config(["/etc/etcd-ca/ca.crt", "/etc/etcd/client.crt", "/etc/etcd/client.key"]),
      ["notMounted - /etc/etcd-ca/ca.crt"],
    ],
    [
      "one below the other are mounted together",
      config(["/etc/etcd/ca/ca.crt", "/etc/etcd/client.crt", "/etc/etcd/client.key"]),
      "pass",
    ],
    [
      "that begin like /etc/ssl/certs, mounted by an extra volume",
      config(at("/etc/ssl/certs-etcd"), { volumes: ["mine /etc/ssl/certs-etcd /etc/ssl/certs-etcd"] }),
      "pass",
    ],
    [
      "whose volume is replaced by an extra one of that name",
      config(at("/etc/etcd"), { volumes: ["etcd-certs-0 /srv /srv"] }),
      none("/etc/etcd"),
    ],
  ])("%s", (_title, text, findings) => {
    expect(found(text)).toEqual(findings);
  });

  it("follow the release that the cluster is to be upgraded to", () => {
    expect(found(config(at("/etc/pki-etcd")), { upgradeTo: { kubernetes: "v1.31.4" } })).toBe("pass");
  });
});

describe("links", () => {
  const etcd = config(["", "/etc/etcd/client.crt", "/etc/etcd/client.key"]);
  const key: FileSettings = { path: "/etc/etcd/client.key" };
  it.each([
    [
      "within the folder, as Kubespray makes them",
      etcd,
      [key, { path: "/etc/etcd/own.crt" }, { path: "/etc/etcd/client.crt", link: "own.crt" }],
      "pass",
    ],
    [
      "to a folder that is not mounted",
      etcd,
      [key, { path: "/opt/own.crt" }, { nodes: ["master02"], path: "/etc/etcd/client.crt", link: "/opt/own.crt" }],
      ["linkLeavesMounts master02 /etc/etcd/client.crt"],
    ],
    [
      "to a folder that is mounted for another file",
      config(["", "/etc/etcd/client.crt", "/opt/client.key"]),
      [{ path: "/opt/client.key" }, { path: "/opt/own.crt" }, { path: "/etc/etcd/client.crt", link: "/opt/own.crt" }],
      "pass",
    ],
    [
      "to a folder that an extra volume mounts",
      config(["", "/etc/etcd/client.crt", "/etc/etcd/client.key"], { volumes: ["opt /opt /opt"] }),
      [key, { path: "/opt/own.crt" }, { path: "/etc/etcd/client.crt", link: "/opt/own.crt" }],
      "pass",
    ],
    [
      "in place of the mounted folder, which the kubelet follows",
      config(["", "/etc/etcd/client.crt", "/etc/etcd/client.key"]),
      [{ path: "/opt/client.crt" }, { path: "/opt/client.key" }, { path: "/etc/etcd", link: "/opt" }],
      "pass",
    ],
    [
      "below the mounted folder, to one that is not mounted",
      config(["", "/etc/kubernetes/pki/etcd/client.crt", ""]),
      [
        { path: "/opt/client.crt" },
        { path: "/etc/kubernetes/pki/ca.crt" },
        { path: "/etc/kubernetes/pki/etcd", link: "/opt" },
      ],
      [
        "linkLeavesMounts master01 /etc/kubernetes/pki/etcd/client.crt",
        "linkLeavesMounts master02 /etc/kubernetes/pki/etcd/client.crt",
      ],
    ],
  ])("%s", (_title, text, files, findings) => {
    expect(found(text, { files })).toEqual(findings);
  });
});

describe("an extra volume that shows another folder of the host", () => {
  const text = config(at("/etc/ssl/certs-etcd"), { volumes: ["mine /opt/etcd /etc/ssl/certs-etcd"] });
  it.each([
    ["which has the files", { files: at("/opt/etcd").map((path) => ({ path })) }, "pass"],
    ["of which nothing is known", {}, "undecided"],
    [
      "which lacks one",
      {
        unlisted: "missing" as const,
        files: at("/opt/etcd")
          .slice(0, 2)
          .map((path) => ({ path })),
      },
      [
        "missingInVolume master01 /etc/ssl/certs-etcd/client.key",
        "missingInVolume master02 /etc/ssl/certs-etcd/client.key",
      ],
    ],
  ])("%s", (_title, settings, findings) => {
    expect(found(text, settings)).toEqual(findings);
  });
});

describe("clusters without files to check", () => {
  it.each([
    ["local etcd", "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.14\n"],
    ["no files", config([])],
    ["relative paths, which kubeadm-config-valid names", config(at("etcd"))],
  ])("%s", (_title, text) => {
    expect(found(text)).toBe("not-applicable");
  });

  it("a text that cannot be read: undecided", () => {
    expect(found("{{ broken")).toBe("undecided");
  });

  it("a text that is not known before the update: undecided", () => {
    const waiting = {
      ...cluster(config(at("/etc/etcd"))),
      configuration: { kind: "unknown-until-update", waitsFor: [] } as const,
    };
    expect(policy.check(waiting, NOW).kind).toBe("undecided");
  });
});

describe("the recorded clusters", () => {
  it.each(recordedClusters("clusters").map((one) => [one.id, one] as const))("%s", (id, one) => {
    const text = one.configMap.data["ClusterConfiguration"] ?? "";
    const outcome = policy.check(clusterFrom(text, settingsOfCase(one)), NOW);
    // kubeadm follows that link on the node; the container cannot.
    expect(outcome.kind === "fail").toBe(id === "link-outside-directory");
  });
});

describe("the messages", () => {
  const written = (subject: Cluster) => {
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    return policy.messages[first.message]?.([first, ...rest], subject);
  };

  it("a folder that begins like certificatesDir", () => {
    expect(written(cluster(config(at("/etc/kubernetes/pki-etcd"))))).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:1 etcd.external.certFile: kube-apiserver will not see /etc/kubernetes/pki-etcd/client.crt and 2 more: kubeadm does not mount /etc/kubernetes/pki-etcd into it.
        certFile  /etc/kubernetes/pki-etcd/client.crt (kubeadm 1.30 treats it as part of /etc/kubernetes/pki, because the name begins the same way)
        keyFile   /etc/kubernetes/pki-etcd/client.key (kubeadm 1.30 treats it as part of /etc/kubernetes/pki, because the name begins the same way)
        caFile    /etc/kubernetes/pki-etcd/ca.crt (kubeadm 1.30 treats it as part of /etc/kubernetes/pki, because the name begins the same way)
      kubeadm finds the file on the node and continues, but kube-apiserver would not start on any node: open /etc/kubernetes/pki-etcd/client.crt: no such file or directory
      Fix: use a separate folder, such as /etc/etcd-client or one below certificatesDir, or mount the folder with an entry in apiServer.extraVolumes."
    `);
  });

  it("a link that points out", () => {
    const files = [{ path: "/opt/own.crt" }, { path: "/etc/etcd/client.crt", link: "/opt/own.crt" }];
    expect(written(cluster(config(["", "/etc/etcd/client.crt", ""]), { files }))).toMatchInlineSnapshot(`
      "kube-apiserver will not see etcd.external.certFile /etc/etcd/client.crt on master01, master02: it is a link to a folder that is not mounted into it.
        master01  points to /opt/own.crt
        master02  points to /opt/own.crt
      kubeadm follows the link on the node and continues, but kube-apiserver would not start there: open /etc/etcd/client.crt: no such file or directory
      Fix: put a copy there instead of the link, or link within /etc/etcd; or mount /opt with an entry of apiServer.extraVolumes."
    `);
  });
});
