/** Linux's words for why a file cannot be opened or read, as kubeadm prints them. */
export type OpenError =
  | "no such file or directory"
  | "not a directory"
  | "too many levels of symbolic links"
  | "file name too long"
  | "invalid argument"
  | "is a directory";

/** Go's words for a file that cannot be read, as kubeadm prints them: a folder opens, but cannot be read. */
export function openErrorText(path: string, error: OpenError): string {
  return `${error === "is a directory" ? "read" : "open"} ${path}: ${error}`;
}
