import { describe, expect, it } from "vitest";
import type { EngineRun } from "./helpers/engine-run";
import { preview } from "./helpers/preview";
import { configMap, externalEtcd, FOLDER, NEUTRAL, NODES_KNOWN, PRESENCE, pem } from "./helpers/programs";
import { levels, saidBy } from "./helpers/said";
import { mustSucceed, testStack } from "./helpers/test-stack";

const KEY_IN_USER_DATA = "private-keys-protected advisory";
const NAMES = [1, 2, 3].map((number) => ({ name: `master0${number}` }));
const SETTINGS = { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: NAMES }] };
const CONTENTS = {
  [NEUTRAL.caFile]: pem("ca.pem"),
  [NEUTRAL.certFile]: pem("node.pem"),
  [NEUTRAL.keyFile]: pem("node-key.pem"),
};

const presence = (run: EngineRun) => saidBy(PRESENCE, run);

/** User data that writes these files. */
function cloudConfig(paths: readonly string[], runcmd: readonly string[] = []): string {
  const files = paths.map((path) => ({ path, permissions: "0600", content: CONTENTS[path] }));
  return `#cloud-config\n${JSON.stringify({ write_files: files, runcmd })}`;
}

/**
 * Two masters get their files by user data, the third by copies through a bastion to /tmp and an install of what is
 * named; addresses are known after creation only.
 */
function mixed(installed: readonly string[]): string {
  const names = installed.map((path) => `/tmp/${path.slice(FOLDER.length + 1)}`).join(" ");
  return `
const bastion = new clouds.aws.ec2.Instance("bastion", { tags: { Name: "bastion" } });
for (const name of ["master01", "master02"]) new clouds.aws.ec2.Instance(name, {
  tags: { Name: name },
  userData: ${JSON.stringify(cloudConfig(Object.values(NEUTRAL)))},
});
const third = new clouds.aws.ec2.Instance("master03", { tags: { Name: "master03" } });
const connection = { host: third.privateIp, user: "ubuntu", proxy: { host: bastion.publicIp, user: "ubuntu" } };
const staged = Object.entries(${JSON.stringify(CONTENTS)}).map(([path, text]) => {
  const file = path.slice(path.lastIndexOf("/") + 1);
  return new command.remote.CopyToRemote("stage-" + file, {
    connection, source: new pulumi.asset.StringAsset(text), remotePath: "/tmp/" + file,
  });
});
new command.remote.Command("install", {
  connection,
  create: "set -e\\nsudo mkdir -p ${FOLDER}\\nsudo install -m 0600 -o root -g root ${names} ${FOLDER}/",
}, { dependsOn: staged });
${configMap(externalEtcd(NEUTRAL))}`;
}

describe("user data for two masters, copies through a bastion and sudo install for the third", () => {
  it("is undecided while bastion and third master have no address, and accepted after creation and from the state", async () => {
    const stack = await testStack({ program: mixed(Object.values(NEUTRAL)), config: SETTINGS });
    const first = await stack.preview();
    expect([first.exitCode, levels(first)]).toEqual([0, [`${PRESENCE} advisory`, KEY_IN_USER_DATA]]);
    expect(presence(first)).toContain(
      "the host of its connection, which may be master03, is not known before the update",
    );
    await mustSucceed(stack.up());
    expect(levels(await stack.preview({ standIns: true }))).toEqual([KEY_IN_USER_DATA]);
    const policyConfig = { [NODES_KNOWN]: { clusters: [{ name: "prod", controlPlaneNodes: NAMES }] } };
    const analyzed = await stack.analyze({ policyConfig });
    expect(analyzed.exitCode).toBe(0);
    expect(analyzed.output).not.toContain("missing on");
  });

  it("is refused each time where the install leaves out the key, and no key is shown", async () => {
    const stack = await testStack({ program: mixed([NEUTRAL.caFile, NEUTRAL.certFile]), config: SETTINGS });
    const first = await stack.preview();
    expect(first.exitCode).not.toBe(0);
    expect(presence(first)).toContain(`etcd.external.keyFile ${NEUTRAL.keyFile} is on 2 of 3 control-plane nodes`);
    expect(presence(first)).toContain("missing on master03");
    await mustSucceed(stack.up());
    const second = await stack.preview({ standIns: true });
    expect(presence(second)).toContain("missing on master03");
    expect(presence(second)).toContain("has it at /tmp/client-key.pem instead");
    const [, body = "no key"] = pem("node-key.pem").split("\n");
    expect(first.output + second.output).not.toContain(body);
  });
});

describe("a bundle of certificates that a command unpacks", () => {
  it("is undecided below the folder, naming the bundle", async () => {
    const program = NAMES.map(
      ({ name }) => `
{
  const machine = new clouds.hcloud.Server("${name}", { name: "${name}" });
  const connection = { host: machine.ipv4Address };
  const bundle = new command.remote.CopyToRemote("bundle-${name}", {
    connection, source: new pulumi.asset.FileAsset("index.js"), remotePath: "/tmp/pki.tgz",
  });
  new command.remote.Command("unpack-${name}", {
    connection, create: "mkdir -p ${FOLDER} && tar -xzf /tmp/pki.tgz -C ${FOLDER}",
  }, { dependsOn: bundle });
}`,
    ).join("");
    const seen = await preview({ program: program + configMap(externalEtcd(NEUTRAL)), config: SETTINGS });
    expect([seen.exitCode, levels(seen)]).toEqual([0, [`${PRESENCE} advisory`]]);
    expect(presence(seen)).toContain("unpacks /tmp/pki.tgz");
  });
});

describe("a launch template for an autoscaling group", () => {
  const group = (paths: readonly string[]) => `
const template = new clouds.aws.ec2.LaunchTemplate("masters", {
  userData: Buffer.from(${JSON.stringify(cloudConfig(paths, ["kubeadm join api.example.com:6443 --token abcdef.0123456789abcdef --control-plane"]))}).toString("base64"),
});
new clouds.aws.autoscaling.Group("masters", {
  desiredCapacity: 3, minSize: 3, maxSize: 3,
  launchTemplate: { id: template.id, version: template.latestVersion },
});
${configMap(externalEtcd(NEUTRAL))}`;

  it("whose user data writes all files is accepted", async () => {
    const seen = await preview({ program: group(Object.values(NEUTRAL)) });
    expect([seen.exitCode, levels(seen)]).toEqual([0, [KEY_IN_USER_DATA]]);
  });

  it("whose user data lacks the certificate is refused for the group", async () => {
    const seen = await preview({ program: group([NEUTRAL.caFile, NEUTRAL.keyFile]) });
    expect(seen.exitCode).not.toBe(0);
    expect(presence(seen)).toContain(NEUTRAL.certFile);
    expect(presence(seen)).toContain("group masters");
  });
});

describe("a folder of certificates copied as one archive", () => {
  const files = { "certs/ca.pem": "x", "certs/client.pem": "x", "certs/client-key.pem": "x" };
  const copied = (folder: string) =>
    NAMES.map(
      ({ name }) => `
new command.remote.CopyToRemote("certs-${name}", {
  connection: { host: "${name}" }, source: new pulumi.asset.FileArchive("${folder}"), remotePath: "${FOLDER}",
});`,
    ).join("") + configMap(externalEtcd(NEUTRAL));

  it("with a slash at its end lands in the folder itself: accepted", async () => {
    const seen = await preview({ program: copied("./certs/"), config: SETTINGS, files });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("without one lands in a folder of its name, where kubeadm does not look: refused", async () => {
    const seen = await preview({ program: copied("./certs"), config: SETTINGS, files });
    expect(seen.exitCode).not.toBe(0);
    expect(presence(seen)).toContain(`has it at ${FOLDER}/certs/client.pem instead`);
  });
});

describe("machines behind one gateway, distinguished by port", () => {
  const behind = (paths: (port: number) => readonly string[]) =>
    [2201, 2202, 2203]
      .map(
        (port) => `
{
  const connection = { host: "203.0.113.5", port: ${port}, user: "root" };
  const copied = ${JSON.stringify(paths(port))}.map((remotePath) => new command.remote.CopyToRemote(remotePath + "-${port}", {
    connection, source: new pulumi.asset.FileAsset("index.js"), remotePath,
  }));
  new command.remote.Command("kubeadm-${port}", {
    connection,
    create: "${port === 2201 ? "kubeadm init --config /root/kubeadm.yaml" : "kubeadm join api.example.com:6443 --token a.b --control-plane"}",
  }, { dependsOn: copied });
}`,
      )
      .join("") + configMap(externalEtcd(NEUTRAL));
  const all = Object.values(NEUTRAL);

  it("are three nodes, each with its files", async () => {
    const seen = await preview({ program: behind(() => all) });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("are refused where the third gets no key", async () => {
    const program = behind((port) => all.filter((path) => port !== 2203 || path !== NEUTRAL.keyFile));
    const seen = await preview({ program });
    expect(seen.exitCode).not.toBe(0);
    expect(presence(seen)).toContain("is on 2 of 3 control-plane nodes; missing on 203.0.113.5:2203");
  });
});

describe("a script that is copied to each node and run there", () => {
  const scripted = (installed: string) =>
    NAMES.map(
      ({ name }) => `
{
  const connection = { host: "${name}", user: "ubuntu" };
  const staged = ["ca.pem", "client.pem", "client-key.pem"].map((file) => new command.remote.CopyToRemote(file + "-${name}", {
    connection, source: new pulumi.asset.FileAsset("index.js"), remotePath: "/tmp/" + file,
  }));
  const script = new command.remote.CopyToRemote("script-${name}", {
    connection,
    source: new pulumi.asset.StringAsset(${JSON.stringify(`#!/bin/bash\nset -e\ninstall -D -m 0600 -t ${FOLDER} ${installed}\n`)}),
    remotePath: "/tmp/setup.sh",
  }, { dependsOn: staged });
  new command.remote.Command("setup-${name}", { connection, create: "sudo bash /tmp/setup.sh" }, { dependsOn: script });
}`,
    ).join("") + configMap(externalEtcd(NEUTRAL));

  it("is accepted where it installs all files", async () => {
    const seen = await preview({ program: scripted("/tmp/*.pem"), config: SETTINGS });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("is refused where it leaves the key in /tmp", async () => {
    const seen = await preview({ program: scripted("/tmp/ca.pem /tmp/client.pem"), config: SETTINGS });
    expect(seen.exitCode).not.toBe(0);
    expect(presence(seen)).toContain("has it at /tmp/client-key.pem instead");
  });
});
