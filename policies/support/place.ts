import type { FieldPath } from "../../kubeadm/config/field-path";

/** Where in the subject's text something stands: `data.ClusterConfiguration:12`, without the number where none is known. */
export function placeText(field: string, line: number | undefined): string {
  return line === undefined ? field : `${field}:${line}`;
}

/** A field's path as people write it: `etcd.external.endpoints[0]`. */
export function fieldText(path: FieldPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
}
