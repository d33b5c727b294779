import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";

/**
 * What `kubeadm-guard check --nodes CASE --format json` predicts for each node of a cluster: `{NODE: {ok, error}}`. The
 * built program, in this process: a run of its own each would take longer than kubeadm.
 */
export async function ourAnswer({ cluster, step, kubeadm, folder }) {
  return JSON.parse(await ourReport({ cluster, step, kubeadm, folder })).clusters[0].kubeadm;
}

/** What that command prints; `more` are further options. */
export async function ourReport({ cluster, step, kubeadm, folder, more = [] }) {
  const { main } = createRequire(import.meta.url)(join(projectFolder, "dist/cli/main.js"));
  const [config, nodes] = [join(folder, `${cluster.id}-config.json`), join(folder, `${cluster.id}.json`)];
  await writeFile(config, JSON.stringify(cluster.configMap));
  await writeFile(nodes, JSON.stringify(cluster));
  let output = "";
  const terminal = {
    folder,
    now: new Date(),
    isInteractive: true,
    readInput: async () => Buffer.alloc(0),
    write: (text) => {
      output += text;
    },
    complain: () => {},
  };
  const options = { "kubeadm-config": config, nodes, kubeadm, step, format: "json" };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  await main(["check", ...args, ...more], terminal);
  return output;
}
