import { describe, expect, it } from "vitest";
import { readShellText } from "../../shell/read-shell-text";
import { sayReading } from "./say-reading";

/** What root's text does, in words; these programs reach other machines or change accounts, and so are not run for comparison. */
function does(text: string): readonly string[] {
  return sayReading(readShellText(text, { user: "root" }));
}

describe("what containers do", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "a folder that is mounted may be written",
      "docker run -v /etc/ssl:/ssl image",
      ["might write /etc/ssl: runs docker run", "not read: runs docker run"],
    ],
    [
      "a file of a folder that is mounted read-only may not",
      "docker run -v /etc/ssl:/ssl:ro -v /etc/pki:/pki image",
      ["might write /etc/pki: runs docker run", "not read: runs docker run"],
    ],
    [
      "read-only among other flags of the mount",
      "docker run -v /etc/ssl:/ssl:z,ro image; podman run -v /etc/pki:/pki:ro,Z image",
      ["not read: runs docker run", "not read: runs podman run"],
    ],
    [
      "a volume by its name is not a folder of the machine",
      "docker run -v data:/data image",
      ["not read: runs docker run"],
    ],
    [
      "a folder without a goal in the container is a volume",
      "docker run -v /data image",
      ["not read: runs docker run"],
    ],
    [
      "relative to the working folder, or to the home",
      "cd /srv; docker run -v ./pki:/pki -v ~/keys:/keys image",
      ["might write /srv/pki: runs docker run", "might write /root/keys: runs docker run", "not read: runs docker run"],
    ],
    [
      "by the long option, with and without an equals sign",
      "docker run --volume=/etc/a:/a --volume /etc/b:/b image",
      ["might write /etc/a: runs docker run", "might write /etc/b: runs docker run", "not read: runs docker run"],
    ],
    [
      "with other letters before v",
      "docker run -itv /etc/a:/a -v=/etc/b:/b -v/etc/c:/c image",
      [
        "might write /etc/a: runs docker run",
        "might write /etc/b: runs docker run",
        "might write /etc/c: runs docker run",
        "not read: runs docker run",
      ],
    ],
    [
      "by --mount",
      "docker run --mount type=bind,source=/etc/a,target=/a --mount=type=bind,src=/etc/b,dst=/b image",
      ["might write /etc/a: runs docker run", "might write /etc/b: runs docker run", "not read: runs docker run"],
    ],
    [
      "by --mount, read-only",
      "docker run --mount type=bind,source=/etc/a,target=/a,readonly --mount type=bind,source=/etc/b,dst=/b,ro image",
      ["not read: runs docker run"],
    ],
    [
      "a volume or a file system in memory by --mount",
      "docker run --mount type=volume,source=x,target=/a --mount type=tmpfs,target=/b image",
      ["not read: runs docker run"],
    ],
    [
      "a folder that is not known",
      'docker run -v $DIR:/a image; docker run -v "$DIR/pki:/a" image',
      [
        "might write anywhere: runs docker run",
        "might write anywhere: runs docker run",
        "not read: runs docker run",
        "not read: runs docker run",
      ],
    ],
    [
      "no folder at all",
      "docker run --rm image; podman create image",
      ["not read: runs docker run", "not read: runs podman create"],
    ],
    [
      "a container that has all of the machine",
      "docker run --privileged image",
      ["might write anywhere: runs docker run", "not read: runs docker run"],
    ],
    [
      "a device, capabilities or another's volumes",
      "docker run --device=/dev/sda image",
      ["might write anywhere: runs docker run", "not read: runs docker run"],
    ],
    [
      "capabilities",
      "docker run --cap-add SYS_ADMIN image",
      ["might write anywhere: runs docker run", "not read: runs docker run"],
    ],
    [
      "another container's folders",
      "docker run --volumes-from other image",
      ["might write anywhere: runs docker run", "not read: runs docker run"],
    ],
    [
      "an option that is not known",
      "docker run $OPTIONS image",
      ["might write anywhere: runs docker run", "not read: runs docker run"],
    ],
    [
      "the engine's socket",
      "docker run -v /var/run/docker.sock:/var/run/docker.sock image",
      ["might write anywhere: runs docker run", "not read: runs docker run"],
    ],
    [
      "the folder of the socket",
      "docker run -v /run:/run image",
      ["might write anywhere: runs docker run", "not read: runs docker run"],
    ],
    [
      "another program's socket",
      "docker run -v /run/x.sock:/x image",
      ["might write /run/x.sock: runs docker run", "not read: runs docker run"],
    ],
    [
      "verbs after a group",
      "docker container run -v /etc/a:/a image; ctr images pull x; docker buildx build .",
      ["might write /etc/a: runs docker run", "not read: runs docker run"],
    ],
    [
      "copies out of a container, and into one",
      "docker cp c:/ca.pem /etc/a; docker cp /etc/b c:/b; docker cp c:/x -; podman cp c:/x .",
      ["might write /etc/a: runs docker cp", "might write /root: runs podman cp"],
    ],
    [
      "images saved to a file",
      "docker save -o /srv/i.tar image; docker export --output=/srv/c.tar c; docker save image > /srv/j.tar",
      ["put something at /srv/i.tar", "put something at /srv/c.tar", "put something at /srv/j.tar"],
    ],
    ["images built", "docker build -t x .; docker buildx bake", []],
    [
      "images built to a folder",
      "docker build -o /srv/out .",
      ["might write anywhere: runs docker build", "not read: runs docker build"],
    ],
    [
      "images built with a file of the id",
      "docker build --iidfile /srv/id .",
      ["might write anywhere: runs docker build", "not read: runs docker build"],
    ],
    [
      "what leaves the machine alone",
      "docker pull x; docker ps; docker rm -f c; docker image ls; podman images; docker; nerdctl logs c; docker network create n",
      [],
    ],
    [
      "commands in containers, and what is not known",
      "docker exec c sh",
      ["might write anywhere: runs docker exec", "not read: runs docker exec"],
    ],
    ["compose", "docker compose up", ["might write anywhere: runs docker compose", "not read: runs docker compose"]],
    ["a verb that is not known", "docker s3cret", ["might write anywhere: runs docker", "not read: runs docker"]],
    [
      "options before the verb",
      "docker -H tcp://h:1 --context c run -v /etc/a:/a image; ctr -n k8s.io run --rm image c; nerdctl --namespace k8s.io pull x",
      ["might write /etc/a: runs docker run", "not read: runs docker run", "not read: runs ctr run"],
    ],
    [
      "a folder by a variable that is known",
      'D=/etc/ssl; docker run -v $D:/a -v "$D/etcd":/b image',
      [
        "might write /etc/ssl: runs docker run",
        "might write /etc/ssl/etcd: runs docker run",
        "not read: runs docker run",
      ],
    ],
    [
      "what is printed",
      "cp /a /etc/$(docker ps -q).pem",
      ["might write /etc/**.pem: writes to a path that depends on the output of docker"],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("what kubectl does", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "applies a manifest",
      "kubectl apply -f /a.yaml",
      ['make the kubeadm-config of /a.yaml {"kind":"manifest","context":""}'],
    ],
    [
      "several, also by the long option and in one word",
      "kubectl create -f a.yaml,b.yaml --filename=c.yaml; kubectl replace -f d.yaml",
      [
        'make the kubeadm-config of /root/a.yaml {"kind":"manifest","context":""}',
        'make the kubeadm-config of /root/b.yaml {"kind":"manifest","context":""}',
        'make the kubeadm-config of /root/c.yaml {"kind":"manifest","context":""}',
        'make the kubeadm-config of /root/d.yaml {"kind":"manifest","context":""}',
      ],
    ],
    [
      "from standard input",
      "echo kubeadm-config | kubectl apply -f -; echo kubeadm-config | kubectl apply -f /dev/stdin",
      [
        'make the kubeadm-config of /dev/stdin, which is shown {"kind":"manifest","context":"","text":"kubeadm-config\\n"}',
        'make the kubeadm-config of /dev/stdin, which is shown {"kind":"manifest","context":"","text":"kubeadm-config\\n"}',
      ],
    ],
    [
      "a file that the text wrote, with the ConfigMap and without",
      "echo kubeadm-config > a.yaml; echo hostPath > b.yaml; echo nothing > c.yaml; kubectl apply -f a.yaml -f b.yaml -f c.yaml",
      [
        'put "kubeadm-config\\n" at /root/a.yaml',
        'put "hostPath\\n" at /root/b.yaml',
        'put "nothing\\n" at /root/c.yaml',
        'make the kubeadm-config of /root/a.yaml, which is shown {"kind":"manifest","context":"","text":"kubeadm-config\\n"}',
        'make the kubeadm-config of /root/b.yaml, which is shown {"kind":"manifest","context":"","text":"hostPath\\n"}',
      ],
    ],
    [
      "a file that is printed to it",
      "cat a.yaml | kubectl apply -f -; kubectl apply -f - < b.yaml",
      [
        'make the kubeadm-config of /root/a.yaml {"kind":"manifest","context":""}',
        'make the kubeadm-config of /root/b.yaml {"kind":"manifest","context":""}',
      ],
    ],
    [
      "what is not shown",
      "kubectl apply -f $FILE; sed s/a/b/ x | kubectl apply -f -; kubectl apply -f https://example.com/x.yaml",
      [],
    ],
    [
      "a dry run",
      "kubectl apply --dry-run=client -f a.yaml; kubectl apply --dry-run -f b.yaml; kubectl apply --dry-run=none -f c.yaml",
      ['make the kubeadm-config of /root/c.yaml {"kind":"manifest","context":""}'],
    ],
    [
      "verbs that make nothing of a file",
      "kubectl delete -f a.yaml; kubectl diff -f a.yaml; kubectl apply view-last-applied -f a.yaml; kubectl apply set-last-applied -f a.yaml",
      [],
    ],
    ["by -k or without a file", "kubectl apply -k dir; kubectl apply", []],
    [
      "the kubeadm-config of a file",
      "kubectl create configmap kubeadm-config -n kube-system --from-file=ClusterConfiguration=/c.yaml",
      ['make the kubeadm-config of /c.yaml {"kind":"value","context":""}'],
    ],
    [
      "of a file by the key's own name",
      "kubectl -n kube-system create cm kubeadm-config --from-file=dir/ClusterConfiguration",
      ['make the kubeadm-config of /root/dir/ClusterConfiguration {"kind":"value","context":""}'],
    ],
    [
      "of a word",
      "kubectl -n kube-system create cm kubeadm-config --from-literal=ClusterConfiguration=abc",
      ['make the kubeadm-config of /dev/stdin, which is shown {"kind":"value","context":"","text":"abc"}'],
    ],
    [
      "of a word that stands for a file",
      'kubectl -n kube-system create cm kubeadm-config "--from-literal=ClusterConfiguration=$(cat /c.yaml)"',
      ['make the kubeadm-config of /c.yaml {"kind":"value","context":""}'],
    ],
    ["of other keys", "kubectl -n kube-system create cm kubeadm-config --from-literal=x=abc --from-file=/c.yaml", []],
    [
      "in another namespace, or under another name",
      "kubectl create cm kubeadm-config --from-literal=ClusterConfiguration=a; kubectl -n kube-system create cm other --from-literal=ClusterConfiguration=a",
      [],
    ],
    [
      "in a namespace that is not known",
      "kubectl -n $NS create cm kubeadm-config --from-literal=ClusterConfiguration=abc",
      ['make the kubeadm-config of /dev/stdin, which is shown {"kind":"value","context":"","text":"abc"}'],
    ],
    [
      "printed first, then applied",
      "kubectl -n kube-system create cm kubeadm-config --from-file=ClusterConfiguration=/c.yaml --dry-run=client -o yaml | kubectl apply -f -",
      ['make the kubeadm-config of /c.yaml {"kind":"value","context":""}'],
    ],
    [
      "printed with a known text, then applied",
      "kubectl -n kube-system create cm kubeadm-config --from-literal=ClusterConfiguration=abc --dry-run=client -o yaml | kubectl apply -f -",
      [
        'make the kubeadm-config of /dev/stdin, which is shown {"kind":"manifest","context":"","text":"{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"ConfigMap\\",\\"metadata\\":{\\"name\\":\\"kubeadm-config\\",\\"namespace\\":\\"kube-system\\"},\\"data\\":{\\"ClusterConfiguration\\":\\"abc\\"}}"}',
      ],
    ],
    [
      "patched",
      `kubectl -n kube-system patch cm kubeadm-config -p '{"data":{}}'; kubectl -n kube-system patch configmap/kubeadm-config --patch x --dry-run=server`,
      ['make the kubeadm-config of /dev/stdin, which is shown {"kind":"patch","context":"","text":"{\\"data\\":{}}"}'],
    ],
    [
      "patched by a file",
      "kubectl -n kube-system patch configmaps kubeadm-config --patch-file /p.yaml",
      ['make the kubeadm-config of /p.yaml {"kind":"patch","context":""}'],
    ],
    [
      "patched by what is not known",
      'kubectl -n kube-system patch cm kubeadm-config --patch "$PATCH"',
      ['make the kubeadm-config of ? {"kind":"patch","context":""}'],
    ],
    [
      "in another cluster",
      "kubectl --context c1 apply -f a.yaml; kubectl --kubeconfig=/k -n kube-system patch cm kubeadm-config -p x",
      [
        'make the kubeadm-config of /root/a.yaml {"kind":"manifest","context":"[[\\"c1\\"],null,null,null,null]"}',
        'make the kubeadm-config of /dev/stdin, which is shown {"kind":"patch","context":"[null,[\\"/k\\"],null,null,null]","text":"x"}',
      ],
    ],
    [
      "in a namespace of its own",
      "kubectl apply -n other -f a.yaml",
      ['make the kubeadm-config of /root/a.yaml {"kind":"manifest","namespace":"other","context":""}'],
    ],
    [
      "a Pod of a node's own",
      "kubectl debug node/m1 -it --image=x; kubectl debug nodes/m1 --image=x; kubectl debug pod/x --image=y",
      [
        "might write anywhere: runs kubectl debug",
        "might write anywhere: runs kubectl debug",
        "not read: runs kubectl debug",
        "not read: runs kubectl debug",
      ],
    ],
    [
      "a copy out of a Pod",
      "kubectl cp ns/pod:/x /etc/a; kubectl cp /etc/a ns/pod:/x; kubectl cp pod:/x .",
      ["might write /etc/a: runs kubectl cp", "might write /root: runs kubectl cp"],
    ],
    [
      "questions",
      "kubectl get nodes || touch /a; kubectl wait x && touch /b; kubectl auth can-i x || touch /c",
      [
        "might write /a: it depends on a condition that is evaluated only on the machine",
        "might write /b: it depends on a condition that is evaluated only on the machine",
        "might write /c: it depends on a condition that is evaluated only on the machine",
      ],
    ],
    [
      "what else it does",
      "kubectl drain m1; kubectl delete pod x; kubectl rollout restart ds/x || touch /a",
      ["might write /a: it depends on a condition that is evaluated only on the machine"],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("what programs do on many machines", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "a module that runs a command",
      "ansible all -m command -a 'touch /etc/a'; ansible all -a 'touch /etc/b'; ansible all -m ansible.builtin.shell -a 'touch /etc/c'; ansible all -m raw --args='touch /etc/d'",
      [
        "on machines chosen: runs ansible: put something at /etc/a",
        "on machines chosen: runs ansible: put something at /etc/b",
        "on machines chosen: runs ansible: put something at /etc/c",
        "on machines chosen: runs ansible: put something at /etc/d",
      ],
    ],
    [
      "a command with words for the module itself",
      "ansible all -m shell -a 'touch /etc/a chdir=/srv'",
      ["might write anywhere: runs ansible", "not read: runs ansible"],
    ],
    [
      "a command in a map",
      `ansible all -m command -a '{"cmd": "x"}'`,
      ["might write anywhere: runs ansible", "not read: runs ansible"],
    ],
    [
      "a command that is not known",
      'ansible all -a "$COMMAND"',
      ["might write anywhere: runs ansible", "not read: runs ansible"],
    ],
    [
      "a file at a path",
      "ansible all -m copy -a 'src=ca.pem dest=/etc/ca.pem mode=0600'; ansible all -m ansible.builtin.file -a 'path=/etc/a state=absent'",
      [
        "on machines chosen: runs ansible: might write /etc/ca.pem: runs ansible",
        "on machines chosen: runs ansible: might write /etc/a: runs ansible",
        "on machines chosen: runs ansible: might remove /etc/a: runs ansible",
      ],
    ],
    [
      "a file at a path that is not known",
      "ansible all -m copy -a 'src=a dest=~/a'",
      ["might write anywhere: runs ansible", "not read: runs ansible"],
    ],
    [
      "a file that is taken away",
      "ansible all -m file -a 'path=/etc/a state=absent'; ansible all -m synchronize -a 'src=a dest=/etc/b delete=true'",
      [
        "on machines chosen: runs ansible: might write /etc/a: runs ansible",
        "on machines chosen: runs ansible: might remove /etc/a: runs ansible",
        "on machines chosen: runs ansible: might write /etc/b: runs ansible",
        "on machines chosen: runs ansible: might remove /etc/b: runs ansible",
      ],
    ],
    [
      "a path with quotes or braces",
      `ansible all -m copy -a 'dest="/etc/a b"'`,
      ["might write anywhere: runs ansible", "not read: runs ansible"],
    ],
    [
      "modules that leave files alone",
      "ansible all -m ping; ansible -i hosts all -b -m ansible.builtin.service -a name=kubelet; ansible all -m apt -a name=x",
      [],
    ],
    [
      "a module that is not known",
      "ansible all -m mymodule -a dest=/etc/a",
      ["might write anywhere: runs ansible", "not read: runs ansible"],
    ],
    [
      "options with values",
      "ansible -i hosts -u root -f 5 --private-key k all -m shell -a 'touch /etc/a'",
      ["on machines chosen: runs ansible: put something at /etc/a"],
    ],
    [
      "pdsh and its like",
      "pdsh -w m[1-3] touch /etc/a; clush -a -b touch /etc/b; pssh -h hosts touch /etc/c; parallel-ssh --hosts hosts 'touch /etc/d; touch /etc/e'",
      [
        "on machines chosen: runs pdsh: put something at /etc/a",
        "on machines chosen: runs clush: put something at /etc/b",
        "on machines chosen: runs pssh: put something at /etc/c",
        "on machines chosen: runs parallel-ssh: put something at /etc/d",
        "on machines chosen: runs parallel-ssh: put something at /etc/e",
      ],
    ],
    ["without a command", "pdsh -w m1", ["might write anywhere: runs pdsh", "not read: runs pdsh"]],
    [
      "clush that copies",
      "clush -w m1 --copy x --dest /etc",
      ["might write anywhere: runs clush", "not read: runs clush"],
    ],
    [
      "pdcp and its like",
      "pdcp -w m1 ca.pem /etc/ssl; parallel-scp -h hosts ca.pem /etc/a; prsync -r -h hosts dir /etc/b; parallel-rsync -h hosts dir /etc/c",
      [
        "on machines chosen: runs pdcp: might write /etc/ssl: runs pdcp",
        "on machines chosen: runs parallel-scp: might write /etc/a: runs parallel-scp",
        "on machines chosen: runs prsync: might write /etc/b: runs prsync",
        "on machines chosen: runs parallel-rsync: might write /etc/c: runs parallel-rsync",
      ],
    ],
    [
      "pdcp to a path that is not absolute",
      "pdcp -w m1 ca.pem certs",
      ["might write anywhere: runs pdcp", "not read: runs pdcp"],
    ],
    ["pdcp without a goal", "pdcp -w m1 /etc/a", ["might write anywhere: runs pdcp", "not read: runs pdcp"]],
    [
      "salt",
      "salt '*' cmd.run 'touch /etc/a'; salt -t 5 m1 cmd.shell 'touch /etc/b'",
      [
        "on machines chosen: runs salt: put something at /etc/a",
        "on machines chosen: runs salt: put something at /etc/b",
      ],
    ],
    [
      "salt with more words",
      "salt '*' cmd.run 'touch /etc/a' cwd=/srv",
      ["might write anywhere: runs salt", "not read: runs salt"],
    ],
    [
      "salt that only looks",
      "salt '*' test.ping; salt '*' pkg.install x; salt '*' grains.items; salt '*' service.restart kubelet",
      [],
    ],
    [
      "salt that does something else",
      "salt '*' state.apply",
      ["might write anywhere: runs salt", "not read: runs salt"],
    ],
    ["salt without a command", "salt '*' cmd.run", ["might write anywhere: runs salt", "not read: runs salt"]],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("runs of ansible-playbook", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "Kubespray with an inventory is a run of that inventory",
      "cd /opt/kubespray; ansible-playbook -i inventory/c/hosts.yaml cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/opt/kubespray/inventory/c/hosts.yaml","kubespray":true,"release":null}',
      ],
    ],
    [
      "the inventory may be attached",
      "ansible-playbook -i/inv/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/inv/hosts.ini","kubespray":true,"release":null}',
      ],
    ],
    [
      "or be given by the long options",
      "ansible-playbook --inventory=/inv/hosts.ini cluster.yml; ansible-playbook --inventory-file /inv/b.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/inv/hosts.ini","kubespray":true,"release":null}',
        'not read: runs ansible-playbook of Kubespray {"inventory":"/inv/b.ini","kubespray":true,"release":null}',
      ],
    ],
    [
      "or by a short one with an equals sign",
      "ansible-playbook -i=/inv/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/inv/hosts.ini","kubespray":true,"release":null}',
      ],
    ],
    [
      "of two inventories neither is it",
      "ansible-playbook -i /a -i /b cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":null,"kubespray":true,"release":null}',
      ],
    ],
    [
      "an inventory that is not known",
      'ansible-playbook -i "$INVENTORY" cluster.yml',
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":null,"kubespray":true,"release":null}',
      ],
    ],
    [
      "without an inventory",
      "ansible-playbook cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":null,"kubespray":true,"release":null}',
      ],
    ],
    [
      "other playbooks of Kubespray that leave its layout",
      "ansible-playbook -i /i upgrade-cluster.yml; ansible-playbook -i /i upgrade_cluster.yaml; ansible-playbook -i /i playbooks/scale.yml; ansible-playbook -i /i facts.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        "might write anywhere: runs ansible-playbook of Kubespray",
        "might write anywhere: runs ansible-playbook of Kubespray",
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/i","kubespray":true,"release":null}',
        'not read: runs ansible-playbook of Kubespray {"inventory":"/i","kubespray":true,"release":null}',
        'not read: runs ansible-playbook of Kubespray {"inventory":"/i","kubespray":true,"release":null}',
        'not read: runs ansible-playbook of Kubespray {"inventory":"/i","kubespray":true,"release":null}',
      ],
    ],
    [
      "playbooks that take nodes away",
      "ansible-playbook -i /i remove-node.yml; ansible-playbook -i /i reset.yml",
      [
        "might write anywhere: runs ansible-playbook",
        "might write anywhere: runs ansible-playbook",
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
      ],
    ],
    [
      "playbooks of others",
      "ansible-playbook -i /i site.yml; ansible-playbook -i /i my-cluster.yml; ansible-playbook -i /i cluster.yml.bak",
      [
        "might write anywhere: runs ansible-playbook",
        "might write anywhere: runs ansible-playbook",
        "might write anywhere: runs ansible-playbook",
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
      ],
    ],
    [
      "one of Kubespray's and another",
      "ansible-playbook -i /i cluster.yml site.yml",
      [
        "might write anywhere: runs ansible-playbook",
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
      ],
    ],
    [
      "by the name of the collection",
      "ansible-playbook -i /i kubernetes_sigs.kubespray.cluster; ansible-playbook -i /i kubernetes_sigs.kubespray.reset",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        "might write anywhere: runs ansible-playbook",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/i","kubespray":true,"release":null}',
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
      ],
    ],
    [
      "variables that move files",
      "ansible-playbook -i /i -e etcd_cert_dir=/x cluster.yml; ansible-playbook -i /i --extra-vars=kube_cert_dir=/x cluster.yml; ansible-playbook -i /i -ekube_config_dir=/x cluster.yml",
      [
        "might write anywhere: runs ansible-playbook",
        "might write anywhere: runs ansible-playbook",
        "might write anywhere: runs ansible-playbook",
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
      ],
    ],
    [
      "variables in a file, or not known",
      'ansible-playbook -i /i -e @vars.yml cluster.yml; ansible-playbook -i /i -e "$VARS" cluster.yml',
      [
        "might write anywhere: runs ansible-playbook",
        "might write anywhere: runs ansible-playbook",
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
      ],
    ],
    [
      "variables that move none",
      "ansible-playbook -i /i -e upgrade_cluster_setup=true --extra-vars x=1 cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/i","kubespray":true,"release":null}',
      ],
    ],
    [
      "options whose values are no playbooks",
      "ansible-playbook -i /i -u root -b --become-user root -f 5 --private-key k -l m1 --tags x --skip-tags y cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/i","kubespray":true,"release":null}',
      ],
    ],
    [
      "no playbook",
      "ansible-playbook -i /i --list-hosts",
      [
        "might write anywhere: runs ansible-playbook",
        'not read: runs ansible-playbook {"inventory":"/i","kubespray":false,"release":null}',
      ],
    ],
    [
      "in a container of Kubespray, with the folder that is mounted",
      "cd /srv; docker run --rm -v ./inv:/inventory quay.io/kubespray/kubespray:v2.25.0 ansible-playbook -i /inventory/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray v2.25.0",
        'not read: runs ansible-playbook of Kubespray v2.25.0 {"inventory":"/srv/inv/hosts.ini","kubespray":true,"release":"v2.25.0"}',
      ],
    ],
    [
      "mounted by --mount",
      "docker run --mount type=bind,source=/srv/inv,dst=/inventory quay.io/kubespray/kubespray:v2.25.0 ansible-playbook -i /inventory/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray v2.25.0",
        'not read: runs ansible-playbook of Kubespray v2.25.0 {"inventory":"/srv/inv/hosts.ini","kubespray":true,"release":"v2.25.0"}',
      ],
    ],
    [
      "by other words of --mount",
      "docker run --mount type=bind,src=/srv/inv,target=/inventory kubespray:v2.25.0@sha256:abc ansible-playbook -i /inventory/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray v2.25.0",
        'not read: runs ansible-playbook of Kubespray v2.25.0 {"inventory":"/srv/inv/hosts.ini","kubespray":true,"release":"v2.25.0"}',
      ],
    ],
    [
      "by the long option, attached",
      "docker run --volume=/srv/inv:/inventory/ kubespray ansible-playbook -i /inventory cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/srv/inv","kubespray":true,"release":null}',
      ],
    ],
    [
      "with an inventory of the image",
      "docker run kubespray/kubespray ansible-playbook -i inventory/local/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/kubespray/inventory/local/hosts.ini","kubespray":true,"release":null}',
      ],
    ],
    [
      "beside a folder of a similar name",
      "docker run -v /srv/inv:/inv kubespray ansible-playbook -i /inventory/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/inventory/hosts.ini","kubespray":true,"release":null}',
      ],
    ],
    [
      "a mount that is not known",
      "docker run -v $DIR:/inventory kubespray ansible-playbook -i /inventory/hosts.ini cluster.yml",
      [
        "might write anywhere: runs ansible-playbook of Kubespray",
        'not read: runs ansible-playbook of Kubespray {"inventory":"/inventory/hosts.ini","kubespray":true,"release":null}',
      ],
    ],
    [
      "another program in that image",
      "docker run -v /srv/inv:/inventory quay.io/kubespray/kubespray:v2.25.0 bash",
      ["might write /srv/inv: runs docker run", "not read: runs docker run"],
    ],
    [
      "another image",
      "docker run my/kubespray-tools ansible-playbook -i /i cluster.yml",
      ["not read: runs docker run"],
    ],
    [
      "a tag that is not a release",
      "docker run quay.io/kubespray/kubespray:master ansible-playbook -i /i cluster.yml",
      ["not read: runs docker run"],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("what downloads leave", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "curl under a name of its own, and under the URL's",
      "curl -o /etc/a https://x/a; cd /srv; curl -O https://x/b.pem; curl --remote-name 'https://x/c.pem?q=1'",
      ["put something at /etc/a", "put something at /srv/b.pem", "put something at /srv/c.pem"],
    ],
    [
      "curl into a folder",
      "curl --output-dir /srv -O https://x/a; curl --output-dir /srv -o b https://x/b",
      ["put something at /srv/a", "put something at /srv/b"],
    ],
    [
      "curl to several",
      "curl -o /a https://x/a -o /b https://x/b; curl --output /c https://x/c",
      ["put something at /a", "put something at /b", "put something at /c"],
    ],
    [
      "curl that prints",
      "curl https://x/a | tee /etc/a; curl -fsS https://x/ || touch /b",
      ["put something at /etc/a", "might write /b: it depends on a condition that is evaluated only on the machine"],
    ],
    [
      "curl with names from the server",
      "cd /srv; curl -OJ https://x/a; curl -O --remote-header-name https://x/b; curl -J https://x/c",
      ["might write /srv: runs curl", "might write /srv: runs curl", "might write /srv: runs curl"],
    ],
    [
      "curl with ranges",
      "cd /srv; curl -O 'https://x/{a,b}'; curl -O 'https://x/[1-3]'; curl 'https://x/{a,b}' -o '/etc/#1.pem'",
      ["might write /srv: runs curl", "might write /srv: runs curl", "might write /srv: runs curl"],
    ],
    [
      "curl of a URL with ranges among others",
      "cd /srv; curl -O https://x/a 'https://x/{b,c}'",
      ["might write /srv: runs curl"],
    ],
    [
      "curl that notes headers and cookies",
      "curl -D /h -c /c --etag-save /e --trace /t https://x/; curl -D - https://x/; curl --stderr /s --libcurl /l -o /f https://x/",
      [
        "put something at /h",
        "put something at /c",
        "put something at /t",
        "put something at /e",
        "put something at /s",
        "put something at /l",
        "put something at /f",
      ],
    ],
    [
      "curl with a file of options",
      "curl -K /o https://x/a; curl --config /o",
      [
        "might write anywhere: runs curl",
        "might write anywhere: runs curl",
        "not read: runs curl",
        "not read: runs curl",
      ],
    ],
    [
      "curl with options that take values",
      "curl -sS -H 'A: b' -u u:p -m 5 --retry 3 --cacert /c.pem -X GET -o /etc/a https://x/a",
      ["put something at /etc/a"],
    ],
    [
      "curl without a name in the URL",
      'cd /srv; curl -O https://x/; curl -O "$URL"',
      [
        "might write /srv: downloads to a name that depends on something that is not shown",
        "might write /srv: downloads to a name that depends on $URL",
      ],
    ],
    [
      "curl all by their names",
      "cd /srv; curl --remote-name-all https://x/a https://x/b",
      ["put something at /srv/a", "put something at /srv/b"],
    ],
    [
      "wget",
      "cd /srv; wget https://x/a; wget -O /etc/b https://x/b; wget -P /etc https://x/c; wget --output-document=/etc/d https://x/d; wget --directory-prefix /e https://x/e",
      [
        "put something at /srv/a",
        "put something at /etc/b",
        "put something at /etc/c",
        "put something at /etc/d",
        "put something at /e/e",
      ],
    ],
    [
      "wget that prints",
      "wget -qO- https://x/a | tee /etc/a; wget -O - https://x/b > /etc/b; wget -qO - https://x || touch /c",
      [
        "put something at /etc/a",
        "put something at /etc/b",
        "might write /c: it depends on a condition that is evaluated only on the machine",
      ],
    ],
    [
      "wget that asks",
      "wget --spider https://x/a || touch /b; wget --spider -o /log https://x/a",
      ["might write /b: it depends on a condition that is evaluated only on the machine", "put something at /log"],
    ],
    [
      "wget with logs",
      "wget -a /log -O /a https://x/a; wget --output-file=/l2 --save-cookies /c --rejected-log /r --hsts-file /h -O /a https://x/a; wget --append-output /l3 -O - https://x/a",
      [
        "put something at /log",
        "put something at /a",
        "put something at /l2",
        "put something at /c",
        "put something at /r",
        "put something at /h",
        "put something at /a",
        "put something at /l3",
      ],
    ],
    [
      "wget with names from elsewhere",
      "cd /srv; wget -r https://x/; wget -i list; wget --content-disposition https://x/a; wget -x https://x/a; wget -E https://x/a; wget -p https://x",
      [
        "might write /srv: runs wget",
        "might write /srv: runs wget",
        "might write /srv: runs wget",
        "might write /srv: runs wget",
        "might write /srv: runs wget",
        "might write /srv: runs wget",
      ],
    ],
    [
      "wget with a query, which is a part of the name",
      "cd /srv; wget 'https://x/a?b=1'",
      ["might write /srv: downloads to a name that depends on something that is not shown"],
    ],
    [
      "aws that moves what is here",
      "aws s3 mv /etc/a s3://b/a; gsutil mv /etc/b gs://b/; gsutil mv gs://b/c gs://b/d",
      ["might remove /etc/a: runs aws", "might remove /etc/b: runs gsutil"],
    ],
    [
      "wget of a folder",
      'cd /srv; wget https://x/; wget "https://x/$NAME"',
      [
        "might write /srv: downloads to a name that depends on something that is not shown",
        "might write /srv: downloads to a name that depends on $NAME",
      ],
    ],
    [
      "wget with an option that it does not have",
      "wget --no-such https://x/a",
      [
        "might write anywhere: runs wget with an option that is not known here",
        "not read: runs wget with an option that is not known here",
      ],
    ],
    [
      "aws",
      "aws s3 cp s3://b/a.pem /etc/a.pem; aws --profile p --region r s3 cp s3://b/b.pem /etc/; cd /srv; aws s3 cp s3://b/c.pem .; aws s3 cp /etc/d s3://b/d; aws s3 cp s3://b/e -",
      ["put something at /etc/a.pem", "put something at /etc/b.pem", "put something at /srv/c.pem"],
    ],
    [
      "aws of many files",
      "aws s3 sync s3://b/pki /etc/pki; aws s3 cp --recursive s3://b/x /etc/x; aws s3 mv s3://b/y /etc/y; gsutil rsync gs://b /etc/z; gsutil cp -r gs://b/w /etc/w",
      [
        "might write /etc/pki: runs aws",
        "might write /etc/x: runs aws",
        "might write /etc/y: runs aws",
        "might write /etc/z: runs gsutil",
        "might write /etc/w: runs gsutil",
      ],
    ],
    [
      "aws that only asks",
      "aws s3 ls; aws ssm get-parameter --name x > /etc/a; aws s3 cp s3://b",
      ["put something at /etc/a"],
    ],
    ["gsutil of several", "gsutil cp gs://b/a gs://b/b /etc", ["put something at /etc/a", "put something at /etc/b"]],
    [
      "gcloud",
      "gcloud secrets versions access latest --secret=x --out-file=/etc/a; gcloud storage cp gs://b/b /etc/b; gcloud storage cp gs://b/c /etc/; gcloud compute instances list",
      ["put something at /etc/a", "put something at /etc/b", "put something at /etc/c"],
    ],
    [
      "az",
      "az keyvault secret download --vault-name v -n k -f /etc/a; az storage blob download --container-name c --name n --file /etc/b; az keyvault secret show --name x --file /etc/c",
      ["put something at /etc/a", "put something at /etc/b"],
    ],
    [
      "git",
      'cd /srv; git clone https://x/r.git; git clone https://x/s; git clone https://x/t /opt/t; git clone -b main --depth 1 -o up https://x/u.git v; git clone "$URL"',
      [
        "might write /srv/r: runs git clone",
        "might write /srv/s: runs git clone",
        "might write /opt/t: runs git clone",
        "might write /srv/v: runs git clone",
        "might write /srv: runs git clone",
      ],
    ],
    [
      "git in a folder",
      "git -C /opt pull; cd /srv; git checkout main; git -C /opt clone https://x/r.git; git clone",
      [
        "might write /opt: runs git",
        "might write /srv: runs git",
        "might write /opt/r: runs git clone",
        "might write /srv: runs git",
      ],
    ],
    [
      "names that are printed",
      "touch /etc/$(wget -qO- https://x); touch /etc/$(git rev-parse HEAD); touch /etc/$(aws sts get-caller-identity); touch /etc/$(gcloud config list)",
      [
        "might write /etc/**: writes to a path that depends on the output of wget",
        "might write /root: runs git",
        "might write /etc/**: writes to a path that depends on the output of git",
        "might write /etc/**: writes to a path that depends on the output of aws",
        "might write /etc/**: writes to a path that depends on the output of gcloud",
      ],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("ssh, scp and rsync", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "ssh with options of its own",
      "ssh -4Atqi key -p 2222 -o StrictHostKeyChecking=no -J jump root@m1 touch /etc/a",
      ["on m1 port 2222: put something at /etc/a"],
    ],
    [
      "ssh with an option that is not known",
      "ssh -Z m1 touch /etc/a",
      ["might write anywhere: runs ssh", "not read: runs ssh"],
    ],
    [
      "ssh with two dashes",
      "ssh root@m1 -- touch /etc/a; ssh -- root@m1 touch /etc/b",
      ["on m1: put something at /etc/a", "on m1: put something at /etc/b"],
    ],
    [
      "ssh as the user of an option",
      "ssh -l ubuntu m1 touch a; ssh -o User=ubuntu m1 touch b; ssh m1 touch /etc/c; ssh root@m1 -l x touch d",
      [
        "on m1: put something at /home/ubuntu/a",
        "on m1: put something at /home/ubuntu/b",
        "on m1: put something at /etc/c",
        "on m1: put something at /root/d",
      ],
    ],
    [
      "ssh to a host that is not known",
      'ssh $HOST touch /etc/a; ssh "root@$HOST" -o HostName=1.2.3.4 touch /etc/a; ssh "$U@m1" touch /etc/b',
      ["on ?: put something at /etc/a", "on ?: put something at /etc/a", "on m1: put something at /etc/b"],
    ],
    [
      "ssh to a port that it takes anyway, or to none",
      "ssh -p 22 m1 touch /etc/a; ssh -p 0 m1 touch /etc/b; ssh -p $PORT m1 touch /etc/c; ssh -p x m1 touch /etc/d",
      [
        "on m1: put something at /etc/a",
        "on m1: put something at /etc/b",
        "on m1: put something at /etc/c",
        "on m1: put something at /etc/d",
      ],
    ],
    [
      "ssh by a URL",
      "ssh ssh://m1 touch /etc/a; ssh ssh://root@m1:2222 touch /etc/b; ssh 'ssh://[fe80::1]:2222' touch /etc/c",
      [
        "on m1: put something at /etc/a",
        "on m1 port 2222: put something at /etc/b",
        "on fe80::1 port 2222: put something at /etc/c",
      ],
    ],
    [
      "ssh by an IPv6 address",
      "ssh 'root@[fe80::1]' touch /etc/a; ssh fe80::1 touch /etc/b",
      ["on fe80::1: put something at /etc/a", "on fe80::1: put something at /etc/b"],
    ],
    ["ssh without a host, or without anything to run", "ssh; ssh m1 < /dev/null", ["on m1"]],
    [
      "what ssh prints",
      "touch /etc/$(ssh m1 hostname)",
      ["might write /etc/**: writes to a path that depends on the output of ssh", "on m1"],
    ],
    [
      "the option that names the host may have a blank",
      "ssh -o 'HostName 1.2.3.4' m1 touch /etc/a; ssh -o 'hostname=1.2.3.4' m1 touch /etc/b; ssh -o HostNameX=1 m1 touch /etc/c",
      ["on 1.2.3.4: put something at /etc/a", "on 1.2.3.4: put something at /etc/b", "on m1: put something at /etc/c"],
    ],
    [
      "a script with several words and its input",
      `echo a | ssh root@m1 'cat > /etc/a'; ssh root@m1 "echo b; touch /etc/b"`,
      ['on m1: put "a\\n" at /etc/a', "on m1: put something at /etc/b"],
    ],
    [
      "a run of kubeadm there",
      "ssh root@m1 kubeadm init --config k.yaml",
      [
        'on m1: make the kubeadm-config of /root/k.yaml {"kind":"kubeadm"}',
        'on m1: run kubeadm {"command":"init","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
      ],
    ],
    [
      "scp with an option that is not known",
      "scp -Z a m1:/a",
      ["might write anywhere: runs scp", "not read: runs scp"],
    ],
    [
      "scp from there",
      "scp root@m1:/etc/a /etc/b; cd /srv; scp m1:a m1:b .; scp -r m1:dir /etc/c; scp root@m1:/etc/d /etc/",
      [
        "put something at /etc/b or in it as a",
        "put something into /srv as a",
        "put something into /srv as b",
        "might write /etc/c: copies a folder there",
        "put something into /etc as d",
      ],
    ],
    [
      "scp of names with and without an end",
      "scp -r certs m1:/etc/; scp -r ca.pem m1:/etc/; scp -r .hidden m1:/etc/; scp ca m1:/etc/; scp -r certs/ m1:/etc/x",
      [
        "on m1: might write /etc: copies a folder there",
        "on m1: put something into /etc as ca.pem",
        "on m1: might write /etc: copies a folder there",
        "on m1: put something into /etc as ca",
        "on m1: might write /etc/x: copies a folder there",
      ],
    ],
    [
      "scp to the home",
      "scp a root@m1:; scp a root@m1:b; scp a m1:; scp a ubuntu@m1:c/",
      [
        "on m1: put something into /root as a",
        "on m1: put something at /root/b or in it as a",
        "on m1: might write a file named a: writes to a path that depends on the home of a user who is not known",
        "on m1: put something into /home/ubuntu/c as a",
      ],
    ],
    [
      "scp of a name that is not known",
      'scp "$FILE" root@m1:/etc/; scp dir/$NAME root@m1:/etc/a',
      ["on m1: might write /etc: copies a folder there", "on m1: might write /etc/a: copies a folder there"],
    ],
    [
      "scp to a path of a colon",
      "scp a ./b:c; scp a /x:y/z",
      ["put something at /root/b:c or in it as a", "put something at /x:y/z or in it as a"],
    ],
    [
      "scp to an IPv6 address",
      "scp a '[fe80::1]:/etc/a'; scp a 'root@[fe80::1]:/etc/b'; scp a '[x'; scp a '[fe80::1]'",
      [
        "put something at /root/[x or in it as a",
        "put something at /root/[fe80::1] or in it as a",
        "on fe80::1: put something at /etc/a or in it as a",
        "on fe80::1: put something at /etc/b or in it as a",
      ],
    ],
    [
      "scp with a port",
      "scp -P 2222 a m1:/etc/a; scp -o Port=2200 a m1:/etc/b; scp scp://m1:2222/x /etc/; scp a scp://root@m1/b; scp a scp://root@m1:22//etc/c; scp a scp://m1",
      [
        "put something into /etc as x",
        "on m1 port 2222: put something at /etc/a or in it as a",
        "on m1 port 2200: put something at /etc/b or in it as a",
        "on m1: put something at /root/b or in it as a",
        "on m1: put something at /etc/c or in it as a",
        "on m1: might write a file named a: writes to a path that depends on the home of a user who is not known",
      ],
    ],
    [
      "scp of what the text wrote",
      "echo PEM > a; scp a root@m1:/etc/a; scp $PWD/a root@m1:/etc/",
      ['put "PEM\\n" at /root/a', 'on m1: put "PEM\\n" at /etc/a or in it as a', 'on m1: put "PEM\\n" into /etc as a'],
    ],
    ["scp without words", "scp; scp a", []],
    [
      "scp of several",
      "scp a b root@m1:/etc; scp a b root@m1:c",
      [
        "on m1: put something into /etc as a",
        "on m1: put something into /etc as b",
        "on m1: put something into /root/c as a",
        "on m1: put something into /root/c as b",
      ],
    ],
    [
      "rsync there",
      "rsync -a a.pem root@m1:/etc/; rsync -r certs root@m1:/etc/; rsync certs root@m1:/etc/x; rsync --archive certs/ root@m1:/etc/y; rsync --recursive d root@m1:/etc/",
      [
        "on m1: put something into /etc as a.pem",
        "on m1: might write /etc: copies a folder there",
        "on m1: put something at /etc/x or in it as certs",
        "on m1: might write /etc/y: copies a folder there",
        "on m1: might write /etc: copies a folder there",
      ],
    ],
    [
      "rsync with a port",
      "rsync -e 'ssh -p 2222' a m1:/etc/a; rsync --rsh='ssh  -p  2222' a m1:/etc/b; rsync -e ssh a m1:/etc/c; rsync -e 'ssh -p' a m1:/etc/d",
      [
        "on m1 port 2222: put something at /etc/a or in it as a",
        "on m1 port 2222: put something at /etc/b or in it as a",
        "on m1: put something at /etc/c or in it as a",
        "on m1: put something at /etc/d or in it as a",
      ],
    ],
    [
      "rsync that changes nothing",
      "rsync --dry-run a m1:/etc/a; rsync --list-only m1:/etc/; rsync --only-write-batch=x a m1:/etc/b; rsync -n a /etc/c; rsync; rsync a",
      [],
    ],
    [
      "rsync of some files",
      "rsync --exclude x -a d/ m1:/etc/d; rsync --delete -a d/ root@m1:/etc/d; rsync -R d/a root@m1:/etc",
      [
        "on m1: might write /etc/d: runs rsync with a choice of files",
        "on m1: might remove /etc/d: runs rsync --delete",
        "on m1: might write /etc/d: copies a folder there",
        "on m1: might write /etc: runs rsync with a choice of files",
      ],
    ],
    [
      "rsync from there",
      "rsync -a root@m1:/etc/a.pem /etc/; rsync -a m1:d/ /etc/d; rsync root@m1:/etc/a.pem .",
      [
        "put something into /etc as a.pem",
        "might write /etc/d: copies a folder there",
        "put something at /root or in it as a.pem",
      ],
    ],
    [
      "rsync to a module",
      "rsync a m1::mod/x; rsync a rsync://m1/mod; rsync -a m1::mod/x /etc/x; rsync /a::b /etc/c",
      [
        "might write /etc/x: copies a folder there",
        'copy /a::b at /etc/c or in it as a::b {"replaces":true}',
        "on m1: might write anywhere: runs rsync",
        "on m1: might write anywhere: runs rsync",
      ],
    ],
    [
      "rsync of names here",
      "rsync -a /a/ /etc/b; rsync /a /etc/c; rsync -rp /a /etc/; rsync --perms /a /b /etc/; rsync -a --remove-source-files /a /etc/d; rsync --archive /a/ /etc/",
      [
        'copy all of /a at /etc/b {"preserves":true,"replaces":true}',
        'copy /a at /etc/c or in it as a {"replaces":true}',
        'copy all of /a into /etc as a {"preserves":true,"replaces":true}',
        'copy /a into /etc as a {"preserves":true,"replaces":true}',
        'copy /b into /etc as b {"preserves":true,"replaces":true}',
        'copy all of /a at /etc/d or in it as a {"preserves":true,"replaces":true}',
        "might remove /a: runs rsync --remove-source-files",
        'copy all of /a at /etc {"preserves":true,"replaces":true}',
      ],
    ],
    [
      "rsync here with choices",
      "rsync -a --exclude x /a/ /etc/b; rsync -a --include x /a/ /etc/b; rsync -af x /a/ /etc/b; rsync -a --existing /a/ /etc/b; rsync -aR /a/b /etc; rsync -aC /a/ /etc/b; rsync -aF /a/ /etc/b",
      [
        "might write /etc/b: runs rsync with a choice of files",
        "might write /etc/b: runs rsync with a choice of files",
        "might write /etc/b: runs rsync with a choice of files",
        "might write /etc/b: runs rsync with a choice of files",
        "might write /etc: runs rsync with a choice of files",
        "might write /etc/b: runs rsync with a choice of files",
        "might write /etc/b: runs rsync with a choice of files",
      ],
    ],
    [
      "rsync here that deletes",
      'rsync -a --delete /a/ /etc/b; rsync -a --del /a/ /etc/b; rsync -a --delete-after /a/ /etc/b; rsync -a --delete "/a/" "$D"',
      [
        "might remove /etc/b: runs rsync --delete",
        'copy all of /a at /etc/b {"preserves":true,"replaces":true}',
        "might remove /etc/b: runs rsync --delete",
        'copy all of /a at /etc/b {"preserves":true,"replaces":true}',
        "might remove /etc/b: runs rsync --delete",
        'copy all of /a at /etc/b {"preserves":true,"replaces":true}',
        "might write anywhere: writes to a path that depends on $D",
      ],
    ],
    [
      "rsync here with other options",
      "rsync -a --files-from l /a /etc/b; rsync -a --filter 'x' /a /b; rsync -a --max-size 5 /a /b; rsync -a --write-batch x /a /b; rsync -a --relative /a /b",
      [
        "might write /etc/b: runs rsync with a choice of files",
        "might write /b: runs rsync with a choice of files",
        "might write /b: runs rsync with a choice of files",
        "might write /b: runs rsync with a choice of files",
        "might write /b: runs rsync with a choice of files",
      ],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("commands of other users", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "sudo as root and as another",
      `sudo touch ~/a; sudo -u ubuntu touch ~/b; sudo --user=ubuntu bash -c 'touch ~/c'; sudo -u "$U" bash -c 'touch ~/d'`,
      [
        "put something at /root/a",
        "put something at /root/b",
        "might write a file named c: writes to a path that depends on the home that sudo leaves",
        "might write a file named d: writes to a path that depends on the home that sudo leaves",
      ],
    ],
    [
      "sudo with a login",
      "sudo -i touch a; sudo -iu ubuntu touch b; sudo --login -u ubuntu bash -c 'cp c ~/d'; cd /srv; sudo -i <<< 'touch e'",
      [
        "put something at /root/a",
        "put something at /home/ubuntu/b",
        "copy /home/ubuntu/c at /home/ubuntu/d or in it as c",
        "put something at /root/e",
      ],
    ],
    [
      "sudo in another folder",
      "sudo -D /srv touch a; sudo --chdir=/opt touch b; sudo -R /mnt touch /etc/c; sudo --chroot /mnt touch d",
      [
        "put something at /srv/a",
        "put something at /opt/b",
        "might write anywhere: runs sudo with an option that is not known here",
        "might write anywhere: runs sudo with an option that is not known here",
        "not read: runs sudo with an option that is not known here",
        "not read: runs sudo with an option that is not known here",
      ],
    ],
    [
      "sudo with variables",
      "sudo X=a bash -c 'touch /etc/$X'; export Y=b; sudo -E bash -c 'touch /etc/$Y'; sudo --preserve-env bash -c 'touch /etc/$Y'; sudo -Ei bash -c 'touch /etc/x$Y'",
      [
        "put something at /etc/a",
        "put something at /etc/b",
        "put something at /etc/b",
        "might write /etc/x**: writes to a path that depends on $Y",
      ],
    ],
    [
      "sudo with a shell",
      "sudo -s <<< 'touch /etc/a'; sudo --shell <<< 'touch /etc/b'; sudo; sudo -v; sudo -l > /etc/c; sudo -- touch /etc/d",
      ["put something at /etc/a", "put something at /etc/b", "put something at /etc/c", "put something at /etc/d"],
    ],
    [
      "sudo with options with values",
      "sudo -g wheel -p x -C 3 -r r -t t -T 5 -U u -h h touch /etc/a; sudo -n -H -k touch /etc/b; sudo -b touch /etc/c",
      ["put something at /etc/a", "put something at /etc/b", "put something at /etc/c"],
    ],
    ["doas", "doas touch /etc/a; doas -u ubuntu touch /etc/b", ["put something at /etc/a", "put something at /etc/b"]],
    [
      "su",
      "su -c 'touch /etc/a'; su ubuntu -c 'touch ~/b'; su - ubuntu -c 'touch c'; su -l ubuntu --command='touch d'; su --login ubuntu -c 'touch e'; su -s /bin/sh -c 'touch /etc/f' root",
      [
        "put something at /etc/a",
        "might write a file named b: writes to a path that depends on the home that sudo leaves",
        "put something at /home/ubuntu/c",
        "put something at /home/ubuntu/d",
        "put something at /home/ubuntu/e",
        "put something at /etc/f",
      ],
    ],
    [
      "su with an input",
      "su <<< 'touch /etc/a'; echo 'touch b' | su - ubuntu; export X=c; su -c 'touch /etc/$X'; su - -c 'touch /etc/x$X'",
      [
        "put something at /etc/a",
        "put something at /home/ubuntu/b",
        "put something at /etc/c",
        "might write /etc/x**: writes to a path that depends on $X",
      ],
    ],
    [
      "chroot is not known",
      "chroot /mnt touch /etc/a",
      ["might write anywhere: runs a program that is not known", "not read: runs a program that is not known"],
    ],
    [
      "sshpass, chronic and unbuffer",
      "sshpass -p x ssh root@m1 touch /etc/a; chronic touch /etc/b; unbuffer touch /etc/c; sshpass -f f -P x scp a root@m1:/etc/d",
      [
        "put something at /etc/b",
        "put something at /etc/c",
        "on m1: put something at /etc/a",
        "on m1: put something at /etc/d or in it as a",
      ],
    ],
    [
      "other shells",
      "zsh -c 'touch /etc/a'; ksh -c 'touch /etc/b'; ash -c 'touch /etc/c'; fish -c 'touch /etc/d'",
      [
        "put something at /etc/a",
        "put something at /etc/b",
        "put something at /etc/c",
        "might write anywhere: runs a program that is not known",
        "not read: runs a program that is not known",
      ],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("services", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "asks",
      "systemctl is-active x && touch /a; systemctl status x || touch /b; systemctl is-enabled x || touch /c; systemctl show x > /d; systemctl cat x; touch /etc/$(systemctl show x)",
      [
        "might write /a: it depends on a condition that is evaluated only on the machine",
        "might write /b: it depends on a condition that is evaluated only on the machine",
        "might write /c: it depends on a condition that is evaluated only on the machine",
        "put something at /d",
        "might write /etc/**: writes to a path that depends on the output of systemctl",
      ],
    ],
    [
      "starts nothing that is shown",
      "systemctl start x; systemctl daemon-reload; systemctl stop y; systemctl mask z; systemctl",
      [],
    ],
    [
      "by other folders and verbs",
      "echo 'ExecStart=/bin/touch /etc/a' > /lib/systemd/system/a.service; systemctl reload-or-restart a; echo 'ExecStart=/bin/touch /etc/b' > /run/systemd/system/b.service; systemctl try-restart b.service",
      [
        'put "ExecStart=/bin/touch /etc/a\\n" at /lib/systemd/system/a.service',
        "put something at /etc/a",
        'put "ExecStart=/bin/touch /etc/b\\n" at /run/systemd/system/b.service',
        "put something at /etc/b",
      ],
    ],
    [
      "isolates",
      "echo 'ExecStart=/bin/touch /etc/a' > /usr/lib/systemd/system/a.service; systemctl isolate a; systemctl -H m1 start a; systemctl -p x start a",
      [
        'put "ExecStart=/bin/touch /etc/a\\n" at /usr/lib/systemd/system/a.service',
        "put something at /etc/a",
        "put something at /etc/a",
        "put something at /etc/a",
      ],
    ],
    [
      "enables again, for later",
      "echo 'ExecStart=/bin/touch /etc/a' > /usr/local/lib/systemd/system/a.service; systemctl reenable a",
      [
        'put "ExecStart=/bin/touch /etc/a\\n" at /usr/local/lib/systemd/system/a.service',
        "might write /etc/a: runs when the machine starts again",
      ],
    ],
    [
      "path and socket units",
      "echo 'ExecStart=/bin/touch /etc/a' > /etc/systemd/system/a.service; systemctl start a.path; systemctl start a.socket; systemctl start a.target",
      [
        'put "ExecStart=/bin/touch /etc/a\\n" at /etc/systemd/system/a.service',
        "put something at /etc/a",
        "put something at /etc/a",
      ],
    ],
    [
      "a unit of a template with its instance",
      "echo 'ExecStart=/bin/touch /etc/%I' > /etc/systemd/system/t@.service; echo 'ExecStart=/bin/touch /etc/own' > /etc/systemd/system/t@b.service; systemctl start t@a t@b t@c.timer",
      [
        'put "ExecStart=/bin/touch /etc/%I\\n" at /etc/systemd/system/t@.service',
        'put "ExecStart=/bin/touch /etc/own\\n" at /etc/systemd/system/t@b.service',
        "put something at /etc/a",
        "put something at /etc/own",
        "put something at /etc/c",
      ],
    ],
    [
      "the first folder counts",
      "echo 'ExecStart=/bin/touch /etc/a' > /etc/systemd/system/a.service; echo 'ExecStart=/bin/touch /etc/b' > /lib/systemd/system/a.service; systemctl start a",
      [
        'put "ExecStart=/bin/touch /etc/a\\n" at /etc/systemd/system/a.service',
        'put "ExecStart=/bin/touch /etc/b\\n" at /lib/systemd/system/a.service',
        "put something at /etc/a",
      ],
    ],
    [
      "as root, without variables",
      `export X=b; echo 'ExecStart=/bin/touch "/etc/x$X" ~/a' > /etc/systemd/system/a.service; sudo -u ubuntu systemctl start a`,
      [
        'put "ExecStart=/bin/touch \\"/etc/x$X\\" ~/a\\n" at /etc/systemd/system/a.service',
        "might write /etc/x**: writes to a path that depends on $X",
        "might write a file named a: writes to a path that depends on the home that sudo leaves",
      ],
    ],
    [
      "several lines of several keys",
      "printf '%s\\n' 'ExecStart=/bin/touch \\' '  /etc/b' 'ExecStartPost = -/bin/touch /etc/c' 'ExecStartPre=@+/bin/touch /etc/a' 'ExecStop=/bin/touch /etc/d' 'ExecStart=' '# ExecStart=/bin/touch /etc/e' > /etc/systemd/system/a.service; systemctl start a",
      [
        'put "ExecStart=/bin/touch \\\\\\n  /etc/b\\nExecStartPost = -/bin/touch /etc/c\\nExecStartPre=@+/bin/touch /etc/a\\nExecStop=/bin/touch /etc/d\\nExecStart=\\n# ExecStart=/bin/touch /etc/e\\n" at /etc/systemd/system/a.service',
        "put something at /etc/a",
        "put something at /etc/b",
        "put something at /etc/c",
      ],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("kubeadm", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "a phase of a join",
      "kubeadm join phase control-plane-prepare download-certs a:6443 --certificate-key k; kubeadm join phase kubelet-start a:6443",
      [
        "might write external-etcd-files: runs a single phase of kubeadm join",
        'run kubeadm {"command":"join-control-plane","config":false,"uploadCerts":false,"certificateKey":true,"flags":["--certificate-key"],"undecided":{"id":"kubeadm-single-phase","data":{}}}',
      ],
    ],
    [
      "a request for certificates",
      "kubeadm certs generate-csr; kubeadm certs generate-csr --cert-dir /srv/pki --kubeconfig-dir /k; kubeadm certs renew all; kubeadm certs check-expiration",
      [
        "might write /etc/kubernetes/pki: runs kubeadm certs generate-csr",
        "might write /srv/pki: runs kubeadm certs generate-csr",
      ],
    ],
    [
      "an upgrade without a version, and with an option",
      'kubeadm upgrade apply; kubeadm upgrade apply "$V"; kubeadm upgrade apply v1.29.5 --config k.yaml -v 5; kubeadm upgrade diff',
      [
        'make the kubeadm-config of /root/k.yaml {"kind":"kubeadm-upgrade","isSure":true}',
        'run kubeadm {"command":"upgrade","config":false,"uploadCerts":false,"certificateKey":false,"flags":[]}',
        'run kubeadm {"command":"upgrade","config":false,"uploadCerts":false,"certificateKey":false,"flags":[]}',
        'run kubeadm {"command":"upgrade","config":true,"uploadCerts":false,"certificateKey":false,"flags":["-v"],"version":"v1.29.5"}',
      ],
    ],
    [
      "upgrades that take the file's configuration",
      'kubeadm upgrade apply 1.28.0 --config k.yaml; kubeadm upgrade apply "$V" --config k.yaml; kubeadm upgrade apply v1.29 --config k.yaml; kubeadm upgrade apply v1.29.0; kubeadm upgrade apply xv1.28.0 --config k.yaml',
      [
        'make the kubeadm-config of /root/k.yaml {"kind":"kubeadm-upgrade","isSure":true}',
        'make the kubeadm-config of /root/k.yaml {"kind":"kubeadm-upgrade","isSure":false}',
        'make the kubeadm-config of /root/k.yaml {"kind":"kubeadm-upgrade","isSure":true}',
        'make the kubeadm-config of /root/k.yaml {"kind":"kubeadm-upgrade","isSure":false}',
        'run kubeadm {"command":"upgrade","config":true,"uploadCerts":false,"certificateKey":false,"flags":[],"version":"1.28.0"}',
        'run kubeadm {"command":"upgrade","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
        'run kubeadm {"command":"upgrade","config":true,"uploadCerts":false,"certificateKey":false,"flags":[],"version":"v1.29"}',
        'run kubeadm {"command":"upgrade","config":false,"uploadCerts":false,"certificateKey":false,"flags":[],"version":"v1.29.0"}',
        'run kubeadm {"command":"upgrade","config":true,"uploadCerts":false,"certificateKey":false,"flags":[],"version":"xv1.28.0"}',
      ],
    ],
    [
      "a reset by a file that is not shown",
      "kubeadm reset --config k.yaml; kubeadm certs generate-csr --config k.yaml",
      ["might remove /etc/kubernetes/pki: runs kubeadm reset", "might write anywhere: runs kubeadm certs generate-csr"],
    ],
    [
      "a reset of another folder",
      'kubeadm reset -f --cert-dir /srv/pki; kubeadm reset --cert-dir "$D"',
      ["remove /srv/pki and all below", "make folder /srv/pki", "might remove /etc/kubernetes/pki: runs kubeadm reset"],
    ],
    [
      "phases that upload",
      "kubeadm init phase upload-config kubeadm --config k.yaml; kubeadm init phase upload-config all; kubeadm init phase upload-config kubelet --config k.yaml",
      ['make the kubeadm-config of /root/k.yaml {"kind":"kubeadm"}'],
    ],
    [
      "phases that are left out",
      "kubeadm init --config k.yaml --skip-phases upload-config/kubeadm; kubeadm init --config k.yaml --skip-phases=upload-config/kubelet; kubeadm init",
      [
        'make the kubeadm-config of /root/k.yaml {"kind":"kubeadm"}',
        'run kubeadm {"command":"init","config":true,"uploadCerts":false,"certificateKey":false,"flags":["--skip-phases"]}',
        'run kubeadm {"command":"init","config":true,"uploadCerts":false,"certificateKey":false,"flags":["--skip-phases"]}',
        'run kubeadm {"command":"init","config":false,"uploadCerts":false,"certificateKey":false,"flags":[]}',
      ],
    ],
    [
      "certificates one by one",
      "kubeadm init phase certs all; kubeadm init phase certs no-such; kubeadm init phase certs; kubeadm init phase kubeconfig all",
      [
        "put something at /etc/kubernetes/pki/ca.crt",
        "put something at /etc/kubernetes/pki/ca.key",
        "put something at /etc/kubernetes/pki/apiserver.crt",
        "put something at /etc/kubernetes/pki/apiserver.key",
        "put something at /etc/kubernetes/pki/apiserver-kubelet-client.crt",
        "put something at /etc/kubernetes/pki/apiserver-kubelet-client.key",
        "put something at /etc/kubernetes/pki/front-proxy-ca.crt",
        "put something at /etc/kubernetes/pki/front-proxy-ca.key",
        "put something at /etc/kubernetes/pki/front-proxy-client.crt",
        "put something at /etc/kubernetes/pki/front-proxy-client.key",
        "put something at /etc/kubernetes/pki/etcd/ca.crt",
        "put something at /etc/kubernetes/pki/etcd/ca.key",
        "put something at /etc/kubernetes/pki/etcd/server.crt",
        "put something at /etc/kubernetes/pki/etcd/server.key",
        "put something at /etc/kubernetes/pki/etcd/peer.crt",
        "put something at /etc/kubernetes/pki/etcd/peer.key",
        "put something at /etc/kubernetes/pki/etcd/healthcheck-client.crt",
        "put something at /etc/kubernetes/pki/etcd/healthcheck-client.key",
        "put something at /etc/kubernetes/pki/apiserver-etcd-client.crt",
        "put something at /etc/kubernetes/pki/apiserver-etcd-client.key",
        "put something at /etc/kubernetes/pki/sa.key",
        "put something at /etc/kubernetes/pki/sa.pub",
      ],
    ],
    [
      "all certificates with a file that is not shown",
      "kubeadm init phase certs all --config k.yaml",
      [
        "might write a file named ca.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named ca.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named apiserver.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named apiserver.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named apiserver-kubelet-client.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named apiserver-kubelet-client.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named front-proxy-ca.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named front-proxy-ca.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named front-proxy-client.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named front-proxy-client.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named ca.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named ca.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named server.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named server.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named peer.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named peer.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named healthcheck-client.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named healthcheck-client.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named apiserver-etcd-client.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named apiserver-etcd-client.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named sa.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named sa.pub: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
      ],
    ],
    [
      "certificates where the folder is given beside a file that is not shown",
      'kubeadm init phase certs etcd-ca --cert-dir /p --config k.yaml; kubeadm init phase certs ca --cert-dir /p --config k.yaml; kubeadm init phase certs ca --cert-dir "$D"',
      [
        "might write /p/etcd/ca.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write /p/etcd/ca.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "put something at /p/ca.crt",
        "put something at /p/ca.key",
        "might write a file named ca.crt: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
        "might write a file named ca.key: the file given to kubeadm init phase certs --config is not shown: with external etcd it makes no such file",
      ],
    ],
    [
      "certificates by the folder of the file",
      "printf 'kind: ClusterConfiguration\\ncertificatesDir: /srv/pki\\n' > k.yaml; kubeadm init phase certs ca --config k.yaml; kubeadm init phase certs etcd-ca --config k.yaml; kubeadm reset --config k.yaml",
      [
        'put "kind: ClusterConfiguration\\ncertificatesDir: /srv/pki\\n" at /root/k.yaml',
        "put something at /srv/pki/ca.crt",
        "put something at /srv/pki/ca.key",
        "put something at /srv/pki/etcd/ca.crt",
        "put something at /srv/pki/etcd/ca.key",
        "remove /srv/pki and all below",
        "make folder /srv/pki",
      ],
    ],
    [
      "old names of flags",
      "kubeadm join a:6443 --token t --experimental-control-plane; kubeadm init --experimental-upload-certs; kubeadm init --upload-certs=false; kubeadm init --upload-certs=true",
      [
        'run kubeadm {"command":"join-control-plane","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--token","--experimental-control-plane"]}',
        'run kubeadm {"command":"init","config":false,"uploadCerts":true,"certificateKey":false,"flags":["--experimental-upload-certs"]}',
        'run kubeadm {"command":"init","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--upload-certs"]}',
        'run kubeadm {"command":"init","config":false,"uploadCerts":true,"certificateKey":false,"flags":["--upload-certs"]}',
      ],
    ],
    [
      "words that may be flags, beside a discovery",
      "kubeadm join --discovery-token t $A; kubeadm join --discovery-file f a $B; kubeadm join --token t a $C; kubeadm join $D $E; kubeadm join --token t --control-plane a $F",
      [
        "might write external-etcd-files: how kubeadm joins depends on $B",
        "might write external-etcd-files: how kubeadm joins depends on $C",
        "might write external-etcd-files: how kubeadm joins depends on $D",
        "might write external-etcd-files: how kubeadm joins depends on $F",
        'run kubeadm {"command":"join-worker","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--discovery-token"]}',
        'run kubeadm {"command":"join-control-plane","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--discovery-file"],"undecided":{"id":"kubeadm-arguments-unknown","data":{"dependsOn":"$B"}}}',
        'run kubeadm {"command":"join-control-plane","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--token"],"undecided":{"id":"kubeadm-arguments-unknown","data":{"dependsOn":"$C"}}}',
        'run kubeadm {"command":"join-control-plane","config":false,"uploadCerts":false,"certificateKey":false,"flags":[],"undecided":{"id":"kubeadm-arguments-unknown","data":{"dependsOn":"$D"}}}',
        'run kubeadm {"command":"join-control-plane","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--token","--control-plane"]}',
      ],
    ],
    [
      "a name of the node",
      `kubeadm join a:6443 --token t --node-name "$N"; kubeadm join a:6443 --token t --node-name=m1; kubeadm init --node-name ''`,
      [
        'run kubeadm {"command":"join-worker","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--token","--node-name"]}',
        'run kubeadm {"command":"join-worker","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--token","--node-name"],"nodeName":"m1"}',
        'run kubeadm {"command":"init","config":false,"uploadCerts":false,"certificateKey":false,"flags":["--node-name"]}',
      ],
    ],
    [
      "a name and a key in the file",
      "printf 'kind: InitConfiguration\\ncertificateKey: k\\nnodeRegistration: {name: m1}\\n' > k.yaml; kubeadm init --config k.yaml",
      [
        'put "kind: InitConfiguration\\ncertificateKey: k\\nnodeRegistration: {name: m1}\\n" at /root/k.yaml',
        'make the kubeadm-config of /root/k.yaml, which is shown {"kind":"kubeadm","text":"kind: InitConfiguration\\ncertificateKey: k\\nnodeRegistration: {name: m1}\\n"}',
        'run kubeadm {"command":"init","config":true,"uploadCerts":false,"certificateKey":true,"flags":[],"nodeName":"m1"}',
      ],
    ],
    [
      "an empty key in the file",
      "printf 'kind: JoinConfiguration\\ncontrolPlane: {certificateKey: \"\"}\\nnodeRegistration: {name: 5}\\n' > k.yaml; kubeadm join --config k.yaml",
      [
        'put "kind: JoinConfiguration\\ncontrolPlane: {certificateKey: \\"\\"}\\nnodeRegistration: {name: 5}\\n" at /root/k.yaml',
        'run kubeadm {"command":"join-control-plane","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
      ],
    ],
    [
      "a file of another kind, and none that is YAML",
      "echo 'kind: Other' > a.yaml; kubeadm join --config a.yaml; echo '{' > b.yaml; kubeadm join --config b.yaml; echo 'null' > c.yaml; kubeadm join --config c.yaml",
      [
        'put "kind: Other\\n" at /root/a.yaml',
        'put "{\\n" at /root/b.yaml',
        "might write external-etcd-files: the file given to kubeadm join --config is not shown",
        'put "null\\n" at /root/c.yaml',
        'run kubeadm {"command":"join-worker","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
        'run kubeadm {"command":"join-control-plane","config":true,"uploadCerts":false,"certificateKey":false,"flags":[],"undecided":{"id":"kubeadm-config-file-not-shown","data":{"command":"kubeadm join"}}}',
        'run kubeadm {"command":"join-worker","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
      ],
    ],
    [
      "a join whose control plane is null",
      "printf 'kind: JoinConfiguration\\ncontrolPlane:\\n' > k.yaml; kubeadm join --config k.yaml",
      [
        'put "kind: JoinConfiguration\\ncontrolPlane:\\n" at /root/k.yaml',
        'run kubeadm {"command":"join-worker","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
      ],
    ],
    [
      "a configuration by its input",
      `echo 'kind: JoinConfiguration' | kubeadm join --config -; kubeadm init --config "$F"`,
      [
        'make the kubeadm-config of ? {"kind":"kubeadm"}',
        'run kubeadm {"command":"join-worker","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
        'run kubeadm {"command":"init","config":true,"uploadCerts":false,"certificateKey":false,"flags":[]}',
      ],
    ],
    [
      "flags in short and with two dashes",
      "kubeadm init -v=5 --; kubeadm init -; kubeadm init --config=k.yaml --ignore-preflight-errors all",
      [
        'make the kubeadm-config of /root/k.yaml {"kind":"kubeadm"}',
        'run kubeadm {"command":"init","config":false,"uploadCerts":false,"certificateKey":false,"flags":["-v"]}',
        'run kubeadm {"command":"init","config":false,"uploadCerts":false,"certificateKey":false,"flags":[]}',
        'run kubeadm {"command":"init","config":true,"uploadCerts":false,"certificateKey":false,"flags":["--ignore-preflight-errors"]}',
      ],
    ],
    [
      "what it prints",
      "touch /etc/$(kubeadm version -o short); kubeadm token create > /a",
      ["might write /etc/**: writes to a path that depends on the output of kubeadm", "put something at /a"],
    ],
    [
      "external etcd that is none",
      "printf 'kind: ClusterConfiguration\\netcd: {local: {}}\\n' > k.yaml; kubeadm init phase certs etcd-ca --config k.yaml",
      [
        'put "kind: ClusterConfiguration\\netcd: {local: {}}\\n" at /root/k.yaml',
        "put something at /etc/kubernetes/pki/etcd/ca.crt",
        "put something at /etc/kubernetes/pki/etcd/ca.key",
      ],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("certificates and disks", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "cfssljson by a name, by its own and into a folder",
      "cd /srv; cfssl gencert x | cfssljson -bare etcd; cfssljson -bare -f x; cfssljson -f y",
      [
        "put something at /srv/etcd.pem",
        "put something at /srv/etcd-key.pem",
        "put something at /srv/etcd.csr",
        "put something at /srv/cert.pem",
        "put something at /srv/cert-key.pem",
        "put something at /srv/cert.csr",
        "might write /srv: runs cfssljson",
      ],
    ],
    [
      "the trust store",
      "update-ca-certificates; update-ca-trust",
      [
        "might write /etc/ssl/certs: runs update-ca-certificates",
        "might write /etc/pki/ca-trust: runs update-ca-certificates",
        "might write /etc/ssl/certs: runs update-ca-trust",
        "might write /etc/pki/ca-trust: runs update-ca-trust",
      ],
    ],
    [
      "openssl that fills folders",
      "openssl rehash; openssl rehash /etc/a; openssl ca -in x -out /etc/b",
      [
        "might write /etc/ssl/certs: runs openssl",
        "might write /etc/a: runs openssl",
        "put something at /etc/b",
        "might write anywhere: runs openssl",
      ],
    ],
    [
      "openssl that is told the names of other files",
      "openssl x509 -req -in /a -CA /ca.pem -CAkey /k -passin x -config /c -extfile /e -out /etc/a -CAcreateserial; openssl x509 -CA $CA -CAcreateserial -out /etc/b",
      [
        "put something at /etc/a",
        "might write /ca.srl: runs openssl",
        "put something at /etc/b",
        "might write anywhere: runs openssl",
      ],
    ],
    [
      "a key that openssl names itself",
      "cd /srv; openssl req -newkey rsa -out /etc/a; openssl req -x509 -key k -out /etc/b; openssl genrsa -out - 2048 > /etc/c",
      [
        "put something at /etc/a",
        "might write /srv/privkey.pem: runs openssl",
        "put something at /etc/b",
        "put something at /etc/c",
      ],
    ],
    [
      "a disk that is mounted",
      "mount /dev/sdb1 /mnt; mount -t nfs -o ro --source x h:/x /srv; mount; mount -a; mount /mnt",
      ["might write /mnt: mounts another disk there", "might write /srv: mounts another disk there"],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});

describe("programs that print, unless a file is named", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "yq in place, and not",
      "yq -i '.a = 1' /etc/a.yaml; yq eval --inplace .b /etc/b.yaml; yq .c /etc/c.yaml",
      [
        "might write /root/.a = 1: runs yq",
        "might write /etc/a.yaml: runs yq",
        "might write /root/eval: runs yq",
        "might write /root/.b: runs yq",
        "might write /etc/b.yaml: runs yq",
      ],
    ],
    [
      "yq that changes what the text wrote",
      "echo 'touch /etc/a' > s.sh; yq --in-place . s.sh; bash s.sh",
      [
        'put "touch /etc/a\\n" at /root/s.sh',
        "might write /root: runs yq",
        "might write /root/s.sh: runs yq",
        "might write anywhere: runs the script s.sh",
        "not read: runs the script s.sh",
      ],
    ],
    [
      "a question of yq and of etcdctl",
      "yq -e .a x || touch /a; etcdctl endpoint health || touch /b",
      [
        "might write /a: it depends on a condition that is evaluated only on the machine",
        "might write /b: it depends on a condition that is evaluated only on the machine",
      ],
    ],
    [
      "a snapshot of etcd",
      "etcdctl --endpoints x snapshot save /srv/s.db; etcdctl snapshot status /srv/s.db",
      ["might write /srv/s.db: runs etcdctl"],
    ],
    [
      "gpg and op",
      "gpg -o /etc/a -d a.gpg; gpg --output=/etc/b --dearmor b; gpg -d c > /etc/c; op read --out-file /etc/d op://x; op read -o /etc/e op://x",
      [
        "put something at /etc/a",
        "put something at /etc/b",
        "put something at /etc/c",
        "put something at /etc/d",
        "put something at /etc/e",
      ],
    ],
    [
      "keytool and helm",
      "keytool -exportcert -alias a -file /etc/a -keystore /etc/k; helm template x --output-dir /srv/x; helm pull c -d /srv/y; helm install a b -f /v.yaml",
      [
        "might write /etc/a: runs keytool",
        "might write /etc/k: runs keytool",
        "might write /srv/x: runs helm",
        "might write /srv/y: runs helm",
      ],
    ],
    [
      "a key of ssh-keygen",
      "ssh-keygen -t ed25519 -N '' -f /etc/k; ssh-keygen -A",
      ["might write /etc/k: runs ssh-keygen", "might write /etc/k.pub: runs ssh-keygen"],
    ],
    [
      "what they print",
      "touch /etc/$(yq .a x).pem /etc/$(etcdctl version).pem /etc/$(gpg -k).pem /etc/$(ssh-keygen -l).pem",
      [
        "might write /etc/**.pem: writes to a path that depends on the output of yq",
        "might write /etc/**.pem: writes to a path that depends on the output of etcdctl",
        "might write /etc/**.pem: writes to a path that depends on the output of gpg",
        "might write /etc/**.pem: writes to a path that depends on the output of ssh-keygen",
      ],
    ],
  ])("%s", (_title, text, effects) => expect(does(text)).toEqual(effects));
});
