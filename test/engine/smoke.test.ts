import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleOfExecutable } from "../../scripts/lib/bundle.mjs";
import { preview } from "./helpers/preview";
import { mustSucceed, testStack } from "./helpers/test-stack";

const checkout = resolve(__dirname, "../..");
const SOURCE = `
import * as pulumi from "@pulumi/pulumi";
import { PolicyPack } from "@pulumi/policy";
import { listenForTheStack } from ${JSON.stringify(join(checkout, "pack/listen-for-the-stack"))};
listenForTheStack();
let connection;
const see = ({ type, props }) => {
  if (type === "command:remote:CopyToRemote") connection = Object.getOwnPropertyDescriptor(props, "connection").value;
};
const tell = (_stack, report) => {
  const clusters = new pulumi.Config("kubeadm-guard").getObject("clusters");
  const told = { stack: pulumi.getStack(), clusters, programFolder: process.env.PWD, connection: { ...connection } };
  report(JSON.stringify(told));
};
new PolicyPack("tells", {
  policies: [
    { name: "see", description: "sees", enforcementLevel: "advisory", validateResource: see },
    { name: "tell", description: "tells", enforcementLevel: "mandatory", validateStack: tell },
  ],
});
`;
const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-pack-"));
const pack = { file: join(folder, "bin/kubeadm-guard-pack") };
beforeAll(packThatTells);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MACHINE_AND_COPY = `
const vm = new pulumi.CustomResource("openstack:compute/instance:Instance", "vm", { accessIpV4: undefined });
new command.remote.CopyToRemote("copy", {
  connection: { host: vm.accessIpV4 },
  source: new pulumi.asset.StringAsset("text"),
  remotePath: "/etc/file",
});`;

describe("the stand-ins and the launcher of the pack", () => {
  it("shows a connection that is not known yet with an empty host, as the real provider was seen to do", async () => {
    const { exitCode, violations } = await preview({ program: MACHINE_AND_COPY, pack: pack.file, standIns: true });
    expect(exitCode).toBe(1);
    expect(told(violations).connection).toEqual({
      dialErrorLimit: 10,
      host: "",
      perDialTimeout: 15,
      port: 22,
      user: "root",
    });
  });

  it("tells the pack the stack, its configuration and the program's folder", async () => {
    const config = { "kubeadm-guard:clusters": [{ name: "prod" }] };
    const stack = await testStack({ program: "", config });
    const { violations } = await stack.preview({ pack: pack.file, from: tmpdir(), languageHost: true });
    expect(told(violations)).toMatchObject({ stack: "dev", clusters: [{ name: "prod" }], programFolder: stack.folder });
  });

  it("knows the address of a machine once it is made", async () => {
    const stack = await testStack({ program: MACHINE_AND_COPY });
    await mustSucceed(stack.up());
    const { violations } = await stack.preview({ pack: pack.file, standIns: true });
    expect(told(violations).connection).toMatchObject({ host: expect.stringMatching(/^10\./) });
  });
});

function told(violations: readonly { readonly message: string }[]) {
  const [violation] = violations;
  if (violation === undefined) throw new Error("the pack told nothing");
  return JSON.parse(violation.message.slice("tells\n".length));
}

/** A pack that reports what it sees, built and started as the project's own. */
async function packThatTells() {
  cpSync(join(checkout, "bin"), join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "dist/pack"), { recursive: true });
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "tells", version: "0.0.1" }));
  writeFileSync(join(folder, "tells.mjs"), SOURCE);
  const bundle = await bundleOfExecutable(join(folder, "tells.mjs"));
  writeFileSync(join(folder, "dist/pack/executable.js"), bundle);
}
