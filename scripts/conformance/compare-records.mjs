import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { progress } from "../lib/progress.mjs";
import { run } from "../lib/run.mjs";
import { binary, KUBEADM_RELEASES } from "./binaries.mjs";
import { inTurns } from "./in-turns.mjs";
import { randomFrom } from "./mutate-configuration.mjs";
import { ourProgram } from "./our-program.mjs";
import { recordedClusters } from "./recorded-clusters.mjs";
import { soundConfiguration } from "./sound-configuration.mjs";
import { writeConfiguration } from "./write-configuration.mjs";

const POLICY = "kubeadm-config-matches-record";

const AT_ONCE = 4;

/** No file of ours may hold these. */
const TOKEN = "abcdef.0123456789abcdef";
const CERTIFICATE_KEY = "8f1d0c3b5a79e2468ace13579bdf02468ace13579bdf02468ace13579bdf0246";

/**
 * Records each configuration of the recorded clusters and `count` random ones, lets the real `kubeadm config migrate` rewrite it,
 * release after release up to the newest, and compares what comes out with the record: no field may differ. After each rewriting one
 * field is changed, and that one must be found; and no record may hold a secret of the file that it was made from. A
 * configuration that no kubeadm accepts has no such path and is left out. Gives `[{name, configurations, equal}]`.
 */
export async function compareRecords({ count, seed, folder }) {
  const recorded = [...(await recordedClusters("clusters")), ...(await recordedClusters("clusters-with-etcd"))];
  const texts = [
    ...recorded.map(({ cluster }) => ({ id: cluster.id, text: cluster.configMap.data.ClusterConfiguration ?? "" })),
    ...Array.from({ length: count }, (_, index) => ({ id: `random ${seed + index}`, text: random(seed + index) })),
  ];
  progress(`recording ${texts.length} configurations, and letting kubeadm migrate them ...`);
  const walks = await inTurns(AT_ONCE, texts, async ({ id, text }) => {
    const { steps, faults } = await walk({ text, folder: await mkdtemp(join(folder, "record-")) });
    if (faults.length > 0) console.error(`conformance: record of ${id}:\n  ${faults.join("\n  ")}`);
    return { steps, isEqual: faults.length === 0 };
  });
  const accepted = walks.filter(({ steps }) => steps > 0);
  const equal = accepted.filter(({ isEqual }) => isEqual).length;
  return [{ name: "records", configurations: accepted.length, equal }];
}

/** A ClusterConfiguration of v1beta3, written in one of YAML's many ways. */
function random(seed) {
  const source = randomFrom(seed);
  const [{ minor, apiVersion }] = KUBEADM_RELEASES;
  const isOne = ({ kind }) => kind === "ClusterConfiguration";
  let documents = [];
  while (documents.length === 0) documents = soundConfiguration(source, apiVersion, minor).filter(isOne);
  return writeConfiguration(source, documents);
}

/** From release to release, as far as they accept it; `steps` is how many did. */
async function walk({ text: first, folder }) {
  let text = first;
  let steps = 0;
  const faults = [];
  for (const { version } of KUBEADM_RELEASES) {
    const old = atVersion(text, version);
    const migrated = await migrate(old, { version, folder });
    if (migrated === undefined) break;
    steps += 1;
    const at = `kubeadm ${version}: `;
    faults.push(...(await differences(old, migrated, folder)).map((fault) => at + fault));
    text = migrated.cluster;
  }
  return { steps, faults };
}

/** An upgrade writes its own version into the kubeadm-config, and `config migrate` reads none that is older than the one before. */
function atVersion(text, version) {
  return text.replace(/(kubernetesVersion["']?\s*:\s*)(["']?)[^\s"',}]*\2/, `$1$2v${version}$2`);
}

/** What kubeadm makes of it, beside an InitConfiguration with secrets: `{file, cluster}`; undefined where it refuses it. */
async function migrate(text, { version, folder }) {
  const apiVersion = /kubeadm\.k8s\.io\/\w+/.exec(text)?.[0];
  const [from, to] = [join(folder, `${version}-old.yaml`), join(folder, `${version}-new.yaml`)];
  await writeFile(from, `${initConfiguration(apiVersion)}---\n${text.replace(/^---.*\n/, "")}`);
  const args = ["config", "migrate", "--old-config", from, "--new-config", to];
  const { code } = await run(await binary(`kubeadm-${version}`), args);
  if (code !== 0) return undefined;
  const file = await readFile(to, "utf8");
  const cluster = file.split(/^---\n/m).find((document) => /^kind: ClusterConfiguration$/m.test(document));
  return { file, cluster };
}

function initConfiguration(apiVersion) {
  return dump({
    apiVersion,
    kind: "InitConfiguration",
    bootstrapTokens: [{ token: TOKEN }],
    certificateKey: CERTIFICATE_KEY,
    nodeRegistration: { name: "master01", criSocket: "unix:///var/run/containerd/containerd.sock" },
    localAPIEndpoint: { advertiseAddress: "192.168.10.11" },
  });
}

async function differences(old, { file, cluster }, folder) {
  const place = await mkdtemp(join(folder, "step-"));
  const [ofText, ofFile] = [join(place, "text.record.yaml"), join(place, "file.record.yaml")];
  const record = (out, text) =>
    ourProgram(["record", "--out", out, "--reason", "installed", "--kubeadm-config", "-"], { folder, input: text });
  for (const { code, complaints } of [await record(ofText, configMap(old)), await record(ofFile, file)])
    if (code !== 0) return [`record ends with ${code}: ${complaints}`];
  const [changed, field] = withChange(cluster);
  const found = await fieldsThatDiffer(configMap(changed), ofText, folder);
  const records = (await readFile(ofText, "utf8")) + (await readFile(ofFile, "utf8"));
  return [
    ...(await fieldsThatDiffer(configMap(cluster), ofText, folder)),
    ...(await fieldsThatDiffer(configMap(old), ofFile, folder)),
    ...(found.length === 1 && found[0].startsWith(`${field}: `) ? [] : [`a change of ${field} is told as ${found}`]),
    ...(records.includes(TOKEN) || records.includes(CERTIFICATE_KEY) ? ["a record holds a secret"] : []),
    ...(file.includes(TOKEN) ? [] : ["kubeadm's file holds no token that the record could leave out"]),
  ];
}

/** The lines in which `check --record` tells what differs; a policy that tells nothing else than pass is a line as well. */
async function fieldsThatDiffer(input, record, folder) {
  const args = ["check", "--kubeadm-config", "-", "--record", record, "--format", "json"];
  const { output, complaints } = await ourProgram(args, { folder, input });
  if (output === "") return [`check prints nothing: ${complaints}`];
  const { outcome, findings } = JSON.parse(output).clusters[0].outcomes.find(({ policy }) => policy === POLICY);
  if (outcome === "pass") return [];
  const lines = findings.flatMap(({ text }) => text.split("\n").filter((line) => line.startsWith("  ")));
  return lines.length === 0 ? [`${POLICY} is ${outcome}`] : lines.map((line) => line.trim());
}

function configMap(text) {
  const metadata = { name: "kubeadm-config", namespace: "kube-system" };
  return JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata, data: { ClusterConfiguration: text } });
}

/** The configuration with one other value, and the field that has it. */
function withChange(text) {
  const { etcd = {}, ...configuration } = load(text);
  const { external, local } = etcd;
  return external === undefined
    ? [dump({ ...configuration, etcd: { local: { ...local, dataDir: "/srv/etcd" } } }), "etcd.local.dataDir"]
    : [dump({ ...configuration, etcd: { external: { ...external, certFile: "/srv/etcd.pem" } } }), FIELD];
}

const FIELD = "etcd.external.certFile";
