import { expect, it } from "vitest";
import { programFiles } from "../../evidence/program-files";
import { Asset, type ValueRecord } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";
import { stackResource } from "../helpers/stack-resource";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** The files of a ConfigMap in this component, which is in another one. */
function filesIn(type: string, name: string, inputs: ValueRecord): readonly string[] {
  const around = stackResource("acme:index:Cluster", "prod.yaml", { file: "never.yaml" });
  const component = stackResource(type, name, inputs, { parent: around.urn });
  const map = stackResource(CONFIG_MAP, "kubeadm-config", {}, { parent: component.urn });
  return programFiles(map, (urn) => [around, component].find((one) => one.urn === urn));
}

it.each<[string, string, string, ValueRecord, readonly string[]]>([
  ["a ConfigFile", "kubernetes:yaml:ConfigFile", "config", { file: "a.yaml" }, ["a.yaml", "config"]],
  ["a ConfigFile named after its file", "kubernetes:yaml:ConfigFile", "a.yaml", {}, ["a.yaml"]],
  ["a ConfigGroup", "kubernetes:yaml:ConfigGroup", "all", { files: ["a.yaml", "b.yaml"] }, ["a.yaml", "b.yaml", "all"]],
  ["a remote component", "kubernetes:yaml/v2:ConfigFile", "a.yaml", {}, ["a.yaml"]],
  ["a kustomization", "kubernetes:kustomize:Directory", "k", { directory: "overlays/prod" }, ["overlays/prod", "k"]],
  ["a file that is not known yet", "kubernetes:yaml:ConfigFile", "config", { file: UNKNOWN }, ["config"]],
  ["a component of somebody", "acme:index:Manifests", "a.yaml", { file: "a.yaml" }, []],
])("%s", (_what, type, name, inputs, expected) => {
  expect(filesIn(type, name, inputs)).toEqual(expected);
});

it("a file that the resource itself copies", () => {
  const source = new Asset({ kind: "file", path: "kubeadm.yaml" });
  const copy = stackResource("command:remote:CopyToRemote", "config", { source });
  expect(programFiles(copy, () => undefined)).toEqual(["kubeadm.yaml"]);
});
