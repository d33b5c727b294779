import type { Model } from "./call";
import { ansiblePlaybook } from "./models/ansible";
import { compress, tar, unzip } from "./models/archives";
import { cfssljson, openssl, updateTrustStore } from "./models/certificates";
import { container } from "./models/containers";
import { cp, install, ln, mkdir, mv } from "./models/copying";
import { awk, mount, sed } from "./models/editing";
import { ansible, parallelCopy, parallelShell, salt } from "./models/fan-out";
import { az, bucketCopy, curl, gcloud, git, wget } from "./models/fetching";
import { kubeadm } from "./models/kubeadm";
import { kubectl } from "./models/kubectl";
import { compare, find, ls } from "./models/looking";
import { etcdctl, gpg, helm, keytool, op, sort, sshKeygen, uniq, xxd, yq } from "./models/named-outputs";
import { base64, basename, cat, dirname, echo, mktemp, printf, seq } from "./models/printing";
import { rsync, scp, ssh } from "./models/remote";
import { systemctl } from "./models/services";
import { env, flock, running, shell, su, sudo, xargs } from "./models/wrappers";
import { chmod, dd, rm, tee, touch } from "./models/writing";

/**
 * What is known of a program. Those that are not in the table might do anything, and make every file on the machine
 * undecided that nothing before them settles.
 */
export type Program =
  | { readonly kind: "modeled"; readonly model: Model }
  /** Does not write the files that certificates live in. */
  | {
      readonly kind: "harmless";
      /** Its exit code is an answer, as of `grep -q`; with words, only if one of them is its first. */
      readonly asks?: true | readonly string[];
      /** Only with one of these as its first word. */
      readonly only?: readonly string[];
    };

const HARMLESS: Program = { kind: "harmless" };
const ASKS: Program = { kind: "harmless", asks: true };
function modeled(model: Model): Program {
  return { kind: "modeled", model };
}

function all(program: Program, names: readonly string[]): readonly (readonly [string, Program])[] {
  return names.map((name) => [name, program]);
}

const TABLE: ReadonlyMap<string, Program> = new Map([
  // Files and folders
  ["cp", modeled(cp)],
  ["mv", modeled(mv)],
  ["install", modeled(install)],
  ["ln", modeled(ln)],
  ["mkdir", modeled(mkdir)],
  ["touch", modeled(touch)],
  ["tee", modeled(tee)],
  ["dd", modeled(dd)],
  ["chmod", modeled(chmod)],
  ["rm", modeled(rm)],
  ["unlink", modeled(rm)],
  ["tar", modeled(tar)],
  ["unzip", modeled(unzip)],
  ...all(modeled(compress), ["gzip", "gunzip", "zcat", "xz", "unxz", "xzcat", "bzip2", "bunzip2", "zstd", "unzstd"]),
  ["mount", modeled(mount)],
  // Texts
  ["cat", modeled(cat)],
  ["echo", modeled(echo)],
  ["printf", modeled(printf)],
  ["base64", modeled(base64)],
  ["basename", modeled(basename)],
  ["dirname", modeled(dirname)],
  ["seq", modeled(seq)],
  ["mktemp", modeled(mktemp)],
  ["sort", modeled(sort)],
  ["uniq", modeled(uniq)],
  ["xxd", modeled(xxd)],
  ["yq", modeled(yq)],
  ["sed", modeled(sed)],
  ...all(modeled(awk), ["awk", "gawk", "mawk"]),
  // Certificates
  ["openssl", modeled(openssl)],
  ["cfssljson", modeled(cfssljson)],
  ["gpg", modeled(gpg)],
  ["keytool", modeled(keytool)],
  ["op", modeled(op)],
  ["ssh-keygen", modeled(sshKeygen)],
  ["etcdctl", modeled(etcdctl)],
  ...all(modeled(updateTrustStore), ["update-ca-certificates", "update-ca-trust"]),
  // Questions about files
  ["ls", modeled(ls)],
  ["find", modeled(find)],
  ...all(modeled(compare), ["cmp", "diff"]),
  // From and to other machines
  ["curl", modeled(curl)],
  ["wget", modeled(wget)],
  ...all(modeled(bucketCopy), ["aws", "gsutil"]),
  ["gcloud", modeled(gcloud)],
  ["az", modeled(az)],
  ["git", modeled(git)],
  ["ssh", modeled(ssh)],
  ["scp", modeled(scp)],
  ["rsync", modeled(rsync)],
  ["ansible", modeled(ansible)],
  ["salt", modeled(salt)],
  ...all(modeled(parallelShell), ["pdsh", "clush", "pssh", "parallel-ssh"]),
  ...all(modeled(parallelCopy), ["pdcp", "parallel-scp", "prsync", "parallel-rsync"]),
  ["sshpass", modeled(running({ values: "pfdP" }))],
  // Programs that run others
  ...all(modeled(sudo), ["sudo", "doas"]),
  ["su", modeled(su)],
  ["env", modeled(env)],
  ...all(modeled(shell), ["bash", "sh", "dash", "ash", "zsh", "ksh"]),
  ["flock", modeled(flock)],
  ["xargs", modeled(xargs)],
  ...all(
    modeled(
      running({ values: "nckfosieS", longValues: ["adjustment", "signal", "kill-after", "output", "input", "error"] }),
    ),
    ["nohup", "nice", "ionice", "setsid", "stdbuf", "time", "chronic", "unbuffer"],
  ),
  ["timeout", modeled(running({ values: "sk", longValues: ["signal", "kill-after"] }, 1))],
  // kubeadm
  ["kubeadm", modeled(kubeadm)],
  // Questions: their exit code is an answer
  ...all(ASKS, [
    "grep",
    "egrep",
    "fgrep",
    "which",
    "type",
    "hash",
    "pgrep",
    "pidof",
    "id",
    "getent",
    "ping",
    "nc",
    "ncat",
    "stat",
    "readlink",
    "realpath",
    "mountpoint",
    "lsmod",
    "dpkg-query",
    "getenforce",
    "crictl",
    "systemd-detect-virt",
    "expr",
    "groups",
    "whoami",
    "jq",
    "test",
  ]),
  // Package managers
  ...all(HARMLESS, [
    "apt",
    "apt-get",
    "apt-mark",
    "apt-key",
    "apt-cache",
    "add-apt-repository",
    "dpkg",
    "dpkg-reconfigure",
    "debconf-set-selections",
    "yum",
    "yum-config-manager",
    "dnf",
    "microdnf",
    "rpm",
    "zypper",
    "apk",
    "pacman",
    "snap",
    "tdnf",
    "pip",
    "pip3",
    "subscription-manager",
  ]),
  // Services, kernel, network, accounts
  ...all(HARMLESS, [
    "service",
    "journalctl",
    "loginctl",
    "rc-update",
    "rc-service",
    "chkconfig",
    "sysctl",
    "modprobe",
    "depmod",
    "swapoff",
    "swapon",
    "mkswap",
    "setenforce",
    "semanage",
    "restorecon",
    "chcon",
    "setsebool",
    "getsebool",
    "hostname",
    "hostnamectl",
    "timedatectl",
    "localectl",
    "ufw",
    "iptables",
    "ip6tables",
    "iptables-save",
    "iptables-restore",
    "nft",
    "firewall-cmd",
    "ipset",
    "ipvsadm",
    "ip",
    "ifconfig",
    "netplan",
    "nmcli",
    "route",
    "ss",
    "netstat",
    "dig",
    "nslookup",
    "host",
    "resolvectl",
    "useradd",
    "adduser",
    "usermod",
    "groupadd",
    "addgroup",
    "userdel",
    "passwd",
    "chpasswd",
    "chown",
    "chgrp",
    "chage",
    "loadkeys",
    "chronyc",
    "ntpdate",
    "umount",
    "lsblk",
    "blkid",
    "findmnt",
    "mkfs",
    "mkfs.ext4",
    "mkfs.xfs",
    "parted",
    "resize2fs",
    "growpart",
    "dmesg",
    "reboot",
    "shutdown",
    "poweroff",
    "update-alternatives",
    "ldconfig",
    "crontab",
    "visudo",
    "cloud-init",
  ]),
  // Questions to tools that otherwise work on other machines, and what such tools do here
  ...all(
    {
      kind: "harmless",
      only: [
        ...["output", "show", "state", "init", "fmt", "validate", "plan", "version", "providers", "workspace", "get"],
        ...["graph", "console", "login", "-version", "--version"],
      ],
    },
    ["terraform", "tofu"],
  ),
  [
    "pulumi",
    {
      kind: "harmless",
      only: ["stack", "config", "whoami", "version", "preview", "about", "logs", "plugin", "login", "logout", "schema"],
    },
  ],
  ["ansible-playbook", modeled(ansiblePlaybook)],
  ...all(HARMLESS, [
    "ansible-galaxy",
    "ansible-inventory",
    "ansible-vault",
    "ansible-lint",
    "ansible-doc",
    "ansible-config",
  ]),
  ["systemctl", modeled(systemctl)],
  // Kubernetes
  ["kubectl", modeled(kubectl)],
  ["helm", modeled(helm)],
  ...all(HARMLESS, ["kubelet", "etcd", "etcdutl", "calicoctl", "cilium", "containerd", "runc"]),
  ...all(modeled(container), ["docker", "podman", "nerdctl", "ctr"]),
  // Printing, waiting and other things that leave files alone
  ...all(HARMLESS, [
    "sleep",
    "date",
    "uname",
    "arch",
    "nproc",
    "free",
    "df",
    "du",
    "uptime",
    "ps",
    "top",
    "kill",
    "killall",
    "pkill",
    "head",
    "tail",
    "wc",
    "cut",
    "tr",
    "rev",
    "fold",
    "column",
    "paste",
    "comm",
    "less",
    "more",
    "file",
    "od",
    "hexdump",
    "sha256sum",
    "md5sum",
    "sha1sum",
    "sha512sum",
    "cksum",
    "cfssl",
    "uuidgen",
    "logger",
    "wall",
    "sync",
    "rmdir",
    "yes",
    "clear",
    "tput",
    "stty",
    "lsb_release",
    "who",
    "w",
    "last",
    "envsubst",
    "vault",
    "ssh-keyscan",
    "ssh-add",
    "ssh-agent",
    "ssh-copy-id",
    "lsof",
    "vmstat",
    "lscpu",
    "lspci",
    "dmidecode",
    "strings",
    "bc",
    "printenv",
    "tty",
    "nl",
    "tac",
    "setfacl",
    "getfacl",
    "chattr",
    "lsattr",
    "setcap",
    "getcap",
    "base32",
  ]),
]);

/** What is known of the program of this name; `undefined` for one that might do anything. */
export function programNamed(name: string): Program | undefined {
  return TABLE.get(name);
}

/** Programs that are not modeled and read their standard input. */
const READS_INPUT: ReadonlySet<string> = new Set([
  ...["grep", "egrep", "fgrep", "head", "tail", "wc", "sort", "uniq", "cut", "tr", "rev", "fold", "column", "paste"],
  ...["od", "xxd", "hexdump", "sha256sum", "md5sum", "sha1sum", "sha512sum", "cksum", "nl", "tac", "jq", "less"],
  ...["more", "envsubst", "gpg", "chpasswd"],
]);

/** True for a program that may read something of its standard input. */
export function readsInput(name: string): boolean {
  return READS_INPUT.has(name);
}
