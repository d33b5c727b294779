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
      "a document of no kubeadm is removed",
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
    ["a text that is no YAML is corrected", { id: "yamlInvalid", words: "yaml: line 2" }, 30, "correct the text"],
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
    ["a text that is too long is shortened", { id: "textTooLong", length: 2_000_000 }, 30, "shorten the text"],
  ])("%s", (_title, refusal, minor, words) => {
    const fix = fixOf(refusal, minor);
    expect(fix).toContain(words);
    expect(fix).not.toContain("FIELDS");
  });

  it("a wrong release is a field", () => {
    expect(fixOf({ id: "kubernetesVersionInvalid", fault: { kind: "malformed", version: "x y" } }, 30)).toBe("FIELDS");
  });
});
