import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";
import { run } from "../lib/run.mjs";
import { binary } from "./binaries.mjs";
import { kubeconfig, startKubernetesApi } from "./kubernetes-api.mjs";
import { LIVE_STATES } from "./live-states.mjs";

const RELEASE = "1.30.14";
const SSL = "/etc/ssl/etcd/ssl";
const ETCD = "https://192.168.10.21:2379";
const NODES = { master01: "192.168.10.11", master02: "192.168.10.12", master03: "192.168.10.13" };
const USERS = ["nobody", "reader", "podReader", "nodeReader", "auditor"];
/** A port on which something listens and says nothing. */
const SILENT_PORT = 6444;
/** Nobody waits longer than this for an answer that does not come. */
const LONGEST_MS = 60_000;

/** The rights that docs/live.md says are enough. */
const DOCUMENTED = [
  { apiGroups: [""], resources: ["configmaps"], resourceNames: ["kubeadm-config"], verbs: ["get"] },
  { apiGroups: [""], resources: ["nodes", "pods"], verbs: ["list"] },
];

/**
 * Runs `kubeadm-guard check --live` with the real kubectl against a real kube-apiserver and etcd, in each of the states of
 * live-states.mjs: with a kubeadm-config that kubeadm itself uploaded, Nodes, and mirror Pods. Must run in a network namespace of
 * its own. Gives `[{name, states, equal}]` and prints what differs.
 */
export async function compareLiveClusters({ folder }) {
  const work = await mkdtemp(join(folder, "live-"));
  const bin = join(work, "bin");
  await mkdir(bin);
  await symlink(await binary(`kubectl-${RELEASE}`), join(bin, "kubectl"));
  const paths = await writeKubeconfigs(work);
  const api = await startKubernetesApi(await mkdtemp(join(work, "api-")), { authorization: "RBAC", users: USERS });
  const cluster = clusterHands({ work, bin, paths, api });
  let equal = 0;
  try {
    await cluster.prepare();
    for (const state of LIVE_STATES) {
      await state.reach?.(cluster);
      const differences = await differencesOf(state, { bin, paths: { ...paths, record: join(work, "record.yaml") } });
      if (differences.length === 0) equal += 1;
      else console.error(`conformance: live cluster, ${state.title}:\n  ${differences.join("\n  ")}`);
    }
  } finally {
    await cluster.end();
  }
  return [{ name: "live clusters", states: LIVE_STATES.length, equal }];
}

async function writeKubeconfigs(work) {
  const files = {
    admin: kubeconfig(),
    silent: kubeconfig(undefined, SILENT_PORT),
    broken: "{",
    ...Object.fromEntries(USERS.map((user) => [user, kubeconfig({ token: user })])),
  };
  const named = Object.entries(files).map(([name, text]) => ({ name, file: join(work, `${name}.conf`), text }));
  for (const { file, text } of named) await writeFile(file, text);
  return Object.fromEntries(named.map(({ name, file }) => [name, file]));
}

/** What a state may do with the cluster. */
function clusterHands({ work, bin, paths, api }) {
  const done = async (command, args) => {
    const { code, output } = await run(command, args);
    if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${output}`);
    return output;
  };
  const kubectl = (...args) => done(join(bin, "kubectl"), ["--kubeconfig", paths.admin, ...args]);
  const apply = async (object) => {
    const file = join(work, "object.json");
    await writeFile(file, JSON.stringify(object));
    await kubectl("apply", "--server-side", "--force-conflicts", "-f", file);
  };
  let isStopped = false;
  let listener;
  return {
    kubectl,
    prepare: async () => {
      for (const [name, address] of Object.entries(NODES)) {
        await apply({ apiVersion: "v1", kind: "Node", metadata: { name, labels: LABELS } });
        const addresses = [
          { type: "InternalIP", address },
          { type: "Hostname", address: name },
        ];
        const nodeInfo = { kubeletVersion: `v${RELEASE}` };
        await patchStatus(kubectl, ["node", name], { addresses, nodeInfo });
      }
      await apply({ apiVersion: "v1", kind: "Node", metadata: { name: "worker01" } });
    },
    /** The kubeadm-config as kubeadm uploads it, with this name in its file names. */
    upload: async (name) => {
      const file = join(work, "kubeadm.yaml");
      await writeFile(file, `${INIT}---\n${clusterConfiguration(name)}`);
      const kubeadm = await binary(`kubeadm-${RELEASE}`);
      const args = ["init", "phase", "upload-config", "kubeadm", "--config", file, "--kubeconfig", paths.admin];
      await done(kubeadm, args);
    },
    pods: async (names) => {
      for (const [node, name] of Object.entries(names)) {
        const pod = apiServerPod(node, name);
        await kubectl(
          "-n",
          "kube-system",
          "delete",
          "pod",
          pod.metadata.name,
          "--ignore-not-found",
          "--force",
          "--grace-period=0",
        );
        await apply(pod);
        const state = { running: { startedAt: "2026-11-01T09:00:00Z" } };
        const containerStatuses = [
          { name: "kube-apiserver", ready: true, restartCount: 0, image: "", imageID: "", state },
        ];
        await patchStatus(kubectl, ["-n", "kube-system", "pod", pod.metadata.name], {
          phase: "Running",
          containerStatuses,
        });
      }
    },
    drifted: async () => {
      const path = "jsonpath={.data.ClusterConfiguration}";
      const text = await kubectl("-n", "kube-system", "get", "configmap", "kubeadm-config", "-o", path);
      return text.replace(`${SSL}/client.pem`, `${SSL}/node-master03.pem`);
    },
    documented: DOCUMENTED,
    grant: async (user, rules) => {
      const rbac = "rbac.authorization.k8s.io";
      await apply({ apiVersion: `${rbac}/v1`, kind: "ClusterRole", metadata: { name: user }, rules });
      const [roleRef, subjects] = [
        { apiGroup: rbac, kind: "ClusterRole", name: user },
        [{ apiGroup: rbac, kind: "User", name: user }],
      ];
      await apply({
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name: user },
        roleRef,
        subjects,
      });
    },
    stop: async () => {
      isStopped = true;
      await api.stop();
    },
    silent: () =>
      new Promise((resolve) => {
        listener = createServer(() => {}).listen(SILENT_PORT, "127.0.0.1", resolve);
      }),
    end: async () => {
      listener?.close();
      if (!isStopped) await api.stop();
    },
  };
}

const LABELS = { "node-role.kubernetes.io/control-plane": "" };

function patchStatus(kubectl, [first, ...more], status) {
  const patch = `--patch=${JSON.stringify({ status })}`;
  const target = first === "-n" ? [first, more[0], "patch", ...more.slice(1)] : ["patch", first, ...more];
  return kubectl(...target, "--subresource=status", "--type=merge", patch);
}

const INIT = `apiVersion: kubeadm.k8s.io/v1beta3
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.168.10.11}
nodeRegistration: {name: master01, criSocket: "unix:///var/run/containerd/containerd.sock"}
`;

function filesOf(name) {
  return { caFile: `${SSL}/ca.pem`, certFile: `${SSL}/${name}.pem`, keyFile: `${SSL}/${name}-key.pem` };
}

function clusterConfiguration(name) {
  const { caFile, certFile, keyFile } = filesOf(name);
  return `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
clusterName: prod
kubernetesVersion: v${RELEASE}
controlPlaneEndpoint: api.example.com:6443
etcd:
  external:
    endpoints: [${ETCD}]
    caFile: ${caFile}
    certFile: ${certFile}
    keyFile: ${keyFile}
`;
}

/** The mirror Pod that the kubelet makes of kubeadm's manifest. */
function apiServerPod(node, name) {
  const { caFile, certFile, keyFile } = filesOf(name);
  const flags = { "etcd-cafile": caFile, "etcd-certfile": certFile, "etcd-keyfile": keyFile, "etcd-servers": ETCD };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `kube-apiserver-${node}`,
      namespace: "kube-system",
      labels: { component: "kube-apiserver", tier: "control-plane" },
      annotations: { "kubernetes.io/config.source": "file", "kubernetes.io/config.mirror": "0123456789abcdef" },
    },
    spec: {
      nodeName: node,
      hostNetwork: true,
      containers: [
        {
          name: "kube-apiserver",
          image: `registry.k8s.io/kube-apiserver:v${RELEASE}`,
          command: ["kube-apiserver", ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)],
          volumeMounts: [{ name: "etcd-certs-0", mountPath: SSL, readOnly: true }],
        },
      ],
      volumes: [{ name: "etcd-certs-0", hostPath: { path: SSL, type: "DirectoryOrCreate" } }],
    },
  };
}

/** What of a state's expectations does not come true. */
async function differencesOf({ args, expected }, { bin, paths }) {
  const program = join(projectFolder, "bin", "kubeadm-guard.js");
  const given = args.map((arg) => arg.replace(/^\{(\w+)\}$/, (_, name) => paths[name]));
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  const { code, output } = await run(process.execPath, [program, ...given], { env, timeoutMs: LONGEST_MS });
  const outcomes = outcomesOf(output);
  return [
    ...(code === expected.code ? [] : [`exit code ${code}, not ${expected.code}: ${output.slice(0, 2000)}`]),
    ...Object.entries(expected.outcomes).flatMap(([policy, outcome]) =>
      outcomes.get(policy) === outcome ? [] : [`${policy}: ${outcomes.get(policy)}, not ${outcome}`],
    ),
    ...expected.words.flatMap((words) => (output.includes(words) ? [] : [`does not print ${words}: ${output}`])),
  ];
}

/** From the JSON report among the lines of both outputs. */
function outcomesOf(output) {
  const start = output.indexOf("\n{\n");
  if (start < 0) return new Map();
  const text = output.slice(start + 1, output.lastIndexOf("\n}") + 2);
  const { clusters } = JSON.parse(
    text
      .split("\n")
      .filter((line) => !line.startsWith("$ "))
      .join("\n"),
  );
  return new Map(clusters[0].outcomes.map(({ policy, outcome }) => [policy, outcome]));
}
