/** Folders that every Linux machine has (Filesystem Hierarchy Standard 3.0), plus those that kubeadm's packages bring. */
const FOLDERS: ReadonlySet<string> = new Set([
  "/",
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/etc/kubernetes",
  "/etc/ssl",
  "/etc/ssl/certs",
  "/home",
  "/lib",
  "/media",
  "/mnt",
  "/opt",
  "/root",
  "/run",
  "/sbin",
  "/srv",
  "/tmp",
  "/usr",
  "/usr/bin",
  "/usr/lib",
  "/usr/local",
  "/usr/local/bin",
  "/usr/local/share",
  "/usr/share",
  "/var",
  "/var/lib",
  "/var/log",
  "/var/tmp",
]);

export function isStandardFolder(path: string): boolean {
  return FOLDERS.has(path) || /^\/home\/[^/]+$/.test(path);
}
