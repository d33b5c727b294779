import type { ConfigurationApiVersion } from "./cluster-configuration";
import type { KubeadmRelease } from "./kubeadm-release";

/**
 * What differs between releases of kubeadm and Kubespray, and where that was read. One table for the whole pack: when
 * a release comes out, this file is what changes.
 *
 * Read: kubeadm 1.17.17, 1.21.14, 1.26.15, 1.27.16, 1.28.15, 1.29.15, 1.30.14, 1.31.14, 1.32.10, 1.33.6, 1.34.2, 1.35.4, 1.36.0, 1.37.2
 * (k8s.io/kubernetes at those tags), Kubespray up to v2.31.0.
 */
export const KUBEADM_VERSIONS = {
  /** The day on which these tables were last compared with the sources. */
  asOf: "2026-11-24",
  newestMinor: 37,
  newestKubespray: "v2.31.0",
} as const;

/** The API group of all kubeadm kinds. */
export const KUBEADM_GROUP = "kubeadm.k8s.io";

/**
 * API versions that are gone, or will be: the last minor release that reads them from the ConfigMap, and the release that kubeadm
 * recommends for migrating (util/config/common.go validateSupportedVersion, oldKnownAPIVersions).
 */
export const REMOVED_API_VERSIONS: readonly {
  readonly version: string;
  readonly lastMinor: number;
  readonly migrateWith: string;
}[] = [
  { version: "v1alpha1", lastMinor: 11, migrateWith: "v1.11" },
  { version: "v1alpha2", lastMinor: 12, migrateWith: "v1.12" },
  { version: "v1alpha3", lastMinor: 14, migrateWith: "v1.14" },
  { version: "v1beta1", lastMinor: 21, migrateWith: "v1.15" },
  { version: "v1beta2", lastMinor: 26, migrateWith: "v1.22" },
  { version: "v1beta3", lastMinor: 36, migrateWith: "v1.36" },
];

/** API versions that kubeadm decodes: from the ConfigMap always, from a file only while they are not experimental. */
export const API_VERSIONS: readonly {
  readonly version: ConfigurationApiVersion;
  readonly firstMinor: number;
  readonly lastMinor: number | undefined;
  /** Up to this minor release a file needs --allow-experimental-api (experimentalAPIVersions). */
  readonly experimentalUntil: number | undefined;
  /** From this minor release on kubeadm warns. */
  readonly deprecatedSince: number | undefined;
}[] = [
  { version: "v1beta1", firstMinor: 13, lastMinor: 21, experimentalUntil: undefined, deprecatedSince: 15 },
  { version: "v1beta2", firstMinor: 15, lastMinor: 26, experimentalUntil: undefined, deprecatedSince: 22 },
  { version: "v1beta3", firstMinor: 22, lastMinor: 36, experimentalUntil: undefined, deprecatedSince: 31 },
  { version: "v1beta4", firstMinor: 28, lastMinor: undefined, experimentalUntil: 30, deprecatedSince: undefined },
  // Registered in 1.37.2, still experimental there.
  { version: "v1", firstMinor: 37, lastMinor: undefined, experimentalUntil: 37, deprecatedSince: undefined },
];

/** True for the API versions before v1beta4, which changed `extraArgs`, added `extraEnvs` and moved the timeouts. */
export function isBeforeV1beta4(version: ConfigurationApiVersion): version is "v1beta1" | "v1beta2" | "v1beta3" {
  return version === "v1beta1" || version === "v1beta2" || version === "v1beta3";
}

/** The API versions of ClusterConfiguration that this minor release decodes, oldest first. */
export function readableApiVersions(minor: number): readonly ConfigurationApiVersion[] {
  return API_VERSIONS.filter(
    ({ firstMinor, lastMinor }) => firstMinor <= minor && (lastMinor === undefined || minor <= lastMinor),
  ).map(({ version }) => version);
}

/**
 * constants.MinExternalEtcdVersion, from the release on; it is asked for by `kubeadm init` only. Patch releases of
 * November 2025 raised it: read at 1.31.4, 1.31.13 and .14, 1.32.0, .9 and .10, 1.33.0, .5 and .6, 1.34.0, .1 and .2, 1.35.0.
 */
const MIN_EXTERNAL_ETCD: readonly {
  readonly sinceMinor: number;
  readonly sincePatch: number;
  readonly version: string;
}[] = [
  { sinceMinor: 35, sincePatch: 0, version: "3.5.24-0" },
  { sinceMinor: 34, sincePatch: 2, version: "3.5.24-0" },
  { sinceMinor: 34, sincePatch: 0, version: "3.5.21-0" },
  { sinceMinor: 33, sincePatch: 6, version: "3.5.24-0" },
  { sinceMinor: 33, sincePatch: 0, version: "3.5.11-0" },
  { sinceMinor: 32, sincePatch: 10, version: "3.5.24-0" },
  { sinceMinor: 32, sincePatch: 0, version: "3.5.11-0" },
  { sinceMinor: 31, sincePatch: 14, version: "3.5.24-0" },
  { sinceMinor: 31, sincePatch: 0, version: "3.5.11-0" },
  { sinceMinor: 28, sincePatch: 0, version: "3.4.13-4" },
  { sinceMinor: 0, sincePatch: 0, version: "3.2.18" },
];

/** The oldest external etcd that `kubeadm init` of this release accepts; of a minor release, what its first patch does. */
export function minimumExternalEtcd({ minor, patch = 0 }: KubeadmRelease): string {
  const rows = MIN_EXTERNAL_ETCD.filter(({ sinceMinor, sincePatch }) => sinceMinor < minor || sincePatch <= patch);
  return since(rows, minor).version;
}

/**
 * constants.DefaultEtcdVersion: the etcd that kubeadm runs as its own, at the newest patch release that was read (1.22.17,
 * 1.23.17, 1.24.17, 1.25.16 and those above).
 */
const OWN_ETCD: readonly { readonly sinceMinor: number; readonly version: string }[] = [
  { sinceMinor: 37, version: "3.7.0-0" },
  { sinceMinor: 36, version: "3.6.8-0" },
  { sinceMinor: 35, version: "3.6.6-0" },
  { sinceMinor: 34, version: "3.6.5-0" },
  { sinceMinor: 31, version: "3.5.24-0" },
  { sinceMinor: 30, version: "3.5.15-0" },
  { sinceMinor: 29, version: "3.5.16-0" },
  { sinceMinor: 28, version: "3.5.15-0" },
  { sinceMinor: 27, version: "3.5.12-0" },
  { sinceMinor: 26, version: "3.5.10-0" },
  { sinceMinor: 25, version: "3.5.9-0" },
  { sinceMinor: 22, version: "3.5.6-0" },
];

/** The etcd that kubeadm of this minor release runs as its own; undefined where that was not read. */
export function ownEtcd(minor: number): string | undefined {
  return OWN_ETCD.find(({ sinceMinor }) => sinceMinor <= minor)?.version;
}

/**
 * By how many minor releases the kubelets may be older than the release that is upgraded to
 * (phases/upgrade/policy.go MaximumAllowedMinorVersionKubeletSkew, the same releases).
 */
export function kubeletSkew(minor: number): number {
  return minor >= 29 ? 3 : 1;
}

/**
 * Host folders that kubeadm mounts into kube-apiserver on its own, so that certificates of an external etcd below them
 * get no mount of their own (phases/controlplane/volumes.go caCertsExtraVolumePaths; /etc/ssl/certs comes on top).
 */
const CA_VOLUME_PATHS: readonly { readonly sinceMinor: number; readonly paths: readonly string[] }[] = [
  {
    sinceMinor: 31,
    paths: [
      "/etc/pki/ca-trust",
      "/etc/pki/tls/certs",
      "/etc/ca-certificates",
      "/usr/share/ca-certificates",
      "/usr/local/share/ca-certificates",
    ],
  },
  {
    sinceMinor: 0,
    paths: ["/etc/pki", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates", "/etc/ca-certificates"],
  },
];

/** The folders of trusted CAs that kubeadm of this minor release mounts into kube-apiserver where they exist. */
export function caVolumePaths(minor: number): readonly string[] {
  return since(CA_VOLUME_PATHS, minor).paths;
}

/** Where apimachinery makes kubeadm's scheme: part of "no kind … is registered" (pkg/runtime/scheme.go). */
const SCHEME_LINES: readonly { readonly sinceMinor: number; readonly line: number }[] = [
  { sinceMinor: 35, line: 111 },
  { sinceMinor: 33, line: 110 },
  { sinceMinor: 0, line: 100 },
];

/** The name of kubeadm's scheme in its error messages. */
export function schemeName(minor: number): string {
  return `pkg/runtime/scheme.go:${since(SCHEME_LINES, minor).line}`;
}

/** The feature gates of kubeadm itself, by the minor releases that have them (features/features.go InitFeatureGates). */
const FEATURE_GATES: readonly { readonly name: string; readonly first: number; readonly last: number }[] = [
  { name: "CoreDNS", first: 9, last: 17 },
  { name: "IPv6DualStack", first: 16, last: 23 },
  { name: "PublicKeysECDSA", first: 19, last: 36 },
  { name: "RootlessControlPlane", first: 22, last: Number.POSITIVE_INFINITY },
  { name: "EtcdLearnerMode", first: 27, last: 32 },
  { name: "UpgradeAddonsBeforeControlPlane", first: 28, last: 30 },
  { name: "WaitForAllControlPlaneComponents", first: 30, last: 34 },
  { name: "ControlPlaneKubeletLocalMode", first: 31, last: 35 },
  { name: "NodeLocalCRISocket", first: 32, last: 36 },
];

/** The names that `featureGates` may hold for this minor release. */
export function featureGates(minor: number): readonly string[] {
  return FEATURE_GATES.filter(({ first, last }) => first <= minor && minor <= last).map(({ name }) => name);
}

/** Kubespray releases in which an upgrade breaks clusters whose etcd hosts are not control-plane nodes (#11500, #12181). */
export const BROKEN_KUBESPRAY_RELEASES: readonly { readonly release: string; readonly fixedIn: string }[] = [
  { release: "v2.26.0", fixedIn: "v2.26.1" },
  { release: "v2.27.0", fixedIn: "v2.27.1" },
];

function since<Row extends { readonly sinceMinor: number }>(rows: readonly Row[], minor: number): Row {
  const row = rows.find(({ sinceMinor }) => minor >= sinceMinor) ?? rows.at(-1);
  if (row === undefined) throw new Error("a version table has no rows");
  return row;
}
