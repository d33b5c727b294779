import { parent } from "../../machine/paths";
import { oneLine, publicText } from "../../machine/public-text";
import type { FixReport, Tool } from "../report";
import type { ConfigMapNames, Rename } from "./config-map-names";
import { fixLines } from "./fix-lines";
import type { FixPlan, NodeFix } from "./fix-plan";
import { fixReport } from "./fix-report";
import type { FixStep } from "./fixable-nodes";
import { nodePatterns } from "./node-patterns";
import { shellWord } from "./shell-word";

/** The parts of the script that are the same for every cluster: fix/fix.sh and fix/config-map.sh. */
export interface FixTemplates {
  readonly script: string;
  readonly configMap: string;
}

type Planned = Extract<FixPlan, { readonly kind: "plan" }>;
type Named = Extract<ConfigMapNames, { readonly kind: "names" }>;

/**
 * A plan as one POSIX shell script that does its part on the node it runs on. It holds paths and names only. The same plan gives
 * the same bytes.
 */
export function fixScript(plan: FixPlan, templates: FixTemplates, tool: Tool): string {
  if (plan.kind === "refused") return refusedScript(plan.cluster, plan.why, tool);
  const { configMap } = plan;
  const names = configMap.kind === "names" ? configMap : undefined;
  const hasLinks = names !== undefined && names.links.length > 0;
  const hosts = plan.nodes.map((one) => one.names[0]).filter((name) => /^[A-Za-z0-9_.:-]+$/.test(name));
  const values: Readonly<Record<string, string>> = {
    ABOUT: about(plan, tool),
    NAMES_USAGE: names === undefined ? `#\n${comment(withoutNames(configMap))}` : namesUsage(names),
    HOSTS: hosts.slice(0, MOST_NAMED).join(" ") + (hosts.length > MOST_NAMED ? " ..." : ""),
    NODES: nodePatterns(plan.nodes)
      .filter(({ patterns }) => patterns.length > 0)
      .map(({ name, patterns }) => `    ${patterns.join(" | ")}) node=${shellWord(name)} ;;`)
      .join("\n"),
    STEPS: plan.nodes.map((one) => arm(one, nodeLines(one, plan))).join("\n"),
    FILES: plan.files.map(({ field, path }) => `  named ${field} ${shellWord(path)}`).join("\n"),
    NAMES: names === undefined || !hasLinks ? "" : namesFunctions(plan, names),
    MODES: `show|apply|verify|undo${hasLinks ? "|names" : ""}${names === undefined ? "" : "|config-map|config-map-undo"}`,
    NODE_MODES: hasLinks ? " | names" : "",
    NAMES_MODE: hasLinks ? "  names) make_all names_steps; verify names_files ;;" : "",
    CONFIG_MAP: names === undefined ? "" : configMapFunctions(names, templates.configMap),
    CONFIG_MAP_MODES: names === undefined ? "" : CONFIG_MAP_MODES,
    NODE_NAMES: hosts.slice(0, MOST_NAMED).join(", ") + (hosts.length > MOST_NAMED ? ", ..." : ""),
  };
  const filled = templates.script.replace(/@([A-Z_]+)@/g, (whole, name: string) => values[name] ?? whole);
  return filled.replace(/\n{3,}/g, "\n\n");
}

/** Names beyond these are left out where they are only an example. */
const MOST_NAMED = 20;

/** These need no node. */
const CONFIG_MAP_MODES = '  config-map | config-map-undo) config_map_mode "$@"; exit 0 ;;';

/** Lines of a comment: nothing in them can end it. */
function comment(...lines: readonly string[]): string {
  return lines.map((line) => `# ${oneLine(publicText(line))}`.trimEnd()).join("\n");
}

function about(plan: Planned, tool: Tool): string {
  const report: FixReport | undefined = fixReport(plan);
  const uncertain = plan.nodes.filter(({ kind }) => kind === "refused").length;
  const nothing =
    uncertain > 0
      ? "Nothing can be done for certain; each node says why."
      : "Every control-plane node has these files: nothing is to be done.";
  return [
    comment(
      `Gives the control-plane nodes of cluster ${plan.cluster} the files that its kubeadm-config names.`,
      `Made by ${tool.name} ${tool.version} (check --fix-script) from what the check was shown; look again after the nodes change.`,
      "",
      ...plan.first,
      ...(plan.first.length === 0 ? [] : [""]),
      ...(report === undefined
        ? [nothing, ...fixLines({ nodes: refusals(plan) })]
        : ["Node by node:", ...fixLines(report)]),
      ...(plan.open.length === 0
        ? []
        : ["", "There may be more control-plane nodes:", ...plan.open.map((one) => `  ${one}`)]),
    ),
    ...transports(plan),
  ].join("\n");
}

function refusals({ nodes }: Planned): FixReport["nodes"] {
  return nodes.flatMap((one) => (one.kind === "refused" ? [{ node: one.names[0], steps: [], why: one.why }] : []));
}

/** How files come from one node to another: the operator's own ssh, as no node can log in to another. */
function transports({ nodes }: Planned): readonly string[] {
  const lines = nodes.flatMap((one) => {
    const brought = one.kind === "steps" ? one.steps.filter((step) => step.do === "bring") : [];
    return [...new Set(brought.map(({ node }) => node))].flatMap((source) => {
      const paths = brought.filter(({ node }) => node === source).map(({ path }) => shellWord(path.slice(1)));
      const pack = shellWord(`sudo tar -chf - -C / ${paths.join(" ")}`);
      const unpack = `'sudo mkdir -p -m 0700 ${INBOX} && sudo tar -xf - -C ${INBOX}'`;
      return [`#   ssh ${shellWord(source)} ${pack} | ssh ${shellWord(one.names[0])} ${unpack}`];
    });
  });
  if (lines.length === 0) return [];
  return [
    "#",
    comment(
      "Before apply, hand the files on, private keys included, and remove them afterwards (sudo rm -r on each node):",
    ),
    ...lines,
    `#   sudo rm -r ${INBOX}`,
  ];
}

const INBOX = "/root/kubeadm-guard-files";

function withoutNames(names: ConfigMapNames): string {
  const why = names.kind === "refused" ? names.why : "the names in the kubeadm-config bear no node's name";
  return `It does not offer other names for the kubeadm-config: ${why}.`;
}

function namesUsage({ renames, links }: Named): string {
  const change = renames.map(({ field, to }) => `${field} ${to}`).join(", ");
  const before =
    links.length === 0
      ? ["Or, as every node has them already, name other files in the kubeadm-config:", ""]
      : [
          "Or give them names that are the same on every node, in this order:",
          "",
          "  sh fix.sh names [NODE]        on every node: link these names to the node's own pair, and verify",
        ];
  return [
    "#",
    comment(
      ...before,
      "  sh fix.sh config-map          where kubectl is admin: write the names into the kubeadm-config (kubectl patch)",
      "  sh fix.sh config-map kubeadm  the same by kubeadm init phase upload-config kubeadm --config FILE",
      "  sh fix.sh config-map-undo     bring the kubeadm-config back; before undo on the nodes",
      "",
      `The names: ${change}.`,
      "To see the change: kubectl -n kube-system get configmap kubeadm-config -o yaml, and kubeadm-guard check --live.",
    ),
  ].join("\n");
}

function arm({ names: [name] }: NodeFix, lines: readonly string[]): string {
  return [`    ${shellWord(name)})`, ...lines.map((line) => `      ${line}`), "      ;;"].join("\n");
}

function nodeLines(node: NodeFix, { files }: Planned): readonly string[] {
  switch (node.kind) {
    case "nothing":
      return ["nothing"];
    case "refused":
      return node.why.map((why) => `refused ${shellWord(oneLine(publicText(why)))}`);
    case "steps": {
      const [cert, key, ca] = (["certFile", "keyFile", "caFile"] as const).map((wanted) => {
        const declared = files.find(({ field }) => field === wanted);
        const step = node.steps.find(({ field }) => field === wanted);
        return declared === undefined ? undefined : placeOf(declared.path, step);
      });
      const proof = node.fitness === "fit" ? "checked" : "open";
      const pair = cert === undefined || key === undefined ? [] : [`pair ${cert} ${key} ${ca ?? "''"} ${proof}`];
      return [...pair, ...node.steps.map(stepLine)];
    }
  }
}

/** Where the file lies before anything is made. */
function placeOf(declared: string, step: FixStep | undefined): string {
  switch (step?.do) {
    case undefined:
      return `"$root"${shellWord(declared)}`;
    case "link":
      return `"$root"${shellWord(`${parent(declared)}/${step.target}`)}`;
    case "bring":
      return `"$from"${shellWord(declared)}`;
  }
}

function stepLine(step: FixStep): string {
  switch (step.do) {
    case "link":
      return `link ${shellWord(step.path)} ${shellWord(step.target)}`;
    case "bring":
      return `bring ${shellWord(step.path)} ${shellWord(step.node)}`;
  }
}

function namesFunctions({ nodes, files }: Planned, { renames, links }: Named): string {
  const arms = nodes.map((node, index) => {
    const its = links[index] ?? [];
    const target = (wanted: Rename["field"]) => {
      const to = renames.find(({ field }) => field === wanted)?.to;
      const link = its.find(({ path }) => path === to);
      return link === undefined ? "''" : `"$root"${shellWord(`${parent(link.path)}/${link.target}`)}`;
    };
    const proof = node.kind === "steps" && node.fitness === "fit" ? "checked" : "open";
    return arm(node, [
      `pair ${target("certFile")} ${target("keyFile")} '' ${proof}`,
      ...its.map(({ path, target: name }) => `link ${shellWord(path)} ${shellWord(name)}`),
    ]);
  });
  const named = files.map(({ field, path }) => {
    const to = renames.find((one) => one.field === field)?.to ?? path;
    return `  named ${field} ${shellWord(to)}`;
  });
  return [
    "",
    "# The names that are the same on every node.",
    "names_steps() {",
    "  case $node in",
    ...arms,
    "  esac",
    "}",
    "names_files() {",
    ...named,
    "}",
    "",
  ].join("\n");
}

function configMapFunctions({ renames }: Named, template: string): string {
  const line = (field: string, path: string) => `^ *${field}: ${path.replaceAll(".", "\\.")}$`;
  const values: Readonly<Record<string, string>> = {
    IS_RENAMED: renames.map(({ field, to }) => `grep -q ${shellWord(line(field, to))} "$after"`).join(" && "),
    COUNTS: renames.map(({ field, from }) => `  only_once ${shellWord(line(field, from))}`).join("\n"),
    SED: renames
      .map(
        ({ field, from, to }) =>
          `    -e ${shellWord(`s|^\\( *${field}: \\)${from.replaceAll(".", "\\.")}$|\\1${to}|`)} \\`,
      )
      .join("\n"),
  };
  return template.replace(/@([A-Z_]+)@/g, (whole, name: string) => values[name] ?? whole);
}

function refusedScript(cluster: string, why: readonly string[], tool: Tool): string {
  const lines = why.map((one) => `Refused: ${one}.`);
  return [
    "#!/bin/sh",
    comment(
      `Does nothing for cluster ${cluster}: nothing is certain enough to be done.`,
      `Made by ${tool.name} ${tool.version} (check --fix-script).`,
    ),
    ...lines.map((line) => `printf '%s\\n' ${shellWord(oneLine(publicText(line)))} >&2`),
    "exit 1",
    "",
  ].join("\n");
}
