/** A release of kubeadm (always major version 1), as far as it is known: `1.30` or `1.30.14`. */
export interface KubeadmRelease {
  readonly minor: number;
  readonly patch?: number;
}

/**
 * Reads `1.30`, `v1.30`, `1.30.14` or `v1.30.14`, with or without a pre-release or build suffix.
 * Anything else, another major version included, is undefined.
 */
export function parseKubeadmRelease(text: string): KubeadmRelease | undefined {
  const match = /^v?1\.(0|[1-9]\d{0,3})(?:\.(0|[1-9]\d{0,5})(?:[-+][0-9A-Za-z.+-]+)?)?$/.exec(text.trim());
  const minor = match?.[1];
  const patch = match?.[2];
  if (minor === undefined) return undefined;
  return patch === undefined ? { minor: Number(minor) } : { minor: Number(minor), patch: Number(patch) };
}
