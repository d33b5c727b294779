import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { isToleratedInConfigMap } from "../../../kubeadm/config/is-tolerated-in-config-map";
import { type KubeadmRelease, parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import { readClusterConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import { refusalText } from "../../../kubeadm/config/refusal";
import { type ConfigurationFault, validateKubeadmConfig } from "../../../kubeadm/config/validate-kubeadm-config";
import { BOUNDED_MS, cpuTime } from "../../helpers/cpu-time";
import { asWeSayIt, kubeadmAnswers } from "./kubeadm-answers";

const RELEASE = { minor: 34, patch: 2 };
const HEADER = "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.34.1\n";

function faultsOf(text: string, kubeadm: KubeadmRelease): readonly ConfigurationFault[] {
  return validateKubeadmConfig(configurationText(text), kubeadm);
}

/** Whether kubeadm's reading of the same text from the ConfigMap tolerates each fault. */
function tolerated(text: string, kubeadm: KubeadmRelease): readonly boolean[] {
  const reading = readClusterConfiguration(configurationText(text), kubeadm);
  return faultsOf(text, kubeadm).map((fault) => isToleratedInConfigMap(fault, reading));
}

function faults(body: string): readonly ConfigurationFault[] {
  return faultsOf(HEADER + body, RELEASE);
}

describe("agreement with kubeadm config validate", () => {
  it.each(kubeadmAnswers())("$title, asked of kubeadm $kubeadm", ({ kubeadm, text, validate }) => {
    const found = faultsOf(text, parseKubeadmRelease(kubeadm) ?? RELEASE);
    // kubeadm stops at the first document or check that fails; we name what comes after it, too.
    if (validate === null) expect(found).toEqual([]);
    else expect(found.map((_fault, last) => inOneError(found.slice(0, last + 1)))).toContain(asWeSayIt(validate));
  });
});

describe("where a fault is", () => {
  it.each([
    ["an unknown field", "dns:\n  imageTags: x\n", "unknownField", ["dns", "imageTags"], 5],
    [
      "a field of the wrong type in a list",
      "apiServer:\n  certSANs:\n  - a\n  - 5\n",
      "typeWrong",
      ["apiServer", "certSANs", 1],
      7,
    ],
    ["a field that stands twice", "clusterName: a\ndns: {}\nclusterName: b\n", "duplicateField", ["clusterName"], 6],
    [
      "a certificate without a key",
      "etcd:\n  external:\n    endpoints: []\n    certFile: /a\n    caFile: /b\n",
      "etcdCertificateWithoutKey",
      ["etcd", "external"],
      5,
    ],
    [
      "a field that defaulting would fill in",
      "kubernetesVersion: v1.20.0\n",
      "duplicateField",
      ["kubernetesVersion"],
      4,
    ],
    [
      "an unknown feature gate",
      "networking: {}\nfeatureGates:\n  Nonsense: true\n",
      "featureGateUnknown",
      ["featureGates"],
      5,
    ],
    [
      "a fault in the second document",
      "---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\ncertificateKey: abc\n",
      "certificateKeyInvalid",
      ["certificateKey"],
      7,
    ],
    ["a tab", "dns:\n\timageTag: x\n", "yamlInvalid", [], 5],
  ] as const)("%s", (_title, body, id, path, line) => {
    expect(faults(body)).toContainEqual(expect.objectContaining({ id, path, line }));
  });

  it("the file that kubeadm would fail at shows its other faults too", () => {
    const ids = faults("clusternam: x\ncertificatesDir: pki\nnetworking: {podSubnet: x}\n").map(({ id }) => id);
    expect(ids).toEqual(["unknownField", "subnetUnparsable", "pathNotAbsolute"]);
  });
});

describe("what kubeadm's reading of the ConfigMap tolerates", () => {
  it.each([
    ["an unknown field", "clusternam: x\n", true],
    ["a relative path", "certificatesDir: pki\n", true],
    ["local and external etcd", "etcd: {local: {}, external: {endpoints: [https://a]}}\n", true],
    [
      "a certificate without a key, at which the etcd client fails",
      "etcd: {external: {caFile: /a, certFile: /b}}\n",
      false,
    ],
    ["a number where a text is due", "clusterName: 5\n", false],
    ["a controlPlaneEndpoint that is not a host", "controlPlaneEndpoint: 'https://lb:6443'\n", false],
    ["text that is not YAML", "\tx\n", false],
  ])("%s", (_title, body, expected) => {
    const found = tolerated(HEADER + body, RELEASE);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one === expected)).toBe(true);
  });

  it("an experimental API version, which a file may not have", () => {
    const text = HEADER.replace("1.34.1", "1.30.1");
    expect(faultsOf(text, { minor: 30 })).toMatchObject([{ id: "apiVersionExperimental", line: 1 }]);
    expect(tolerated(text, { minor: 30 })).toEqual([true]);
  });
});

describe("what no message repeats", () => {
  it.each([
    ["a bootstrap token of the wrong form", "bootstrapTokens: [{token: HUSH}]"],
    ["a certificate key of the wrong form", "certificateKey: HUSH"],
    ["the value of a field with a null name", "null: HUSH"],
  ])("%s", (_title, body) => {
    const text = `apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n${body}\n`;
    const messages = faultsOf(text, RELEASE).map(refusalText);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.join()).not.toContain("HUSH");
  });

  it("a password in an endpoint", () => {
    const messages = faults("etcd: {external: {endpoints: ['http://u:HUSH@h:1', 'https://u:HUSH@h:x'], caFile: /a}}\n");
    expect(messages).toHaveLength(2);
    expect(JSON.stringify(messages)).not.toContain("HUSH");
    expect(messages.map(refusalText).join()).not.toContain("HUSH");
  });
});

describe("whatever the text", () => {
  const pieces = [
    "a: ",
    "- ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "|",
    "&x ",
    "*x",
    "<<: ",
    "\t",
    "---\n",
    "!!int ",
    "#",
    ":",
    "\\",
  ];

  it("an answer comes back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 5 }))),
        (parts) => {
          expect(Array.isArray(faults(parts.join("")))).toBe(true);
          expect(Array.isArray(faultsOf(parts.join(""), RELEASE))).toBe(true);
        },
      ),
    );
  });

  it.each([
    ["aliases that multiply", bomb()],
    ["merge keys that multiply", bomb("<<")],
    ["brackets without end", "[".repeat(200_000)],
    ["dashes without end", "- ".repeat(200_000)],
    ["an anchor that holds itself", "a: &a [*a]\n"],
    ["JSON without end", '{"a":'.repeat(100_000)],
  ])("%s end in a refusal, soon", (_title, text) => {
    const spent = cpuTime();
    expect(faultsOf(text, RELEASE).length).toBeGreaterThan(0);
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});

/** Several faults of one check as kubeadm joins them: fields of a document after one prefix, values as a list. */
function inOneError(faults: readonly ConfigurationFault[]): string {
  const texts = faults.map(refusalText);
  const [first = ""] = texts;
  if (texts.length === 1) return first;
  const [prefix] = /^.*?strict decoding error: /s.exec(first) ?? [];
  if (prefix === undefined) return `[${texts.join(", ")}]`;
  return prefix + texts.map((text) => text.replace(prefix, "")).join(", ");
}

function bomb(merge?: string): string {
  const names = Array.from("abcdefghijkl");
  return names
    .map((name, i) => {
      const before = `*${names[i - 1] ?? ""}`;
      if (i === 0) return `${name}: &${name} {k: x}\n`;
      const list = `[${Array.from({ length: 9 }, () => before).join(", ")}]`;
      return merge === undefined ? `${name}: &${name} ${list}\n` : `${name}: &${name} {${merge}: ${list}}\n`;
    })
    .join("");
}
