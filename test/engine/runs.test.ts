import { describe, expect, it } from "vitest";
import { settingsOfCase } from "../helpers/cluster";
import { presenceCases } from "../helpers/recorded-clusters";
import { preview } from "./helpers/preview";
import {
  BROKEN,
  clusters,
  command,
  configMap,
  copies,
  externalEtcd,
  FIXED,
  MASTERS,
  NEUTRAL,
  NODES_KNOWN,
  own,
  PRESENCE,
} from "./helpers/programs";
import { mustSucceed, testStack } from "./helpers/test-stack";

describe("a stack that is there already", () => {
  it("is checked the same when nothing changes, when it is updated, and from its state", async () => {
    const stack = await testStack({ program: FIXED, config: clusters() });
    await mustSucceed(stack.up());
    const green = await stack.preview({ standIns: true });
    expect(green.violations).toEqual([]);
    expect(green.output).toContain(
      "kubeadm-guard: checked prod: 3 control-plane nodes from the settings, files from 9 resources; ",
    );
    stack.change({ program: BROKEN, config: clusters() });
    const refused = await stack.preview({ standIns: true });
    expect(refused.exitCode).not.toBe(0);
    await mustSucceed(stack.up());
    const unchanged = await stack.preview({ standIns: true });
    expect(unchanged.violations.filter((one) => one.policy === PRESENCE)).toEqual(
      refused.violations.filter((one) => one.policy === PRESENCE),
    );
    const policyConfig = {
      [NODES_KNOWN]: { enforcementLevel: "mandatory", clusters: [{ name: "prod", controlPlaneNodes: MASTERS }] },
    };
    const analyzed = await stack.analyze({ policyConfig });
    expect(analyzed.exitCode).not.toBe(0);
    expect(analyzed.output).toContain("missing on master01, master02");
  });
});

describe("a run with --target", () => {
  it("does not take a new copy that it leaves out for a missing file", async () => {
    const stack = await testStack({ program: FIXED, config: clusters() });
    const seen = await stack.preview({
      target: [stack.urn("kubernetes:core/v1:ConfigMap", "shared")],
      args: ["--target-dependents"],
    });
    expect(seen.exitCode).toBe(0);
    expect(seen.violations.every((one) => one.level === "advisory")).toBe(true);
  });
});

describe("two clusters in one stack", () => {
  const second = `
const other = new kubernetes.Provider("green", { renderYamlToDirectory: "green" });
new kubernetes.core.v1.ConfigMap("green-config", { metadata: { name: "kubeadm-config", namespace: "kube-system" },
  data: { ClusterConfiguration: ${JSON.stringify(externalEtcd(NEUTRAL))} } }, { provider: other });`;
  const green = [{ name: "green01", addresses: ["10.1.0.1"] }];
  const both = (kubeadmConfig: string) => ({
    "kubeadm-guard:clusters": [
      { name: "blue", kubeadmConfig: "shared", controlPlaneNodes: MASTERS },
      { name: "green", kubeadmConfig, controlPlaneNodes: green },
    ],
  });

  it("are checked each by its own nodes and files", async () => {
    const seen = await preview({
      program: BROKEN + second + copies("10.1.0.1", Object.values(NEUTRAL)),
      config: both("green"),
    });
    const refused = seen.violations.filter((one) => one.policy === PRESENCE);
    expect(refused.map((one) => one.level)).toEqual(["mandatory"]);
    expect(refused.every((one) => one.message.startsWith("blue: "))).toBe(true);
  });

  it("one with an unreadable text does not keep the other from being checked", async () => {
    const broken = second.replace(JSON.stringify(externalEtcd(NEUTRAL)), JSON.stringify("kind: [broken"));
    const seen = await preview({ program: BROKEN + broken, config: both("green") });
    expect(
      seen.violations
        .filter((one) => one.level === "mandatory")
        .map((one) => one.policy)
        .sort(),
    ).toEqual([PRESENCE, "kubeadm-config-valid"]);
  });
});

describe("bad input", () => {
  it.each([
    [
      "an inventory that is not there",
      { kubespray: { inventory: "nowhere.ini" } },
      "there is no such file",
      ["advisory"],
    ],
    ["a key that is misspelt", { controlplaneNodes: [] }, "did you mean controlPlaneNodes?", ["mandatory"]],
    [
      "an address under a misspelt key",
      { controlPlaneNodes: MASTERS.map(({ name, addresses }) => ({ name, address: addresses })) },
      "did you mean addresses?",
      ["advisory"],
    ],
    ["nodes that are not a list", { controlPlaneNodes: "master01" }, "policies are undecided.", []],
    ["other machines that are not a list", { etcdHosts: "etcd01" }, "must be a list of machines", ["mandatory"]],
  ])(
    "%s is a mandatory finding, and the cluster is still checked by what is known",
    async (_title, more, words, levels) => {
      const seen = await preview({ program: BROKEN, config: clusters(more) });
      const stops = seen.violations.filter((one) => one.policy === NODES_KNOWN && one.level === "mandatory");
      expect(stops.map((one) => one.message)).toEqual([expect.stringContaining(words)]);
      expect(seen.violations.filter((one) => one.policy === PRESENCE).map((one) => one.level)).toEqual(levels);
    },
  );

  it.each([
    ["a text that is not YAML", "etcd:\n\texternal: {}\n", "found character that cannot start any token"],
    [
      "a certificate path that is a number",
      externalEtcd({}).replace("    endpoints", "    certFile: 7\n    endpoints"),
      "cannot unmarshal number into Go struct field",
    ],
  ])("%s is refused in kubeadm's words", async (_title, text, words) => {
    const seen = await preview({ program: configMap(text), config: clusters() });
    expect(seen.exitCode).not.toBe(0);
    expect(seen.violations.filter(({ level }) => level === "mandatory")).toMatchObject([
      { policy: "kubeadm-config-valid", message: expect.stringContaining(words) },
    ]);
  });
});

describe("secrets", () => {
  it("of the program are in no message", async () => {
    const connection = `{ host: "192.168.10.11", privateKey: "TOPSECRET", password: "TOPSECRET" }`;
    const text = `new command.remote.CopyToRemote("key", { connection: ${connection}, source: new pulumi.asset.StringAsset("-----BEGIN PRIVATE KEY-----\\nTOPSECRET\\n"), remotePath: "${own("master01")[1]}" });`;
    const seen = await preview({ program: configMap() + text, config: clusters() });
    expect(seen.violations.length).toBeGreaterThan(0);
    expect(JSON.stringify(seen.violations)).not.toContain("TOPSECRET");
  });

  it("are whatever Pulumi marks, also where its form is that of a path, a name or a word", async () => {
    const program = `
const files = pulumi.secret(${JSON.stringify(externalEtcd({ certFile: "/etc/zyxwv/a.pem", keyFile: "/etc/zyxwv/b.pem", caFile: "/etc/zyxwv/c.pem" }))});
new kubernetes.core.v1.ConfigMap("shared", {
  metadata: { name: "kubeadm-config", namespace: "kube-system" },
  data: { ClusterConfiguration: files },
}, { provider: manifests });
new command.remote.Command("prepare", {
  connection: { host: "192.168.10.11", user: pulumi.secret("zyxwv") },
  create: pulumi.secret("zyxwvpass").apply((word) => "./zyxwv.sh; " + word + "; cp x /etc/zyxwv/"),
  environment: { A: pulumi.secret("zyxwv") },
});`;
    const seen = await preview({ program, config: clusters() });
    const text = JSON.stringify(seen.violations);
    expect(text).toContain("that is marked secret");
    expect(text).not.toContain("zyxwv");
    // The SDK of the provider marks the whole connection, which says nothing of the address.
    expect(text).toContain("master01");
  });
});

const AS_PROGRAMS = [
  "kubespray-11500",
  "first-node-cert",
  "neutral-names",
  "stacked-all-pairs",
  "key-only-on-owner",
  "ca-missing-on-one-node",
  "partial-overlap",
  "removed-node",
  "left-in-staging-directory",
  "five-nodes-own",
  "single-node-other-name",
  "kubeadm-paths-first-node-only",
  "path-other-case",
  "kubespray-symlinks",
  "link-chain",
  "link-dangling",
];
const cases = presenceCases().filter((one) => AS_PROGRAMS.includes(one.id));

describe("kubeadm's cases as programs of copies and links", () => {
  it("are the chosen ones", () => {
    expect(cases.map((one) => one.id).sort()).toEqual([...AS_PROGRAMS].sort());
  });

  it.each(cases.map((one) => [`${one.id}: ${one.title}`, one] as const))("%s", async (_title, one) => {
    const copied = one.controlPlane.map(({ name, addresses: [host] }) => {
      const files = one.files[name] ?? [];
      const links = files.filter((file) => file.link !== null).map((file) => `ln -s '${file.link}' '${file.path}'`);
      return (
        copies(
          host ?? name,
          files.filter((file) => file.link === null).map((file) => file.path),
        ) + (links.length === 0 ? "" : command(host ?? name, links.join("\n")))
      );
    });
    const { files: _files, ...settings } = settingsOfCase(one);
    const seen = await preview({
      program: configMap(one.configMap.data["ClusterConfiguration"]) + copied.join(""),
      config: { "kubeadm-guard:clusters": [settings] },
    });
    const said = seen.violations.filter(
      (violation) => violation.policy === PRESENCE && violation.level === "mandatory",
    );
    const kubeadm = one.controlPlane.map(({ name }) => ({ name, error: one.kubeadm.nodes[name]?.error ?? null }));
    const missingOn = (name: string) =>
      said.filter(({ message }) => new RegExp(`^.*missing on [^.\\n]*\\b${name}\\b`).test(message));
    const refused = kubeadm.filter(({ name }) => missingOn(name).length > 0);
    expect(refused).toEqual(kubeadm.filter(({ error }) => error !== null));
    const quoted = refused.filter(({ name, error }) =>
      missingOn(name).some(({ message }) => message.includes(`${error}`)),
    );
    expect(quoted).toEqual(refused);
    expect(seen.exitCode === 0).toBe(said.length === 0);
  });
});
