import { run } from "../lib/run.mjs";
import { allEnded } from "./all-ended.mjs";
import { applyFixScripts, withOddNames, withOtherNames } from "./apply-fix-scripts.mjs";
import { askInit } from "./ask-init.mjs";
import { askUpgrade } from "./ask-upgrade.mjs";
import { binary } from "./binaries.mjs";
import { keepDisagreement } from "./disagreements.mjs";
import { inTurns } from "./in-turns.mjs";
import { startKubernetesApi } from "./kubernetes-api.mjs";
import { ourAnswer } from "./our-answer.mjs";
import { randomCluster } from "./random-cluster.mjs";
import { randomTlsCluster } from "./random-tls-cluster.mjs";
import { recordedClusters } from "./recorded-clusters.mjs";

const RELEASE = "1.30.14";
/** Most of the time of `init` passes while kubeadm waits between its questions. */
const INIT_AT_ONCE = 8;

/**
 * Compares, node by node, what we predict with what the real kubeadm says: every recorded cluster, and `count` random clusters,
 * of which every fifth is asked at `init` while etcd listens. The fix scripts of the recorded clusters are run as well. Must run
 * in a network namespace of its own. Gives `{clusters: [{name, nodes, equal}], fixed: [{name, scripts, equal}]}`.
 */
export async function compareClusters({ count, seed, folder }) {
  const kubeadm = await binary(`kubeadm-${RELEASE}`);
  const goVersion = JSON.parse((await run(kubeadm, ["version", "-o", "json"])).output).clientVersion.goVersion;
  const compare = comparison({ folder, goVersion });
  const seeds = Array.from({ length: count }, (_, index) => seed + index);
  const atInit = seeds.filter((_, index) => index % 5 === 4);
  const upgrades = [
    ...(await recordedClusters("clusters")),
    ...seeds.filter((one) => !atInit.includes(one)).map((one) => ({ name: RANDOM, cluster: randomCluster(one) })),
  ];
  const inits = atInit.map((one) => ({ name: RANDOM_INIT, cluster: randomTlsCluster(one) }));
  const recorded = await allEnded(
    (await recordedClusters("clusters-with-etcd")).map(({ name, cluster }) =>
      compare({ name, cluster, step: "init", answers: cluster.kubeadm.nodes, go: cluster.kubeadm.goVersion }),
    ),
  );
  const api = await startKubernetesApi(folder);
  const asked = await askUpgrades({ upgrades, api, kubeadm, folder, compare, goVersion });
  const broken = upgrades.filter(({ name }) => name !== RANDOM).map(({ cluster }) => cluster);
  const known = broken.filter(({ id }) => id === "kubespray-11500");
  const all = [...broken, ...known.map(withOddNames), ...known.map(withOtherNames)];
  const fixed = await applyFixScripts({ clusters: all, api, kubeadm, release: RELEASE, folder });
  await api.stop();
  const etcd = await binary("etcd-3.5.21");
  const askedAtInit = await inTurns(INIT_AT_ONCE, inits, async ({ name, cluster }) => {
    const answers = await askInit({ cluster, kubeadm, etcd, folder });
    return await compare({ name, cluster, step: "init", answers, go: goVersion });
  });
  return { clusters: totals([...asked, ...recorded, ...askedAtInit]), fixed };
}

const RANDOM = "random clusters";
const RANDOM_INIT = "random clusters at init";

/**
 * One after the other, as there is one API server. Where kubeadm looks for the pods of a local etcd it does so for a minute:
 * clusters with such pods come first, and others that wait share that minute.
 */
async function askUpgrades({ upgrades, api, kubeadm, folder, compare, goVersion }) {
  const hasPods = ({ cluster }) =>
    cluster.etcdHosts.some(({ name }) => cluster.controlPlane.some((node) => node.name === name));
  const results = [];
  for (const { name, cluster } of [...upgrades.filter(hasPods), ...upgrades.filter((one) => !hasPods(one))]) {
    const { answers } = await askUpgrade({ cluster, api, kubeadm, folder });
    const compared = answers.then((given) =>
      compare({ name, cluster, step: "upgrade", answers: given, go: goVersion }),
    );
    // A failure is reported at the end, when all have ended.
    compared.catch(() => {});
    results.push(compared);
  }
  return await allEnded(results);
}

function comparison({ folder, goVersion }) {
  return async ({ name, cluster, step, answers, go }) => {
    const ours = await ourAnswer({ cluster, step, kubeadm: RELEASE, folder });
    const differences = Object.entries(answers).flatMap(([node, real]) =>
      isSame(real, ours[node], go === WORDS_OF) ? [] : [`${node}: kubeadm ${inWords(real)}; we ${inWords(ours[node])}`],
    );
    const { serverKeys: _, ...asCase } = cluster;
    if (differences.length > 0)
      await keepDisagreement({ ...asCase, kubeadm: recordOf(step, answers, goVersion) }, differences);
    const nodes = Object.keys(answers).length;
    return { name, nodes, equal: nodes - differences.length };
  };
}

/** The Go release whose words for broken PEMs and TLS we know. */
const WORDS_OF = "go1.26.8";

function isSame(real, ours, knowsWords) {
  // No listing says whether a local etcd answers.
  if (ours?.ok === null) return real.stage === "local etcd client" && !real.ok;
  if (real.ok !== ours?.ok) return false;
  if (real.ok || real.error === ours.error) return true;
  return !real.error.startsWith("open ") && !ours.error.startsWith("open ") && !(knowsWords && isWording(real));
}

/** Which of two alerts a closed connection shows is a race (see the README of the recorded clusters). */
function isWording({ error }) {
  return !/connection reset by peer|broken pipe/.test(error);
}

function inWords(answer) {
  if (answer === undefined) return "say nothing";
  return answer.ok === true ? "ok" : `${answer.ok === null ? "unknown" : "no"}: ${JSON.stringify(answer.error)}`;
}

function recordOf(step, nodes, goVersion) {
  const command = step === "init" ? "init phase preflight" : "upgrade node phase control-plane";
  return { version: `v${RELEASE}`, goVersion, command, nodes };
}

function totals(results) {
  return [...new Set(results.map(({ name }) => name))].map((name) => {
    const same = results.filter((one) => one.name === name);
    const sum = (field) => same.reduce((total, one) => total + one[field], 0);
    return { name, nodes: sum("nodes"), equal: sum("equal") };
  });
}
