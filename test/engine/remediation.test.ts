import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EngineRun } from "./helpers/engine-run";
import { preview } from "./helpers/preview";
import { clusters, configMap, copies, externalEtcd, MASTERS, NEUTRAL, OF_MASTER03, PRESENCE } from "./helpers/programs";
import { mustSucceed, type TestStack, testStack } from "./helpers/test-stack";

const RENAMED = "external-etcd-files-renamed";
const REMEDIATE = { [RENAMED]: "remediate" };
/** Spaces, quotes and a comment that nobody may lose. */
const BEFORE = externalEtcd(OF_MASTER03)
  .replace(`certFile: ${OF_MASTER03.certFile}`, `certFile:   "${OF_MASTER03.certFile}" # of the last node`)
  .replace(`keyFile: ${OF_MASTER03.keyFile}`, `keyFile: '${OF_MASTER03.keyFile}'`);
const AFTER = BEFORE.replace(OF_MASTER03.certFile, NEUTRAL.certFile).replace(OF_MASTER03.keyFile, NEUTRAL.keyFile);
const NEUTRAL_FILES = MASTERS.map(({ addresses: [host] }) => copies(host ?? "", Object.values(NEUTRAL))).join("");
const CONFIG = clusters({ renameEtcdFiles: NEUTRAL });

/** The policies that stop a run, each once. */
const stopping = ({ violations }: EngineRun) => [
  ...new Set(violations.filter(({ level }) => level === "mandatory").map(({ policy }) => policy)),
];

/** The texts of data.ClusterConfiguration in the state of a stack. */
function textsOf(stack: TestStack): readonly string[] {
  const folder = join(stack.folder, ".backend/.pulumi/stacks");
  const [file = ""] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".json"));
  const { resources = [] } = JSON.parse(readFileSync(join(folder, file), "utf8")).checkpoint.latest;
  const all: readonly { readonly inputs?: { readonly data?: { readonly ClusterConfiguration?: string } } }[] =
    resources;
  return all.flatMap(({ inputs }) => inputs?.data?.ClusterConfiguration ?? []);
}

describe("the remediation of a kubeadm-config", () => {
  it("is off until its level is remediate", async () => {
    const seen = await preview({ program: configMap(BEFORE) + NEUTRAL_FILES, config: CONFIG });
    expect(stopping(seen), seen.output).toEqual([PRESENCE]);
  });

  it("writes the names of the settings and keeps every other byte, and the policies pass what it wrote", async () => {
    const stack = await testStack({ program: configMap(BEFORE) + NEUTRAL_FILES, config: CONFIG });
    const seen = await stack.preview({ policyConfig: REMEDIATE });
    expect(stopping(seen), seen.output).toEqual([]);
    await mustSucceed(stack.up({ policyConfig: REMEDIATE, pack: PACK }));
    expect(textsOf(stack)).toEqual([AFTER]);
  });

  it.each([
    {
      kind: "list",
      program: `
new kubernetes.core.v1.ConfigMapList("list", { items: [
  { metadata: { name: "other", namespace: "kube-system" }, data: { ClusterConfiguration: ${JSON.stringify(BEFORE)} } },
  { metadata: { name: "kubeadm-config", namespace: "kube-system" }, data: { ClusterConfiguration: ${JSON.stringify(BEFORE)} } },
] }, { provider: manifests });`,
    },
    { kind: "patch", program: configMap(BEFORE, "ConfigMapPatch") },
  ])("takes the names from the policy configuration too, for a $kind", async ({ program }) => {
    const policyConfig = { [RENAMED]: { enforcementLevel: "remediate", ...NEUTRAL } };
    const seen = await preview({ program: program + NEUTRAL_FILES, config: clusters(), policyConfig });
    expect(stopping(seen), seen.output).toEqual([]);
  });

  it("to names that are not on every node is refused", async () => {
    const onTwo = MASTERS.slice(0, 2).map(({ addresses: [host] }) => copies(host ?? "", Object.values(NEUTRAL)));
    const seen = await preview({
      program: configMap(BEFORE) + onTwo.join("") + copies("192.168.10.13", Object.values(OF_MASTER03)),
      config: CONFIG,
      policyConfig: REMEDIATE,
    });
    expect(stopping(seen), seen.output).toEqual([PRESENCE]);
    expect(seen.output).toContain(`${NEUTRAL.certFile}`);
    expect(seen.output).toContain("missing on master03");
  });

  it("changes nothing where it cannot keep the rest, and says why", async () => {
    const alias = externalEtcd(OF_MASTER03).replace(
      `certFile: ${OF_MASTER03.certFile}`,
      `certFile: &name ${OF_MASTER03.certFile}`,
    );
    const seen = await preview({ program: configMap(alias) + NEUTRAL_FILES, config: CONFIG, policyConfig: REMEDIATE });
    expect(stopping(seen), seen.output).toEqual([PRESENCE, RENAMED]);
    expect(seen.output).toContain("etcd.external.certFile is not written as one word in one line");
  });

  it("says what to set where no names are given, and changes nothing", async () => {
    const seen = await preview({
      program: configMap(BEFORE) + NEUTRAL_FILES,
      config: clusters(),
      policyConfig: REMEDIATE,
    });
    expect(stopping(seen), seen.output).toEqual([PRESENCE, RENAMED]);
    expect(seen.output).toContain(
      "The settings do not say which names to write. Set renameEtcdFiles of the cluster in kubeadm-guard:clusters",
    );
  });

  it("says at level advisory that names differ, and changes nothing", async () => {
    const seen = await preview({
      program: configMap(BEFORE) + NEUTRAL_FILES,
      config: CONFIG,
      policyConfig: { [RENAMED]: "advisory" },
    });
    expect(stopping(seen), seen.output).toEqual([PRESENCE]);
    expect(seen.output).toContain(
      "etcd.external.certFile, etcd.external.keyFile differ from the names of the settings",
    );
  });

  it("leaves a text alone that is unknown until the update, and other properties that are", async () => {
    const unknown = `
const made = new command.local.Command("made", { create: "echo" });
new kubernetes.core.v1.ConfigMap("shared", {
  metadata: { name: "kubeadm-config", namespace: "kube-system", annotations: { by: made.stdout } },
  data: { ClusterConfiguration: TEXT, other: made.stdout },
}, { provider: manifests });`;
    const text = await preview({
      program: unknown.replace("TEXT", "made.stdout") + NEUTRAL_FILES,
      config: CONFIG,
      policyConfig: REMEDIATE,
    });
    expect(stopping(text), text.output).toEqual([]);
    expect(text.exitCode, text.output).toBe(0);
    const others = await preview({
      program: unknown.replace("TEXT", JSON.stringify(BEFORE)) + NEUTRAL_FILES,
      config: CONFIG,
      policyConfig: REMEDIATE,
    });
    expect(others.exitCode, others.output).toBe(0);
    expect(stopping(others), others.output).toEqual([]);
  });
});

const PACK = join(__dirname, "../../bin/kubeadm-guard-pack");
