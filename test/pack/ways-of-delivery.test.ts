import { asset } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, type Resource } from "../../pack/testing";

const POLICY = "external-etcd-files-on-every-control-plane-node";
const DIR = "/etc/kubernetes/pki/external";
const FILES = ["ca.crt", "client.crt", "client.key"];
const HOSTS = ["10.0.0.1", "10.0.0.2", "10.0.0.3"];
const CLUSTERS = [
  { name: "prod", controlPlaneNodes: HOSTS.map((host, index) => ({ name: `cp${index + 1}`, addresses: [host] })) },
];
const CONFIG = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.4
controlPlaneEndpoint: lb.example.com:6443
etcd:
  external:
    endpoints: [https://10.0.0.11:2379, https://10.0.0.12:2379, https://10.0.0.13:2379]
    caFile: ${DIR}/ca.crt
    certFile: ${DIR}/client.crt
    keyFile: ${DIR}/client.key
`;

/** What a program does for one host. */
type ForHost = (stack: FakeStack, host: string) => void;

function on(stack: FakeStack, host: string, create: string, dependsOn: readonly Resource[] = []): Resource {
  return stack.add(
    "command:remote:Command",
    `run-${host}`,
    { connection: { host, user: "root" }, create },
    { dependsOn },
  );
}

function copies(stack: FakeStack, host: string, remotePath: (file: string) => string, files = FILES) {
  return files.map((file) =>
    stack.add("command:remote:CopyToRemote", `${host}-${file}`, {
      connection: { host, user: "root" },
      source: new asset.FileAsset(`certs/${file}`),
      remotePath: remotePath(file),
    }),
  );
}

const inPlace = (file: string) => `${DIR}/${file}`;
const staged = (file: string) => `/tmp/stage/${file}`;
/** Copies into place, and a command that waits for them. */
const then =
  (create: string): ForHost =>
  (stack, host) =>
    on(stack, host, create, copies(stack, host, inPlace));
const local =
  (create: (host: string) => string): ForHost =>
  (stack, host) =>
    stack.add("command:local:Command", `send-${host}`, { create: create(host) });

/** The levels of what is said of the files where some hosts are served in one way and the others in another. */
async function levels(forHost: ForHost, forLast: ForHost = forHost): Promise<readonly string[]> {
  const stack = new FakeStack({ config: { "kubeadm-guard:clusters": CLUSTERS } });
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: CONFIG },
  });
  for (const host of HOSTS) (host === HOSTS.at(-1) ? forLast : forHost)(stack, host);
  const violations = await stack.preview(kubeadmGuard());
  return [...new Set(violations.filter(({ policy }) => policy === POLICY).map(({ level }) => level))];
}

const WAYS: readonly (readonly [string, ForHost])[] = [
  ["copies", (stack, host) => void copies(stack, host, inPlace)],
  [
    "staged copies that a loop installs",
    (stack, host) =>
      on(
        stack,
        host,
        `sudo install -d -m 0700 ${DIR}\nfor f in ${FILES.join(" ")}; do sudo install -m 0600 /tmp/stage/$f ${DIR}/$f; done\nrm -rf /tmp/stage`,
        copies(stack, host, staged),
      ),
  ],
  [
    "staged copies of which newer ones are taken, with rights for all of the folder",
    (stack, host) =>
      on(
        stack,
        host,
        `mkdir -p ${DIR}; cp -u /tmp/stage/* ${DIR}/ && chmod -R go-rwx ${DIR}`,
        copies(stack, host, staged),
      ),
  ],
  [
    "packed copies that are unpacked in place",
    (stack, host) =>
      on(
        stack,
        host,
        `gunzip ${FILES.map((file) => `${DIR}/${file}.gz`).join(" ")}`,
        copies(stack, host, (file) => `${DIR}/${file}.gz`),
      ),
  ],
  [
    "rsync",
    local((host) => `rsync -az -e 'ssh -i key' ${FILES.map((file) => `certs/${file}`).join(" ")} root@${host}:${DIR}/`),
  ],
  [
    "xargs and scp",
    local((host) => `echo ${host} | xargs -I{} scp ${FILES.map((file) => `certs/${file}`).join(" ")} root@{}:${DIR}/`),
  ],
  [
    "a server of secrets",
    (stack, host) =>
      on(
        stack,
        host,
        `mkdir -p ${DIR}; curl -fsS https://vault/ca -o ${DIR}/ca.crt\nvault read -field=certificate pki/x > ${DIR}/client.crt\nvault read -field=key pki/x | tee ${DIR}/client.key > /dev/null`,
      ),
  ],
  ["a container with other folders besides", then("docker run -d --net=host -v /etc/haproxy:/etc/haproxy:ro haproxy")],
  ["a manifest that is edited besides", then("sed -i.bak 's/a/b/' /etc/kubernetes/manifests/kube-apiserver.yaml")],
];

describe("files that reach every node", () => {
  it.each(WAYS)("by %s: passes", async (_, forHost) => {
    expect(await levels(forHost)).toEqual([]);
  });

  it.each(WAYS)("by %s, but the last node: refused", async (_, forHost) => {
    expect(await levels(forHost, () => {})).toEqual(["mandatory"]);
  });
});

describe("files that do not stay on the last node: refused", () => {
  it.each<[string, ForHost]>([
    ["moved to another name", then(`mv ${DIR}/client.crt ${DIR}/etcd-client.crt`)],
    ["packed", then(`gzip ${DIR}/client.key`)],
    ["packed away", then(`find ${DIR} -name '*.key' -exec gzip {} \\; -exec true \\;\nrm -f ${DIR}/client.key`)],
    ["removed with their folder", then(`rm --recursive --force ${DIR}`)],
    ["removed by words that are shown", then(`echo ${DIR}/client.key | xargs -r rm -f`)],
    ["removed by kubeadm reset", then("kubeadm reset -f")],
    [
      "in a folder of another spelling",
      (stack, host) => void copies(stack, host, (file) => `/etc/kubernetes/pki/externals/${file}`),
    ],
    ["without the key", (stack, host) => void copies(stack, host, inPlace, ["ca.crt", "client.crt"])],
  ])("%s", async (_, forLast) => {
    expect(await levels((stack, host) => void copies(stack, host, inPlace), forLast)).toEqual(["mandatory"]);
  });
});
