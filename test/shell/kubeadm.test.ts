import { describe, expect, it } from "vitest";
import type { KubeadmInvocation } from "../../machine/kubeadm-invocation";
import type { Reason } from "../../reasons/reason";
import { readShellText } from "../../shell/read-shell-text";
import { sayOperation } from "./say-operation";

const PLAIN = { config: false, uploadCerts: false, certificateKey: false, flags: [] } as const;
const CONDITION: Reason = { id: "conditional-step", data: { on: "machine" } };

function read(text: string) {
  const { kubeadm, operations } = readShellText(text, { user: "root" });
  return { kubeadm, operations: operations.map(sayOperation) };
}

describe("runs of kubeadm", () => {
  it.each<[string, string, readonly KubeadmInvocation[]]>([
    [
      "init with a configuration and an upload",
      "sudo kubeadm init --config /root/kubeadm.yaml --upload-certs --node-name m1",
      [
        {
          ...PLAIN,
          command: "init",
          config: true,
          uploadCerts: true,
          flags: ["--upload-certs", "--node-name"],
          nodeName: "m1",
        },
      ],
    ],
    [
      "the upload alone, which knows external etcd only by its configuration",
      "kubeadm init phase upload-certs --upload-certs --config=k.yaml",
      [{ ...PLAIN, command: "upload-certs", config: true, uploadCerts: true, flags: ["--upload-certs"] }],
    ],
    [
      "a worker's join",
      "kubeadm join 10.0.0.1:6443 --token a.b --discovery-token-ca-cert-hash sha256:x",
      [{ ...PLAIN, command: "join-worker", flags: ["--token", "--discovery-token-ca-cert-hash"] }],
    ],
    [
      "a control-plane join whose endpoint and key are variables",
      "kubeadm join $LB:6443 --token $T --control-plane --certificate-key $KEY",
      [
        {
          ...PLAIN,
          command: "join-control-plane",
          certificateKey: true,
          flags: ["--token", "--control-plane", "--certificate-key"],
        },
      ],
    ],
    [
      "a join with words that are not known",
      "kubeadm join $ARGS",
      [
        {
          ...PLAIN,
          command: "join-control-plane",
          undecided: { id: "kubeadm-arguments-unknown", data: { dependsOn: "$ARGS" } },
        },
      ],
    ],
    [
      "a join with a file that is not shown",
      "kubeadm join --config join.yaml",
      [
        {
          ...PLAIN,
          command: "join-control-plane",
          config: true,
          undecided: { id: "kubeadm-config-file-not-shown", data: { command: "kubeadm join" } },
        },
      ],
    ],
    [
      "a join with a file that the same text writes",
      "cat > j.yaml <<E\nkind: JoinConfiguration\nnodeRegistration: {name: m2}\ncontrolPlane: {certificateKey: k}\nE\nkubeadm join --config j.yaml",
      [{ ...PLAIN, command: "join-control-plane", config: true, certificateKey: true, nodeName: "m2" }],
    ],
    [
      "a worker's join by a file",
      "echo 'kind: JoinConfiguration' | kubeadm join --config /dev/stdin",
      [{ ...PLAIN, command: "join-worker", config: true }],
    ],
    [
      "an upgrade to a version, with flags beside the configuration",
      "kubeadm upgrade apply -y v1.30.4 --config k.yaml --certificate-renewal=false",
      [
        {
          ...PLAIN,
          command: "upgrade",
          config: true,
          flags: ["-y", "--certificate-renewal"],
          version: "v1.30.4",
        },
      ],
    ],
    ["an upgrade of a node", "kubeadm upgrade node", [{ ...PLAIN, command: "upgrade" }]],
    [
      "a plan, a token and a check change nothing",
      "kubeadm upgrade plan; kubeadm token list; kubeadm certs check-expiration",
      [],
    ],
    [
      "an init that is only run once per machine",
      "[ -f /etc/kubernetes/admin.conf ] || kubeadm init",
      [{ ...PLAIN, command: "init" }],
    ],
    [
      "an init on the machine that turns out to be the first",
      'if [ "$(hostname)" = m1 ]; then kubeadm init; fi',
      [{ ...PLAIN, command: "init", undecided: CONDITION }],
    ],
    [
      "a join that is tried until it succeeds",
      "until kubeadm join a:6443 --token t --control-plane; do sleep 5; done",
      [{ ...PLAIN, command: "join-control-plane", flags: ["--token", "--control-plane"] }],
    ],
    ["kubeadm by its path", "/opt/kubeadm/kubeadm init", [{ ...PLAIN, command: "init" }]],
  ])("%s", (_, text, runs) => expect(read(text).kubeadm).toEqual(runs));
});

describe("files that kubeadm writes and takes away", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "one certificate, without a configuration",
      "kubeadm init phase certs apiserver-etcd-client",
      [
        "put something at /etc/kubernetes/pki/apiserver-etcd-client.crt",
        "put something at /etc/kubernetes/pki/apiserver-etcd-client.key",
      ],
    ],
    [
      "one certificate in another folder",
      "kubeadm init phase certs etcd-ca --cert-dir /srv/pki",
      ["put something at /srv/pki/etcd/ca.crt", "put something at /srv/pki/etcd/ca.key"],
    ],
    [
      "a certificate of etcd with a configuration that is not shown: external etcd would have none",
      "kubeadm init phase certs etcd-ca --config k.yaml",
      [
        "might write a file named ca.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named ca.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
      ],
    ],
    [
      "a certificate of etcd with a configuration that has external etcd",
      "cat > /k.yaml <<E\nkind: ClusterConfiguration\netcd: {external: {endpoints: [x]}}\nE\nkubeadm init phase certs apiserver-etcd-client --config /k.yaml",
      ['put "kind: ClusterConfiguration\\netcd: {external: {endpoints: [x]}}\\n" at /k.yaml'],
    ],
    [
      "a join with a certificate key writes the files of external etcd",
      "kubeadm join a:6443 --token t --control-plane --certificate-key k",
      ["might write external-etcd-files: joins with a certificate key"],
    ],
    ["a join without one writes none", "kubeadm join a:6443 --token t --control-plane", []],
    [
      "init writes none of the files in question, and makes the kubeadm-config of its file",
      "kubeadm init --config k.yaml",
      ["make the kubeadm-config of /root/k.yaml"],
    ],
    [
      "whose text the script may show",
      "printf 'kind: ClusterConfiguration' | kubeadm init --config=/dev/stdin",
      ["make the kubeadm-config of /dev/stdin, which is shown"],
    ],
    [
      "a phase uploads it",
      "cd /etc/k; kubeadm init phase upload-config all --config k.yaml",
      ["make the kubeadm-config of /etc/k/k.yaml"],
    ],
    ["the kubelet's part of it is another ConfigMap", "kubeadm init phase upload-config kubelet --config k.yaml", []],
    ["a dry run makes none", "kubeadm init --config k.yaml --dry-run", []],
    ["nor does one that leaves the phase out", "kubeadm init --config k.yaml --skip-phases=addon,upload-config", []],
    [
      "an upgrade up to 1.29 takes the file's configuration",
      "kubeadm upgrade apply -y v1.29.5 --config=k.yaml",
      ["make the kubeadm-config of /root/k.yaml"],
    ],
    ["a later one reads the cluster's own", "kubeadm upgrade apply v1.30.0 --config k.yaml", []],
    ["an upgrade of a node reads the cluster's own", "kubeadm upgrade node --config k.yaml", []],
    [
      "kubectl may make it of a manifest",
      "kubectl apply -f a.yaml,b.yaml -f https://example.com/c.yaml",
      ["make the kubeadm-config of /root/a.yaml", "make the kubeadm-config of /root/b.yaml"],
    ],
    [
      "kubectl copies out of a container",
      "kubectl cp kube-system/pod:/ca.pem /etc/ca.pem",
      ["might write /etc/ca.pem: runs kubectl cp"],
    ],
    ["and into one", "kubectl cp /etc/ca.pem kube-system/pod:/ca.pem", []],
    [
      "a Pod of a node's own may do anything there",
      "kubectl debug node/m1 --image=x -- chroot /host sh",
      ["might write anywhere: runs kubectl debug"],
    ],
    [
      "nor a join",
      "kubeadm join --config k.yaml --control-plane",
      ["might write external-etcd-files: the file given to kubeadm join --config is not shown"],
    ],
    [
      "a reset empties the folder",
      "kubeadm reset -f",
      ["remove /etc/kubernetes/pki and all below", "make folder /etc/kubernetes/pki"],
    ],
  ])("%s", (_, text, operations) => expect(read(text).operations).toEqual(operations));
});
