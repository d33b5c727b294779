import { mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../lib/run.mjs";
import { askUpgrade } from "./ask-upgrade.mjs";
import { binary } from "./binaries.mjs";
import { kubeconfig } from "./kubernetes-api.mjs";
import { ourReport } from "./our-answer.mjs";

/**
 * Writes `check --fix-script` for each cluster, runs the script on all of its nodes, and asks the real kubeadm afterwards. The
 * script runs as an operator runs it: what other nodes have is handed on by the commands that stand in it, `apply` runs, `undo`
 * takes it back to the last byte, and `apply` runs twice. A script counts as equal if kubeadm passes on every node that it does
 * not refuse. Clusters on which it changes nothing are left out. Gives `[{name, scripts, equal}]` and prints what differs.
 */
export async function applyFixScripts({ clusters, api, kubeadm, release, folder }) {
  let scripts = 0;
  let equal = 0;
  for (const cluster of clusters) {
    const file = join(folder, `${cluster.id}-fix.sh`);
    const more = ["--fix-script", file];
    await ourReport({ cluster, step: "upgrade", kubeadm: release, folder, more });
    const script = await readFile(file, "utf8");
    const steps = script.slice(script.indexOf("\nsteps() {"), script.indexOf("\nfiles() {"));
    if (!/^ {6}(?:link|bring) /m.test(steps)) continue;
    let refused = [];
    const faults = [];
    const { answers } = await askUpgrade({
      cluster,
      api,
      kubeadm,
      folder,
      prepare: async (disks) => {
        refused = cluster.byConfigMap
          ? await renameIn(disks, { file, folder, faults })
          : await applyTo(disks, { file, script, folder, faults });
      },
    });
    for (const [node, { ok, error }] of Object.entries(await answers))
      if (!ok && !refused.includes(node)) faults.push(`${node}: kubeadm fails after the fix: ${error}`);
    if (refused.length === Object.keys(cluster.files).length) faults.push("every node is refused");
    scripts += 1;
    if (faults.length === 0) equal += 1;
    else console.log([`fix script of ${cluster.id}:`, ...faults].join("\n  "));
  }
  return [{ name: "fix scripts", scripts, equal }];
}

/** A cluster with other names for the pairs, which need quotes in a shell. */
export function withOddNames(cluster) {
  const odd = (text) => text.replaceAll("/ssl/node-", `/ssl/it's a "node" \\ & * (id); of-`);
  const { ClusterConfiguration } = cluster.configMap.data;
  return {
    ...cluster,
    id: `${cluster.id}-odd-names`,
    configMap: { ...cluster.configMap, data: { ClusterConfiguration: odd(ClusterConfiguration) } },
    files: Object.fromEntries(
      Object.entries(cluster.files).map(([node, files]) => [
        node,
        files.map((one) => ({ ...one, path: odd(one.path), link: one.link === null ? null : odd(one.link) })),
      ]),
    ),
  };
}

/** A cluster that gets other names in its kubeadm-config, by kubectl, instead of files under today's names. */
export function withOtherNames(cluster) {
  return { ...cluster, id: `${cluster.id}-config-map`, byConfigMap: true };
}

/** `names` on every node, then `config-map`, back, and again; refuses no node. */
async function renameIn(disks, { file, folder, faults }) {
  const place = await mkdtemp(join(folder, "rename-"));
  await writeFile(join(place, "admin.conf"), kubeconfig());
  await symlink(await binary("kubectl-1.30.14"), join(place, "kubectl"));
  const env = { ...process.env, KUBECONFIG: join(place, "admin.conf"), PATH: `${place}:${process.env.PATH}` };
  const here = async (command, ...args) => {
    const { code, output } = await run(command, args, { cwd: place, env });
    if (code !== 0) faults.push(`${command} ${args.join(" ")}: ${output}`);
    return output;
  };
  for (const [node, disk] of Object.entries(disks)) {
    for (const name of NODE_FOLDERS) await mkdir(join(disk, name), { recursive: true });
    await here(...asNode(disk, ["sh", file, "names", node]));
  }
  const read = () =>
    here("kubectl", "-n", "kube-system", "get", "configmap", "kubeadm-config", "-o", "jsonpath={.data}");
  const before = await read();
  await here("sh", file, "config-map");
  const after = await read();
  if (after === before) faults.push("config-map changes nothing");
  await here("sh", file, "config-map-undo");
  if ((await read()) !== before) faults.push("config-map-undo does not bring the text back");
  await here("sh", file, "config-map");
  await here("sh", file, "config-map");
  if ((await read()) !== after) faults.push("config-map does not do the same again");
  await here("sh", file, "config-map-undo");
  await byKubeadm({ disk: Object.values(disks)[0], file, place, here });
  const names = (text) => text.match(/(?:cert|key)File: [^\s\\]+/g)?.join();
  if (names(await read()) !== names(after)) faults.push("config-map kubeadm does not write the new names");
  return [];
}

/** As on the first control-plane node, whose default route tells kubeadm the node's address. The route is taken away again. */
async function byKubeadm({ disk, file, place, here }) {
  const kubernetes = join(disk, "etc/kubernetes");
  await mkdir(kubernetes, { recursive: true });
  await writeFile(join(kubernetes, "admin.conf"), kubeconfig());
  await symlink(await binary("kubeadm-1.30.14"), join(place, "kubeadm"));
  await here("ip", "address", "add", "192.0.2.1/24", "dev", "lo");
  await here("ip", "route", "add", "default", "dev", "lo", "src", "192.0.2.1");
  await here(...asNode(disk, ["sh", "-c", 'cd "$0" && sh "$1" config-map kubeadm', place, file]));
  await here("ip", "route", "delete", "default");
  await here("ip", "address", "delete", "192.0.2.1/24", "dev", "lo");
}

const NODE_FOLDERS = ["etc", "opt", "var/lib", "root"];

/** Gives the nodes that the script refuses. */
async function applyTo(disks, { file, script, folder, faults }) {
  for (const disk of Object.values(disks))
    for (const name of NODE_FOLDERS) await mkdir(join(disk, name), { recursive: true });
  const bin = await operatorsPrograms(disks, folder);
  const transports = script.split("\n").filter((line) => line.startsWith("#   ssh ") && line.includes(" | ssh "));
  for (const line of transports) {
    const { code, output } = await run("bash", ["-o", "pipefail", "-c", line.slice(1)], {
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    });
    if (code !== 0) faults.push(`${line}: ${output}`);
  }
  const refused = [];
  for (const [node, disk] of Object.entries(disks)) {
    const modes = async (...names) => {
      for (const mode of names) {
        const [command, ...args] = asNode(disk, ["sh", file, mode, node]);
        const { code, output } = await run(command, args);
        if (code !== 0) return `${node}: ${mode} ends with ${code}: ${output}`;
      }
      return undefined;
    };
    const before = await contents(disk);
    if ((await modes("apply")) !== undefined) {
      refused.push(node);
      if ((await contents(disk)) !== before) faults.push(`${node}: refused, and changed all the same`);
      continue;
    }
    const after = await contents(disk);
    const undone = await modes("undo");
    if (undone !== undefined) faults.push(undone);
    if ((await contents(disk)) !== before) faults.push(`${node}: undo leaves something behind`);
    const again = await modes("apply", "apply", "verify");
    if (again !== undefined) faults.push(again);
    if ((await contents(disk)) !== after) faults.push(`${node}: a second run changes something`);
  }
  return refused;
}

/** Names, modes, links and bytes below a folder. */
async function contents(disk) {
  const list = `cd "$0" && find . -printf '%p %m %l\\n' | sort && find . -type f -print0 | sort -z | xargs -0r sha256sum`;
  const { code, output } = await run("sh", ["-c", list, disk]);
  if (code !== 0) throw new Error(`${disk} cannot be listed: ${output}`);
  return output;
}

/** The command line that runs a command as on the node: all that the script touches is the node's. */
function asNode(disk, command) {
  const mounts = NODE_FOLDERS.map((name) => `mount --bind "$0/${name}" /${name}`);
  return ["unshare", "-m", "sh", "-c", `${mounts.join(" && ")} && exec "$@"`, disk, ...command];
}

/** A folder with an `ssh` that reaches the nodes' disks, and a `sudo` for who is root already. */
async function operatorsPrograms(disks, folder) {
  const bin = join(folder, "operator");
  await mkdir(bin, { recursive: true });
  const arms = Object.entries(disks).map(([node, disk]) => `  '${node}') disk='${disk}' ;;`);
  const [, ...onNode] = asNode("$disk", ["sh", "-c", "$2"]);
  const words = onNode.map((word) => (word.startsWith("$") ? `"${word}"` : `'${word}'`)).join(" ");
  await writeFile(join(bin, "ssh"), `#!/bin/sh\ncase $1 in\n${arms.join("\n")}\nesac\nexec unshare ${words}\n`, {
    mode: 0o755,
  });
  await writeFile(join(bin, "sudo"), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  return bin;
}
