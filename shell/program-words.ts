import { publicPath } from "../machine/public-text";
import { programKind } from "./program-kind";

/** Programs that are not modeled and often named; any other word may be a password that a text runs by mistake. */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  ...["ansible-pull", "salt-call", "puppet", "chef-client"],
  ...["parallel", "screen", "tmux", "at", "batch", "expect"],
  ...["make", "pwsh", "lua"],
  ...["packer", "consul", "nomad", "boundary", "teleport", "tsh", "sops", "age", "pass"],
  ...["k3s", "k0s", "k0sctl", "rke", "rke2", "microk8s", "minikube", "kind", "talosctl", "k9s"],
  ...["docker-compose", "docker", "podman", "nerdctl", "ctr", "skopeo", "crane", "oras", "buildah", "crun"],
  ...["cfssl", "easyrsa", "certbot", "step", "mc", "rclone", "s3cmd", "restic", "borg", "socat", "rsyslogd", "patch"],
]);

/** A script's file by its ending. */
const SCRIPT = /^[A-Za-z][\w.-]{0,60}\.(?:sh|bash|py|pl|rb|js|ps1)$/;
const ABSOLUTE_OR_RELATIVE = /^(?:\.{0,2}|~)\//;

/**
 * How a message names a program that is not known: by its name where its form says that it is one, a path or a script's
 * file. A text runs passwords and lines of keys as programs where a space follows `TOKEN=` or a here-document ends early, and
 * no form tells `prepare` from such a word.
 */
export function programWords(name: string): string {
  // Its name also tells which machines it may reach.
  if (WELL_KNOWN.has(name) || programKind(name) !== undefined || SCRIPT.test(name)) return name;
  if (ABSOLUTE_OR_RELATIVE.test(name) && publicPath(name) === name) return name;
  return UNNAMED;
}

const UNNAMED = "a program that is not known";

/** How a message names a file among a script's words. */
export function fileWords(file: string, otherwise: string): string {
  const isPath = file.includes("/") || /\.[a-z]{1,8}$/.test(file);
  return isPath && publicPath(file) === file ? file : otherwise;
}
