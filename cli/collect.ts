import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAbsolute, normalize, dirname as parentOf } from "node:path/posix";
import { externalEtcdPaths } from "../cluster/external-etcd-files";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { publicText } from "../machine/public-text";
import { askedClusters } from "./asked-clusters";
import type { CollectOptions } from "./collect-options";
import { ansiblePlaybook, collectDaemonSet } from "./collect-transports";
import { complain } from "./complain";
import { ExitCode } from "./exit-code";
import { readInput } from "./read-input";
import type { Terminal } from "./terminal";
import { unopenedText } from "./unopened-file";

const HOME = "/root";

/** Where kubeadm, Kubespray and the documented set-ups keep certificates of etcd and Kubernetes. */
const FOLDERS = ["/etc/kubernetes", "/etc/ssl/etcd", "/etc/etcd", "/etc/pki/etcd"];

/**
 * `kubeadm-guard collect`: prints what makes a listing of the nodes' disks, for people's own transport. Resolves to the exit
 * code: 0 printed; 3 unusable input.
 */
export async function collect(options: CollectOptions, terminal: Terminal): Promise<number> {
  const named = await foldersOfConfiguration(options.kubeadmConfig, terminal);
  if (named.kind === "unusable") {
    complain(terminal, `kubeadm-guard: ${named.why}`);
    return ExitCode.unusable;
  }
  const folders = [...new Set([...FOLDERS, ...named.folders, ...options.folders])];
  const script = collectScript().replace("@FOLDERS@", () => folders.join("\n"));
  terminal.write(formatted(script, options));
  return ExitCode.clean;
}

function formatted(script: string, { format, image }: CollectOptions): string {
  switch (format) {
    case "sh":
      return script;
    case "ansible":
      return ansiblePlaybook(script);
    case "daemonset":
      return collectDaemonSet(script, image);
  }
}

/** Reads `collect/collect.sh` of this package; cli/ lies one folder deeper in dist/. */
function collectScript(): string {
  const script = (folder: string) => join(__dirname, folder, "collect", "collect.sh");
  return readFileSync(existsSync(script("..")) ? script("..") : script("../.."), "utf8");
}

type Folders =
  | { readonly kind: "folders"; readonly folders: readonly string[] }
  | { readonly kind: "unusable"; readonly why: string };

/** The folders of the files that etcd.external names. */
async function foldersOfConfiguration(file: string | undefined, terminal: Terminal): Promise<Folders> {
  if (file === undefined) return { kind: "folders", folders: [] };
  const input = await readInput(file, terminal);
  const options = {
    kubeadmConfig: file,
    nodes: undefined,
    inventory: undefined,
    kubespray: undefined,
    kubeadm: undefined,
    upgradeTo: undefined,
    step: "upgrade",
  } as const;
  const asked = askedClusters({ file, input }, options, terminal.folder);
  if (asked.kind === "unopened") return { kind: "unusable", why: asked.files.map(unopenedText).join(" ") };
  if (asked.kind === "unusable") return asked;
  const paths = asked.clusters.flatMap(({ cluster: { configuration } }) =>
    configuration.kind === "text" ? externalEtcdPaths(legibleConfiguration(configuration.reading)) : [],
  );
  // Relative paths start at root's home, where kubeadm is run. What could end the quotes of the script is not written into it, nor what may be a key.
  const folders = paths.map((path) => parentOf(normalize(isAbsolute(path) ? path : `${HOME}/${path}`)));
  return {
    kind: "folders",
    folders: folders.filter((folder) => !/['\p{Cc}]/u.test(folder) && publicText(folder) === folder),
  };
}
