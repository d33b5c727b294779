import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ourProgram } from "./our-program.mjs";

/** What `kubeadm-guard check --nodes CASE --format json` predicts for each node of a cluster: `{NODE: {ok, error}}`. */
export async function ourAnswer({ cluster, step, kubeadm, folder }) {
  return JSON.parse(await ourReport({ cluster, step, kubeadm, folder })).clusters[0].kubeadm;
}

/** What that command prints; `more` are further options. */
export async function ourReport({ cluster, step, kubeadm, folder, more = [] }) {
  const [config, nodes] = [join(folder, `${cluster.id}-config.json`), join(folder, `${cluster.id}.json`)];
  await writeFile(config, JSON.stringify(cluster.configMap));
  await writeFile(nodes, JSON.stringify(cluster));
  const options = { "kubeadm-config": config, nodes, kubeadm, step, format: "json" };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  return (await ourProgram(["check", ...args, ...more], { folder })).output;
}
