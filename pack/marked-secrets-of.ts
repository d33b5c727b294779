import { runtime } from "@pulumi/pulumi";
import type { StackResource } from "../evidence/stack-resource";
import { type MarkedSecrets, markedSecrets } from "../machine/marked-secrets";
import { stringsIn } from "../machine/strings-in";
import { readDocumentFiles } from "../settings/read-files";
import { configuredPolicies } from "./configured-policies";
import type { KubeadmGuardOptions } from "./kubeadm-guard-options";
import { heardSecrets } from "./listen-for-secrets";
import type { RunSettings } from "./run-settings";

/** Whether a key of the configuration was set with `--secret`; the SDK's types leave it out. */
const {
  isConfigSecret,
}: { readonly isConfigSecret: (key: string) => boolean } = require("@pulumi/pulumi/runtime/config");

/** What Pulumi marks secret in a stack and its configuration, and what stands unmarked in these and in the files of the settings. */
export function markedSecretsOf(
  resources: readonly StackResource[],
  settings: RunSettings,
  options: KubeadmGuardOptions,
): MarkedSecrets {
  const { inputs, outputs } = heardSecrets();
  const config = Object.entries(runtime.allConfig());
  const isMarked = ([key]: readonly [string, unknown]) => isConfigSecret(key);
  const marked = [
    ...[...inputs.values(), ...outputs.values()].flatMap((texts) => texts.marked),
    ...config.filter(isMarked).map(([, value]) => value),
  ];
  return markedSecrets(marked, () => [
    ...resources.flatMap(({ urn, name, ...properties }) => [
      urn,
      name,
      ...(inputs.get(urn)?.others ?? stringsIn(properties.inputs)),
      ...(outputs.get(urn)?.others ?? stringsIn(properties.outputs)),
    ]),
    ...config.flatMap(([key, value]) => (isConfigSecret(key) ? [key] : [key, value])),
    ...[...configuredPolicies()].flatMap(([name, one]) => [name, ...stringsIn(one)]),
    ...stringsIn({ ...options, policies: undefined, pulumiPolicies: undefined }),
    ...textsOfFiles(settings),
  ]);
}

/** The files that the settings name: inventories, listings, records. */
function textsOfFiles({ layers, folder, stack, readDocument }: RunSettings): readonly string[] {
  const clusters = [...layers.stack, ...layers.policyConfiguration, ...layers.constructorArgument];
  const documents = clusters.flatMap((one) => {
    const { variables, ...others } = readDocumentFiles(one, folder, readDocument);
    return [...variables, ...Object.values(others)];
  });
  return [folder, stack ?? "", ...documents.flatMap((one) => (one.kind === "text" ? [one.text] : []))];
}
