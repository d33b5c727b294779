/**
 * The API version in which an upgrade by kubeadm of this minor release leaves the kubeadm-config (phases/upgrade/postupgrade.go,
 * phases/uploadconfig/uploadconfig.go; 1.22 to 1.37); up to 1.21 that is taken to be the one that it had.
 */
export function writtenApiVersion(minor: number, before: string): string {
  if (minor >= 31) return "v1beta4";
  return minor >= 22 ? "v1beta3" : before;
}
