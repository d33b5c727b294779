import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readReport } from "../../reports/read-report";
import {
  BROKEN,
  clusters,
  configMap,
  externalEtcd,
  MASTERS,
  NODES_KNOWN,
  OF_MASTER03,
  PRESENCE,
} from "./helpers/programs";
import { testStack } from "./helpers/test-stack";

describe("kubeadm-guard:reports", () => {
  it("are written at the end of a preview; what cannot be written is an advisory finding", async () => {
    const stack = await testStack({
      program: BROKEN,
      config: {
        ...clusters(),
        "kubeadm-guard:reports": ["guard.json", "guard.sarif", "guard.html", "nowhere/guard.md", "guard.pdf"],
      },
    });
    inManyLines(join(stack.folder, "Pulumi.dev.yaml"));
    const seen = await stack.preview();
    const written = readdirSync(stack.folder).filter((name) => name.startsWith("guard."));
    expect(written.sort()).toEqual(["guard.html", "guard.json", "guard.sarif"]);
    const reading = readReport(readFileSync(join(stack.folder, "guard.json"), "utf8"));
    expect(reading).toMatchObject({
      kind: "report",
      report: {
        origin: "preview",
        clusters: [
          {
            name: "prod",
            subject: {
              urn: stack.urn("kubernetes:core/v1:ConfigMap", "shared"),
              stack: { name: "dev" },
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            },
            coverage: { controlPlaneNodes: ["master01", "master02", "master03"] },
          },
        ],
      },
    });
    expect(placeOfMissing(stack.folder, "master01")).toMatch(/^ +"name": "master01",?$/);
    const complaints = seen.violations.filter(({ policy }) => policy === NODES_KNOWN);
    expect(complaints.map(({ level, message }) => [level, message.split("\n").at(-1)])).toEqual([
      [
        "advisory",
        `kubeadm-guard:reports[3]: the report ${join(stack.folder, "nowhere/guard.md")} cannot be written: there is no such folder.`,
      ],
      ["advisory", expect.stringContaining("guard.pdf: the name of a report ends in .json, .sarif")],
    ]);
    expect(seen.violations.find(({ policy }) => policy === PRESENCE)?.message).toContain(
      `\nDetails: kubeadm-guard explain ${PRESENCE}`,
    );
  });
});

describe("a kubeadm-config that the program loads", () => {
  const text = externalEtcd(OF_MASTER03);
  const manifest = [
    "apiVersion: v1",
    "kind: ConfigMap",
    "metadata: { name: kubeadm-config, namespace: kube-system }",
    "data:",
    "  ClusterConfiguration: |",
    ...text
      .trimEnd()
      .split("\n")
      .map((line) => `    ${line}`),
    "",
  ].join("\n");

  it.each([
    [
      "by a ConfigFile",
      `new kubernetes.yaml.ConfigFile("config", { file: "manifests/config.yaml" }, { provider: manifests });`,
    ],
    [
      "by a ConfigFile that is named after it",
      `new kubernetes.yaml.ConfigFile("manifests/config.yaml", {}, { provider: manifests });`,
    ],
    [
      "by a ConfigGroup",
      `new kubernetes.yaml.ConfigGroup("all", { files: "manifests/*.yaml" }, { provider: manifests });`,
    ],
  ])("%s has the lines of its file", async (_how, program) => {
    const stack = await testStack({
      program,
      config: { ...clusters(), "kubeadm-guard:reports": ["guard.json"] },
      files: {
        "manifests/config.yaml": manifest,
        "manifests/other.yaml": "kind: Namespace\napiVersion: v1\nmetadata: { name: a }\n",
      },
    });
    await stack.preview({ standIns: true, languageHost: true });
    const [cluster] = JSON.parse(readFileSync(join(stack.folder, "guard.json"), "utf8")).clusters;
    const [finding] = cluster.outcomes.flatMap(({ findings }: { findings: object[] }) => findings);
    const line = manifest.split("\n").findIndex((one) => one.includes("certFile:")) + 1;
    expect(finding.places[0]).toEqual({ file: "manifests/config.yaml", line });
    expect(cluster.inputs[0]).toEqual({ role: "kubeadm-config", file: "manifests/config.yaml" });
  });
});

describe("upgradeTo in the settings of a preview", () => {
  it("puts the upgrade path by kubeadm and what gives the nodes their files into the reports", async () => {
    const stack = await testStack({
      program: BROKEN,
      config: {
        ...clusters({ upgradeTo: { kubernetes: "v1.30.14" } }),
        "kubeadm-guard:reports": ["guard.json", "guard.txt"],
      },
    });
    await stack.preview();
    const [cluster] = JSON.parse(readFileSync(join(stack.folder, "guard.json"), "utf8")).clusters;
    expect(cluster.upgradePath).toMatchObject({
      by: "kubeadm",
      steps: [
        { kubernetes: "1.30", kubespray: null, stop: { node: "master01", error: expect.stringContaining("open /") } },
      ],
    });
    const text = readFileSync(join(stack.folder, "guard.txt"), "utf8");
    expect(text).toContain("\nUpgrade path:\n");
    expect(text).toContain("stops on master01");
  });
});

describe("upgradeTo.kubespray in the settings of a preview", () => {
  it("walks the releases of Kubespray after the one that ran last, and refuses one at which kubeadm would stop", async () => {
    const kubespray = { inventory: "inventory.ini", release: "v2.24.1" };
    const stack = await testStack({
      program: configMap(),
      config: {
        "kubeadm-guard:clusters": [{ name: "prod", kubespray, upgradeTo: { kubespray: "v2.26.0" } }],
        "kubeadm-guard:reports": ["guard.json"],
      },
    });
    const hosts = MASTERS.map(({ name, addresses: [address] }) => `${name} ansible_host=${address}`);
    writeFileSync(
      join(stack.folder, "inventory.ini"),
      `${hosts.join("\n")}\netcd01 ansible_host=10.0.0.9\n[kube_control_plane]\n${MASTERS.map(({ name }) => name).join("\n")}\n[etcd]\netcd01\n`,
    );
    const { violations } = await stack.preview();
    const [cluster] = JSON.parse(readFileSync(join(stack.folder, "guard.json"), "utf8")).clusters;
    expect(cluster.upgradePath.by).toBe("kubespray");
    expect(cluster.upgradePath.steps.at(-1)).toMatchObject({ kubespray: "v2.26.0", stop: { node: "master01" } });
    const upgradeable = violations.filter(({ policy }) => policy === "kubeadm-config-upgradeable");
    expect(upgradeable.map(({ level, message }) => [level, message.split("\n")[0]])).toEqual([
      ["mandatory", expect.stringContaining("Kubespray v2.26.0 breaks the upgrade")],
    ]);
  });
});

/** The settings as somebody writes them: what is on one line has one place only. */
function inManyLines(file: string): void {
  writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, "utf8")), undefined, 2));
}

/** The line that the report points to for a file that a node lacks. */
function placeOfMissing(folder: string, node: string): string | undefined {
  const reading = readReport(readFileSync(join(folder, "guard.json"), "utf8"));
  const outcomes = reading.kind === "report" ? reading.report.clusters.flatMap((one) => one.outcomes) : [];
  const findings = outcomes.find(({ policy }) => policy === PRESENCE)?.findings ?? [];
  const [place] = findings.find((one) => one.node === node)?.places ?? [];
  if (place === undefined) return undefined;
  return readFileSync(join(folder, place.file), "utf8").split("\n")[(place.line ?? 0) - 1];
}
