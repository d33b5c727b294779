import type { Cluster } from "../../cluster/cluster";
import type { ExternalEtcdFile } from "../../cluster/external-etcd-files";
import type { Undecided } from "../../cluster/outcome";
import type { FieldPath } from "../../kubeadm/config/field-path";

/** The fields of a configuration that certainly contain an unrendered template, so that their values are not known. */
export interface UnrenderedFields {
  readonly has: (field: FieldPath) => boolean;
}

/**
 * kubeadm-config-rendered tells of template residue. Other policies leave such a field undecided instead of naming
 * it again in their own words.
 */
export function unrenderedFields({ configuration }: Cluster): UnrenderedFields {
  const residue = configuration.kind === "text" ? configuration.residue() : [];
  const fields = new Set(residue.filter(({ certain }) => certain).map(({ path }) => path.join("\n")));
  return { has: (field) => fields.has(field.join("\n")) };
}

/** Why a policy that needs any of these fields has nothing to check. */
export function notRendered(fields: string): string {
  return `${fields} ${fields.includes(" ") ? "contain unrendered templates" : "contains an unrendered template"} (kubeadm-config-rendered)`;
}

/** Files whose paths are known, and the open questions that the others leave. */
export function renderedFiles(
  cluster: Cluster,
  files: readonly ExternalEtcdFile[],
): { readonly files: readonly ExternalEtcdFile[]; readonly open: readonly Undecided[] } {
  const unrendered = unrenderedFields(cluster);
  const isOpen = ({ field }: ExternalEtcdFile) => unrendered.has(["etcd", "external", field]);
  return {
    files: files.filter((file) => !isOpen(file)),
    open: files.filter(isOpen).map(({ field }) => undecidedField(`etcd.external.${field}`)),
  };
}

/** The open question that such a field leaves. */
export function undecidedField(field: string): Undecided {
  return { reason: { id: "template-not-rendered", data: { field } }, node: null, path: null };
}
