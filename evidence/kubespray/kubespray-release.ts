/** What differs between Kubespray's releases, for one release. `undefined` where it is not known which release it is. */
export interface KubesprayRelease {
  /** `Kubespray v2.26.0`, or `Kubespray` alone. */
  readonly title: string;
  /** Each control-plane node gets links from the other nodes' names to its own pair. */
  readonly links: boolean | undefined;
  /** The release before it that makes them, where this one makes none: what it made stays, as no release removes links. */
  readonly linksOf?: string;
  /** Who writes the kubeadm-config in an upgrade: the node whose file is uploaded last, or none. */
  readonly upgradeWrites: "first node" | "last node" | "nothing" | undefined;
  /**
   * `etcd_kubeadm_enabled: true` means `etcd_deployment_type: kubeadm` before v2.28, which refuses to run where the variable is
   * defined, whatever its value (roles/validate_inventory/tasks/main.yml).
   */
  readonly kubeadmEnabled: "heeded" | "refused" | undefined;
  /** The modes of what lies in etcd_cert_dir: 0700 for all files, or as each task leaves them. */
  readonly modes: "all 0700" | "as made" | undefined;
  /** What is odd about the release that was given. */
  readonly remarks: readonly string[];
}

/**
 * The facts of a release such as `v2.26.1`; what all releases have in common where none is given or it is not a version.
 * Without one, the cluster's own Kubernetes tells that a release is older: v2.26, the first with links, installs 1.28 and later
 * (kube_version_min_required). `kubernetesMinor` is its minor version.
 *
 * A release that is newer than those that were read is taken for the newest of them, with a remark; an older one likewise.
 *
 * Source: Kubespray at the tags v2.15.1 to v2.31.0, roles/etcd/tasks/gen_certs_script.yml (links, modes),
 * roles/kubernetes/control-plane/tasks/kubeadm-upgrade.yml (upgrade), roles/kubespray-defaults/tasks/main.yaml (etcd_kubeadm_enabled).
 */
export function kubesprayRelease(release: string | undefined, kubernetesMinor?: number): KubesprayRelease {
  if (release === undefined)
    return kubernetesMinor !== undefined && kubernetesMinor < OLDEST_OF_V2_26 ? BEFORE_V2_26 : unknownRelease([]);
  const match = /^v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/u.exec(release.trim());
  if (match === null)
    return unknownRelease([
      `the release ${JSON.stringify(release)} is not a version such as v2.28.0, so it is taken as not given`,
    ]);
  const version: Version = [Number(match[1]), Number(match[2]), Number(match[3])];
  const name = `v${version.join(".")}`;
  return {
    title: `Kubespray ${name}`,
    links: hasLinks(version),
    ...(hasLinks(version) || !atLeast(version, FIRST_AFTER_LINKS) ? {} : { linksOf: "v2.26.1" }),
    upgradeWrites: upgradeWrites(version),
    kubeadmEnabled: atLeast(version, [2, 28, 0]) ? "refused" : "heeded",
    modes: atLeast(version, [2, 30, 0]) ? "as made" : "all 0700",
    remarks: [
      ...(atLeast(version, [2, 32, 0])
        ? [`Kubespray ${name} is newer than v2.31, the newest that was read, and is taken to work as that`]
        : []),
      ...(atLeast(version, [2, 15, 0])
        ? []
        : [`Kubespray ${name} is older than v2.15, the oldest that was read, and is taken to work as that`]),
    ],
  };
}

const OLDEST_OF_V2_26 = 28;

const BEFORE_V2_26: KubesprayRelease = {
  title: "Kubespray before v2.26",
  links: false,
  upgradeWrites: "last node",
  kubeadmEnabled: "heeded",
  modes: "all 0700",
  remarks: [],
};

type Version = readonly [number, number, number];

function unknownRelease(remarks: readonly string[]): KubesprayRelease {
  return {
    title: "Kubespray",
    links: undefined,
    upgradeWrites: undefined,
    kubeadmEnabled: undefined,
    modes: undefined,
    remarks,
  };
}

/** v2.26.1 is older by its number and newer by its date: a cluster may have come to v2.27.0 from either v2.26. */
const FIRST_AFTER_LINKS: Version = [2, 27, 0];

/** "Pretend all control plane have all certs (with symlinks)": in v2.26.1, v2.27.1, v2.28.0 and all that follow. */
function hasLinks(version: Version): boolean {
  const backported = [version[0], version[1]].join(".");
  if (backported === "2.26" || backported === "2.27") return version[2] >= 1;
  return atLeast(version, [2, 28, 0]);
}

/**
 * Up to v2.25 every node runs `upgrade apply --config` with its own file; v2.26 and v2.27.0 upgrade without a file; from
 * v2.27.1 on the first node runs `init phase upload-config` afterwards.
 */
function upgradeWrites(version: Version): "first node" | "last node" | "nothing" {
  if (atLeast(version, [2, 27, 1])) return "first node";
  return atLeast(version, [2, 26, 0]) ? "nothing" : "last node";
}

function atLeast(version: Version, least: Version): boolean {
  const [a, b, c] = version;
  const [x, y, z] = least;
  return a !== x ? a > x : b !== y ? b > y : c >= z;
}
