import { publicPath } from "../machine/public-text";

/** Programs that are not modelled and often named; any other word may be a password that a text runs by mistake. */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  ...["ansible", "ansible-playbook", "ansible-pull", "salt", "salt-call", "salt-ssh", "puppet", "chef-client"],
  ...["pdsh", "pdcp", "clush", "pssh", "mussh", "parallel", "parallel-ssh", "screen", "tmux", "at", "batch", "expect"],
  ...["python", "python2", "python3", "perl", "ruby", "node", "php", "java", "go", "make", "npm", "npx", "pwsh", "lua"],
  ...["terraform", "tofu", "pulumi", "packer", "consul", "nomad", "boundary", "teleport", "tsh", "sops", "age", "pass"],
  ...["k3s", "k0s", "k0sctl", "rke", "rke2", "microk8s", "minikube", "kind", "kubespray", "talosctl", "k9s"],
  ...["docker-compose", "docker", "podman", "nerdctl", "ctr", "skopeo", "crane", "oras", "buildah", "crun"],
  ...["cfssl", "easyrsa", "certbot", "step", "mc", "rclone", "s3cmd", "restic", "borg", "socat", "rsyslogd", "patch"],
]);

/** A script's file by its ending. */
const SCRIPT = /^[A-Za-z][\w.-]{0,60}\.(?:sh|bash|py|pl|rb|js|ps1)$/;
/** A word that only a program is called in practice; its parts are words in small letters. */
const PLAIN = /^[a-z]{2,20}(?:[-_][a-z]{1,20}){0,5}$/;
const ABSOLUTE_OR_RELATIVE = /^(?:\.{0,2}|~)\//;

/**
 * How a message names a program that is not known: by its name where that can be nothing else. A text runs passwords and
 * lines of keys as programs where a space follows `TOKEN=` or a here-document ends early; so a word in no path counts as a
 * name only where it is a word of its own in the script, and in no script that holds a key.
 */
export function programWords(name: string, script: string): string {
  if (WELL_KNOWN.has(name) || SCRIPT.test(name)) return name;
  if (ABSOLUTE_OR_RELATIVE.test(name)) return publicPath(name) === name ? name : UNNAMED;
  return PLAIN.test(name) && !script.includes("-----BEGIN ") && standsAlone(name, script) ? name : UNNAMED;
}

const UNNAMED = "a program that is not known";

/** How a message names a file among a script's words. */
export function fileWords(file: string, otherwise: string): string {
  const isPath = file.includes("/") || /\.[a-z]{1,8}$/.test(file);
  return isPath && publicPath(file) === file ? file : otherwise;
}

/** True where the script has the word as a word of its own, and never behind an equals sign or in quotes. */
function standsAlone(word: string, script: string): boolean {
  let found = false;
  for (let at = script.indexOf(word); at >= 0; at = script.indexOf(word, at + word.length)) {
    const before = script.charAt(at - 1);
    const after = script.charAt(at + word.length);
    if (/[\w.-]/.test(before) || /[\w.-]/.test(after)) continue;
    if (before !== "" && !/[\s;|&(`]/.test(before)) return false;
    if (/=[ \t]*$/.test(script.slice(Math.max(0, at - 64), at))) return false;
    found = true;
  }
  return found;
}
