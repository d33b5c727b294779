/**
 * States of a live cluster, each reached from the one before it: `reach` gets `{upload, kubectl, pods, stop, silent}`, `args` are
 * those of `kubeadm-guard` (`{ada}` and the like stand for kubeconfigs), `expected` is its exit code, outcomes by policy, and
 * words that it must print.
 */

const FILES = "external-etcd-files-on-every-control-plane-node";
const DECLARED = "apiservers-use-declared-etcd-files";
const RECORD = "kubeadm-config-matches-record";
const CHECK = ["check", "--live", "--kubeconfig", "{admin}", "--format", "json"];

const CONFIG_MAPS = { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] };

const DRIFT = JSON.stringify([
  { op: "test", path: "/metadata/name", value: "kubeadm-config" },
  { op: "replace", path: "/data/ClusterConfiguration", value: "{drifted}" },
]);

export const LIVE_STATES = [
  {
    title: "healthy: the API servers run with what kubeadm uploaded",
    reach: async ({ upload, pods }) => {
      await upload("client");
      await pods({ master01: "client", master02: "client", master03: "client" });
    },
    args: CHECK,
    expected: { code: 0, outcomes: { [FILES]: "pass", [DECLARED]: "pass" }, words: [] },
  },
  {
    title: "recorded, for the drift that follows",
    args: ["record", "--live", "--kubeconfig", "{admin}", "--out", "{record}", "--reason", "installed"],
    expected: { code: 0, outcomes: {}, words: ["recorded"] },
  },
  {
    title: "drifted: somebody patches the ConfigMap",
    reach: async ({ kubectl, drifted }) => {
      const patch = DRIFT.replace('"{drifted}"', JSON.stringify(await drifted()));
      await kubectl("-n", "kube-system", "patch", "configmap", "kubeadm-config", "--type=json", `--patch=${patch}`);
    },
    args: [...CHECK, "--record", "{record}"],
    expected: { code: 2, outcomes: { [RECORD]: "fail", [DECLARED]: "fail", [FILES]: "undecided" }, words: [] },
  },
  {
    title: "broken as in kubespray 11500: each API server runs with its own node's files",
    reach: async ({ upload, pods }) => {
      await upload("node-master03");
      await pods({ master01: "node-master01", master02: "node-master02", master03: "node-master03" });
    },
    args: CHECK,
    expected: { code: 2, outcomes: { [FILES]: "undecided", [DECLARED]: "fail" }, words: ["node-master01.pem"] },
  },
  {
    title: "a Pod that is gone leaves its node undecided",
    reach: async ({ upload, pods, kubectl }) => {
      await upload("client");
      await pods({ master01: "client", master02: "client", master03: "client" });
      await kubectl("-n", "kube-system", "delete", "pod", "kube-apiserver-master02", "--force", "--grace-period=0");
    },
    args: CHECK,
    expected: { code: 2, outcomes: { [FILES]: "undecided", [DECLARED]: "pass" }, words: ["master02"] },
  },
  {
    title: "a user without any right",
    args: ["check", "--live", "--kubeconfig", "{nobody}"],
    expected: { code: 3, outcomes: {}, words: ['cannot get resource "configmaps"'] },
  },
  {
    title: "a user who may read the kubeadm-config alone",
    reach: ({ grant }) => grant("reader", [CONFIG_MAPS]),
    args: ["check", "--live", "--kubeconfig", "{reader}"],
    expected: { code: 2, outcomes: {}, words: ['cannot list resource "nodes"', 'cannot list resource "pods"'] },
  },
  {
    title: "a user who may not list Nodes: the Pods show some of them, and whether all is open",
    reach: ({ grant }) => grant("podReader", [CONFIG_MAPS, { apiGroups: [""], resources: ["pods"], verbs: ["list"] }]),
    args: ["check", "--live", "--kubeconfig", "{podReader}"],
    expected: {
      code: 2,
      outcomes: {},
      words: ['cannot list resource "nodes"', "no Node of the live cluster was read"],
    },
  },
  {
    title: "a user who may not list Pods: the nodes are known, and their files are not",
    reach: ({ grant }) =>
      grant("nodeReader", [CONFIG_MAPS, { apiGroups: [""], resources: ["nodes"], verbs: ["list"] }]),
    args: ["check", "--live", "--kubeconfig", "{nodeReader}"],
    expected: { code: 2, outcomes: {}, words: ['cannot list resource "pods"', "The rest is checked."] },
  },
  {
    title: "a user with the rights that the documentation names",
    reach: ({ grant, documented }) => grant("auditor", documented),
    args: ["check", "--live", "--kubeconfig", "{auditor}", "--format", "json"],
    expected: { code: 2, outcomes: { [FILES]: "undecided", [DECLARED]: "pass" }, words: [] },
  },
  {
    title: "a context that does not exist",
    args: ["check", "--live", "--kubeconfig", "{admin}", "--context", "prod"],
    expected: { code: 3, outcomes: {}, words: ['context "prod" does not exist'] },
  },
  {
    title: "a kubeconfig that does not exist",
    args: ["check", "--live", "--kubeconfig", "/nowhere/admin.conf"],
    expected: { code: 3, outcomes: {}, words: ["/nowhere/admin.conf: no such file or directory"] },
  },
  {
    title: "a kubeconfig that is not one",
    args: ["check", "--live", "--kubeconfig", "{broken}"],
    expected: { code: 3, outcomes: {}, words: ["error loading config file"] },
  },
  {
    title: "the upgrade path of a live cluster, from what its API servers run",
    args: ["check", "--live", "--kubeconfig", "{admin}", "--upgrade-to", "v1.32"],
    expected: {
      code: 1,
      outcomes: {},
      words: ["1.31        v3.5.24 or newer  client.pem", "1.32        v3.5.24 or newer"],
    },
  },
  {
    title: "deleted: the cluster has no kubeadm-config",
    reach: ({ kubectl }) => kubectl("-n", "kube-system", "delete", "configmap", "kubeadm-config"),
    args: ["check", "--live", "--kubeconfig", "{admin}"],
    expected: {
      code: 3,
      outcomes: {},
      words: ["does not exist in kube-system", "kubeadm init phase upload-config kubeadm --config FILE"],
    },
  },
  {
    title: "unreachable: nothing listens",
    reach: ({ stop }) => stop(),
    args: ["check", "--live", "--kubeconfig", "{admin}"],
    expected: { code: 3, outcomes: {}, words: ["refused"] },
  },
  {
    title: "unreachable: what listens never answers",
    reach: ({ silent }) => silent(),
    args: ["check", "--live", "--kubeconfig", "{silent}"],
    expected: { code: 3, outcomes: {}, words: ["the ConfigMap kubeadm-config cannot be read"] },
  },
];
