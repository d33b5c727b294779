import { isAbsolute } from "node:path/posix";
import { normalize } from "../../machine/paths";
import { type AnsibleVariables, ansibleVariables, type VariablesFile } from "./ansible-variables";
import { readSettingsValue } from "./ansible-yaml";
import type { Inventory, InventoryHost, Variables } from "./inventory";
import { type KubesprayRelease, kubesprayRelease } from "./kubespray-release";
import { type KubesprayVariables, kubesprayVariables } from "./kubespray-variables";

/** What a cluster's `kubespray` setting stands for, with the files already read. */
export interface KubesprayInput {
  readonly inventory: Inventory;
  /** Those below group_vars and host_vars in the inventory's folder. */
  readonly files: readonly VariablesFile[];
  /** `kubespray.release` of the settings: the release that last ran on the cluster. */
  readonly release?: string;
  /** `kubespray.variables` of the settings, which win over the files. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Where etcd runs, and where its certificates lie. */
type EtcdPlace =
  /** As services on the hosts of the group etcd: external for kubeadm. */
  | { readonly kind: "external"; readonly certDir: string }
  /** In kubeadm's own static pods. */
  | { readonly kind: "kubeadm"; readonly why: string }
  | { readonly kind: "undecided"; readonly why: string };

export interface KubesprayFacts {
  readonly inventory: Inventory;
  readonly release: KubesprayRelease;
  readonly variables: KubesprayVariables;
  /** Control-plane nodes, then the etcd hosts that are none. */
  readonly hosts: readonly InventoryHost[];
  readonly etcd: EtcdPlace;
  readonly remarks: readonly string[];
}

/** Reads variables and release once for all that is asked of them. Never throws. */
export function kubesprayFacts(input: KubesprayInput): KubesprayFacts {
  const { inventory } = input;
  const extra: Variables = new Map(
    Object.entries(input.variables ?? {}).map(([name, value]) => [name, readSettingsValue(value)]),
  );
  const ansible = ansibleVariables(inventory, input.files, extra);
  const release = kubesprayRelease(input.release);
  const variables = kubesprayVariables(ansible.valueOn);
  const hosts = [...new Set([...inventory.controlPlane, ...inventory.etcd])];
  return {
    inventory,
    release,
    variables,
    hosts,
    etcd: etcdPlace(inventory, hosts, ansible, variables, release),
    remarks: [
      ...release.remarks,
      ...ansible.encrypted.map((path) => `${path} is encrypted with Ansible Vault; what it sets is not seen`),
    ],
  };
}

function etcdPlace(
  inventory: Inventory,
  hosts: readonly InventoryHost[],
  ansible: AnsibleVariables,
  variables: KubesprayVariables,
  release: KubesprayRelease,
): EtcdPlace {
  const [broken] = ansible.broken;
  if (broken !== undefined) return { kind: "undecided", why: broken };
  if (inventory.controlPlane.length === 0)
    return { kind: "undecided", why: "the inventory has no host in kube_control_plane" };
  const places = hosts.map((host) => etcdPlaceOf(host, variables, release));
  const [first] = places;
  const other = places.find((place) => place.kind === "undecided") ?? places.find((place) => !samePlace(place, first));
  if (first === undefined || other?.kind === "undecided") return other ?? NO_HOSTS;
  if (other !== undefined) return { kind: "undecided", why: DIFFERS };
  return first.kind === "external" && inventory.etcd.length === 0 ? NO_ETCD : first;
}

const NO_HOSTS: EtcdPlace = { kind: "undecided", why: "the inventory has no hosts" };
const NO_ETCD: EtcdPlace = { kind: "undecided", why: "the inventory has no host in the group etcd" };
const DIFFERS =
  "etcd_deployment_type or etcd_cert_dir is not the same for all control-plane and etcd hosts (group_vars/etcd.yml reaches the hosts of etcd only)";

function etcdPlaceOf(host: InventoryHost, variables: KubesprayVariables, release: KubesprayRelease): EtcdPlace {
  const type = variables.text(host, "etcd_deployment_type");
  if (type.kind === "undecided") return type;
  if (type.text === "kubeadm") return { kind: "kubeadm", why: "etcd_deployment_type is kubeadm" };
  const enabled = variables.flag(host, "etcd_kubeadm_enabled");
  if (enabled !== false && release.heedsKubeadmEnabled !== false) return byKubeadmEnabled(enabled, release);
  if (type.text !== "host" && type.text !== "docker")
    return { kind: "undecided", why: "etcd_deployment_type is none of host, docker and kubeadm" };
  const management = variables.text(host, "cert_management");
  if (management.kind === "undecided") return management;
  if (management.text !== "script")
    return {
      kind: "undecided",
      why: "cert_management is not script, so something else than Kubespray makes etcd's certificates",
    };
  const certDir = variables.text(host, "etcd_cert_dir");
  if (certDir.kind === "undecided") return certDir;
  if (!isAbsolute(certDir.text)) return { kind: "undecided", why: "etcd_cert_dir is no absolute path" };
  return { kind: "external", certDir: normalize(certDir.text) };
}

/** Kubespray before v2.28 takes `etcd_kubeadm_enabled: true` for `etcd_deployment_type: kubeadm`. */
function byKubeadmEnabled(enabled: boolean | undefined, release: KubesprayRelease): EtcdPlace {
  if (enabled === undefined) return { kind: "undecided", why: "etcd_kubeadm_enabled is neither true nor false" };
  return release.heedsKubeadmEnabled === undefined
    ? {
        kind: "undecided",
        why: "etcd_kubeadm_enabled is true, which Kubespray heeds before v2.28 only, and kubespray.release is not given",
      }
    : { kind: "kubeadm", why: "etcd_kubeadm_enabled is true" };
}

function samePlace(one: EtcdPlace, other: EtcdPlace | undefined): boolean {
  if (one.kind === "external") return other?.kind === "external" && one.certDir === other.certDir;
  return one.kind === other?.kind;
}
