import { expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, secret } from "../../pack/testing";
import { externalEtcd } from "../helpers/cluster";

const SECRET = "hunter2";
/** An object that throws at whatever is done with it. */
function revoked(): Readonly<Record<string, unknown>> {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
/** `name: prod` and a key that throws when it is read. */
const throwing = (key: string, rest: object = { name: "prod" }) =>
  Object.defineProperty({ ...rest }, key, {
    enumerable: true,
    get: () => {
      throw new Error(SECRET);
    },
  });
function deep(): unknown {
  let value: unknown = [];
  for (let level = 0; level < 100_000; level += 1) value = [value];
  return value;
}
function cyclic(): unknown {
  const cluster = { name: "prod" };
  return Object.assign(cluster, { files: cluster });
}
const cyclicList = (): unknown => {
  const nodes: unknown[] = [];
  nodes.push(nodes);
  return { name: "prod", controlPlaneNodes: nodes };
};

it.each<[string, unknown, string]>([
  ["a cluster that contains itself", { clusters: [cyclic()] }, "clusters[0].files"],
  ["a list that contains itself", { clusters: [cyclicList()] }, "clusters[0].controlPlaneNodes[0]"],
  ["a list of 100,000 levels", { clusters: [{ name: "prod", files: deep() }] }, "clusters[0].files[0]"],
  ["clusters of 100,000 levels", { clusters: deep() }, "clusters[0]"],
  ["a key that throws", { clusters: [throwing("files")] }, "clusters[0].files"],
  ["a name that throws", { clusters: [throwing("name", {})] }, "clusters[0].name"],
  [
    "a key of a node that throws",
    { clusters: [{ name: "prod", controlPlaneNodes: [throwing("addresses", { name: "m1" })] }] },
    "clusters[0].controlPlaneNodes[0].addresses",
  ],
  ["a cluster that throws", { clusters: [revoked()] }, "clusters[0]"],
  ["an option that throws", throwing("clusters", {}), "clusters"],
  ["options of another kind", { neverAccept: revoked() }, "neverAccept"],
  ["an acceptance that throws", { accept: [throwing("until", { policy: "x" })] }, "accept[0]"],
])("%s is a problem with a place, and nothing else fails", async (_, options, place) => {
  const stack = new FakeStack();
  stack.add("random:index:Password", "password", { result: secret("marked") });
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd({}) },
  });
  const said = (await stack.preview(kubeadmGuard(Object(options)))).map(({ message }) => message).join("\n");
  expect(said).toContain(`the pack's ${place}:`);
  expect(said).not.toMatch(new RegExp(`internal error|RangeError|${SECRET}`));
});
