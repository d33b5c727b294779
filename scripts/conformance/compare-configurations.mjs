import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadSource } from "../lib/bundle.mjs";
import { progress } from "../lib/progress.mjs";
import { run } from "../lib/run.mjs";
import { binary, KUBEADM_RELEASES } from "./binaries.mjs";
import { keepDisagreement } from "./disagreements.mjs";
import { mutateConfiguration } from "./mutate-configuration.mjs";
import { inNamespaces } from "./namespaces.mjs";

/**
 * Compares our check of `count` random configurations with `kubeadm config validate` of each release. Gives
 * `[{name, files, equal}]`.
 */
export async function compareConfigurations({ count, seed, folder }) {
  const results = [];
  const { configurationText } = await loadSource("kubeadm/config/configuration-text.ts");
  const { validateKubeadmConfig } = await loadSource("kubeadm/config/validate-kubeadm-config.ts");
  const { refusalText } = await loadSource("kubeadm/config/refusal.ts");
  const refusals = (text, release) => validateKubeadmConfig(configurationText(text), release).map(refusalText);
  for (const release of KUBEADM_RELEASES) {
    const name = `kubeadm ${release.version} config validate`;
    const kubeadm = await binary(`kubeadm-${release.version}`);
    progress(`comparing ${count} configurations with ${name} ...`);
    let equal = 0;
    for (let index = 0; index < count; index += 1) {
      if (await isEqual(refusals, { release, kubeadm, seed: seed + index, folder })) equal += 1;
    }
    results.push({ name, files: count, equal });
  }
  return results;
}

async function isEqual(refusals, { release, kubeadm, seed, folder }) {
  const text = mutateConfiguration({ ...release, seed });
  const file = join(await mkdtemp(join(folder, "configuration-")), "config.yaml");
  await writeFile(file, text);
  const [command, ...args] = inNamespaces([kubeadm, "config", "validate", "--config", file]);
  const { code, output } = await run(command, args);
  const refused = refusals(text, { minor: release.minor, patch: release.patch });
  if ((refused.length === 0) === (code === 0)) return true;
  const { version } = release;
  await keepDisagreement({ id: `configuration-${version}-${seed}`, release: version, valid: code === 0, text }, [
    `kubeadm ${version} says ${code === 0 ? "ok" : output.trim()}`,
    `we say ${refused.length === 0 ? "ok" : refused.join("; ")}`,
  ]);
  return false;
}
