import type { OpenError } from "../../cluster/node-files";

/** Go's words for a file that cannot be read, as kubeadm prints them: a folder opens, but cannot be read. */
export function openErrorText(path: string, error: OpenError): string {
  return `${error === "is a directory" ? "read" : "open"} ${path}: ${error}`;
}
