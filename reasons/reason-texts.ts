import type { KnownFolders, Reason, ReasonData, ReasonId, ReasonOf, SourceName } from "./reason";
import { type Audience, settingName } from "./setting-name";

/** The texts for one kind of unknown. */
export interface ReasonText<Data> {
  /** The end of `SOURCE (KIND): …`, or a line of its own where no source is known: what is unknown. */
  readonly text: (data: Data, nodes: string) => string;
  /** What settles it, as a sentence; a function where that depends on who reads it. */
  readonly settledBy: string | ForAudience;
  /** True where `text` names the nodes itself. */
  readonly namesNodes?: true;
}

type ForAudience = (audience: Audience) => string;

const LISTING: ForAudience = (audience) =>
  `Give a listing of what is on the nodes, which kubeadm-guard collect makes: ${settingName("listing", audience)}.`;
/** check reads no program, so that nothing can be declared there. */
const DECLARE: ForAudience = (audience) =>
  audience === "check"
    ? LISTING(audience)
    : `Declare the files with clusters[].files or NodeFile, or give a listing of what is on the nodes: ${settingName("listing", audience)}.`;
const SHOW_SCRIPT = orDeclare("Let Pulumi see the script: inline, or as a StringAsset that the stack copies.");
const NAMES: Readonly<Record<ReasonOf<"resource-type-not-read">["data"]["names"], string>> = {
  path: "this one names the file or its folder",
  node: "this one names the node, or depends on its machine",
  "too-much": "this one has too much text to look through",
};
const UPDATE = "The update; the next preview knows it.";
const NAME_NODES: ForAudience = (audience) =>
  audience === "check"
    ? `Name the nodes with ${settingName("controlPlaneNodes", audience)}.`
    : `Name the nodes and their addresses in ${settingName("controlPlaneNodes", audience)}, or declare ControlPlaneNode.`;
const NO_NODE_BY = {
  program: "nothing names one (control-plane-nodes-known)",
  "command-line": "neither --nodes LISTING nor --inventory FILE names them",
  "live-cluster":
    "kubectl shows no control-plane Node and no kube-apiserver Pod, and neither --nodes LISTING nor --inventory FILE names them",
} as const;
const ADDRESSES =
  "Give each node its addresses or its resource in clusters[].controlPlaneNodes, and name all other machines in etcdHosts or otherHosts.";
const LITERAL = "Write the value into the script, or pass it in through environment or an interpolated text.";
const KUBESPRAY: ForAudience = (audience) =>
  `${set("kubespray.release", audience)} and ${settingName("kubespray.variables", audience)}, or give a listing of what is on the nodes: ${settingName("listing", audience)}.`;
const FIX_SETTING = "Fix the setting or the file; control-plane-nodes-known says what is wrong with it.";
const FIX_USER_DATA = orDeclare("Fix the user data so that cloud-init or Ignition reads it.");

/** For each reason what it says and what settles it. */
export const REASON_TEXTS: { readonly [Id in ReasonId]: ReasonText<ReasonData[Id]> } = {
  "program-not-modeled": { text: ({ program }) => `runs ${program}`, settledBy: SHOW_SCRIPT },
  "option-not-known": {
    text: ({ program }) => `runs ${program} with an option that is not known here`,
    settledBy: orDeclare("Do without the option."),
  },
  "ansible-run": {
    text: ({ kubespray, release }) =>
      `runs ansible-playbook${kubespray ? ` of Kubespray${release === null ? "" : ` ${release}`}` : ""}`,
    settledBy: (audience) =>
      `Name the inventory of Kubespray in ${settingName("kubespray", audience)}. Or: ${DECLARE(audience)}`,
  },
  "program-not-named": {
    text: ({ dependsOn }) => `runs a program that ${dependsOn} names`,
    settledBy: LITERAL,
  },
  "script-not-shown": { text: scriptText, settledBy: SHOW_SCRIPT },
  "script-unreadable": { text: unreadableScriptText, settledBy: orDeclare("Fix or split the script.") },
  "conditional-step": { text: ({ on }) => CONDITIONS[on], settledBy: orDeclare("Run the step unconditionally.") },
  "path-unknown": {
    text: ({ does, dependsOn }) => `${PATH_VERBS[does]} that depends on ${dependsOn}`,
    settledBy: LITERAL,
  },
  "link-target-unknown": { text: ({ dependsOn }) => `what it puts there depends on ${dependsOn}`, settledBy: LITERAL },
  "written-files-unknown": { text: ({ program }) => `runs ${program}`, settledBy: DECLARE },
  "archive-unpacked": {
    text: ({ archive }) => (archive === null ? "unpacks an archive" : `unpacks ${archive}`),
    settledBy: DECLARE,
  },
  "disk-mounted": { text: () => "mounts another disk there", settledBy: DECLARE },
  "copied-files-unknown": { text: copiedFilesText, settledBy: orDeclare("Copy the files by name.") },
  "home-unknown": {
    text: () => "the home directory that it copies to is not known",
    settledBy: "Give an absolute path, or set connection.user.",
  },

  "kubeadm-single-phase": { text: () => "runs a single phase of kubeadm join", settledBy: DECLARE },
  "kubeadm-certs-download": {
    text: () => "joins with a certificate key",
    settledBy:
      "Declare the upload in the stack: kubeadm init --upload-certs, or the phase upload-certs, with --config.",
  },
  "kubeadm-config-file-not-shown": {
    text: ({ command }) =>
      `the file given to ${command} --config is not shown${command === "kubeadm join" ? "" : ": with external etcd it makes no such file"}`,
    settledBy: "Let the stack write the file that --config names.",
  },
  "kubeadm-config-file-unknown": {
    text: ({ path, command, source, because }) => {
      const file = path === null ? "a text that it does not show" : `${path}, whose content is not known`;
      const who = source === null ? "" : `${source.name} (${source.kind}): `;
      return `${command.name} (${command.kind}) makes the kubeadm-config of ${file}${because === null ? "" : `; ${who}${reasonText(because)}`}`;
    },
    settledBy:
      "Let the stack write the file, with a text that is known at preview, before kubeadm or kubectl runs (dependsOn).",
  },
  "kubeadm-arguments-unknown": {
    text: ({ dependsOn }) => `how kubeadm joins depends on ${dependsOn}`,
    settledBy: "Write the flags of kubeadm join into the script.",
  },
  "kubeadm-run-undecided": {
    text: ({ question, because }, nodes) => `whether it ${QUESTIONS[question]}: ${reasonText(because, nodes)}`,
    settledBy: "What settles the reason that it names.",
  },
  "certs-upload-not-shown": {
    text: () =>
      "it joins with a certificate key, and nothing here shows what uploads kubeadm-certs, or whether it uses --config",
    settledBy:
      "Declare the upload in the stack: kubeadm init --upload-certs, or the phase upload-certs, with --config.",
  },
  "uploaded-file-undecided": {
    text: ({ source, because }, nodes) =>
      `kubeadm brings it from the node that uploads it, and there: ${source === null ? "" : `${source.name}: `}${reasonText(because, nodes)}`,
    settledBy: "What settles the reason that it names.",
  },

  "left-out-by-target": {
    text: () => "it was left out of this run (--target)",
    settledBy: "A preview without --target.",
  },
  "argument-unusable": {
    text: ({ argument }) => (argument === "command" ? "its command is not a text" : "it gives no absolute path"),
    settledBy: "Fix the argument of the resource.",
  },
  "property-unknown-until-update": {
    text: ({ property }) =>
      `${property === "one-command" ? "a command of it" : `its ${property}`} is not known before the update`,
    settledBy: `${UPDATE} Or keep outputs out of it: a command gets them through environment or stdin.`,
  },
  "path-unknown-until-update": {
    text: ({ of }) => `${PATHS_TO_COME[of]} not known before the update`,
    settledBy: `${UPDATE} Or give the path as a plain text.`,
  },
  "content-unknown-until-update": {
    text: ({ waitsFor }) =>
      waitsFor.length === 0
        ? "the content of a file is not known before the update"
        : `the content of a file is not known before the update; it waits for ${cut(waitsFor)}`,
    settledBy: UPDATE,
  },
  "configuration-unknown-until-update": {
    text: ({ field, waitsFor }) =>
      `${field} is not known before the update${waitsFor.length === 0 ? "" : `; it waits for ${cut(waitsFor)}`}`,
    settledBy: `${UPDATE} Or build the kubeadm-config from values that are known at preview.`,
  },
  "nodes-unknown-until-update": {
    text: () => "which nodes it is on is not known before the update",
    settledBy: `${UPDATE} Or give nodes as plain names.`,
  },
  "cluster-unknown-until-update": {
    text: () => "which cluster it is for is not known before the update",
    settledBy: `${UPDATE} Or give cluster as a plain name.`,
  },

  "user-data-unknown-until-update": {
    text: ({ waitsFor }) =>
      `its user data is not known before the update${waitsFor.length === 0 ? "" : ` (it waits for ${cut(waitsFor)})`}`,
    settledBy: `${UPDATE} Or build the user data from values that are known at preview.`,
  },
  "user-data-elsewhere": {
    text: ({ property }) => `its ${property} refers to user data that is not in this stack`,
    settledBy: DECLARE,
  },
  "user-data-unreadable": {
    text: ({ problem, limit }) => USER_DATA_PROBLEMS[problem].replace("{limit}", String(limit)),
    settledBy: FIX_USER_DATA,
  },
  "user-data-hands-over": { text: ({ to }) => HAND_OVERS[to], settledBy: DECLARE },
  "user-data-script": {
    text: ({ interpreter }) =>
      interpreter === null
        ? "its user data has a script without a #! line"
        : `its user data runs a ${interpreter} script`,
    settledBy: orDeclare("Write the script for a shell, with a #! line."),
  },
  "unit-not-enabled": {
    text: ({ unit }) => `whether ${unit}, which is not enabled, is ever started is not known`,
    settledBy: orDeclare("Enable the unit."),
  },
  "mount-point-unknown": {
    text: () => "it is written to a filesystem whose mount point is not known",
    settledBy: DECLARE,
  },

  "host-unknown-until-update": {
    text: (_, nodes) => `the host of its connection, which may be ${nodes}, is not known before the update`,
    namesNodes: true,
    settledBy:
      "Give each node its resource in clusters[].controlPlaneNodes, or declare ControlPlaneNode: then this preview knows it. Or the update; the next preview knows the host.",
  },
  "host-unknown": { text: () => "the host that it reaches is not known", settledBy: LITERAL },
  "any-machine": {
    text: () => "it may reach any machine",
    settledBy: orDeclare("Use remote.Command, whose connection names the machine."),
  },
  "may-reach-node": {
    text: ({ because, names }, nodes) =>
      `${reasonText(because, nodes)}, ${names ? "and names this node" : "which may reach any machine"}`,
    settledBy: SHOW_SCRIPT,
  },
  "machine-unknown": { text: () => "which node that machine is, is not known", settledBy: ADDRESSES },
  "unknown-host": {
    text: ({ host }) => `its host ${host} is not a known machine, so it may be this node under another address`,
    settledBy: ADDRESSES,
  },
  "shared-address": {
    text: ({ host }) => `its host ${host} is an address of several nodes`,
    settledBy: ADDRESSES,
  },
  "shared-by-port": {
    text: ({ host, port }) =>
      host === null
        ? "several machines are reached through ports of one host"
        : `it reaches one of several machines behind ${host} by port ${port}`,
    settledBy: "Give each node its address with the port in clusters[].controlPlaneNodes: ADDRESS:PORT.",
  },

  "control-plane-nodes-unknown": {
    text: ({ source, because }, nodes) =>
      `which machines are control-plane nodes: ${sourceText(source)}${reasonText(because, nodes)}`,
    settledBy: NAME_NODES,
  },
  "no-control-plane-node-known": {
    text: ({ by }) => NO_NODE_BY[by],
    settledBy: NAME_NODES,
  },
  "live-node-not-named": {
    text: ({ node }) => `the live cluster has the control-plane node ${node}, which nothing else names`,
    settledBy: (audience) =>
      `Add the node to what names the others: ${settingName("controlPlaneNodes", audience)}. Or remove it from the cluster.`,
  },
  "live-nodes-not-shown": {
    text: () =>
      "no Node of the live cluster was read, so a control-plane node without a running kube-apiserver is not seen",
    settledBy: (audience) => `Let kubectl list nodes. Or: ${NAME_NODES(audience)}`,
  },
  "clusters-without-nodes": {
    text: () =>
      "several kubeadm-configs in this stack have no nodes of their own, so the runs of kubeadm cannot be distinguished",
    settledBy: NAME_NODES,
  },
  "component-without-cluster": {
    text: () => "does not say which of the stack's clusters it is for; set cluster",
    settledBy: "Give the component its cluster.",
  },
  "kubeadm-node-unnamed": {
    text: () => "runs kubeadm on a control-plane node whose name and address are not known before the update",
    settledBy: NAME_NODES,
  },
  "kubeadm-behind-gateway": {
    text: ({ node, other }) => `runs kubeadm behind ${node}, as ${other} does`,
    settledBy: NAME_NODES,
  },
  "group-without-names": {
    text: ({ group }) => `the machines of ${group} have no names or addresses yet`,
    settledBy: NAME_NODES,
  },
  "etcd-hosts-may-be-nodes": {
    text: ({ hosts, source, because }, nodes) =>
      `whether ${cut(hosts)}, declared as etcd hosts, are control-plane nodes: ${sourceText(source)}${reasonText(because, nodes)}`,
    settledBy: NAME_NODES,
  },

  "setting-unusable": {
    text: ({ where }) => `${where}${where.startsWith("--") ? "" : " in the settings"} could not be used`,
    settledBy: FIX_SETTING,
  },
  "document-unusable": { text: ({ document }) => `${document} cannot be used`, settledBy: FIX_SETTING },
  "record-unusable": {
    text: ({ path, problem }) => `the record ${path} cannot be used: ${problem}`,
    settledBy: "Fix the record, or create it again with kubeadm-guard record.",
  },
  "variables-file-unreadable": {
    text: ({ path, problem }) =>
      problem === null
        ? `${path}, from which Kubespray takes variables, cannot be read`
        : `${path} cannot be read: ${problem}`,
    settledBy: "Fix the variables file.",
  },
  "disks-not-shown": {
    text: (_, nodes) =>
      `kubectl shows which files kube-apiserver runs with, and not what else is on the disks of ${nodes}; kubeadm-guard collect lists them`,
    namesNodes: true,
    settledBy: LISTING,
  },
  "listing-entry-unclear": {
    text: ({ listing, node }) =>
      node === null
        ? `the ${listing} has an entry for it that is not clear`
        : `the ${listing} has entries for ${node} that could not be understood`,
    settledBy: "Fix the entry; control-plane-nodes-known says what is wrong with it.",
  },
  "listing-without-node": {
    text: ({ listing }, nodes) => `the ${listing} has no entry for ${nodes}`,
    namesNodes: true,
    settledBy: "List the files of the node under its name.",
  },
  "listing-search-unclear": {
    text: ({ listing }) => `the ${listing} does not say clearly which folders were searched`,
    settledBy: "Fix searched in the listing: a list of absolute folders.",
  },
  "outside-known-folders": {
    text: ({ known }) => known.map(knownFoldersText).join(", and "),
    settledBy: (audience) =>
      `Search more folders for the listing: kubeadm-guard collect --folder FOLDER.${audience === "check" ? "" : " Or declare the files with clusters[].files or NodeFile."}`,
  },
  "kubespray-layout-unknown": {
    text: ({ problem, limit }) => KUBESPRAY_PROBLEMS[problem].replace("{limit}", String(limit)),
    settledBy: KUBESPRAY,
  },
  "kubespray-variable-unknown": {
    text: ({ variable, culprit, problem, limit }) => {
      const what = `${culprit} ${VARIABLE_PROBLEMS[problem].replace("{limit}", String(limit))}`;
      return variable === culprit ? what : `${variable} cannot be determined: ${what}`;
    },
    settledBy: (audience) => `Give the variable a plain value in ${settingName("kubespray.variables", audience)}.`,
  },
  "kubespray-etcd-by-kubeadm": {
    text: ({ variable, value }) => `${variable} is ${value}, so Kubespray puts no files of an external etcd anywhere`,
    settledBy: KUBESPRAY,
  },
  "kubespray-join-may-copy": {
    text: ({ node }) =>
      `a join may have copied the pair of ${node}, the first control-plane node, through the Secret kubeadm-certs; a listing settles it`,
    settledBy: LISTING,
  },
  "kubespray-leaves-pairs": {
    text: () =>
      "Kubespray leaves the pairs of removed and renamed hosts on etcd hosts, and may put those of workers there; a listing settles it",
    settledBy: LISTING,
  },
  "kubespray-links-unknown": {
    text: ({ earlier }) =>
      earlier === null
        ? "Kubespray makes links from the other nodes' names since v2.26.1, v2.27.1 and v2.28.0, and which release last ran here is not given"
        : `this release of Kubespray makes no links from the other nodes' names, but those of ${earlier} stay, and whether that ran here before is not given`,
    settledBy: (audience) =>
      `${set("kubespray.release", audience)}, the one that last ran on the cluster. Or give a listing of what is on the nodes, which decides where v2.26.1 may have run before v2.27.0.`,
  },
  "kubespray-file-not-made": {
    text: ({ variable }) => `${variable} names it, which no release of Kubespray puts there, so something else has to`,
    settledBy: DECLARE,
  },
  "kubespray-shared-folder": {
    text: () => "etcd_cert_dir is a folder in which kubeadm keeps its own files",
    settledBy: DECLARE,
  },

  "no-file-evidence": {
    text: (_, nodes) => `nothing here says how files reach ${nodes}`,
    namesNodes: true,
    settledBy: (audience) =>
      `${DECLARE(audience)} Where Kubespray put them: ${settingName("kubespray", audience)}.${audience === "check" ? "" : " Or set clusters[].unlisted: missing."}`,
  },
  "unordered-removal": {
    text: ({ path, writer, isSure }) =>
      `it ${isSure ? "removes" : "may remove"} ${path}, and neither waits for ${writer}, which puts it there, nor ${writer} for it (dependsOn)`,
    settledBy: "Add dependsOn on one of the two, in the intended order.",
  },
  "unordered-operations": {
    text: ({ writer, path, ...what }) =>
      `it copies ${copiedText(what)}, but does not wait for ${writer}${path === null ? "" : `, which puts ${what.isPattern ? path : "it"} there`} (dependsOn)`,
    settledBy: "Add dependsOn on the resource that puts the file there.",
  },
  "copied-file-unknown": {
    text: ({ isPattern, copied }) =>
      `it copies ${copiedText({ isPattern, copied })}, and nothing that certainly ran before puts ${isPattern ? "such a" : "that"} file there`,
    settledBy: orDeclare("Copy the file to where it is taken from, in a resource that runs before (dependsOn)."),
  },
  "more-matches-possible": {
    text: ({ pattern }) => `it copies what matches ${pattern}, and not all that lies there is known`,
    settledBy: orDeclare("Copy the files by name."),
  },
  "too-many-matches": {
    text: () => "its patterns match more files than can be followed",
    settledBy: orDeclare("Copy the files by name."),
  },
  "folder-or-file": {
    text: ({ name, path }) =>
      `it copies ${name} to ${path}, and nothing here shows whether that is a folder by then (a slash at its end would say so)`,
    settledBy: "End the path of a folder in a slash, or give the file's full path.",
  },
  "mounted-file-undecided": {
    text: ({ path }, nodes) => `whether ${nodes} have ${path}, which apiServer.extraVolumes mounts into kube-apiserver`,
    namesNodes: true,
    settledBy: DECLARE,
  },
  "compared-files-undecided": {
    text: ({ other, paths }) => `whether all nodes have what every node of ${other} has: ${cut(paths)}`,
    settledBy: DECLARE,
  },

  "configuration-unreadable": {
    text: ({ question, field, policy }) =>
      question === "content"
        ? `what the ClusterConfiguration says, which cannot be read before it is fixed (${policy})`
        : `whether ${field} can be upgraded: kubeadm cannot read it before it is fixed (${policy})`,
    settledBy: "Fix the configuration; the policy that it names says what is wrong.",
  },
  "file-of-one-node": {
    text: ({ node }) =>
      `which files the control-plane nodes need: this is the file of one node (${node}), and since kubeadm 1.30 an upgrade reads the ConfigMap instead. Get it with kubectl -n kube-system get configmap kubeadm-config -o yaml; --step init checks the file itself`,
    settledBy: "Check the ConfigMap: kubectl -n kube-system get configmap kubeadm-config -o yaml.",
  },
  "template-not-rendered": {
    text: ({ field }) => `what ${field} will be: it contains an unrendered template (kubeadm-config-rendered)`,
    settledBy: "Render the template; kubeadm-config-rendered names the place.",
  },

  "resource-type-not-read": {
    text: ({ type, names }) => `resources of the type ${type} are not read, and ${NAMES[names]}`,
    settledBy: DECLARE,
  },
  "host-path-mounted": {
    text: ({ path, kind }) => `a container of this ${kind} may write below ${path} of its node (hostPath)`,
    settledBy: orDeclare("Mount it with readOnly: true where the container only reads."),
  },
  "resource-not-read": {
    text: ({ problem }) => problem,
    settledBy: "A fix in kubeadm-guard: please report the line.",
  },
  "internal-error": {
    text: ({ policy, error, at }) =>
      `internal error in ${policy} (${error}${at === null ? "" : ` at ${at}`}); please report this line with the version of kubeadm-guard`,
    settledBy: "A fix in kubeadm-guard: please report the line.",
  },
};

/** What is unknown, in one line. `nodes` are those it is said of. */
export function reasonText(reason: Reason, nodes = "the control-plane nodes"): string {
  return textOf(reason, nodes);
}

/** What settles it, in the words of the settings, of check's options, or of both. */
export function settledBy({ id }: Pick<Reason, "id">, audience: Audience): string {
  const { settledBy: text } = REASON_TEXTS[id];
  return typeof text === "string" ? text : text(audience);
}

function orDeclare(text: string): ForAudience {
  return (audience) => `${text} Or: ${DECLARE(audience)}`;
}

function set(setting: Parameters<typeof settingName>[0], audience: Audience): string {
  return `${audience === "check" ? "Give" : "Set"} ${settingName(setting, audience)}`;
}

/** True where the text of a reason names the nodes itself. */
export function namesNodes({ id }: { readonly id: string }): boolean {
  return NAMING.has(id);
}

const NAMING: ReadonlySet<string> = new Set(
  Object.entries(REASON_TEXTS).flatMap(([id, { namesNodes: naming }]) => (naming === true ? [id] : [])),
);

function textOf<Id extends ReasonId>({ id, data }: ReasonOf<Id>, nodes: string): string {
  const entry: ReasonText<ReasonData[Id]> = REASON_TEXTS[id];
  return entry.text(data, nodes);
}

function scriptText({ how, script, dependsOn }: ReasonData["script-not-shown"]): string {
  if (how === "pipes") return `runs ${dependsOn} as a script`;
  if (script !== null) return `${how} the script ${script}`;
  return `${how} a script that ${dependsOn === null ? "is not shown" : `${dependsOn} names`}`;
}

function unreadableScriptText({ problem, characters, limit }: ReasonData["script-unreadable"]): string {
  switch (problem) {
    case "syntax":
      return "runs a text that cannot be read as shell";
    case "substitution-syntax":
      return "runs a substitution that cannot be read as shell";
    case "too-long":
      return `its text is too long to read (${characters} characters, at most ${limit} are read)`;
    case "too-much-work":
      return "its text is too complex to follow";
    case "unreadable":
      return "its text could not be read";
  }
}

const CONDITIONS: Readonly<Record<ReasonData["conditional-step"]["on"], string>> = {
  machine: "it depends on a condition that is evaluated only on the machine",
  "earlier-failure": "its failure is ignored",
  "words-of-xargs": "runs for each word that xargs reads",
  "files-of-find": "runs for each file that find finds",
  "next-boot": "runs when the machine starts again",
  "resource-update": "only an update of it runs this text",
};

const PATH_VERBS: Readonly<Record<ReasonData["path-unknown"]["does"], string>> = {
  write: "writes to a path",
  remove: "removes a path",
  download: "downloads to a name",
};

function copiedFilesText({ what, folder }: ReasonData["copied-files-unknown"]): string {
  switch (what) {
    case "names":
      return "puts files there whose names are not known";
    case "folder":
      return folder === null ? "copies a folder there" : `what the folder ${folder} holds is not known here`;
    case "archive":
      return "it copies an archive whose files are not known here";
    case "not-shown":
      return "what it copies is not shown";
    case "until-update":
      return "what it copies there is not known before the update";
  }
}

const QUESTIONS: Readonly<Record<ReasonData["kubeadm-run-undecided"]["question"], string>> = {
  "uploads-certs": "uploads kubeadm-certs",
  "joins-with-certificate-key": "joins with a certificate key",
};

const PATHS_TO_COME: Readonly<Record<ReasonData["path-unknown-until-update"]["of"], string>> = {
  copy: "where it copies to is",
  file: "its path is",
  "one-file": "the path of one of its files is",
  link: "where it links to is",
  "external-etcd-files": "the paths of its external etcd files are",
};

const USER_DATA_PROBLEMS: Readonly<Record<ReasonData["user-data-unreadable"]["problem"], string>> = {
  "not-text": "its user data is not text",
  "file-not-shown": "its user data is a file that the program does not show",
  "encoding-unknown": "the encoding of its user data is not known",
  secret: "its user data is a secret that could not be decrypted",
  hash: "its user data is shown only as a hash",
  "kind-unknown": "its user data is of a kind that cloud-init does not read",
  "too-large": "its user data is larger than {limit} MB",
  "too-large-unpacked": "its user data is larger than {limit} MB when unpacked",
  "too-much-unpacked": "its user data unpacks to more than is read for one machine",
  "gzip-broken": "its user data is gzip that cannot be unpacked",
  "part-too-large": "a MIME part of its user data is larger than {limit} MB",
  "part-too-large-unpacked": "a MIME part of its user data is larger than {limit} MB when unpacked",
  "part-too-much-unpacked": "a MIME part of its user data unpacks to more than is read for one machine",
  "part-gzip-broken": "a MIME part of its user data is gzip that cannot be unpacked",
  "archive-broken": "the archive in its user data cannot be read",
  "mime-too-deep": "its MIME parts are nested more than {limit} deep",
  "mime-too-many-parts": "it has more than {limit} MIME parts",
  "mime-without-boundary": "its MIME message names no boundary",
  "mime-transfer-encoding": "a MIME part has a transfer encoding that is not base64, quoted-printable or plain",
  "cloud-config-invalid": "its cloud-config is not valid YAML",
  "cloud-config-merge-type": "its cloud-config has a merge type that cannot be read",
  "cloud-configs-too-large": "its cloud-configs are too large to merge",
  "commands-not-a-list": "its bootcmd or runcmd is not a list of commands",
  "write-files-not-a-list": "its write_files is not a list of files",
  "write-files-path": "the path of a file in its write_files is not text",
  "write-files-content": "the content of a file in its write_files cannot be decoded, where cloud-init stops",
  "write-files-too-large": "its write_files hold more than is read for one machine",
  "ambiguous-until-update": "which of several files is its user data is not known before the update",
  "ignition-invalid": "its Ignition configuration is not valid JSON",
  "ignition-version": "its Ignition configuration is of a version that is not known",
  "ignition-nested-invalid": "an Ignition configuration inside another one is not valid JSON",
};

const HAND_OVERS: Readonly<Record<ReasonData["user-data-hands-over"]["to"], string>> = {
  ansible: "its user data runs Ansible",
  autoinstall: "its user data reinstalls Ubuntu (autoinstall)",
  chef: "its user data runs Chef",
  mcollective: "its user data runs MCollective",
  puppet: "its user data runs Puppet",
  salt: "its user data runs Salt",
  "ca-certs": "its ca_certs",
  "part-handler": "its user data brings a part handler, which is a program of its own",
  include: "its user data includes more from the network",
  "json-patch": "its user data has a JSON patch",
  "jinja-blocks": "its user data is a Jinja template whose blocks are decided on the machine",
  "ignition-config": "its Ignition configuration takes in another one, which is not shown here",
};

const KUBESPRAY_PROBLEMS: Readonly<Record<ReasonData["kubespray-layout-unknown"]["problem"], string>> = {
  "no-hosts": "the inventory has no hosts",
  "no-control-plane-hosts": "the inventory has no host in kube_control_plane",
  "no-etcd-hosts": "the inventory has no host in the group etcd",
  "too-many-hosts": "the inventory has more than {limit} control-plane and etcd hosts",
  "differs-by-host":
    "etcd_deployment_type or etcd_cert_dir is not the same for all control-plane and etcd hosts (group_vars/etcd.yml reaches the hosts of etcd only)",
  "deployment-type": "etcd_deployment_type is none of host, docker and kubeadm",
  "cert-management": "cert_management is not script, so something other than Kubespray creates etcd's certificates",
  "cert-dir-relative": "etcd_cert_dir is not an absolute path",
  "kubeadm-enabled-refused":
    "etcd_kubeadm_enabled is defined, so Kubespray since v2.28 refuses to run and has put no files anywhere (removed in v2.28: set etcd_deployment_type: kubeadm)",
  "kubeadm-enabled-unclear": "etcd_kubeadm_enabled is neither true nor false",
  "kubeadm-enabled-without-release":
    "etcd_kubeadm_enabled is true, which Kubespray uses only before v2.28, and which release last ran here is not given",
  "upgrade-without-release":
    "which node's names an upgrade uploads depends on the release of Kubespray, which is not given",
};

const VARIABLE_PROBLEMS: Readonly<Record<ReasonData["kubespray-variable-unknown"]["problem"], string>> = {
  "not-set": "is not set by anything that is read here",
  vault: "is encrypted with Ansible Vault",
  "not-a-scalar": "is a list or a mapping",
  "too-long": "is longer than {limit} characters",
  template: "is a template of more than plain variables",
  "too-deep": "is made from variables of variables, more than {limit} deep",
  "defined-by-itself": "is defined by itself",
};

/** How far a document says all there is: `the listing nodes.yaml was made below /etc/ssl only`. */
export function knownFoldersText({ by, title, folders }: KnownFolders): string {
  if (by === "kubespray") return `${title} puts files below ${cut(folders)} only, for this inventory`;
  const within = folders.length === 0 ? "in no folder" : `below ${folders.slice(0, 5).join(", ")}`;
  return `the ${title} was made ${within}${folders.length > 5 ? ` and ${folders.length - 5} more folders` : ""} only`;
}

function sourceText(source: SourceName | null): string {
  return source === null ? "" : `${source.name} (${source.kind}): `;
}

function copiedText({ copied, isPattern }: ReasonData["copied-file-unknown"]): string {
  return isPattern ? `what matches ${copied}` : copied;
}

/** Longer lists are cut: ten thousand names must not make one line. */
const MOST = 20;

function cut(items: readonly string[]): string {
  const shown = items.slice(0, MOST).join(", ");
  return items.length > MOST ? `${shown} and ${items.length - MOST} more` : shown;
}
