import { appliedConfiguration, patchedConfiguration } from "../../../evidence/applied-config";
import { clusterApiConfiguration } from "../../../evidence/cluster-api";
import { isolate } from "../../../evidence/isolate";
import { type KubeadmConfig, kubeadmConfigs } from "../../../evidence/kubeadm-config";
import { kubeadmConfigsFromFiles } from "../../../evidence/kubeadm-configs-from-files";
import { machineGraph } from "../../../evidence/machine-graph";
import { matchSettings, type Selector } from "../../../evidence/match-settings";
import { plannedPems } from "../../../evidence/planned-pems";
import { programFiles } from "../../../evidence/program-files";
import { readStack } from "../../../evidence/read-stack";
import { readStackExport } from "../../../evidence/read-stack-export";
import { resolveResource } from "../../../evidence/resolve-resource";
import { precedes, runOrder } from "../../../evidence/run-order";
import type { StackResource } from "../../../evidence/stack-resource";
import { tlsFacts } from "../../../evidence/tls-facts";
import { Asset, type ValueRecord } from "../../../evidence/value";
import { withInventories } from "../../../evidence/with-inventories";
import { UNKNOWN } from "../../../shell/unknown";
import { urn } from "../../helpers/evidence";
import { stackResource } from "../../helpers/stack-resource";
import { findIn, resourceOf } from "../user-data/resources";
import type { Readings } from "./readings";
import { found, from } from "./stack";

const KCP = "kubernetes:controlplane.cluster.x-k8s.io/v1beta1:KubeadmControlPlane";
const CONFIG = "kubernetes:bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig";
const EXTERNAL = {
  endpoints: ["https://10.0.0.1:2379"],
  caFile: "/pki/ca.crt",
  certFile: "/pki/client.crt",
  keyFile: "/pki/client.key",
};
const EXTERNAL_SPEC = { clusterConfiguration: { etcd: { external: EXTERNAL } } };
const secret = (name: string, more: ValueRecord, type = "kubernetes:core/v1:Secret") =>
  resourceOf(type, name, { metadata: { name }, ...more });
const kcp = (
  kubeadmConfigSpec: ValueRecord[string],
  others: readonly StackResource[] = [],
  labels: ValueRecord = { "cluster.x-k8s.io/cluster-name": "prod" },
) =>
  resourceOf(
    KCP,
    "prod",
    { metadata: { name: "prod-cp", labels }, spec: { version: "v1.30.2", kubeadmConfigSpec } },
    { from: { spec: others } },
  );
const played =
  (...args: Parameters<typeof kcp>) =>
  () =>
    found(...(args[1] ?? []), kcp(...args));
const carried = (resource: StackResource) => () => {
  const config = clusterApiConfiguration(resource);
  return config === undefined ? null : { text: config.text, selectors: config.selectors };
};
const withVersion = (version: ValueRecord[string]) =>
  carried(
    resourceOf(KCP, "prod", { metadata: { name: "prod-cp" }, spec: { version, kubeadmConfigSpec: EXTERNAL_SPEC } }),
  );
const component =
  (type: string, inputs: ValueRecord, propertyDependencies = {}, outputs?: ValueRecord) =>
  () =>
    found(from(`kubeadm-guard:index:${type}`, inputs, propertyDependencies, outputs === undefined ? {} : { outputs }));
const VM = urn("vm", "hcloud:index/server:Server");
const CERT = urn("cert", "tls:index/locallySignedCert:LocallySignedCert");

export const clusterApi: Readings = {
  "external etcd whose Secrets are elsewhere": played(EXTERNAL_SPEC),
  "external etcd with Secrets of the stack": played(EXTERNAL_SPEC, [
    secret("prod-etcd", { stringData: { "tls.crt": "CA" } }),
    secret("prod-apiserver-etcd-client", { data: { "tls.crt": "Q0VSVA==", "tls.key": UNKNOWN } }),
  ]),
  "external etcd with a Secret that lacks a key": played(EXTERNAL_SPEC, [
    secret("prod-apiserver-etcd-client", { data: { "tls.crt": "Q0VSVA==" } }),
  ]),
  "external etcd with Secrets of another cluster": played(EXTERNAL_SPEC, [
    secret("other-etcd", { stringData: { "tls.crt": "CA" } }),
  ]),
  "external etcd with Secrets whose cluster is not named": played(
    EXTERNAL_SPEC,
    [
      secret("a-apiserver-etcd-client", { stringData: { "tls.crt": "C", "tls.key": "K" } }),
      secret("a-etcd", { stringData: { "tls.crt": "CA" } }),
    ],
    {},
  ),
  "external etcd with what is no Secret": played(EXTERNAL_SPEC, [
    secret("prod-etcd", { stringData: { "tls.crt": "CA" } }, "kubernetes:core/v1:ConfigMap"),
  ]),
  "external etcd with a Secret whose name is not known": played(
    EXTERNAL_SPEC,
    [resourceOf("kubernetes:core/v1:Secret", "s", { metadata: { name: UNKNOWN } })],
    {},
  ),
  "external etcd with a Secret that shows outputs only": () => {
    const shown = resourceOf(
      "kubernetes:core/v1:Secret",
      "s",
      {},
      { outputs: { metadata: { name: "prod-etcd" }, stringData: { "tls.crt": "CA" } } },
    );
    return found(shown, kcp(EXTERNAL_SPEC, [shown]));
  },
  "external etcd without some files": played({
    clusterConfiguration: { etcd: { external: { caFile: "", certFile: UNKNOWN } } },
  }),
  "files and commands in their order": played({
    bootCommands: ["touch /1"],
    files: [{ path: "/2", content: "x", permissions: "0600" }],
    preKubeadmCommands: ["bash /2", "touch /3"],
    postKubeadmCommands: ["touch /4", "kubeadm join x"],
    ...EXTERNAL_SPEC,
  }),
  "files of all kinds": played({
    files: [
      { path: "/a", contentFrom: { secret: {} } },
      { path: "/b", content: "x", contentFormat: "Template" },
      { path: "/c", content: "eA==", encoding: "base64" },
      { path: "/d", content: UNKNOWN },
      { path: "/e", append: true, content: "x" },
      { path: "", content: "x" },
      { content: "x" },
      UNKNOWN,
      "f",
    ],
  }),
  "files that are not known": played({ files: UNKNOWN }),
  "commands that are not known": played({
    preKubeadmCommands: UNKNOWN,
    postKubeadmCommands: [UNKNOWN, "touch /a", 3],
    bootCommands: null,
  }),
  "commands with relative paths": played({ preKubeadmCommands: ["cp a b", "cp ~/c /d"] }),
  nothing: played({}),
  "a spec that is not known": played(UNKNOWN),
  "a control plane that --target left out": () => found(resourceOf(KCP, "prod", {}, { outputs: {} })),
  "configs of control planes and workers": () =>
    found(
      ...[
        { clusterConfiguration: {} },
        { initConfiguration: {} },
        { joinConfiguration: { controlPlane: {} } },
        { joinConfiguration: {} },
        { joinConfiguration: { controlPlane: null } },
        {},
      ].flatMap((spec, index) => [
        resourceOf(CONFIG, `config-${index}`, { spec: { ...spec, files: [{ path: "/a" }] } }),
        resourceOf(`${CONFIG}Template`, `template-${index}`, {
          spec: { template: { spec: { ...spec, files: [{ path: "/b" }] } } },
        }),
      ]),
    ),
  "a configuration": carried(
    kcp({
      clusterConfiguration: {
        etcd: { external: EXTERNAL },
        certificatesDir: "/pki",
        clusterName: "a",
        controlPlaneEndpoint: UNKNOWN,
        networking: { dnsDomain: "x" },
        apiServer: {},
        imageRepository: "y",
      },
    }),
  ),
  "a configuration of which etcd is not known": carried(
    kcp({ clusterConfiguration: { etcd: { external: { ...EXTERNAL, endpoints: [UNKNOWN] } } } }, [secret("s", {})]),
  ),
  "a configuration that is not known": carried(kcp({ clusterConfiguration: UNKNOWN })),
  "a configuration with an asset": carried(
    kcp({ clusterConfiguration: { etcd: { a: new Asset({ kind: "empty" }) } } }),
  ),
  "a configuration that is null": carried(kcp({ clusterConfiguration: null })),
  "a configuration without a name": carried(
    resourceOf(CONFIG, "a", {
      spec: { clusterConfiguration: { clusterName: "x", etcd: { local: {}, x: undefined } } },
    }),
  ),
  "a configuration of something else": carried(
    resourceOf("kubernetes:core/v1:ConfigMap", "a", { spec: { clusterConfiguration: {} } }),
  ),
  "a configuration of 1.30": withVersion("v1.30.9"),
  "a configuration of 1.31": withVersion("1.31.0"),
  "a configuration of no version": withVersion(undefined),
  "a configuration of an odd version": withVersion("stable"),
  "a node": component("ControlPlaneNode", { name: "m1", addresses: ["10.0.0.1", UNKNOWN, "", 3], cluster: "prod" }),
  "a node of a machine": component("ControlPlaneNode", { resource: VM }, { resource: [VM] }),
  "a node of a machine that it does not depend on": component("ControlPlaneNode", { resource: VM }),
  "a node of a machine of the stack": () => {
    const vm = stackResource("hcloud:index/server:Server", "vm", { name: "vm" });
    return found(
      vm,
      from("kubeadm-guard:index:ControlPlaneNode", { name: "", resource: vm.urn }, { resource: [vm.urn, CERT] }),
    );
  },
  "a node of a component": component("ControlPlaneNode", { resource: urn("c", "my:index:C") }, { resource: [VM] }),
  "a node of addresses": component("ControlPlaneNode", { addresses: "10.0.0.1" }, { addresses: [VM] }),
  "a node without anything": component("ControlPlaneNode", {}, {}, { name: "from-outputs", addresses: null }),
  "a file of a node": component("NodeFile", {
    path: "/a",
    nodes: ["m1", UNKNOWN],
    content: "x",
    mode: "0600",
    cluster: "prod",
  }),
  "a file of every node, as a link": component("NodeFile", { path: "/a", link: "b", nodes: null }),
  "a file of one node": component("NodeFile", { path: "/a", nodes: "m1", link: "", mode: "rw" }),
  "a file whose cluster is not known": component("NodeFile", { path: "/a", cluster: UNKNOWN }),
  "a file whose path is not known": component("NodeFile", { path: UNKNOWN }),
  "a file whose path is relative": component("NodeFile", { path: "a" }),
  "a file without a path": component("NodeFile", { mode: "0600" }),
  "a file whose link is not known": component("NodeFile", { path: "/a", link: UNKNOWN }),
  "a file whose content is not known": component("NodeFile", { path: "/a", content: UNKNOWN }, { content: [CERT] }),
  "a file whose fingerprint is given": component("NodeFile", { path: "/a", sha256: "AB".repeat(32) }),
  "a file whose fingerprint is wrong": component("NodeFile", { path: "/a", sha256: `${"ab".repeat(32)}0` }),
  "a file whose fingerprint is not known": component("NodeFile", { path: "/a", sha256: UNKNOWN }),
  "a file that --target left out": component("NodeFile", {}, {}, {}),
};

const MAP = "kubernetes:core/v1:ConfigMap";
const META = { name: "kubeadm-config", namespace: "kube-system" };
const mapped =
  (type: string, inputs: ValueRecord, more: Partial<StackResource> = {}, ...others: readonly StackResource[]) =>
  () =>
    kubeadmConfigs([stackResource(type, "cfg", inputs, more)], findIn(...others)).map(({ text, selectors }) => ({
      text,
      selectors,
    }));
const configOf = (name: string, provider?: string, machine?: readonly string[]): KubeadmConfig => {
  const resource = stackResource(
    MAP,
    name,
    {},
    provider === undefined ? {} : { provider: { urn: urn(provider), name: provider } },
  );
  return {
    resource,
    text: { kind: "text", text: "" },
    selectors: [resource.urn, name, ...(provider === undefined ? [] : [provider])],
    ...(machine === undefined ? {} : { initialized: { path: "/a", machine } }),
  };
};
const matched =
  (configs: readonly KubeadmConfig[], tiers: readonly (readonly Selector[])[], stack = "dev") =>
  () =>
    matchSettings(configs, tiers, stack).map(({ name, problems }) => [name, ...problems.map(({ what }) => what)]);
const KUBEADM = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\n";
const CONFIG_MAP = (text: string, more: object = {}) =>
  JSON.stringify({ kind: "ConfigMap", metadata: { ...META, ...more }, data: { ClusterConfiguration: text } });
const M1 = { host: "10.0.0.1" };
/** The kubeadm-configs that commands make, with the files of the program's folder. */
const made =
  (
    commands: readonly (readonly [type: "remote" | "local", create: string, more?: ValueRecord])[],
    folder: Readonly<Record<string, string>> = {},
    ...others: readonly StackResource[]
  ) =>
  () => {
    const resources = [
      ...others,
      ...commands.map(([type, create, more], index) =>
        stackResource(
          `command:${type}:Command`,
          `run-${index}`,
          { ...(type === "remote" ? { connection: M1 } : {}), create, ...more },
          { dependencies: others.map((one) => one.urn) },
        ),
      ),
    ];
    return kubeadmConfigsFromFiles(resources, readStack(resources), (path) =>
      folder[path] === undefined ? undefined : { kind: "text", path, text: folder[path] },
    ).map(({ resource, text, selectors, initialized }) => ({
      by: resource.name,
      text: text.kind === "file" ? { ...text, text: text.text.text, document: text.document?.text } : text,
      selectors,
      initialized,
    }));
  };
const copied = (source: Asset, remotePath = "/etc/kubeadm.yaml") =>
  stackResource("command:remote:CopyToRemote", "copy", { connection: M1, source, remotePath });

export const kubeadmConfigTexts: Readings = {
  "a config map": mapped(MAP, { metadata: META, data: { ClusterConfiguration: "x" } }),
  "a patch of something else": mapped(`${MAP}Patch`, { metadata: META, data: { other: "x" } }),
  "a list": mapped(`${MAP}List`, {
    items: [{ metadata: META, data: { ClusterConfiguration: "x" } }, "y", { metadata: { name: "z" } }],
  }),
  "a list that is not known": mapped(`${MAP}List`, { items: UNKNOWN }),
  "an object that was observed": mapped("kubeadm-guard:index:ObservedKubeadmConfig", {
    data: { ClusterConfiguration: "x" },
  }),
  "outputs alone": mapped(MAP, {}, { outputs: { metadata: META, data: {} } }),
  "another namespace": mapped(MAP, { metadata: { ...META, namespace: "x" } }),
  "a namespace that is not known": mapped(MAP, {
    metadata: { ...META, namespace: UNKNOWN },
    data: { ClusterConfiguration: "x" },
  }),
  "no namespace": mapped(MAP, { metadata: { name: "kubeadm-config" } }),
  "another name": mapped(MAP, { metadata: { ...META, name: "x" } }),
  "values of all kinds": () =>
    [null, 3, true, ["a"], { a: 1 }, UNKNOWN].map((ClusterConfiguration) =>
      mapped(MAP, { metadata: META, data: { ClusterConfiguration } as ValueRecord })(),
    ),
  "a value that waits": mapped(MAP, { metadata: META, data: UNKNOWN }, { propertyDependencies: { data: [VM] } }),
  "names of providers and parents": () => {
    const top = stackResource("my:index:Top", "top", {});
    const parent = stackResource("my:index:Parent", "parent", {}, { parent: top.urn });
    const provider = stackResource("pulumi:providers:kubernetes", "prod", { namespace: "kube-system" });
    return mapped(
      MAP,
      { metadata: { name: "kubeadm-config" }, data: { ClusterConfiguration: "x" } },
      { parent: parent.urn, provider },
      parent,
      provider,
    )();
  },
  "several, in the order of their URNs": () =>
    kubeadmConfigs(
      ["b", "a"].map((name) => stackResource(MAP, name, { metadata: META })),
      () => undefined,
    ).map(({ resource }) => resource.name),
  "settings for the only one": matched([configOf("a", "blue")], [[{ name: "prod" }]]),
  "settings by names": matched(
    [configOf("a", "blue"), configOf("b", "green")],
    [[{ name: "green" }, { name: "blue" }]],
  ),
  "settings by kubeadmConfig": matched(
    [configOf("a", "blue"), configOf("b", "green")],
    [
      [
        { name: "x", kubeadmConfig: "b" },
        { name: "y", kubeadmConfig: "gone" },
      ],
    ],
  ),
  "settings by nodes": matched(
    [configOf("a", "blue", ["10.0.0.1", "M1"]), configOf("b", "green", ["m2"])],
    [
      [
        { name: "x", controlPlaneNodes: [{ name: "m1" }] },
        { name: "y", controlPlaneNodes: [{ name: "n", addresses: ["M2"] }] },
      ],
    ],
  ),
  "settings of later tiers": matched([configOf("a", "blue")], [[], [{ name: "x" }]]),
  "settings of two tiers": matched([configOf("a", "blue")], [[{ name: "w" }], [{ name: "x" }]]),
  "settings of which one has the stack's name": matched([configOf("a", "blue")], [[{ name: "x" }, { name: "dev" }]]),
  "settings of which none has the stack's name": matched([configOf("a", "blue")], [[{ name: "x" }, { name: "y" }]]),
  "settings that may be about either": matched([configOf("a", "blue"), configOf("b", "green")], [[{ name: "x" }]]),
  "settings of a platform team that may be about either": matched(
    [configOf("a", "blue"), configOf("b", "green")],
    [[], [{ name: "x" }]],
  ),
  "settings for two of one provider": matched([configOf("a", "blue"), configOf("b", "blue")], [[{ name: "x" }]]),
  "settings for two of one machine": matched(
    [configOf("a", "blue", ["m1", "m2"]), configOf("b", "green", ["m1", "m2"])],
    [[{ name: "x" }]],
  ),
  "no settings": matched(
    [
      configOf("a", "blue"),
      configOf("b", "blue"),
      configOf("c"),
      configOf("d", "default_4_1_0"),
      configOf("e", "default"),
      configOf("f", "defaults"),
    ],
    [],
  ),
  "applied: objects of kubectl": () =>
    [
      [CONFIG_MAP("x"), undefined],
      [`${CONFIG_MAP("x")}\n${CONFIG_MAP("y")}`, undefined],
      [CONFIG_MAP("x", { namespace: undefined }), "kube-system"],
      [CONFIG_MAP("x", { namespace: undefined }), undefined],
      [CONFIG_MAP("x", { namespace: "y" }), "kube-system"],
      [CONFIG_MAP("x", { name: "y" }), undefined],
      [CONFIG_MAP("x").replace("ConfigMap", "Secret"), undefined],
      ['{"kind": "ConfigMap", "metadata": 3}', undefined],
      [CONFIG_MAP("x").replace('"x"', "3"), undefined],
      ["[", undefined],
    ].map(([text, namespace]) => appliedConfiguration(text ?? "", namespace) ?? null),
  "applied: patches of kubectl": () =>
    [
      '{"data": {"ClusterConfiguration": "x"}}',
      "data: {ClusterConfiguration: x}",
      '{"data": 3}',
      '[{"op": "replace", "path": "/data/ClusterConfiguration", "value": "x"}]',
      '[{"op": "add", "path": "/data/ClusterConfiguration", "value": "x"}, {"op": "add", "path": "/data/ClusterConfiguration", "value": "y"}]',
      '[{"op": "remove", "path": "/data/ClusterConfiguration", "value": "x"}]',
      '[{"op": "add", "path": "/data/other", "value": "x"}, 3]',
      '[{"op": "add", "path": "/data/ClusterConfiguration", "value": 3}]',
      "3",
      "[",
    ].map((text) => patchedConfiguration(text) ?? null),
  "made by kubeadm init of a text that is copied": made(
    [["remote", "kubeadm init --config /etc/kubeadm.yaml"]],
    {},
    copied(new Asset({ kind: "text", text: `${KUBEADM}---\nkind: Other\n` })),
  ),
  "made by kubeadm init of a file of the program": made(
    [["remote", "kubeadm init --config /etc/kubeadm.yaml"]],
    { "deploy/kubeadm.yaml": KUBEADM },
    copied(new Asset({ kind: "file", path: "deploy/kubeadm.yaml" })),
  ),
  "made by kubeadm init of a file of the program that is not there": made(
    [["remote", "kubeadm init --config /etc/kubeadm.yaml"]],
    {},
    copied(new Asset({ kind: "file", path: "deploy/kubeadm.yaml" })),
  ),
  "made by kubeadm init of a content that comes later": made(
    [["remote", "kubeadm init --config /etc/kubeadm.yaml"]],
    {},
    stackResource(
      "command:remote:CopyToRemote",
      "copy",
      { connection: M1, source: UNKNOWN, remotePath: "/etc/kubeadm.yaml" },
      { propertyDependencies: { source: [VM] } },
    ),
  ),
  "made by kubeadm init of a file that the update makes": () => {
    const maker = stackResource("command:local:Command", "maker", { create: "true" });
    const copy = stackResource(
      "command:remote:CopyToRemote",
      "copy",
      { connection: M1, source: new Asset({ kind: "file", path: "a.yaml" }), remotePath: "/etc/kubeadm.yaml" },
      { dependencies: [maker.urn] },
    );
    return made([["remote", "kubeadm init --config /etc/kubeadm.yaml"]], { "a.yaml": KUBEADM }, maker, copy)();
  },
  "made by kubeadm init of a file that something may have written": made([
    ["remote", "./make.sh; kubeadm init --config /etc/kubeadm.yaml"],
  ]),
  "made by kubeadm init of a file without a configuration": made([
    ["remote", "echo 'kind: InitConfiguration' > /a; kubeadm init --config /a"],
  ]),
  "made by kubeadm upgrade": made([
    ["remote", `cat > /a <<'E'\n${KUBEADM}E\nkubeadm upgrade apply v1.29.1 --config /a`],
  ]),
  "made by kubeadm upgrade of its own configuration": made([
    [
      "remote",
      `cat > /a <<'E'\n${KUBEADM}---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: UpgradeConfiguration\nE\nkubeadm upgrade apply v1.29.1 --config /a`,
    ],
  ]),
  "made by kubeadm upgrade of a file that is not shown": made([
    ["remote", "kubeadm upgrade apply v1.29.1 --config /a"],
  ]),
  "made by kubectl apply of the program's file": made(
    [["local", "kubectl apply -f kubeadm-config.yaml", { dir: "deploy" }]],
    { "deploy/kubeadm-config.yaml": CONFIG_MAP("x") },
  ),
  "made by kubectl apply of another file": made([["local", "kubectl apply -f other.yaml"]], {
    "other.yaml": CONFIG_MAP("x"),
  }),
  "made by kubectl apply of a file that is not there": made([["local", "kubectl apply -f kubeadm-config.yaml"]]),
  "made by kubectl apply of another file that is not there": made([["local", "kubectl apply -f other.yaml"]]),
  "made by kubectl apply of what a local file holds": made(
    [["local", "kubectl apply -f cm.yaml"]],
    {},
    stackResource("local:index/file:File", "file", { filename: "cm.yaml", content: CONFIG_MAP("x") }),
  ),
  "made by kubectl apply of what is something else": made([["local", "kubectl apply -f kubeadm-config.yaml"]], {
    "kubeadm-config.yaml": "kind: Service\n",
  }),
  "made by kubectl patch": made([
    ["local", `kubectl patch configmap kubeadm-config -n kube-system -p '{"data": {"ClusterConfiguration": "x"}}'`],
  ]),
  "made by kubectl create configmap": made(
    [["local", "kubectl create configmap kubeadm-config -n kube-system --from-file=ClusterConfiguration=a.yaml"]],
    { "a.yaml": KUBEADM },
  ),
  "made on two machines alike": made([
    ["remote", `cat > /a <<'E'\n${KUBEADM}E\nkubeadm init --config /a`],
    ["remote", `cat > /a <<'E'\n${KUBEADM}E\nkubeadm init --config /a`, { connection: { host: "10.0.0.2" } }],
  ]),
  "made on two machines differently": made([
    ["remote", `cat > /a <<'E'\n${KUBEADM}E\nkubeadm init --config /a`],
    [
      "remote",
      `cat > /a <<'E'\n${KUBEADM}clusterName: b\nE\nkubeadm init --config /a`,
      { connection: { host: "10.0.0.2" } },
    ],
  ]),
  "made by kubeadm, and replaced by kubectl": made(
    [
      ["remote", `cat > /a <<'E'\n${KUBEADM}E\nkubeadm init --config /a`],
      ["local", "kubectl apply -f kubeadm-config.yaml"],
    ],
    { "kubeadm-config.yaml": CONFIG_MAP("x") },
  ),
  "made twice on one machine": made([
    ["remote", `cat > /a <<'E'\n${KUBEADM}E\nkubeadm init --config /a; echo 'kind: Service' > /b; kubectl apply -f /b`],
  ]),
};

const CA = stackResource("tls:index/selfSignedCert:SelfSignedCert", "ca", {});
const tls =
  (
    type: string,
    inputs: ValueRecord,
    propertyDependencies: Record<string, readonly StackResource["urn"][]>,
    ...others: readonly StackResource[]
  ) =>
  () => {
    const resource = stackResource(type, "it", inputs, { propertyDependencies });
    return {
      facts: tlsFacts(resource, findIn(...others)) ?? null,
      planned: [...plannedPems([resource], findIn(...others)).values()],
    };
  };
const KEY = stackResource("tls:index/privateKey:PrivateKey", "key", { algorithm: "RSA" });
const OTHER_KEY = stackResource("tls:index/privateKey:PrivateKey", "other", {});
const REQUEST = stackResource(
  "tls:index/certRequest:CertRequest",
  "request",
  {
    subject: { commonName: "etcd", organization: "o", organizationalUnits: ["u"], street: "" },
    dnsNames: ["a"],
    ipAddresses: ["10.0.0.1"],
  },
  { propertyDependencies: { privateKeyPem: [KEY.urn] } },
);
const SELF = "tls:index/selfSignedCert:SelfSignedCert";
const LOCAL = "tls:index/locallySignedCert:LocallySignedCert";
const R = (name: string, dependencies: readonly string[] = [], more: Partial<StackResource> = {}) =>
  stackResource("my:index:R", name, {}, { dependencies: dependencies.map((one) => urn(one, "my:index:R")), ...more });
const exported =
  (...resources: readonly unknown[]) =>
  () => {
    const reading = readStackExport(JSON.stringify({ version: 3, deployment: { resources } }));
    return reading ?? null;
  };
const STACK = "urn:pulumi:dev::machines::";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const signed = (kind: string, more: object) => ({ [SIGNATURE]: kind, ...more });
const values = (...all: readonly unknown[]) => exported({ urn: `${STACK}a:b:C::x`, type: "a:b:C", inputs: { all } });

export const stacks: Readings = {
  "a private key": tls("tls:index/privateKey:PrivateKey", { algorithm: "ECDSA" }, {}),
  "a private key of an unknown kind": tls("tls:index/privateKey:PrivateKey", { algorithm: UNKNOWN }, {}),
  "a request": tls(
    "tls:index/certRequest:CertRequest",
    { subject: { commonName: "a" }, dnsNames: ["b"] },
    { privateKeyPem: [KEY.urn] },
    KEY,
  ),
  "a self-signed certificate": tls(
    SELF,
    { isCaCertificate: true, allowedUses: ["cert_signing"], validityPeriodHours: 10, subject: { commonName: "ca" } },
    { privateKeyPem: [KEY.urn] },
    KEY,
  ),
  "a self-signed certificate of which nothing is known": tls(
    SELF,
    {
      isCaCertificate: UNKNOWN,
      allowedUses: UNKNOWN,
      validityPeriodHours: UNKNOWN,
      subject: UNKNOWN,
      dnsNames: UNKNOWN,
      ipAddresses: [UNKNOWN],
    },
    {},
  ),
  "a self-signed certificate of which little is given": tls(
    SELF,
    { isCaCertificate: false, allowedUses: null, subject: {} },
    {},
  ),
  "a self-signed certificate of an old provider": tls(SELF, { subjects: [{ commonName: "old" }], dnsNames: null }, {}),
  "a certificate with usages": tls(
    SELF,
    { allowedUses: ["client_auth", "server_auth", "digital_signature", "ocsp_signing", "toString"] },
    {},
  ),
  "a certificate with any usage": tls(SELF, { allowedUses: ["client_auth", "any_extended"] }, {}),
  "a certificate with usages of which one is not known": tls(SELF, { allowedUses: ["client_auth", UNKNOWN] }, {}),
  "a certificate of two keys": tls(SELF, {}, { privateKeyPem: [KEY.urn, OTHER_KEY.urn] }, KEY, OTHER_KEY),
  "a certificate of a key and of something else": tls(SELF, {}, { privateKeyPem: [VM, KEY.urn] }, KEY),
  "a certificate that a CA signs": tls(
    LOCAL,
    { allowedUses: ["client_auth"], validityPeriodHours: 1 },
    { certRequestPem: [REQUEST.urn], caCertPem: [CA.urn], caPrivateKeyPem: [OTHER_KEY.urn] },
    REQUEST,
    CA,
    KEY,
    OTHER_KEY,
  ),
  "a certificate that a CA of elsewhere signs": tls(LOCAL, {}, { certRequestPem: [REQUEST.urn] }, REQUEST, KEY),
  "a certificate of a request of elsewhere": tls(LOCAL, {}, { caCertPem: [CA.urn] }, CA),
  "a subject of which a part is not known": tls(SELF, { subject: { commonName: "a", organization: UNKNOWN } }, {}),
  "a subject in another order": tls(
    SELF,
    { subject: { organization: "o", commonName: "a", country: null, streetAddresses: ["s"] } },
    {},
  ),
  "something else": tls("tls:index/other:Other", {}, {}),
  "the order of resources": () =>
    runOrder([R("c", ["b"]), R("b", ["a", "gone"]), R("a"), R("d"), R("x", ["y"]), R("y", ["x"])]).map(
      ({ name }) => name,
    ),
  "what precedes what": () => {
    const before = precedes([R("a"), R("b", ["a"]), R("c", ["b"]), R("x", ["y"]), R("y", ["x"])]);
    const source = (name: string) => ({ name, kind: "test", urn: urn(name, "my:index:R") });
    const document = { name: "listing", kind: "listing" };
    return [
      ["a", "c"],
      ["a", "b"],
      ["c", "a"],
      ["a", "a"],
      ["x", "y"],
      ["x", "x"],
      ["a", "gone"],
    ]
      .map(([first = "", second = ""]) => before(source(first), source(second)))
      .concat([
        before(document, source("a")),
        before(source("a"), document),
        before(document, document),
        before(source("a"), source("c")),
      ]);
  },
  "machines among resources": () => {
    const all = [
      stackResource("hcloud:index/server:Server", "vm", { name: "m1", ipv4Address: "10.0.0.1" }),
      stackResource("aws:autoscaling/group:Group", "group", { desiredCapacity: 2 }),
      stackResource("aws:ec2/launchTemplate:LaunchTemplate", "template", { name: "t" }),
      R("a", ["b"]),
    ];
    return machineGraph(all, new Set(all.filter(({ name }) => name === "template").map((one) => one.urn)));
  },
  "a resource by its name": () => {
    const all = [
      R("a"),
      stackResource("hcloud:index/server:Server", "a", {}),
      R("b"),
      stackResource("my:index:S", "b", {}),
      R("c"),
    ];
    return ["a", "b", "c", "d", urn("b", "my:index:R")].map((wanted) => resolveResource(wanted, all) ?? null);
  },
  "resources that cannot be read": () =>
    isolate([R("good"), stackResource("hcloud:index/server:Server", "bad", { name: "x" })], (all) => {
      if (all.some(({ name, inputs }) => name === "bad" && "name" in inputs)) throw new TypeError("secret");
      return all.map(({ name }) => name);
    }),
  "files of a program": () => {
    const top = stackResource("kubernetes:yaml:ConfigGroup", "group", {
      files: ["a.yaml", UNKNOWN],
      directory: "deploy",
    });
    const parent = stackResource("kubernetes:yaml/v2:ConfigFile", "b.yaml", { file: "b.yaml" }, { parent: top.urn });
    const other = stackResource("my:index:Parent", "c", { file: "c.yaml" }, { parent: parent.urn });
    const child = stackResource(
      MAP,
      "cfg",
      { source: new Asset({ kind: "file", path: "d.yaml" }) },
      { parent: other.urn },
    );
    return [
      programFiles(child, findIn(top, parent, other)),
      programFiles(stackResource(MAP, "x", { source: new Asset({ kind: "text", text: "x" }) }), findIn()),
    ];
  },
  "inventories of playbooks": () => {
    const stack = readStack([
      stackResource("command:local:Command", "known", { create: "ansible-playbook -i hosts.ini a.yml" }),
      stackResource("command:local:Command", "gone", { create: "ansible-playbook -i gone.ini a.yml" }),
      stackResource("command:local:Command", "broken", { create: "ansible-playbook -i broken.ini a.yml" }),
      stackResource("command:remote:Command", "remote", {
        connection: M1,
        create: "ansible-playbook -i hosts.ini a.yml",
      }),
    ]);
    const folder: Readonly<Record<string, string>> = {
      "hosts.ini": "[etcd]\nm1 ansible_host=10.0.0.1\n",
      "broken.ini": "m1 x\n",
    };
    return withInventories(stack, (path) =>
      folder[path] === undefined ? { kind: "unreadable", path, why: "x" } : { kind: "text", path, text: folder[path] },
    ).evidence.map(({ source, machine }) => [
      source.name,
      machine.by === "inventory" ? (machine.hosts ?? null) : machine.by,
    ]);
  },
  "an export": exported(
    {
      urn: `${STACK}a:b:C::x`,
      type: "a:b:C",
      inputs: { a: 1, __b: 2 },
      outputs: { c: null },
      dependencies: [`${STACK}a:b:C::y`, 3, "no"],
      propertyDependencies: { a: [`${STACK}a:b:C::y`], b: 3 },
      parent: `${STACK}a:b:P::p`,
      provider: `${STACK}pulumi:providers:a::prov::id`,
    },
    { urn: `${STACK}a:b:C::deleted`, type: "a:b:C", delete: true },
    {
      urn: `${STACK}a:b:C::kept`,
      type: "a:b:C",
      delete: "true",
      parent: "no",
      provider: "no",
      inputs: [],
      dependencies: {},
    },
    { urn: "no", type: "a:b:C" },
    { type: "a:b:C" },
    { urn: `${STACK}a:b:C::untyped` },
    null,
  ),
  "exports that are none": () =>
    [
      '{"version": 3, "checkpoint": {}}',
      '{"version": 3, "deployment": {"resources": {}}}',
      '{"version": 3, "deployment": {}}',
      '{"version": 3, "deployment": []}',
      '{"version": 3',
      '{"other": 3, "deployment": {}}',
      '\ufeff {"deployment": {"resources": []}}',
      '{"features": [], "deployment": {"resources": null}}',
      "[]",
    ].map((text) => readStackExport(text) ?? null),
  "values of an export": values(
    signed("1b47061264138c4ac30d75fd1eb44270", { plaintext: '"a"' }),
    signed("1b47061264138c4ac30d75fd1eb44270", { plaintext: "{" }),
    signed("1b47061264138c4ac30d75fd1eb44270", { ciphertext: "x" }),
    signed("c44067f5952c0a294b673a41bacd8c17", { path: "a" }),
    signed("c44067f5952c0a294b673a41bacd8c17", { text: "b", path: "" }),
    signed("c44067f5952c0a294b673a41bacd8c17", { uri: "c" }),
    signed("c44067f5952c0a294b673a41bacd8c17", {}),
    signed("0def7320c3a5731c473e5ecbe6d01bc7", { path: "a" }),
    signed("0def7320c3a5731c473e5ecbe6d01bc7", { uri: "b" }),
    signed("0def7320c3a5731c473e5ecbe6d01bc7", {
      assets: { c: signed("c44067f5952c0a294b673a41bacd8c17", { text: "x" }) },
    }),
    signed("0def7320c3a5731c473e5ecbe6d01bc7", { assets: {} }),
    signed("0def7320c3a5731c473e5ecbe6d01bc7", {}),
    signed("5cf8f73096256a8f31e491e813e4eb8e", { id: "i", urn: "u" }),
    signed("5cf8f73096256a8f31e491e813e4eb8e", { id: "", urn: "u" }),
    signed("5cf8f73096256a8f31e491e813e4eb8e", { id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
    signed("5cf8f73096256a8f31e491e813e4eb8e", { urn: "u" }),
    signed("5cf8f73096256a8f31e491e813e4eb8e", {}),
    signed("d0e6a833031e9bbcd3f4e8bde6ca49a4", { value: ["v"] }),
    signed("d0e6a833031e9bbcd3f4e8bde6ca49a4", {}),
    signed("other", {}),
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    [true, { a: "b" }],
  ),
  "values as deep as are read": () =>
    [64, 65].map((depth) =>
      JSON.stringify(
        readStackExport(
          JSON.stringify({
            version: 3,
            deployment: { resources: [{ urn: `${STACK}a:b:C::x`, type: "a:b:C", inputs: { a: nested(depth) } }] },
          }),
        ),
        (_, value) => (typeof value === "symbol" ? "unknown" : value),
      ).includes("unknown"),
    ),
};

function nested(depth: number): unknown {
  return depth === 0 ? "x" : [nested(depth - 1)];
}
