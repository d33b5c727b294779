import type { DocumentKind } from "../document-kind";
import { type GoType, goStruct } from "../go/go-type";
import { KUBEADM_GROUP, readableApiVersions } from "../kubeadm-versions";
import { clusterConfigurationType } from "./cluster-configuration-type";

/** The type that kubeadm's scheme has for a document, or undefined for a document that it does not know. */
export function configurationKindType(kind: DocumentKind, minor: number): GoType<unknown> | undefined {
  if (kind.group !== KUBEADM_GROUP) return undefined;
  const version = readableApiVersions(minor).find((version) => version === kind.version);
  if (version === undefined) {
    return kind.version === "__internal" ? goStruct<unknown>(`kubeadm.${kind.kind}`, () => undefined) : undefined;
  }
  if (kind.kind === "ClusterConfiguration") return clusterConfigurationType(version, minor);
  return undefined;
}
