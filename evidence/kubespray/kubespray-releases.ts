/** A release of Kubespray: which Kubernetes it can install, and which etcd comes with the newest of them. */
export interface KubesprayReleaseRow {
  readonly release: string;
  /** Minor releases of Kubernetes. */
  readonly oldest: number;
  readonly newest: number;
  readonly etcd: string;
}

/**
 * Releases of Kubespray since v2.20.0, oldest first.
 *
 * Source: Kubespray at each tag, `kube_version`, `kube_version_min_required` and `etcd_supported_versions` of its defaults;
 * since v2.28.0 the newest and the oldest of `kubelet_checksums` and the newest of `etcd_binary_checksums` within the limit.
 */
export const KUBESPRAY_RELEASES: readonly KubesprayReleaseRow[] = [
  { release: "v2.20.0", oldest: 22, newest: 24, etcd: "v3.5.4" },
  { release: "v2.21.0", oldest: 23, newest: 25, etcd: "v3.5.6" },
  { release: "v2.22.2", oldest: 24, newest: 26, etcd: "v3.5.6" },
  { release: "v2.23.3", oldest: 25, newest: 27, etcd: "v3.5.10" },
  { release: "v2.24.3", oldest: 26, newest: 28, etcd: "v3.5.16" },
  { release: "v2.25.0", oldest: 27, newest: 29, etcd: "v3.5.12" },
  { release: "v2.25.1", oldest: 27, newest: 29, etcd: "v3.5.16" },
  { release: "v2.26.0", oldest: 28, newest: 30, etcd: "v3.5.12" },
  { release: "v2.26.1", oldest: 28, newest: 30, etcd: "v3.5.16" },
  { release: "v2.27.0", oldest: 29, newest: 31, etcd: "v3.5.16" },
  { release: "v2.27.1", oldest: 29, newest: 31, etcd: "v3.5.21" },
  { release: "v2.28.0", oldest: 30, newest: 32, etcd: "v3.5.16" },
  { release: "v2.28.1", oldest: 30, newest: 32, etcd: "v3.5.22" },
  { release: "v2.29.0", oldest: 31, newest: 33, etcd: "v3.5.23" },
  { release: "v2.29.1", oldest: 31, newest: 33, etcd: "v3.5.25" },
  { release: "v2.30.0", oldest: 32, newest: 34, etcd: "v3.5.26" },
  { release: "v2.31.0", oldest: 33, newest: 35, etcd: "v3.6.10" },
];
