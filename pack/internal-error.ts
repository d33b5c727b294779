/**
 * What to say of an error of our own: where it happened, so that it can be reported. Never the error's text, which may
 * quote a property.
 */
export function internalError(policy: string, error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const frame =
    error instanceof Error ? (error.stack ?? "").split("\n").find((line) => line.trim().startsWith("at ")) : undefined;
  const where = frame === undefined ? "" : ` ${frame.trim().replace(/\(?\/.*\/(?=[^/]+\/[^/]+$)/, "(")}`;
  return `internal error in ${policy} (${name}${where}); please report this line with the version of kubeadm-guard`;
}
