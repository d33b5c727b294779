import type { ApiServer, LiveCluster, LiveNode } from "../../cluster/live-cluster";
import { isObject, type KubernetesObject } from "./kubernetes-objects";

/** What Nodes and kube-system Pods say of a cluster's machines; undefined where there are none among the objects. */
export function readLiveCluster(objects: readonly KubernetesObject[]): LiveCluster | undefined {
  const nodes = objects.filter(({ kind }) => kind === "Node");
  const pods = objects.filter(({ kind }) => kind === "Pod").filter(isRunning);
  if (nodes.length === 0 && pods.length === 0) return undefined;
  return {
    nodes: nodes.flatMap(liveNode),
    apiServers: pods.filter((pod) => componentOf(pod) === "kube-apiserver").flatMap(apiServer),
    etcdPodNodes: pods
      .filter((pod) => componentOf(pod) === "etcd")
      .flatMap((pod) => text(pod, "spec", "nodeName") ?? []),
  };
}

/** kubeadm's labels (constants.LabelNodeRoleControlPlane; the second one until 1.24). */
const CONTROL_PLANE_LABELS = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

function liveNode(node: KubernetesObject): readonly LiveNode[] {
  const name = text(node, "metadata", "name");
  if (name === undefined) return [];
  const labels = at(node, "metadata", "labels");
  const addresses = list(at(node, "status", "addresses"));
  return [
    {
      name,
      addresses: addresses.flatMap((one) => {
        const address = text(one, "address");
        return address === undefined || address === name ? [] : [address];
      }),
      isControlPlane: isObject(labels) && CONTROL_PLANE_LABELS.some((label) => label in labels),
      kubelet: text(node, "status", "nodeInfo", "kubeletVersion"),
    },
  ];
}

/** A Pod that has not started says nothing about the files it needs. */
function isRunning(pod: KubernetesObject): boolean {
  const [status] = list(at(pod, "status", "containerStatuses"));
  return at(status, "state", "running") !== undefined && at(status, "ready") === true;
}

/** kubeadm's own label on its static Pods (phases/controlplane, util/staticpod ComponentPod). */
function componentOf(pod: KubernetesObject): string | undefined {
  return text(pod, "metadata", "labels", "component");
}

function apiServer(pod: KubernetesObject): readonly ApiServer[] {
  const [container] = list(at(pod, "spec", "containers"));
  const node = text(pod, "spec", "nodeName");
  if (node === undefined || container === undefined) return [];
  const words = [...list(at(container, "command")), ...list(at(container, "args"))].filter(
    (one) => typeof one === "string",
  );
  const flag = (name: string) => flagValue(words, name) ?? "";
  const onNode = hostPaths(pod, container);
  const [caFile, certFile, keyFile] = ["etcd-cafile", "etcd-certfile", "etcd-keyfile"].map((name) => {
    const inPod = flag(name);
    const path = onNode(inPod);
    return { path: path ?? inPod, isOnNode: path !== undefined };
  });
  const servers = flag("etcd-servers");
  return [
    {
      node,
      pod: text(pod, "metadata", "name") ?? `kube-apiserver-${node}`,
      version: /:(v\d[^@]*)/.exec(text(container, "image") ?? "")?.[1],
      caFile: caFile?.path ?? "",
      certFile: certFile?.path ?? "",
      keyFile: keyFile?.path ?? "",
      etcdServers: servers === "" ? [] : servers.split(","),
      filesOnNode: [caFile, certFile, keyFile].flatMap((file) => (file?.isOnNode === true ? [file.path] : [])),
    },
  ];
}

/** The value of a flag, in one word (`--name=value`) or two; the last one counts, as for every flag of Go's pflag. */
function flagValue(words: readonly string[], name: string): string | undefined {
  const last = words.findLastIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const word = words[last];
  return word === `--${name}` ? words[last + 1] : word?.slice(`--${name}=`.length);
}

/** The path on the node of a path in the container, through the longest hostPath mount above it; undefined where there is none. */
function hostPaths(pod: KubernetesObject, container: unknown): (path: string) => string | undefined {
  const volumes = new Map(
    list(at(pod, "spec", "volumes")).flatMap((volume) => {
      const [name, path] = [text(volume, "name"), text(volume, "hostPath", "path")];
      return name === undefined || path === undefined ? [] : [[name, path] as const];
    }),
  );
  const mounts = list(at(container, "volumeMounts"))
    .flatMap((mount) => {
      const [path, host] = [text(mount, "mountPath"), volumes.get(text(mount, "name") ?? "")];
      return path === undefined || host === undefined
        ? []
        : [{ path: path.replace(/\/$/, ""), host: host.replace(/\/$/, "") }];
    })
    .sort((a, b) => b.path.length - a.path.length);
  return (path) => {
    const mount = mounts.find((one) => path === one.path || path.startsWith(`${one.path}/`));
    return mount && `${mount.host}${path.slice(mount.path.length)}`;
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
