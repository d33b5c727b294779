import { type CommandFault, commandFaults } from "../../kubeadm/config/command-faults";
import type { ConfigurationText } from "../../kubeadm/config/configuration-text";
import type { KubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import { once } from "../../kubeadm/config/once";
import { type ConfigurationFault, validateKubeadmConfig } from "../../kubeadm/config/validate-kubeadm-config";

/** A file for kubeadm's `--config`, which may hold documents beside the ClusterConfiguration. */
export interface SubjectFile {
  readonly kubeadm: KubeadmRelease;
  /** What `kubeadm config validate` refuses it for. */
  readonly faults: () => readonly ConfigurationFault[];
  /** At what else a command that is given it stops. */
  readonly commandFaults: () => readonly CommandFault[];
  /** Set where it is the file of one node, and what is to be run reads the ConfigMap instead of it. */
  readonly ofNode?: string;
}

/** Checks a file for a release, each thing when it is first asked for. */
export function subjectFile(text: ConfigurationText, kubeadm: KubeadmRelease): SubjectFile {
  return {
    kubeadm,
    faults: once(() => validateKubeadmConfig(text, kubeadm)),
    commandFaults: once(() => commandFaults(text, kubeadm)),
  };
}
