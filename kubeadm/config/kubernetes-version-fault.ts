import { goQuote } from "../go/go-syntax";
import type { KubeadmRelease } from "./kubeadm-release";

/** Why kubeadm does not take a kubernetesVersion. */
export type KubernetesVersionFault =
  /** `version` is as written. */
  | { readonly kind: "malformed"; readonly version: string }
  | { readonly kind: "neither-version-nor-label"; readonly version: string }
  /** `version` begins with `v`, also where the text does without; `why` is apimachinery's. */
  | { readonly kind: "not-semantic"; readonly version: string; readonly why: string }
  /** Older than the minor release before kubeadm's, which is `oldestMinor`. */
  | { readonly kind: "too-old"; readonly version: string; readonly oldestMinor: number };

/**
 * Why this kubeadm does not take this kubernetesVersion, or undefined if it does.
 *
 * util/config/common.go NormalizeKubernetesVersion and util/version.go (1.30.14 to 1.37.2): a version, with or without
 * `v`, or a label such as `stable-1`, not older than one minor release before kubeadm. Labels are looked up on the
 * internet, and without it stand for kubeadm's own release: they are taken here.
 */
export function kubernetesVersionFault(version: string, kubeadm: KubeadmRelease): KubernetesVersionFault | undefined {
  const given = withoutBucket(version);
  if (given === undefined) return { kind: "malformed", version };
  if (!RELEASE.test(given)) return LABEL.test(given) ? undefined : { kind: "neither-version-nor-label", version };
  const normalized = given.startsWith("v") ? given : `v${given}`;
  const why = semanticVersionFault(normalized);
  if (why !== undefined) return { kind: "not-semantic", version: normalized, why };
  const oldestMinor = kubeadm.minor - 1;
  return isOlder(normalized, oldestMinor) ? { kind: "too-old", version: normalized, oldestMinor } : undefined;
}

/** The fault in kubeadm's words. */
export function kubernetesVersionFaultText(fault: KubernetesVersionFault): string {
  const { version } = fault;
  switch (fault.kind) {
    case "malformed":
      return `invalid version ${goQuote(version)}`;
    case "neither-version-nor-label":
      return `version ${goQuote(version)} doesn't match patterns for neither semantic version nor labels (stable, latest, ...)`;
    case "not-semantic":
      return `couldn't parse Kubernetes version ${goQuote(version)}: ${fault.why}`;
    case "too-old":
      return `this version of kubeadm only supports deploying clusters with the control plane version >= 1.${fault.oldestMinor}.0. Current version: ${version}`;
  }
}

const RELEASE = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*(?!\d))([-\w.+]*)?$/;
const LABEL = /^((latest|stable)+(-[1-9](\.[1-9](\d)?)?)?)$/;

function withoutBucket(version: string): string | undefined {
  if (RELEASE.test(version)) return version;
  return /^(?:(?:release|ci)\/)?([-\w.+]+)$/.exec(version)?.[1];
}

/** apimachinery util/version ParseSemantic, for texts that RELEASE lets through. */
function semanticVersionFault(version: string): string | undefined {
  const [, numbers = "", extra = ""] = /^v?(?=(\d+(?:\.\d+)*))\1(.*)$/.exec(version) ?? [];
  const components = numbers.split(".");
  const quoted = goQuote(version);
  if (components.length !== 3) return `illegal version string ${quoted}`;
  for (const component of components) {
    if (/^0./.test(component)) return `illegal zero-prefixed version component ${goQuote(component)} in ${quoted}`;
    if (BigInt(component) >= 2n ** 64n) {
      return `illegal non-numeric version component ${goQuote(component)} in ${quoted}: strconv.ParseUint: parsing ${goQuote(component)}: value out of range`;
    }
  }
  const parts = /^(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/.exec(extra);
  if (parts === null) return `could not parse pre-release/metadata (${extra}) in version ${quoted}`;
  const zeroPrefixed = (parts[1] ?? "").split(".").find((part) => /^0\d+$/.test(part));
  return zeroPrefixed === undefined
    ? undefined
    : `illegal zero-prefixed version component ${goQuote(zeroPrefixed)} in ${quoted}`;
}

/** Older than 1.MINOR.0; a pre-release of that version is older too. */
function isOlder(version: string, minor: number): boolean {
  const [, ...numbers] = /^v(\d+)\.(\d+)\.(\d+)(-)?/.exec(version) ?? [];
  const [major, ownMinor, patch] = numbers.map(Number);
  if (major !== 1) return major === 0;
  if (ownMinor !== minor) return (ownMinor ?? 0) < minor;
  return patch === 0 && numbers[3] !== undefined;
}
