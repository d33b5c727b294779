import { isAbsolute } from "node:path/posix";
import { normalize } from "../../machine/paths";
import type { KubesprayProblem, Reason } from "../../reasons/reason";
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
  /** True where the releases before it are known, and made no links that this one does not make. */
  readonly isWalked?: boolean;
  /** The minor version of the cluster's Kubernetes, where it is known: a release that cannot install it never ran. */
  readonly kubernetesMinor?: number | undefined;
  /** `kubespray.variables` of the settings, which win over the files. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Where etcd runs, and where its certificates lie. */
export type EtcdPlace =
  /** As services on the hosts of the group etcd: external for kubeadm. */
  | { readonly kind: "external"; readonly certDir: string }
  /** In kubeadm's own static pods. */
  | { readonly kind: "kubeadm"; readonly variable: string; readonly value: string }
  | { readonly kind: "undecided"; readonly reason: Reason };

export interface KubesprayFacts {
  readonly inventory: Inventory;
  readonly release: KubesprayRelease;
  readonly isWalked: boolean;
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
  const release = kubesprayRelease(input.release, input.kubernetesMinor);
  const variables = kubesprayVariables(ansible.valueOn);
  const hosts = [...new Set([...inventory.controlPlane, ...inventory.etcd])];
  return {
    inventory,
    release,
    isWalked: input.isWalked === true,
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
  if (broken !== undefined) return { kind: "undecided", reason: broken };
  if (inventory.controlPlane.length === 0) return undecided("no-control-plane-hosts");
  const isRefused = (host: InventoryHost) => ansible.valueOn(host, "etcd_kubeadm_enabled") !== undefined;
  // It stops before it lays anything out, so what lies on the hosts is from an earlier release or from something else.
  if (release.kubeadmEnabled === "refused" && inventory.hosts.some(isRefused))
    return undecided("kubeadm-enabled-refused");
  const places = hosts.map((host) => etcdPlaceOf(host, variables, release));
  const [first] = places;
  const other = places.find((place) => place.kind === "undecided") ?? places.find((place) => !samePlace(place, first));
  if (first === undefined || other?.kind === "undecided") return other ?? undecided("no-hosts");
  if (other !== undefined) return undecided("differs-by-host");
  return first.kind === "external" && inventory.etcd.length === 0 ? undecided("no-etcd-hosts") : first;
}

function undecided(problem: KubesprayProblem): EtcdPlace & { readonly kind: "undecided" } {
  return { kind: "undecided", reason: { id: "kubespray-layout-unknown", data: { problem, limit: null } } };
}

function etcdPlaceOf(host: InventoryHost, variables: KubesprayVariables, release: KubesprayRelease): EtcdPlace {
  const type = variables.text(host, "etcd_deployment_type");
  if (type.kind === "undecided") return type;
  if (type.text === "kubeadm") return { kind: "kubeadm", variable: "etcd_deployment_type", value: "kubeadm" };
  const enabled = variables.flag(host, "etcd_kubeadm_enabled");
  if (enabled !== false) return byKubeadmEnabled(enabled, release);
  if (type.text !== "host" && type.text !== "docker") return undecided("deployment-type");
  const management = variables.text(host, "cert_management");
  if (management.kind === "undecided") return management;
  if (management.text !== "script") return undecided("cert-management");
  const certDir = variables.text(host, "etcd_cert_dir");
  if (certDir.kind === "undecided") return certDir;
  if (!isAbsolute(certDir.text)) return undecided("cert-dir-relative");
  return { kind: "external", certDir: normalize(certDir.text) };
}

/** Kubespray before v2.28 takes `etcd_kubeadm_enabled: true` for `etcd_deployment_type: kubeadm`. */
function byKubeadmEnabled(enabled: boolean | undefined, release: KubesprayRelease): EtcdPlace {
  if (enabled === undefined) return undecided("kubeadm-enabled-unclear");
  return release.kubeadmEnabled === undefined
    ? undecided("kubeadm-enabled-without-release")
    : { kind: "kubeadm", variable: "etcd_kubeadm_enabled", value: "true" };
}

function samePlace(one: EtcdPlace, other: EtcdPlace | undefined): boolean {
  if (one.kind === "external") return other?.kind === "external" && one.certDir === other.certDir;
  return one.kind === other?.kind;
}
