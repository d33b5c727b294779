import { Asset, type Value, type ValueRecord } from "../../../evidence/value";
import { UNKNOWN } from "../../../shell/unknown";
import { urn } from "../../helpers/evidence";
import { stackResource } from "../../helpers/stack-resource";
import type { Readings } from "./readings";
import { found, from, typesRead } from "./stack";

const M1 = { host: "10.0.0.1", user: "ubuntu" };
const VM = urn("vm", "hcloud:index/server:Server");
const CERT = urn("cert", "tls:index/locallySignedCert:LocallySignedCert");
type From = Parameters<typeof from>[2];
const remote = (inputs: ValueRecord, propertyDependencies?: From) => () =>
  found(from("command:remote:Command", { connection: M1, ...inputs }, propertyDependencies));
const local = (inputs: ValueRecord, propertyDependencies?: From) => () =>
  found(from("command:local:Command", inputs, propertyDependencies));
const applied = "kubectl apply -f kubeadm-config.yaml";
const localFile = (inputs: ValueRecord, more?: From) => () => found(from("local:index/file:File", inputs, more));

export const commands: Readings = {
  "remote: an update that is not known": remote({ create: "touch /etc/a", update: UNKNOWN }),
  "remote: an update that is null": remote({ create: "touch /etc/a", update: null }),
  "remote: defaults of variables, beside an environment that is known": remote({
    create: `cp x \${A:-/etc}/a; cp y \${B:-/opt}/b`,
    environment: { A: "/srv" },
  }),
  "remote: defaults of variables, beside an environment that is not known": remote({
    create: `cp x \${A:-/etc}/a`,
    environment: UNKNOWN,
  }),
  "local: defaults of variables": local({ create: `scp x root@\${HOST:-m1}:/etc/` }),
  "local: kubeadm upgrades where the program runs": local({
    create: "echo a > a.yaml; kubeadm upgrade apply v1.29.0 --config kubeadm.yaml",
  }),
  "local: a program whose name is not known, by its arguments": local({ create: '"$TOOL" deploy' }),
  "remote: a program whose name is not known": remote({ create: '"$TOOL" master02' }),
  "remote: programs that work on other machines, by their paths": remote({ create: "/opt/bin/ansible-runner run x" }),
  "remote: programs that work on other machines, by ssh": remote({
    create: "ssh root@10.0.0.2 'fab deploy'; ssh root@10.0.0.3 './x.sh 10.0.0.4'; ssh '' touch /etc/a",
  }),
  "remote: values that come from several": remote(
    { create: UNKNOWN, update: "./a.sh", stdin: UNKNOWN },
    { create: [VM], stdin: [CERT], update: [urn("other")] },
  ),
  "local: words that are none": local({ create: "python3 -\n::\n" }),
  "local: Kubespray by a release of two digits": local({
    create: "git checkout v2.125.10 # of kubespray\nansible-playbook -i hosts.yaml kubespray/cluster.yml",
  }),
  "local: Kubespray without a checkout": local({ create: "ansible-playbook -i hosts.yaml /opt/kubespray/cluster.yml" }),
  "remote: an update alone": remote({ update: "touch /etc/a" }),
  "remote: null for both": remote({ create: null, update: null }),
  "remote: an update of work on another machine": remote({
    create: "true",
    update: "scp a.pem root@10.0.0.2:/etc/a.pem",
  }),
  "remote: a text that is a list": remote({ create: ["touch", "/etc/a"] }),
  "remote: a certificate by standard input": remote({ create: "tee /etc/a.pem", stdin: UNKNOWN }, { stdin: [CERT] }),
  "remote: a value by standard input that comes from a machine": remote(
    { create: "tee /etc/a.pem", stdin: UNKNOWN },
    { stdin: [VM] },
  ),
  "remote: an unknown variable, and a standard input that comes from a certificate": remote(
    { create: 'echo "$A" > /etc/a.pem; tee /etc/b.pem', stdin: UNKNOWN, environment: { A: UNKNOWN } },
    { stdin: [CERT] },
  ),
  "remote: a standard input that is shown": remote({
    create: "tee /etc/a.pem > /dev/null; cat > /etc/b.pem",
    stdin: "PEM",
  }),
  "remote: variables of all kinds": remote({
    create: 'echo "$A $B $C" > /etc/a; cp x "/etc/$D"',
    environment: { A: "a", B: 2, C: true, D: ["d"] },
  }),
  "remote: an environment that is not known": remote({
    create: 'cp x "/etc/$A.pem"; cp y "/opt/$HOME_OF_Y"',
    environment: UNKNOWN,
  }),
  "remote: no environment": remote({ create: 'cp x "/etc/$A.pem"' }),
  "remote: a user who is not known": remote({
    connection: { host: "10.0.0.1", user: UNKNOWN },
    create: "cp a.pem ~/b.pem",
  }),
  "remote: an option that is not known": remote({ create: "cp --weird a b" }),
  "remote: a program with names in texts, standard input and environment": remote(
    {
      create: "./a.sh master01 root@10.0.0.2:/etc",
      update: "./b.sh master02",
      stdin: "master03",
      environment: { A: "master04", B: { C: "master05:22" } },
      delete: "master06",
    },
    { create: [VM], environment: [VM, CERT], connection: [VM] },
  ),
  "remote: a program and kubeadm, which names the endpoint that it joins": remote({
    create: "./a.sh\n  sudo kubeadm join lb:6443\nkubeadm init --x\nmykubeadm other",
  }),
  "remote: a script by ssh on another machine": remote({
    create: "ssh root@10.0.0.3 -p 2222 'touch /etc/a; ansible-playbook x.yml; ./b.sh; kubeadm init'",
  }),
  "remote: ssh to a host that is not known": remote(
    { create: 'ssh root@$H "touch /etc/a"', environment: { H: UNKNOWN } },
    { environment: [VM] },
  ),
  "remote: ssh to a host that is not known, and comes from nowhere": remote({
    create: 'ssh root@$H "touch /etc/a"',
    environment: { H: UNKNOWN },
  }),
  "remote: a command on all machines": remote({ create: "ansible all -m copy -a 'src=a dest=/etc/a'" }),
  "remote: a manifest with a workload": remote({
    create:
      "kubectl apply -f - <<'EOF'\napiVersion: v1\nkind: Pod\nspec:\n  containers: [{volumeMounts: [{name: a, mountPath: /x}]}]\n  volumes: [{name: a, hostPath: {path: /etc/kubernetes}}]\nEOF\n",
  }),
  "remote: a playbook without an inventory": remote({ create: "ansible-playbook site.yml" }),
  "remote: a program in a program's name": remote({
    create: "/opt/venv/bin/python3.11 x.py master01\n/usr/bin/salt-call state.apply\nmake all",
  }),
  "local: a program with names": local({ create: "./a.sh master01", environment: { A: "master02" } }, { create: [VM] }),
  "local: interpreters": local({
    create: "python3.11 a.py master01; ruby a.rb; node --version; go run x master02; npx x",
  }),
  "local: a folder below the program": local({ create: applied, dir: "deploy" }),
  "local: an absolute folder": local({ create: applied, dir: "/srv/deploy" }),
  "local: a folder that is not known": local({ create: applied, dir: UNKNOWN }),
  "local: an interpreter that is not known": local({ create: applied, interpreter: [UNKNOWN, "-c"] }),
  "local: an interpreter with a number": local({ create: "print(1)", interpreter: ["python3", 3, "-c"] }),
  "local: an interpreter that is text": local({ create: "scp a.pem root@m1:/etc/", interpreter: "python3" }),
  "local: KUBECONFIG": local({ create: applied, environment: { KUBECONFIG: "prod.conf" } }),
  "local: KUBECONFIG that is not known": local(
    { create: applied, environment: { KUBECONFIG: UNKNOWN } },
    { environment: [VM] },
  ),
  "local: KUBECONFIG that is not known, and comes from nowhere": local({
    create: applied,
    environment: { KUBECONFIG: UNKNOWN },
  }),
  "local: a cluster of kubeadm where the program runs": local({ create: "kubeadm init --config kubeadm.yaml" }),
  "local: files and a cluster of kubeadm": local({
    create: "echo a > kubeadm.yaml; kubeadm init --config kubeadm.yaml",
  }),
  "local: an option that is not known reaches nobody": local({ create: "cp --weird a b" }),
  "local: an inventory of the program": local({ create: "ansible-playbook -i hosts/prod.ini site.yml", dir: "deploy" }),
  "local: an inventory by its absolute path": local({ create: "ansible-playbook -i /srv/hosts.ini site.yml" }),
  "local: an inventory that is not known": local({
    create: 'ansible-playbook -i "$INVENTORY" site.yml',
    environment: { INVENTORY: UNKNOWN },
  }),
  "local: Kubespray": local({
    create:
      "git clone -b v2.25.0 https://github.com/kubernetes-sigs/kubespray && cd kubespray && ansible-playbook -i inventory/prod/hosts.yaml cluster.yml",
  }),
  "local: Kubespray by its branch, as --branch": local({
    create:
      "git clone --branch=v2.26.1 https://github.com/kubernetes-sigs/kubespray && cd kubespray && ansible-playbook -i hosts.yaml upgrade-cluster.yml",
  }),
  "local: Kubespray by a branch that is not a release": local({
    create:
      "git clone -b release-2.26 https://github.com/kubernetes-sigs/kubespray && cd kubespray && ansible-playbook -i hosts.yaml cluster.yml",
  }),
  "local: left out by --target": local({}),
  "local: an update": local({ create: "true", update: "scp a.pem root@10.0.0.2:/etc/a.pem" }),
  "local: reachable by ssh on a port": local({ create: "scp -P 2222 a.pem root@10.0.0.2:/etc/a.pem" }),
  "a file where the program runs": localFile({ filename: "kubeadm-config.yaml", content: "a" }),
  "a file at an absolute path": localFile({ filename: "/srv//a/../b.yaml", content: "a" }),
  "a file without its content": localFile({ filename: "a" }),
  "a file whose content comes later": localFile({ filename: "a", content: UNKNOWN }, { content: [CERT] }),
  "a file whose name is not known": localFile({ filename: UNKNOWN, content: "a" }),
  "the types of files where the program runs": () =>
    typesRead([
      "local:index/file:File",
      "local:index/sensitiveFile:SensitiveFile",
      "local:index/file:FileX",
      "xlocal:index/file:File",
    ]),
};

const VOLUME = { name: "a", hostPath: { path: "/etc/kubernetes" } };
const spec = (more: ValueRecord = {}, mount: ValueRecord = {}): ValueRecord => ({
  containers: [{ volumeMounts: [{ name: "a", mountPath: "/x", ...mount }] }],
  volumes: [VOLUME],
  ...more,
});
const workload = (type: string, inputs: ValueRecord) => () => found(stackResource(`kubernetes:${type}`, "it", inputs));
const nsenter = (container: ValueRecord, more: ValueRecord = { hostPID: true }) =>
  workload("core/v1:Pod", { spec: { containers: [container], ...more } });
const PRIVILEGED = { securityContext: { privileged: true } };
const kubectl = (text: string) => () =>
  found(stackResource("command:local:Command", "it", { create: `kubectl apply -f - <<'EOF'\n${text}\nEOF\n` }));
const inYaml = (kind: string, apiVersion = "v1", depth = 0): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmore: ${"[`.repeat(depth)}${`]".repeat(depth)}\nspec: {containers: [{volumeMounts: [{name: a, mountPath: /x}]}], volumes: [{name: a, hostPath: {path: /etc/a}}]}`;

export const workloads: Readings = {
  "a Pod": workload("core/v1:Pod", { spec: spec() }),
  "a Pod on a node": workload("core/v1:Pod", { spec: spec({ nodeName: "master01" }) }),
  "a Pod on a node by its label": workload("core/v1:Pod", {
    spec: spec({ nodeSelector: { "kubernetes.io/hostname": "master01" } }),
  }),
  "a Pod on a node whose name is empty, or not known": workload("core/v1:PodList", {
    items: [{ spec: spec({ nodeName: "" }) }, { spec: spec({ nodeName: UNKNOWN }) }, "odd"],
  }),
  "a list that is not known": workload("core/v1:PodList", { items: UNKNOWN }),
  "a mount that may only be read": workload("core/v1:Pod", { spec: spec({}, { readOnly: true }) }),
  "a mount of which it is not known whether it may only be read": workload("core/v1:Pod", {
    spec: spec({}, { readOnly: UNKNOWN }),
  }),
  "a mount of another volume": workload("core/v1:Pod", { spec: spec({}, { name: "b" }) }),
  "a mount of a folder in the volume": workload("core/v1:Pod", { spec: spec({}, { subPath: "pki" }) }),
  "a mount of a folder in the volume that is not known": workload("core/v1:Pod", {
    spec: spec({}, { subPath: UNKNOWN }),
  }),
  "a volume whose path is not known": workload("core/v1:Pod", {
    spec: spec({ volumes: [{ name: "a", hostPath: { path: UNKNOWN } }] }),
  }),
  "a volume that is not a folder of the node": workload("core/v1:Pod", {
    spec: spec({ volumes: [{ name: "a", emptyDir: {} }] }),
  }),
  "volumes that are not known": workload("core/v1:Pod", { spec: spec({ volumes: UNKNOWN }) }),
  "containers of all kinds": workload("core/v1:Pod", {
    spec: {
      containers: [{ volumeMounts: [{ name: "a" }] }],
      initContainers: [{ volumeMounts: [{ name: "b" }] }],
      ephemeralContainers: [{ volumeMounts: [{ name: "c" }] }],
      otherContainers: [{ volumeMounts: [{ name: "d" }] }],
      volumes: ["a", "b", "c", "d"].map((name) => ({ name, hostPath: { path: `/${name}` } })),
    },
  }),
  "a DaemonSet": workload("apps/v1:DaemonSet", { spec: { template: { spec: spec() } } }),
  "a patch of a Deployment": workload("apps/v1:DeploymentPatch", { spec: { template: { spec: spec() } } }),
  "a CronJob": workload("batch/v1:CronJob", { spec: { jobTemplate: { spec: { template: { spec: spec() } } } } }),
  "a PodTemplate": workload("core/v1:PodTemplate", { template: { spec: spec() } }),
  "a Pod without a spec": workload("core/v1:Pod", {}),
  "a Service, which is not a workload": workload("core/v1:Service", { spec: spec() }),
  "the types of workloads": () =>
    typesRead([
      ...["Pod", "PodTemplate", "ReplicationController"].map((kind) => `kubernetes:core/v1:${kind}`),
      ...["DaemonSet", "Deployment", "StatefulSet", "ReplicaSet", "ReplicaSetList"].map(
        (kind) => `kubernetes:apps/v1:${kind}`,
      ),
      ...["kubernetes:batch/v1beta1:CronJob", "kubernetes:batch/v1:Job", "kubernetes:extensions/v1beta1:DaemonSet"],
      ...[
        "kubernetes:core/v1:PodX",
        "xkubernetes:core/v1:Pod",
        "kubernetes:other/v1:Pod",
        "kubernetes:core/v1:ConfigMap",
      ],
    ]),
  "nsenter in the namespace of the node": nsenter({ ...PRIVILEGED, command: ["nsenter", "-t", "1"] }),
  "nsenter among the arguments": nsenter({ ...PRIVILEGED, command: ["sh", "-c"], args: ["x; nsenter -t 1"] }),
  "nsenter without the namespace of the node": nsenter({ ...PRIVILEGED, command: ["nsenter"] }, {}),
  "nsenter that is not privileged": nsenter({ command: ["nsenter"] }),
  "a privileged container without nsenter": nsenter({ ...PRIVILEGED, command: ["sh"] }),
  "a privileged container whose command is not known": nsenter({ ...PRIVILEGED, command: UNKNOWN, args: [UNKNOWN] }),
  "kubectl with a Pod": kubectl(inYaml("Pod")),
  "kubectl with a Deployment of another version": kubectl(
    inYaml("Deployment", "apps/v1").replace("spec: {", "spec: {template: {spec: {").concat("}}"),
  ),
  "kubectl with a mount that may only be read": kubectl(
    inYaml("Pod").replace("mountPath: /x", "readOnly: true, mountPath: /x"),
  ),
  "kubectl with nsenter": kubectl(
    "apiVersion: v1\nkind: Pod\nspec: {hostPID: true, containers: [{name: a}, {securityContext: {privileged: true}, command: [nsenter]}]}",
  ),
  "kubectl with two, of which one is a list": kubectl(`${inYaml("Pod")}\n---\n- a\n`),
  "kubectl with something else": kubectl(inYaml("Service")),
  "kubectl with several objects": kubectl(`${inYaml("Pod")}\n---\n${inYaml("Pod").replace("/etc/a", "/etc/b")}`),
  "kubectl with what is not an object": kubectl("- a"),
  "kubectl with an object that is too deep": kubectl(inYaml("Pod", "v1", 60)),
  "kubectl with values of all kinds": kubectl(
    inYaml("Pod").replace("more: ", "more: [1, true, null, 2020-01-01, a]\nelse: "),
  ),
};

const other =
  (type: string, inputs: ValueRecord, more: Parameters<typeof from>[3] = {}, dependencies?: From) =>
  () =>
    found(from(type, inputs, dependencies, more));
const DYNAMIC = "pulumi-nodejs:dynamic:Resource";
const textOf = (value: Value): ValueRecord => ({ value });

export const otherResources: Readings = {
  "paths and names of certificates": other(DYNAMIC, {
    a: "cp /etc/ssl/a.pem /srv/b/; ./c.crt d.key e.txt /",
    b: ["/opt/x", { "/key/of/map": "f.pem" }],
    c: 3,
    d: UNKNOWN,
    e: null,
    __provider: "/code/of/the/provider",
  }),
  "a path with a variable or a pattern": other(
    DYNAMIC,
    textOf(`/etc/ssl/$NODE.pem /opt/*/x /srv/{a,b} /a?b /\${X} ?.pem`),
  ),
  "words that are parted by punctuation": other(
    DYNAMIC,
    textOf("a='/b/c' d=\"/e\" `/f` (/g) [/h],/i;/j:/k|/l&/m</n>/o"),
  ),
  "the names of certificates, by their endings": other(
    DYNAMIC,
    textOf("a.pem b.crt c.CER d.cert e.key f.pem.bak .pem g@h-i_j.pem sub/k.pem l,m.pem n.pemx"),
  ),
  "paths that are alike": other(DYNAMIC, textOf("/a//b /a/b /a/./b")),
  "no names at all": other(DYNAMIC, textOf("nothing")),
  "no inputs": other(DYNAMIC, {}),
  "machines among the words": other(DYNAMIC, textOf("root@master01:/etc/a.pem"), {}, { value: [VM] }),
  "resources behind which there is a machine": other(
    DYNAMIC,
    { value: "" },
    {},
    {
      value: [
        "command:remote:Command",
        "my:index:Thing",
        "random:index/randomId:RandomId",
        "kubernetes:helm.sh/v3:Release",
      ].map((type) => urn("one", type)),
    },
  ),
  "a release of Helm's own provider, which reaches no machine": other("helm:index:Release", textOf("10.0.0.1 /etc/a")),
  "a machine that it depends on": other(
    DYNAMIC,
    { value: "" },
    {},
    { value: [VM, urn("bucket", "aws:s3/bucket:Bucket"), urn("address", "aws:ec2/eip:Eip")] },
  ),
  assets: () =>
    found(
      ...(
        [
          { kind: "text", text: "/etc/in-text" },
          { kind: "file", path: "/srv/in-file.pem" },
          { kind: "uri", uri: "https://x/in-uri.pem", archive: false },
          { kind: "archive-path", path: "certs", entries: ["sub/in-archive.pem"] },
          { kind: "archive-path", path: "certs/in-path.pem", entries: "not-listed" },
          {
            kind: "archive-entries",
            entries: new Map([["sub/in-entries.pem", new Asset({ kind: "text", text: "/etc/in-entry" })]]),
          },
          { kind: "empty" },
        ] as const
      ).map((shape, index) =>
        stackResource("kubernetes:helm.sh/v3:Release", `asset-${index}`, { asset: new Asset(shape) }),
      ),
    ),
  "a chart, which reaches no machine": other("kubernetes:helm.sh/v3:Release", textOf("10.0.0.1 /etc/a")),
  "a resource of an explicit provider": () => {
    const provider = stackResource("pulumi:providers:acme", "ssh", { host: "master03", key: "/root/.ssh/id" });
    return found(provider, from("coreutils:index:File", textOf("/etc/a"), {}, { provider }));
  },
  "a resource of a provider that is not shown": other("coreutils:index:File", textOf("/etc/a"), {
    provider: { urn: urn("gone"), name: "gone" },
  }),
  "more text than is looked through": other(DYNAMIC, textOf("/a ".repeat(400_000))),
  "a component with something in it": () => {
    const component = stackResource("my:index:Cluster", "cluster", textOf("/etc/a"));
    return found(component, stackResource(DYNAMIC, "child", textOf("/etc/b"), { parent: component.urn }));
  },
  "a component without anything in it": other("my:index:Cluster", textOf("/etc/a")),
  "a component with a provider of its own, and something in it": () => {
    const provider = stackResource("pulumi:providers:my", "p", {});
    const component = stackResource("my:index:Cluster", "cluster", textOf("/etc/a"), { provider });
    return found(provider, component, stackResource(DYNAMIC, "child", textOf("/etc/b"), { parent: component.urn }));
  },
  "a NodeFile with something in it": () => {
    const file = stackResource("kubeadm-guard:index:NodeFile", "file", { path: "/etc/a" });
    return found(file, stackResource(DYNAMIC, "child", {}, { parent: file.urn }));
  },
  "the types that are read as others": () =>
    typesRead([
      ...[
        "aws:s3/bucket:Bucket",
        "aws:ssm/association:Association",
        "aws:ssm/parameter:Parameter",
        "aws:codedeploy/app:App",
      ],
      ...[
        "azure-native:compute:VirtualMachineExtension",
        "azure:compute/extension:Extension",
        "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
      ],
      ...[
        "gcp:osconfig/guestPolicies:GuestPolicies",
        "alicloud:ecs/command:Command",
        "kubernetes:core/v1:ConfigMap",
        "kubernetes:rbac.authorization.k8s.io/v1:Role",
      ],
      ...[
        "kubernetes:helm.sh/v3:Chart",
        "helm:index:Release",
        "kubernetes:cluster.x-k8s.io/v1beta1:Machine",
        "kubernetes:metrics.k8s.io/v1:X",
      ],
      ...[
        "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshot",
        "kubernetes:storage.k8s.io/v1:StorageClass",
        "kubernetes:bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig",
      ],
      ...[
        "kubernetes:controlplane.cluster.x-k8s.io/v1beta1:KubeadmControlPlane",
        "kubernetes:meta/v1:Status",
        "pulumi:providers:acme",
        "pulumi:pulumi:Stack",
      ],
      ...[
        "odd",
        ":odd",
        "coreutils:index:File",
        "random:index/randomId:RandomId",
        "command:local:Command",
        "hcloud:index/server:Server",
      ],
    ]),
};
