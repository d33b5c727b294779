/** Which cluster kubectl is asked about; what is left out is kubectl's own default. */
export interface KubectlOptions {
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
}

/** Understands `--live` with its two companions. */
export function kubectlOptions(values: {
  readonly live?: boolean | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly kubeadmConfig: string | undefined;
}):
  | { readonly kind: "kubectl"; readonly kubectl: KubectlOptions | undefined }
  /** What is wrong and what to do instead. */
  | { readonly kind: "wrong"; readonly why: string } {
  const { live, context, kubeconfig, kubeadmConfig } = values;
  const companion = context !== undefined ? "context" : kubeconfig !== undefined ? "kubeconfig" : undefined;
  if (live !== true) {
    return companion === undefined
      ? { kind: "kubectl", kubectl: undefined }
      : wrong(`--${companion} is for --live. Add --live, or leave it out.`);
  }
  if (kubeadmConfig !== undefined) return wrong("--live reads the kubeadm-config itself. Leave out --kubeadm-config.");
  return { kind: "kubectl", kubectl: { context, kubeconfig } };
}

function wrong(why: string): { readonly kind: "wrong"; readonly why: string } {
  return { kind: "wrong", why };
}
