import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asset } from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, type Resource, unknown } from "../../pack/testing";
import {
  DIR,
  MASTERS,
  type Named,
  ON_FIRST,
  ONE_NAME,
  OWN_NAME,
  presence,
  said,
  withCertificates,
} from "./three-masters";

const FILE = "/root/kubeadm-config.yaml";
const CONFIG = { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: MASTERS }] };

/** A ClusterConfiguration whose etcd certificates are called after this node. */
function configFor(node: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.28.4
controlPlaneEndpoint: lb.example.com:6443
etcd:
  external:
    endpoints: [https://10.0.0.11:2379, https://10.0.0.12:2379, https://10.0.0.13:2379]
    caFile: ${DIR}/ca.pem
    certFile: ${DIR}/node-${node}.pem
    keyFile: ${DIR}/node-${node}-key.pem
`;
}

/** The ConfigMap that holds this configuration, as a manifest. */
function manifest(text: string, metadata = "{name: kubeadm-config, namespace: kube-system}"): string {
  const indented = text.replace(/^(?=.)/gm, "    ");
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\ndata:\n  ClusterConfiguration: |\n${indented}`;
}

const INIT_CONFIGURATION = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: InitConfiguration\n---\n";

const onNode = (stack: FakeStack, create: string, dependsOn: readonly Resource[] = [], name = "apply") =>
  stack.add("command:remote:Command", name, { ...ON_FIRST, create }, { dependsOn });
const here = (stack: FakeStack, create: string, dependsOn: readonly Resource[] = [], more = {}) =>
  stack.add("command:local:Command", "apply", { create, ...more }, { dependsOn });
const copyTo = (stack: FakeStack, text: unknown, remotePath = FILE) =>
  stack.add("command:remote:CopyToRemote", "file", {
    ...ON_FIRST,
    source: typeof text === "string" ? new asset.StringAsset(text) : text,
    remotePath,
  });

const PROGRAM = mkdtempSync(join(tmpdir(), "kubeadm-guard-apply-"));
writeFileSync(join(PROGRAM, "Pulumi.yaml"), "name: project\nruntime: nodejs\n");
beforeEach(() => void vi.stubEnv("PWD", PROGRAM));
afterEach(() => void vi.unstubAllEnvs());

/** Programs in which kubectl gets the configuration, and the resource that brings it. */
const WAYS: readonly (readonly [string, string, (stack: FakeStack, text: string) => void])[] = [
  [
    "apply of a copied manifest on a node",
    "file",
    (stack, text) => onNode(stack, `kubectl apply -f ${FILE}`, [copyTo(stack, manifest(text))]),
  ],
  [
    "a manifest under any name, among other objects",
    "file",
    (stack, text) =>
      onNode(stack, "sudo kubectl --kubeconfig /etc/kubernetes/admin.conf apply -f /root/all.yaml", [
        copyTo(stack, `apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n---\n${manifest(text)}`, "/root/all.yaml"),
      ]),
  ],
  [
    "a here-document, by the namespace of the command line",
    "apply",
    (stack, text) =>
      onNode(stack, `kubectl -n kube-system replace -f - <<'EOF'\n${manifest(text, "{name: kubeadm-config}")}EOF`),
  ],
  [
    "a here-document in a file, and other manifests later",
    "apply",
    (stack, text) =>
      onNode(
        stack,
        `cat > cm.yaml <<'EOF'\n${manifest(text)}EOF\nkubectl create -f cm.yaml\nkubectl apply -f flannel.yaml,calico.yaml -f https://example.com/x.yaml`,
      ),
  ],
  [
    "a ConfigMap of a copied ClusterConfiguration",
    "file",
    (stack, text) =>
      onNode(
        stack,
        "kubectl create configmap kubeadm-config -n kube-system --from-file=ClusterConfiguration=/root/cc.yaml",
        [copyTo(stack, text, "/root/cc.yaml")],
      ),
  ],
  [
    "the same by a manifest that is printed and applied",
    "file",
    (stack, text) =>
      onNode(
        stack,
        "kubectl create cm kubeadm-config --namespace=kube-system --from-file=/root/ClusterConfiguration --dry-run=client -o yaml | kubectl apply -f -",
        [copyTo(stack, text, "/root/ClusterConfiguration")],
      ),
  ],
  [
    "the same of a text that the script writes",
    "apply",
    (stack, text) =>
      onNode(
        stack,
        `cat > cc <<'EOF'\n${text}EOF\nkubectl create cm kubeadm-config -n kube-system --from-literal=ClusterConfiguration="$(cat cc)" --dry-run=client -o yaml | kubectl apply -f -`,
      ),
  ],
  [
    "a patch",
    "apply",
    (stack, text) =>
      onNode(
        stack,
        `kubectl -n kube-system patch cm/kubeadm-config --type merge -p '${JSON.stringify({ data: { ClusterConfiguration: text } })}'`,
      ),
  ],
  [
    "a patch by operations, from a file",
    "file",
    (stack, text) =>
      onNode(stack, "kubectl patch configmap kubeadm-config -n kube-system --type=json --patch-file /root/p.json", [
        copyTo(
          stack,
          JSON.stringify([{ op: "replace", path: "/data/ClusterConfiguration", value: text }]),
          "/root/p.json",
        ),
      ]),
  ],
  [
    "where Pulumi runs: a here-document",
    "apply",
    (stack, text) => here(stack, `kubectl apply -f - <<'EOF'\n${manifest(text)}EOF`),
  ],
  [
    "where Pulumi runs: a file that a resource writes",
    "local-file",
    (stack, text) =>
      here(stack, "kubectl apply -f out/cm.yaml", [
        stack.add("local:index/file:File", "local-file", { filename: "out/cm.yaml", content: manifest(text) }),
      ]),
  ],
  [
    "where Pulumi runs: a file of the program",
    "apply",
    (stack, text) => {
      writeFileSync(join(PROGRAM, "cm.yaml"), manifest(text));
      here(stack, "kubectl apply -f cm.yaml");
    },
  ],
  [
    "where Pulumi runs: an absolute path",
    "apply",
    (stack, text) => {
      writeFileSync(join(PROGRAM, "absolute.yaml"), manifest(text));
      here(stack, `kubectl apply -f ${PROGRAM}/absolute.yaml`);
    },
  ],
  [
    "after kubeadm init made another one, from where Pulumi runs",
    "apply",
    (stack, text) =>
      here(stack, `kubectl apply -f - <<'EOF'\n${manifest(text)}EOF`, [
        onNode(
          stack,
          `cat > k.yaml <<'EOF'\n${INIT_CONFIGURATION}${configFor("of-init")}EOF\nkubeadm init --config k.yaml`,
          [],
          "init",
        ),
      ]),
  ],
  [
    "after kubeadm init made another one, on the same node",
    "apply",
    (stack, text) =>
      onNode(
        stack,
        `cat > k.yaml <<'EOF'\n${configFor("of-init")}EOF\nkubeadm init --config k.yaml\nkubectl --kubeconfig=/etc/kubernetes/admin.conf apply -f - <<'EOF'\n${manifest(text)}EOF`,
      ),
  ],
  [
    "kubeadm upgrade apply of a release that takes the file's configuration",
    "file",
    (stack, text) =>
      onNode(stack, `kubeadm upgrade apply -y v1.28.5 --config ${FILE}`, [copyTo(stack, INIT_CONFIGURATION + text)]),
  ],
  [
    "kubeadm upgrade apply of a version that is not known, with a file that only such a release takes",
    "file",
    (stack, text) => onNode(stack, `kubeadm upgrade apply -y $VERSION --config ${FILE}`, [copyTo(stack, text)]),
  ],
];

const stackWith = (named: Named) => withCertificates(new FakeStack({ config: CONFIG }), named);

describe("what kubectl makes the kubeadm-config of is checked", () => {
  it.each(WAYS)("%s: refused where it names the files of one node", async (_, brings, add) => {
    const stack = stackWith(OWN_NAME);
    add(stack, configFor("master01"));
    const violations = await stack.preview(kubeadmGuard());
    expect(presence(violations)).toEqual([`mandatory ${brings}`]);
    expect(said(violations)).toContain("missing on master02");
  });

  it.each(WAYS)("%s: passes where every node has the files", async (_, _brings, add) => {
    const stack = stackWith(ONE_NAME);
    add(stack, configFor("shared"));
    expect(await stack.preview(kubeadmGuard())).toEqual([]);
  });
});

describe("the file is not known", () => {
  it.each<[string, string, (stack: FakeStack) => void]>([
    [
      "until the update",
      "makes the kubeadm-config of /root/kubeadm-config.yaml",
      (stack) => onNode(stack, `kubectl apply -f ${FILE}`, [copyTo(stack, unknown)]),
    ],
    [
      "since nothing shows it, but its name says what it is",
      "/root/kubeadm-config.yaml, whose content is not known",
      (stack) => onNode(stack, `kubectl apply -f ${FILE}`),
    ],
    [
      "since kubectl does not wait for the copy",
      "dependsOn",
      (stack) => {
        copyTo(stack, manifest(configFor("master01")));
        onNode(stack, `kubectl apply -f ${FILE}`);
      },
    ],
    [
      "since a program here may have changed it",
      "makes the kubeadm-config of kubeadm-config.yaml",
      (stack) => here(stack, "./render.sh && kubectl apply -f kubeadm-config.yaml"),
    ],
    [
      "since a patch has unknown parts",
      "a text that it does not show",
      (stack) => onNode(stack, 'kubectl patch cm kubeadm-config -n kube-system -p "$PATCH"'),
    ],
    [
      "since the cluster's own is edited on its way",
      "a text that it does not show",
      (stack) =>
        onNode(stack, "kubectl -n kube-system get cm kubeadm-config -o yaml | sed s/a/b/ | kubectl apply -f -"),
    ],
    [
      "since the cluster's own is kept in a variable and edited",
      "a text that it does not show",
      (stack) =>
        here(
          stack,
          'CM=$(kubectl get configmap/kubeadm-config -n kube-system -o yaml); echo "$CM" | yq .x=1 | tee copy | kubectl replace -f /dev/stdin',
        ),
    ],
    [
      "since an editor changes the cluster's own",
      "a text that it does not show",
      (stack) => here(stack, "KUBE_EDITOR='sed -i s/a/b/' kubectl edit configmap kubeadm-config -n kube-system"),
    ],
    [
      "since what kubeadm init made of a known file is edited afterwards",
      "a text that it does not show",
      (stack) =>
        onNode(
          stack,
          `cat > k.yaml <<'EOF'\n${configFor("master01")}EOF\nkubeadm init --config k.yaml\nkubectl -n kube-system get cm kubeadm-config -o yaml | sed s/master01/shared/ | kubectl apply -f -`,
        ),
    ],
    [
      "of an upgrade to a release that would take its configuration",
      "whose content is not known",
      (stack) => onNode(stack, "kubeadm upgrade apply v1.29.1 --config /root/k.yaml"),
    ],
  ])("%s", async (_, words, add) => {
    const stack = stackWith(OWN_NAME);
    add(stack);
    const violations = await stack.preview(kubeadmGuard());
    expect(violations.map(({ level }) => level)).toEqual(["advisory"]);
    expect(said(violations)).toContain(words);
  });
});

describe("what is not the kubeadm-config of a cluster", () => {
  const FAULTY = manifest(configFor("master01"));
  it.each<[string, (stack: FakeStack) => void]>([
    ["a dry run", (stack) => onNode(stack, `kubectl apply --dry-run=server -f - <<'EOF'\n${FAULTY}EOF`)],
    ["a diff", (stack) => onNode(stack, `kubectl diff -f - <<'EOF'\n${FAULTY}EOF`)],
    [
      "what is only read of the cluster's own",
      (stack) =>
        here(
          stack,
          "kubectl -n kube-system get cm kubeadm-config -o yaml | grep podSubnet; kubectl apply -f calico.yaml; curl https://example.com/x.yaml | kubectl apply -f -",
        ),
    ],
    [
      "what another ConfigMap becomes",
      (stack) => here(stack, "kubectl -n kube-system get cm coredns -o yaml | sed s/a/b/ | kubectl apply -f -"),
    ],
    [
      "the cluster's own edited for a dry run",
      (stack) =>
        here(
          stack,
          "kubectl -n kube-system get cm kubeadm-config -o yaml | sed s/a/b/ | kubectl apply --dry-run=client -f -",
        ),
    ],
    ["a deletion", (stack) => onNode(stack, `kubectl delete -f - <<'EOF'\n${FAULTY}EOF`)],
    [
      "a ConfigMap of another namespace",
      (stack) =>
        onNode(stack, `kubectl apply -f - <<'EOF'\n${manifest(configFor("master01"), "{name: kubeadm-config}")}EOF`),
    ],
    [
      "one of another name",
      (stack) =>
        onNode(
          stack,
          `kubectl apply -f - <<'EOF'\n${manifest(configFor("master01"), "{name: backup-of-kubeadm-config, namespace: kube-system}")}EOF`,
        ),
    ],
    ["a file that nothing shows", (stack) => onNode(stack, "kubectl apply -f /root/calico.yaml")],
    ["a manifest from the web", (stack) => here(stack, "kubectl apply -f https://example.com/kubeadm-config.yaml")],
    ["a label", (stack) => onNode(stack, `kubectl -n kube-system patch cm kubeadm-config -p '{"metadata":{}}'`)],
    [
      "kubeadm upgrade apply of a release that reads the cluster's own",
      (stack) =>
        onNode(stack, `kubeadm upgrade apply v1.30.4 --config ${FILE}`, [copyTo(stack, configFor("master01"))]),
    ],
    [
      "an UpgradeConfiguration, whatever stands beside it",
      (stack) =>
        onNode(stack, `kubeadm upgrade apply --config ${FILE}`, [
          copyTo(
            stack,
            `apiVersion: kubeadm.k8s.io/v1beta4\nkind: UpgradeConfiguration\n---\n${configFor("master01")}`,
          ),
        ]),
    ],
    [
      "component configurations for an upgrade",
      (stack) =>
        onNode(stack, `kubeadm upgrade apply v1.28.5 --config ${FILE}`, [
          copyTo(stack, "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n"),
        ]),
    ],
    ["kubeadm upgrade plan", (stack) => onNode(stack, "kubeadm upgrade plan --config k.yaml")],
  ])("%s", async (_, add) => {
    const stack = withCertificates(new FakeStack(), OWN_NAME);
    add(stack);
    expect(await stack.preview(kubeadmGuard())).toEqual([]);
  });
});

describe("several clusters", () => {
  it("kubectl speaks to two: each is checked", async () => {
    const stack = withCertificates(new FakeStack({ config: CONFIG }), OWN_NAME);
    const apply = (name: string, environment: object, text: string) =>
      stack.add("command:local:Command", name, {
        environment,
        create: `kubectl apply -f - <<'EOF'\n${manifest(text)}EOF`,
      });
    apply("prod", { KUBECONFIG: "prod.conf" }, configFor("master01"));
    apply("test", { KUBECONFIG: "test.conf" }, configFor("test01"));
    const violations = await stack.preview(kubeadmGuard());
    expect(presence(violations)).toContain("mandatory prod");
    expect(new Set(violations.map(({ urn }) => urn.split("::").at(-1)))).toEqual(new Set(["prod", "test"]));
  });
});
