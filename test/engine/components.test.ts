import { describe, expect, it } from "vitest";
import type { EngineRun } from "./helpers/engine-run";
import { preview } from "./helpers/preview";
import { clusters, configMap, externalEtcd, MASTERS, NEUTRAL, NODES_KNOWN, PRESENCE } from "./helpers/programs";
import { levels, saidBy } from "./helpers/said";

const FILES = Object.values(NEUTRAL);
const presence = (run: EngineRun) => saidBy(PRESENCE, run);

/** Three machines, each declared as a node by `declared`, which get these files through addresses that are unknown until the update. */
function machines(declared: string, filesOf: (number: number) => readonly string[]): string {
  return `${[1, 2, 3]
    .map(
      (number) => `
{
  const name = "cp${number}";
  const machine = new clouds.hcloud.Server("machine-${number}", {});
  ${declared}
  for (const remotePath of ${JSON.stringify(filesOf(number))}) new command.remote.CopyToRemote(remotePath + "-${number}", {
    connection: { host: machine.ipv4Address }, source: new pulumi.asset.FileAsset("index.js"), remotePath,
  });
}`,
    )
    .join("")}
${configMap(externalEtcd(NEUTRAL))}`;
}

const BY_CLASS = "new guard.ControlPlaneNode(name, { resource: machine });";
const BY_TOKEN = `
  class Declared extends pulumi.ComponentResource {}
  new Declared("kubeadm-guard:index:ControlPlaneNode", "node-" + name, { name, resource: machine.urn, addresses: [machine.ipv4Address] });`;

describe.each([
  ["the class", BY_CLASS],
  ["a component of its type, as any language declares it", BY_TOKEN],
])("ControlPlaneNode by %s", (_how, declared) => {
  it("matches copies to nodes in the first preview, before any address is known", async () => {
    const seen = await preview({ program: machines(declared, () => FILES) });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("refuses the node that lacks the key, by its name", async () => {
    const program = machines(declared, (number) => (number === 2 ? [NEUTRAL.caFile, NEUTRAL.certFile] : FILES));
    const seen = await preview({ program });
    expect(seen.exitCode).not.toBe(0);
    expect(presence(seen)).toContain("is on 2 of 3 control-plane nodes; missing on cp2");
  });
});

describe("NodeFile", () => {
  const declared = (files: readonly object[]) =>
    files.map((file, index) => `new guard.NodeFile("file-${index}", ${JSON.stringify(file)});`).join("\n") +
    configMap(externalEtcd(NEUTRAL));

  it("puts a file on every control-plane node", async () => {
    const program = declared(FILES.map((path) => ({ path, mode: "0600" })));
    const seen = await preview({ program, config: clusters() });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("for some nodes only leaves the others without: refused", async () => {
    const program = declared([
      { path: NEUTRAL.caFile },
      { path: NEUTRAL.certFile },
      { path: NEUTRAL.keyFile, nodes: MASTERS.slice(0, 2).map(({ name }) => name), mode: "0600" },
    ]);
    const seen = await preview({ program, config: clusters() });
    expect(seen.exitCode).not.toBe(0);
    expect(presence(seen)).toContain("missing on master03");
  });

  it("of a cluster that is not there is named", async () => {
    const program = declared(FILES.map((path) => ({ path, cluster: "staging" })));
    const seen = await preview({ program, config: clusters() });
    expect(levels(seen)).toContain(`${NODES_KNOWN} advisory`);
    expect(seen.violations.map(({ message }) => message).join("\n")).toContain("staging");
  });
});
