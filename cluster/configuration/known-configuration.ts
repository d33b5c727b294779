import type { ConfigurationText } from "../../kubeadm/config/configuration-text";
import type { KubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import { type NamedVersions, namedVersions } from "../../kubeadm/config/named-versions";
import { once } from "../../kubeadm/config/once";
import { type ConfigurationReading, readClusterConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { releaseThatReads } from "../../kubeadm/config/release-that-reads";
import { type ConfigurationFault, validateKubeadmConfig } from "../../kubeadm/config/validate-kubeadm-config";
import { type TemplateResidue, templateResidue } from "./template-residue";

/** A ClusterConfiguration whose text is known, and all that is read from it, each thing once. */
export interface KnownConfiguration {
  readonly kind: "text";
  readonly text: string;
  /** What the text names of itself, whether or not `kubeadm` can read it. */
  readonly named: NamedVersions;
  /** The release that reads it, and against which it is checked. */
  readonly kubeadm: KubeadmRelease;
  readonly reading: ConfigurationReading;
  /** What `kubeadm config validate` of that release refuses it for. */
  readonly faults: () => readonly ConfigurationFault[];
  readonly residue: () => readonly TemplateResidue[];
}

/** Reads a text for the release that `releaseThatReads` finds; `upgradeTo` is a version such as `v1.31.4`. */
export function knownConfiguration(text: ConfigurationText, upgradeTo: string | undefined): KnownConfiguration {
  const named = namedVersions(text);
  const kubeadm = releaseThatReads(named, upgradeTo);
  return {
    kind: "text",
    text: text.text,
    named,
    kubeadm,
    reading: readClusterConfiguration(text, kubeadm),
    faults: once(() => validateKubeadmConfig(text, kubeadm)),
    residue: once(() => templateResidue(text)),
  };
}
