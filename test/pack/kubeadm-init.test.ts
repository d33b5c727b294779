import { asset } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, type Resource, unknown } from "../../pack/testing";
import { DIR, MASTERS, ON_FIRST, ONE_NAME, OWN_NAME, presence, said, withCertificates } from "./three-masters";

const FILE = "/etc/kubernetes/kubeadm-config.yaml";

/** A file for kubeadm whose etcd certificates are called after this node. */
function configFor(node: string, cluster = ""): string {
  return `apiVersion: kubeadm.k8s.io/v1beta3
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 10.0.0.1}
---
apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.4
controlPlaneEndpoint: lb.example.com:6443
${cluster}etcd:
  external:
    endpoints: [https://10.0.0.11:2379, https://10.0.0.12:2379, https://10.0.0.13:2379]
    caFile: ${DIR}/ca.pem
    certFile: ${DIR}/node-${node}.pem
    keyFile: ${DIR}/node-${node}-key.pem
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
`;
}

const PROD = { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: MASTERS }] };

const init = (stack: FakeStack, create: string, dependsOn: readonly Resource[] = []) =>
  stack.add("command:remote:Command", "init", { ...ON_FIRST, create }, { dependsOn });
const copyConfig = (stack: FakeStack, source: unknown, remotePath = FILE) =>
  stack.add("command:remote:CopyToRemote", "kubeadm-config", { ...ON_FIRST, source, remotePath });
const INIT = `kubeadm init --config ${FILE} --upload-certs`;

/** Programs without a ConfigMap in which kubeadm init gets the text, and the resource that brings it. */
const WAYS: readonly (readonly [string, string, (stack: FakeStack, text: string) => void])[] = [
  [
    "a copied text",
    "kubeadm-config",
    (stack, text) => init(stack, INIT, [copyConfig(stack, new asset.StringAsset(text))]),
  ],
  ["a here-document", "init", (stack, text) => init(stack, `cat <<'EOF' > ${FILE}\n${text}EOF\n${INIT}`)],
  ["standard input", "init", (stack, text) => init(stack, `cat <<'EOF' | kubeadm init --config -\n${text}EOF`)],
  [
    "a copied text that is moved into place",
    "kubeadm-config",
    (stack, text) =>
      init(stack, `sudo mv /tmp/kubeadm.yaml ${FILE} && sudo ${INIT}`, [
        copyConfig(stack, new asset.StringAsset(text), "/tmp/kubeadm.yaml"),
      ]),
  ],
  [
    "a copied text, once",
    "kubeadm-config",
    (stack, text) =>
      init(stack, `[ -f /etc/kubernetes/admin.conf ] || ${INIT}\nrm -f ${FILE}`, [
        copyConfig(stack, new asset.StringAsset(text)),
      ]),
  ],
  [
    "a here-document, once",
    "init",
    (stack, text) =>
      init(stack, `if [ ! -f /etc/kubernetes/admin.conf ]; then\ncat <<'EOF' > ${FILE}\n${text}EOF\n${INIT}\nfi`),
  ],
  [
    "a later upload of another file",
    "init",
    (stack, text) =>
      init(
        stack,
        `cat <<'EOF' > /tmp/old\n${configFor("old")}EOF\nkubeadm init --config /tmp/old\ncat <<'EOF' > ${FILE}\n${text}EOF\nkubeadm init phase upload-config all --config ${FILE}`,
      ),
  ],
  [
    "an archive of assets",
    "kubeadm-config",
    (stack, text) =>
      init(stack, INIT, [
        copyConfig(
          stack,
          new asset.AssetArchive({ "kubeadm-config.yaml": new asset.StringAsset(text) }),
          "/etc/kubernetes",
        ),
      ]),
  ],
  [
    "ssh from where Pulumi runs",
    "init",
    (stack, text) =>
      stack.add("command:local:Command", "init", {
        create: `ssh root@10.0.0.1 "cat > ${FILE} && ${INIT}" <<'EOF'\n${text}EOF`,
      }),
  ],
];

describe("kubeadm init with a file of the program makes the kubeadm-config of exactly this text", () => {
  it.each(WAYS)("%s: refused where it names the files of one node", async (_, brings, add) => {
    const stack = new FakeStack({ config: PROD });
    withCertificates(stack, OWN_NAME);
    add(stack, configFor("master01"));
    const violations = await stack.preview(kubeadmGuard());
    expect(presence(violations)).toEqual([`mandatory ${brings}`]);
    expect(said(violations)).toContain("missing on master02");
  });

  it.each(WAYS)("%s: passes where every node has the files", async (_, _brings, add) => {
    const stack = new FakeStack({ config: PROD });
    withCertificates(stack, ONE_NAME);
    add(stack, configFor("shared"));
    expect(await stack.preview(kubeadmGuard())).toEqual([]);
  });

  it("cloud-init writes the file and runs kubeadm", async () => {
    const userData = (name: string, run: string, text = "") =>
      `#cloud-config\n${JSON.stringify({
        write_files: [
          ...(text === "" ? [] : [{ path: FILE, content: text }]),
          ...["ca.pem", `node-${name}.pem`, `node-${name}-key.pem`].map((file) => ({
            path: `${DIR}/${file}`,
            content: "x",
          })),
        ],
        runcmd: [run],
      })}`;
    const stack = new FakeStack();
    const vm = (name: string, data: string) =>
      stack.add("openstack:compute/instance:Instance", name, { name, userData: data });
    vm("master01", userData("master01", INIT, configFor("master01")));
    vm("master02", userData("master02", "kubeadm join 10.0.0.1:6443 --token a.b --control-plane"));
    const violations = await stack.preview(kubeadmGuard());
    expect(presence(violations)).toEqual(["mandatory master01"]);
    expect(said(violations)).toContain("missing on master02");
  });
});

describe("the file is not known", () => {
  const undecided: readonly (readonly [string, string, (stack: FakeStack) => void])[] = [
    ["until the update", "not known before the update", (stack) => init(stack, INIT, [copyConfig(stack, unknown)])],
    [
      "since a template has unknown parts",
      "content is not known",
      (stack) => init(stack, `cat <<EOF > ${FILE}\n${configFor("$(hostname)")}EOF\n${INIT}`),
    ],
    ["since nothing shows it", `kubeadm-config of ${FILE}`, (stack) => init(stack, INIT)],
    [
      "since its path is not shown",
      "a text that it does not show",
      (stack) => init(stack, 'kubeadm init --config "$CONFIG"'),
    ],
    [
      "since kubeadm does not wait for the copy",
      "dependsOn",
      (stack) => {
        copyConfig(stack, new asset.StringAsset(configFor("master01")));
        init(stack, INIT);
      },
    ],
    [
      "since a program may have changed it",
      "whose content is not known",
      (stack) =>
        init(stack, `sed -i s/node-master01/node-shared/ ${FILE}\n${INIT}`, [
          copyConfig(stack, new asset.StringAsset(configFor("master01"))),
        ]),
    ],
  ];

  it.each(undecided)("%s", async (_, words, add) => {
    const stack = new FakeStack({ config: PROD });
    withCertificates(stack, OWN_NAME);
    add(stack);
    const violations = await stack.preview(kubeadmGuard());
    expect(violations.map(({ level }) => level)).toEqual(["advisory"]);
    expect(said(violations)).toContain(words);
  });
});

describe("what is not a kubeadm-config of a cluster", () => {
  it.each<[string, (stack: FakeStack) => void]>([
    [
      "kubeadm join --config",
      (stack) =>
        init(stack, INIT.replace("init", "join"), [copyConfig(stack, new asset.StringAsset(configFor("master01")))]),
    ],
    [
      "kubeadm init --dry-run",
      (stack) => init(stack, `${INIT} --dry-run`, [copyConfig(stack, new asset.StringAsset(configFor("master01")))]),
    ],
    [
      "a file without a ClusterConfiguration",
      (stack) =>
        init(stack, INIT, [
          copyConfig(stack, new asset.StringAsset("apiVersion: kubeadm.k8s.io/v1beta3\nkind: InitConfiguration\n")),
        ]),
    ],
    ["kubeadm init without a file", (stack) => init(stack, "kubeadm init")],
  ])("%s", async (_, add) => {
    const stack = new FakeStack();
    withCertificates(stack, OWN_NAME);
    add(stack);
    expect(await stack.preview(kubeadmGuard())).toEqual([]);
  });

  it("the file beside a ConfigMap of the program, which the cluster has in the end", async () => {
    const stack = new FakeStack({ config: PROD });
    withCertificates(stack, ONE_NAME);
    const made = init(stack, INIT, [copyConfig(stack, new asset.StringAsset(configFor("master01")))]);
    stack.add(
      "kubernetes:core/v1:ConfigMap",
      "shared",
      {
        metadata: { name: "kubeadm-config", namespace: "kube-system" },
        data: { ClusterConfiguration: configFor("shared").split("---\n")[1] },
      },
      { dependsOn: [made] },
    );
    expect(await stack.preview(kubeadmGuard())).toEqual([]);
  });
});

describe("several machines that run kubeadm init", () => {
  const secondInit = (stack: FakeStack, text: string) =>
    stack.add("command:remote:Command", "other-init", {
      connection: { host: "10.9.9.9" },
      create: `cat <<'EOF' > ${FILE}\n${text}EOF\n${INIT}`,
    });

  it("one of them no node of the cluster: its file is not what the cluster has", async () => {
    const stack = new FakeStack({ config: PROD });
    withCertificates(stack, ONE_NAME);
    init(stack, INIT, [copyConfig(stack, new asset.StringAsset(configFor("shared")))]);
    secondInit(stack, configFor("master01"));
    expect(presence(await stack.preview(kubeadmGuard())).filter((one) => one.startsWith("mandatory"))).toEqual([]);
  });

  it("with the same text: one cluster", async () => {
    const stack = new FakeStack({ config: PROD });
    withCertificates(stack, OWN_NAME);
    init(stack, INIT, [copyConfig(stack, new asset.StringAsset(configFor("master01")))]);
    secondInit(stack, configFor("master01"));
    expect(presence(await stack.preview(kubeadmGuard()))).toEqual(["mandatory kubeadm-config"]);
  });
});
