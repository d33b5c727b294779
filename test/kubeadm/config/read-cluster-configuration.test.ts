import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { type KubeadmRelease, parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import {
  type ConfigurationReading,
  readClusterConfiguration,
} from "../../../kubeadm/config/read-cluster-configuration";
import { refusalText } from "../../../kubeadm/config/refusal";
import { asWeSayIt, kubeadmAnswers } from "./kubeadm-answers";

const RELEASE = { minor: 30, patch: 14 };
const HEADER = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n";
const DECODE = "failed to decode cluster configuration data: ";

interface RecordedCluster {
  readonly id: string;
  readonly title: string;
  readonly configMap: { readonly data: { readonly ClusterConfiguration?: string } };
  readonly kubeadm: {
    readonly nodes: Readonly<Record<string, { readonly stage: string; readonly error: string | null }>>;
  };
}

function recordedClusters(): readonly RecordedCluster[] {
  const folder = join(__dirname, "../../fixtures/clusters");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name): RecordedCluster => JSON.parse(readFileSync(join(folder, name), "utf8")));
}

function readText(text: string, kubeadm: KubeadmRelease): ConfigurationReading {
  return readClusterConfiguration(configurationText(text), kubeadm);
}

/** kubeadm's words where it refuses the text. */
function errorOf(reading: ConfigurationReading): string | undefined {
  return reading.kind === "refused" ? refusalText(reading.refusal) : undefined;
}

function read(body: string): ConfigurationReading {
  return readText(HEADER + body, RELEASE);
}

function configuration(body: string) {
  const reading = read(body);
  if (reading.kind === "refused") throw new Error(errorOf(reading));
  return reading.configuration;
}

describe("agreement with what kubeadm 1.30.14 did on a cluster", () => {
  const cases = recordedClusters().filter(({ configMap }) => configMap.data.ClusterConfiguration !== undefined);

  it.each(cases)("$id: $title", ({ configMap, kubeadm }) => {
    const reading = readText(configMap.data.ClusterConfiguration ?? "", RELEASE);
    const node = Object.values(kubeadm.nodes)[0];
    const expected = node?.stage === "read the ConfigMap" ? node.error : undefined;
    expect(errorOf(reading)).toBe(expected);
  });
});

describe("agreement with kubeadm's decoder", () => {
  it.each(kubeadmAnswers())("$title, asked of kubeadm $kubeadm", ({ kubeadm, text, read }) => {
    const reading = readText(text, parseKubeadmRelease(kubeadm) ?? RELEASE);
    // What kubeadm says after decoding is not in these answers.
    const decoding = [errorOf(reading)].filter((error) => error?.startsWith(DECODE));
    expect(decoding).toEqual(read === null ? [] : [DECODE + asWeSayIt(read)]);
  });
});

describe("what is read", () => {
  it("the defaults of an empty configuration", () => {
    expect(configuration("")).toMatchObject({
      apiVersion: "v1beta3",
      certificatesDir: "/etc/kubernetes/pki",
      imageRepository: "registry.k8s.io",
      clusterName: "kubernetes",
      controlPlaneEndpoint: "",
      networking: { serviceSubnet: "10.96.0.0/12", podSubnet: "", dnsDomain: "cluster.local" },
      etcd: { local: { dataDir: "/var/lib/etcd" }, external: undefined },
      featureGates: {},
      encryptionAlgorithm: undefined,
    });
  });

  it.each([
    [
      "a misspelt external makes etcd local",
      "etcd:\n  externel: {caFile: /a}\n",
      { etcd: { local: { dataDir: "/var/lib/etcd" } } },
    ],
    [
      "local and external stand together",
      "etcd: {local: {}, external: {caFile: /a}}\n",
      { etcd: { external: { caFile: "/a" } } },
    ],
    ["null is an empty text", "certificatesDir: null\n", { certificatesDir: "/etc/kubernetes/pki" }],
    ["of two equal fields the last wins", "clusterName: a\nclusterName: b\n", { clusterName: "b" }],
    ["a wrongly cased field is not seen", "clustername: a\n", { clusterName: "kubernetes" }],
    ["a merge key after a field wins over it", "clusterName: a\n<<: {clusterName: b}\n", { clusterName: "b" }],
    ["a merge key before a field loses to it", "<<: {clusterName: b}\nclusterName: a\n", { clusterName: "a" }],
    ["the first of several merged mappings wins", "<<: [{clusterName: a}, {clusterName: b}]\n", { clusterName: "a" }],
    ["yes is true", "featureGates: {A: yes, B: Off}\n", { featureGates: { A: true, B: false } }],
    ["a quoted yes is a text", "clusterName: 'yes'\n", { clusterName: "yes" }],
    ["a block text keeps its line end", "clusterName: |\n  a\n", { clusterName: "a\n" }],
    [
      "an anchor brings its mapping",
      "controllerManager: &c {extraArgs: {v: '2'}}\nscheduler: *c\n",
      { scheduler: { extraArgs: [{ name: "v", value: "2" }] } },
    ],
    [
      "extraArgs of v1beta3 become a sorted list",
      "apiServer: {extraArgs: {v: '2', audit: x}}\n",
      { apiServer: { extraArgs: [{ name: "audit" }, { name: "v" }] } },
    ],
    [
      "a duration",
      "apiServer: {timeoutForControlPlane: 1m30s}\n",
      { apiServer: { timeoutForControlPlane: 90_000_000_000n } },
    ],
    ["a second document is not looked at", "clusterName: a\n---\n\t{ nonsense\n", { clusterName: "a" }],
    [
      "an address in an extra volume",
      "apiServer: {extraVolumes: [{name: a, hostPath: /a, mountPath: /b, readOnly: on}]}\n",
      { apiServer: { extraVolumes: [{ hostPath: "/a", mountPath: "/b", readOnly: true, pathType: "" }] } },
    ],
  ])("%s", (_title, body, expected) => {
    expect(configuration(body)).toMatchObject(expected);
  });

  it("v1beta4 with its own fields", () => {
    const text = HEADER.replace("v1beta3", "v1beta4").replace("1.29.10", "1.34.1");
    const reading = readText(`${text}apiServer: {extraArgs: [{name: v, value: '2'}, {name: v, value: '3'}]}\n`, {
      minor: 34,
    });
    expect(reading).toMatchObject({
      kind: "decoded",
      configuration: {
        apiVersion: "v1beta4",
        encryptionAlgorithm: "RSA-2048",
        certificateValidityPeriod: 8760n * 3_600_000_000_000n,
        apiServer: { extraArgs: [{ value: "2" }, { value: "3" }] },
      },
    });
  });
});

describe("what is refused", () => {
  it.each([
    [
      "an empty text",
      "",
      `version "" doesn't match patterns for neither semantic version nor labels (stable, latest, ...)`,
    ],
    ["a list", "- a\n", `${DECODE}couldn't get version/kind; json parse error: json: cannot unmarshal array`],
    [
      "a kubernetesVersion two minor releases behind",
      HEADER.replace("1.29.10", "1.28.3"),
      "this version of kubeadm only supports deploying clusters with the control plane version >= 1.29.0. Current version: v1.28.3",
    ],
    [
      "a controlPlaneEndpoint that is not a host",
      `${HEADER}controlPlaneEndpoint: lb_1\n`,
      "hostport lb_1: host 'lb_1' must be a valid IP address or a valid RFC-1123 DNS subdomain",
    ],
    ["a text longer than a ConfigMap", `#${" ".repeat(1_100_000)}`, "a ConfigMap holds at most 1 MiB"],
  ])("%s", (_title, text, words) => {
    const reading = readText(text, RELEASE);
    expect(errorOf(reading)).toContain(words);
  });

  it("points at the place", () => {
    expect(read("certificatesDir: 5\n")).toMatchObject({ kind: "refused", position: { line: 4, column: 18 } });
    expect(read("dns:\n\timageTag: x\n")).toMatchObject({ kind: "refused", position: { line: 5 } });
  });
});

describe("what is remarked", () => {
  it("duplicate and unknown fields and further documents, with their lines", () => {
    const reading = read("clusterName: a\nclusterName: b\netcd:\n  externel: {}\n---\nkind: x\n");
    expect(reading.remarks).toEqual([
      { kind: "duplicate-field", path: ["clusterName"], line: 5, firstLine: 4 },
      { kind: "further-document", line: 8 },
      { kind: "unknown-field", path: ["etcd", "externel"], line: 7 },
    ]);
  });
});

describe("the line of a field", () => {
  const body =
    "etcd:\n  external:\n    endpoints:\n    - https://a\n    -\n      https://b\n    caFile: >-\n      /a\n";

  it.each([
    [["kind"], 2],
    [["etcd"], 4],
    [["etcd", "external", "endpoints"], 6],
    [["etcd", "external", "endpoints", 0], 7],
    [["etcd", "external", "endpoints", 1], 9],
    [["etcd", "external", "caFile"], 10],
    [["etcd", "external", "keyFile"], undefined],
    [["etcd", "external", "endpoints", 2], undefined],
  ] as const)("%j", (path, line) => {
    const reading = read(body);
    expect(reading.kind === "decoded" && reading.lineOf(path)).toBe(line);
  });

  it("counts carriage returns and the byte order mark as an editor does", () => {
    const reading = readText(`\ufeff${(HEADER + body).replaceAll("\n", "\r\n")}`, RELEASE);
    expect(reading.kind === "decoded" && reading.lineOf(["etcd", "external", "caFile"])).toBe(10);
  });

  it("in a JSON text", () => {
    const text =
      '{\n"apiVersion": "kubeadm.k8s.io/v1beta3",\n"kind": "ClusterConfiguration",\n"kubernetesVersion": "v1.30.1",\n"clusterName":\n"x"}';
    const reading = readText(text, RELEASE);
    expect(reading.kind === "decoded" && reading.lineOf(["clusterName"])).toBe(5);
  });
});

it("a reading comes back, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(["decoded", "refused"]).toContain(read(text).kind);
      expect(["decoded", "refused"]).toContain(readText(text, RELEASE).kind);
    }),
  );
});
