import { describe, expect, it } from "vitest";
import type { Refusal } from "../../../kubeadm/config/refusal";
import { configurationFix } from "../../../policies/support/configuration-fix";

const KUBEADM = { group: "kubeadm.k8s.io", version: "v1beta4", kind: "ClusterConfiguration" };
const fixOf = (refusal: Refusal, minor: number) => configurationFix(refusal, { minor, patch: 0 }, "FIELDS");

describe("what to do where no field is at fault", () => {
  it.each<readonly [string, Refusal, number, string]>([
    [
      "an API version that is gone is migrated with a release that reads it",
      { id: "apiVersionRemoved", document: { ...KUBEADM, version: "v1alpha2" }, minor: 13, migrateWith: "v1.12" },
      13,
      "kubeadm config migrate of v1.12",
    ],
    [
      "an API version of a later release needs a later kubeadm",
      { id: "kindNotRegistered", document: KUBEADM, minor: 27 },
      27,
      "use kubeadm 1.28 or later, the first that reads kubeadm.k8s.io/v1beta4; kubeadm 1.27 reads kubeadm.k8s.io/v1beta3 at most",
    ],
    [
      "so does a file with a document of such a version",
      { id: "unknownApi", documents: [{ group: "apps", version: "v1", kind: "Deployment" }, KUBEADM] },
      19,
      "use kubeadm 1.28 or later, the first that reads kubeadm.k8s.io/v1beta4",
    ],
    [
      "a document of another program is removed",
      { id: "unknownApi", documents: [{ group: "apps", version: "v1", kind: "Deployment" }] },
      30,
      "remove any other document",
    ],
    [
      "a line between two documents holds nothing else",
      { id: "documentSeparatorInvalid", words: "invalid Yaml document separator: -" },
      30,
      "put nothing but a comment behind the ---",
    ],
    ["a text that is not YAML is corrected", { id: "yamlInvalid", words: "yaml: line 2" }, 30, "correct the text"],
    [
      "a kind of something else is another document",
      { id: "kindNotRegistered", document: { group: "apps", version: "v1", kind: "Deployment" }, minor: 31 },
      31,
      "put a ClusterConfiguration there: apiVersion: kubeadm.k8s.io/v1beta4",
    ],
    [
      "a cluster that is too old needs another kubeadm",
      { id: "kubernetesVersionInvalid", fault: { kind: "too-old", version: "v1.32.5", oldestMinor: 33 } },
      34,
      "use a kubeadm that is at most one minor version newer than the cluster: 1.33 for 1.32",
    ],
    [
      "a document without a kind gets one",
      { id: "kindMissing", document: { ...KUBEADM, kind: "" } },
      30,
      "begin the document with",
    ],
    [
      "two documents of one kind become one",
      { id: "kindTwice", kind: "ClusterConfiguration" },
      30,
      "keep one document",
    ],
    [
      "an experimental API version is replaced by the newest that is not",
      { id: "apiVersionExperimental", document: KUBEADM, minor: 30 },
      30,
      "write an API version that is not experimental: kubeadm.k8s.io/v1beta3",
    ],
    [
      "the newest of a release is the one that came with it",
      { id: "apiVersionExperimental", document: KUBEADM, minor: 22 },
      22,
      "kubeadm.k8s.io/v1beta3.",
    ],
    [
      "a release is offered none that came later",
      { id: "apiVersionExperimental", document: KUBEADM, minor: 21 },
      21,
      "kubeadm.k8s.io/v1beta2.",
    ],
    [
      "a document of kubeadm that its release knows, of another kind, is removed",
      { id: "unknownApi", documents: [{ ...KUBEADM, kind: "ClusterConfig" }] },
      28,
      "remove any other document",
    ],
    [
      "a kind that kubeadm does not have is another document",
      { id: "kindNotRegistered", document: { ...KUBEADM, kind: "ClusterConfig" }, minor: 31 },
      31,
      "put a ClusterConfiguration there: apiVersion: kubeadm.k8s.io/v1beta4",
    ],
    [
      "a document without an API version gets one",
      { id: "apiVersionMissing" },
      31,
      "apiVersion: kubeadm.k8s.io/v1beta4",
    ],
    [
      "a document of another kind begins as a ClusterConfiguration",
      { id: "kindNotConvertible", type: "kubeadm.InitConfiguration" },
      31,
      "begin the document with",
    ],
    ["so does one whose kind is no text", { id: "kindInvalid", words: "json" }, 31, "begin the document with"],
    ["a text that is not JSON is corrected", { id: "jsonInvalid", words: "json" }, 31, "correct the text"],
    [
      "a document of the kubelet gets the kubelet's kind",
      { id: "componentKindUnknown", document: { group: "kubelet.config.k8s.io", version: "v1beta1", kind: "Kubelet" } },
      31,
      "KubeletConfiguration",
    ],
    [
      "arguments in a list, where a map is read",
      { id: "fieldUndecodable", path: ["apiServer", "extraArgs"], found: "array", words: "json" },
      30,
      "write extraArgs as a map (NAME: VALUE) up to v1beta3, as a list of {name, value} since v1beta4.",
    ],
    [
      "arguments in a map, where a list is read",
      { id: "typeWrong", document: KUBEADM, path: ["etcd", "local", "extraArgs"], found: "object", words: "json" },
      31,
      "write extraArgs as a map",
    ],
    [
      "arguments of the kubelet, an element of which is a map",
      { id: "fieldUndecodable", path: ["kubeletExtraArgs", 0], found: "object", words: "json" },
      31,
      "write extraArgs as a map",
    ],
    ["a text that is too long is shortened", { id: "textTooLong", length: 2_000_000 }, 30, "shorten the text"],
  ])("%s", (_title, refusal, minor, words) => {
    const fix = fixOf(refusal, minor);
    expect(fix).toContain(words);
    expect(fix).not.toContain("FIELDS");
  });

  it.each<readonly [string, Refusal]>([
    ["a wrong release", { id: "kubernetesVersionInvalid", fault: { kind: "malformed", version: "v1.30.x" } }],
    [
      "a release of before the first",
      { id: "kubernetesVersionInvalid", fault: { kind: "too-old", version: "v0.19.0", oldestMinor: 29 } },
    ],
    [
      "arguments that are neither a list nor a map",
      { id: "fieldUndecodable", path: ["apiServer", "extraArgs"], found: "string", words: "json" },
    ],
    [
      "a list that is no list of arguments",
      { id: "fieldUndecodable", path: ["apiServer", "extraArgsFile"], found: "array", words: "json" },
    ],
    [
      "a map that is the value of an argument",
      { id: "fieldUndecodable", path: ["apiServer", "extraArgs", "v"], found: "object", words: "json" },
    ],
    ["a text that is no map", { id: "fieldUndecodable", path: [], found: "array", words: "json" }],
  ])("%s is a field at fault", (_title, refusal) => {
    expect(fixOf(refusal, 30)).toBe("FIELDS");
  });
});
