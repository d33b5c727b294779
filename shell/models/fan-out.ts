import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import { mightRemove, mightWrite, writtenFilesUnknown } from "../file-operations";
import { readOptions } from "../options";
import { joined, literalOf, type Text } from "../text";

/** ansible PATTERN -m MODULE -a ARGS: one module on hosts of its inventory. */
export function ansible(call: Call): Outcome {
  const options = readOptions(call.args, { values: "maiuefltBPcMTK", longValues: ANSIBLE_VALUES });
  const module = (literalOf(options.value("m", "module-name") ?? ["command"]) ?? "").replace(/^ansible\.\w+\./, "");
  const args = options.value("a", "args") ?? [];
  const literal = literalOf(args);
  if (HARMLESS_MODULES.has(module)) return {};
  if (
    COMMANDS.has(module) &&
    literal !== undefined &&
    !/\b(?:chdir|creates|removes|executable|cmd)=|^\s*\{/.test(literal)
  )
    return onHosts(call, args);
  const [, path] = /(?:^|\s)(?:dest|path)=(\/[^\s'"{}]*)(?:\s|$)/.exec(literal ?? "") ?? [];
  if (FILES.has(module) && path !== undefined) return landsAt(call, [path], REMOVES.has(module));
  return { unread: notModeled(call) };
}

const COMMANDS: ReadonlySet<string> = new Set(["command", "shell", "raw"]);
/** Modules that write at `dest` or `path` and nowhere else. */
const FILES: ReadonlySet<string> = new Set([
  ...["copy", "template", "get_url", "file", "lineinfile", "blockinfile", "replace", "unarchive", "synchronize"],
]);
/** Those that may take away what is there: `state=absent`, `delete=true`. */
const REMOVES: ReadonlySet<string> = new Set(["file", "synchronize"]);
const HARMLESS_MODULES: ReadonlySet<string> = new Set([
  ...["ping", "setup", "debug", "stat", "find", "service", "systemd", "systemd_service", "service_facts", "reboot"],
  ...["apt", "yum", "dnf", "package", "package_facts", "user", "group", "hostname", "sysctl", "modprobe", "wait_for"],
  ...["wait_for_connection", "gather_facts", "slurp", "fetch", "timezone", "pip", "cron"],
]);

const ANSIBLE_VALUES: readonly string[] = [
  ...["module-name", "args", "inventory", "inventory-file", "user", "extra-vars", "forks", "limit", "tree"],
  ...["background", "poll", "connection", "module-path", "timeout", "become-user", "become-method", "private-key"],
  ...[
    "key-file",
    "vault-id",
    "vault-password-file",
    "ssh-common-args",
    "ssh-extra-args",
    "playbook-dir",
    "task-timeout",
  ],
];

/** pdsh, clush, pssh: their words are a script on each of the hosts. */
export function parallelShell(call: Call): Outcome {
  const options = readOptions(call.args, { ...HOSTS, untilOperand: true });
  if (options.operands.length === 0 || options.has("c", "copy", "rcopy")) return { unread: notModeled(call) };
  return onHosts(call, joined(...options.operands.flatMap((word) => [word, [" "]])));
}

/** pdcp, parallel-scp, prsync: their last word is where the files land on each of the hosts. */
export function parallelCopy(call: Call): Outcome {
  const options = readOptions(call.args, HOSTS);
  const to = options.operands.at(-1);
  const isPath = to !== undefined && options.operands.length > 1 && literalOf(to)?.startsWith("/") === true;
  return isPath ? landsAt(call, to) : { unread: notModeled(call) };
}

const SHELL_LONG_VALUES: readonly string[] = [
  ...["nodes", "exclude", "group", "user", "fanout", "command_timeout", "connect_timeout", "options", "hosts", "host"],
  ...["par", "outdir", "errdir", "timeout", "option", "extra-args", "extra-arg", "hostfile", "machinefile", "worker"],
];

const HOSTS = { values: "wxgXltfuRMoOHhepF", longValues: SHELL_LONG_VALUES } as const;

/** salt TARGET FUNCTION ARGS. */
export function salt(call: Call): Outcome {
  const options = readOptions(call.args, { values: "tbl", longValues: ["timeout", "batch-size", "log-level", "out"] });
  const [, named, ...args] = options.operands;
  const name = literalOf(named ?? []) ?? "";
  if (/^(?:test|grains|pillar|service|status|pkg|sys|disk|network)\.\w+$/.test(name)) return {};
  const [first] = args;
  if (/^cmd\.(?:run|shell|run_all|run_stdout|retcode)$/.test(name) && first !== undefined && args.length === 1)
    return onHosts(call, first);
  return { unread: notModeled(call) };
}

function onHosts(call: Call, script: Text): Outcome {
  return { remote: { everywhere: notModeled(call), host: undefined, user: undefined, script } };
}

function landsAt(call: Call, to: Text, removes = false): Outcome {
  const removals = removes ? mightRemove(to, call.name) : [];
  const operations = [mightWrite(to, writtenFilesUnknown(call.name)), ...removals];
  return { remote: { everywhere: notModeled(call), host: undefined, user: undefined, operations } };
}

function notModeled({ name }: Call): Reason {
  return { id: "program-not-modeled", data: { program: name } };
}
