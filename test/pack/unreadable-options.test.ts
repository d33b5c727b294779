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

function preview(options: unknown) {
  const stack = new FakeStack();
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd({}) },
  });
  return stack.preview(kubeadmGuard(Object(options)));
}

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
  ["options that all throw", revoked(), "clusters"],
  ["levels that throw", throwing("levels", {}), "levels"],
  ["levels of another kind", { levels: revoked() }, "levels"],
  ["levels that are a word", { levels: "mandatory" }, "levels"],
  ["levels that are null", { levels: null }, "levels"],
  ["a level that throws", { levels: throwing("all", {}) }, "levels.all"],
  ["a level of a policy that throws", { levels: throwing("kubeadm-config-valid", {}) }, "levels.kubeadm-config-valid"],
  ["policies that throw", throwing("policies", {}), "policies"],
  ["policies of another kind", { policies: revoked() }, "policies"],
  ["one policy instead of a list", { pulumiPolicies: { name: "ours" } }, "pulumiPolicies"],
])("%s is a mandatory problem with a place, and nothing else fails", async (_, options, place) => {
  const stack = new FakeStack();
  stack.add("random:index:Password", "password", { result: secret("marked") });
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd({}) },
  });
  const violations = await stack.preview(kubeadmGuard(Object(options)));
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  expect(mandatory.map(({ message }) => message).join("\n")).toContain(`the pack's ${place}:`);
  const said = violations.map(({ message }) => message).join("\n");
  expect(said).not.toMatch(new RegExp(`internal error|RangeError|${SECRET}`));
});

it("an acceptance that throws is not used, which is advice", async () => {
  const violations = await preview({ accept: [throwing("until", { policy: "x" })] });
  expect(violations.map(({ message }) => message).join("\n")).toContain("the pack's accept[0]:");
});
