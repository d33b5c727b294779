import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../lib/run.mjs";
import { inNamespaces } from "./namespaces.mjs";
import { settledWords } from "./settled-words.mjs";

const SCRIPT = new URL("./preflight-with-etcd.mjs", import.meta.url).pathname;

/**
 * Asks the real kubeadm what the two external etcd checks of `kubeadm init phase preflight` say on the node of a cluster
 * (the format of `test/fixtures/clusters-with-etcd`, with `serverKeys`), while real etcd listens in the same network namespace.
 * Gives `{NODE: {ok, error}}`. Where etcd cannot be reached, kubeadm asks for a quarter of a minute.
 */
export async function askInit({ cluster, kubeadm, etcd, folder }) {
  const work = await mkdtemp(join(folder, "init-"));
  const file = join(work, "cluster.json");
  await writeFile(file, JSON.stringify(cluster));
  const [command, ...args] = inNamespaces([process.execPath, SCRIPT, file, kubeadm, etcd, work]);
  const { code, output } = await run(command, args);
  // Each etcd leaves more than a hundred megabytes.
  await rm(work, { recursive: true, force: true });
  if (code !== 0) throw new Error(`${cluster.id}: ${output}`);
  const [{ name }] = cluster.controlPlane;
  return { [name]: verdict(output) };
}

const CHECKS = /^\t\[ERROR (?:ExternalEtcdVersion|ExternalEtcdClientCertificates)\]: /;
const END = /^(?:\t\[ERROR |\[preflight\]|error execution|To see the stack)/;

function verdict(output) {
  if (!output.includes("[preflight]")) throw new Error(`kubeadm ended otherwise than expected:\n${output}`);
  const errors = [];
  let isOurs = false;
  for (const line of output.split("\n")) {
    if (END.test(line)) isOurs = CHECKS.test(line);
    if (isOurs) errors.push(line.replace(/^\t/, ""));
  }
  const error = errors.length === 0 ? null : settledWords(errors.join("\n"));
  return { ok: error === null, error };
}
