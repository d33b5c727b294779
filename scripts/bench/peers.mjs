import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newCa } from "../conformance/pki.mjs";
import { progress } from "../lib/progress.mjs";
import { projectFolder } from "../lib/project-folder.mjs";
import { run } from "../lib/run.mjs";
import { pemsOf } from "./cluster-of.mjs";
import { ended } from "./measure.mjs";

/** Where peers are built; not committed. */
const FOLDER = join(projectFolder, ".bench");
const NAMES = ["master01", "master02", "master03"];
const PATHS = ["ca.pem", "node.pem", "node-key.pem"].map((name) => `/etc/ssl/etcd/ssl/${name}`);

const MODULES = {
  "conftest-0.71.1": "github.com/open-policy-agent/conftest",
  "kubeconform-0.8.0": "github.com/yannh/kubeconform/cmd/kubeconform",
};

const KUBEADM_CONFIG = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.29.10
controlPlaneEndpoint: api.example.com:6443
etcd:
  external:
    endpoints: [https://192.168.10.21:2379]
    caFile: ${PATHS[0]}
    certFile: ${PATHS[1]}
    keyFile: ${PATHS[2]}
`;

/** The same question as far as Rego is asked it here: is each file that the kubeadm-config names copied to each node? */
const REGO = `package main

import rego.v1

named := ${JSON.stringify(PATHS)}
nodes := ${JSON.stringify(NAMES)}
copies := {[r.inputs.connection.host, r.inputs.remotePath] |
  some r in input.deployment.resources
  r.type == "command:remote:CopyToRemote"
}

deny contains msg if {
  some node in nodes
  some path in named
  not [node, path] in copies
  msg := sprintf("%s is missing on %s", [path, node])
}
`;

/** The path of a peer's program, built from the Go module that is pinned beside this file; undefined where it cannot be built. */
export async function peer(name) {
  const file = join(FOLDER, name);
  if (existsSync(file)) return file;
  await mkdir(FOLDER, { recursive: true });
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", "-s -w", "-o", file, MODULES[name]];
  const { code, output } = await run("go", args, {
    cwd: join(projectFolder, "scripts/bench", name),
    env: { ...process.env, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off" },
    title: `building ${name} (minutes the first time)`,
  });
  if (code === 0) return file;
  progress(`${name} is not measured, since it could not be built:\n${output}`);
  return undefined;
}

/** Writes a state of so many ConfigMaps and a cluster, and the same ConfigMaps as manifests; gives what each program costs on them. */
export async function peerInputs(folder, count) {
  await mkdir(folder);
  const at = (name) => join(folder, name);
  const configMaps = Array.from({ length: count }, (_, index) => configMapOf(`settings-${index}`));
  await Promise.all([
    writeFile(at("kubeadm-config.yaml"), KUBEADM_CONFIG),
    writeFile(at("files.rego"), REGO),
    writeFile(at("state.json"), JSON.stringify(stateOf(configMaps))),
    writeFile(at("manifests.yaml"), configMaps.map((one) => JSON.stringify(one)).join("\n---\n")),
    writeFile(at("configmap.json"), JSON.stringify(SCHEMA)),
  ]);
  const guard = join(projectFolder, "bin/kubeadm-guard.js");
  const inputs = ["--kubeadm-config", at("kubeadm-config.yaml"), "--nodes", at("state.json")];
  return {
    guard: () => checked([process.execPath, guard, "check", ...inputs]),
    "conftest-0.71.1": (program) => checked([program, "test", "--policy", at("files.rego"), at("state.json")]),
    "kubeconform-0.8.0": (program) =>
      checked([program, "-schema-location", at("configmap.json"), at("manifests.yaml")]),
  };
}

/** A peer that refuses its input would be fast for the wrong reason. */
async function checked(command) {
  const cost = await ended(command);
  if (cost.code > 0) throw new Error(`${command.join(" ")} ended with ${cost.code}`);
  return cost;
}

function configMapOf(name) {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "default", labels: { app: name, team: "platform" } },
    data: { "settings.yaml": "level: info\nreplicas: 3\n", region: "eu-west-1" },
  };
}

/** How a state marks an asset. */
const STRING_ASSET = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };

function stateOf(configMaps) {
  const ca = newCa("etcd-ca");
  const resources = [
    ...configMaps.map((inputs) => resourceOf("kubernetes:core/v1:ConfigMap", inputs.metadata.name, inputs)),
    ...NAMES.flatMap((host) => {
      const pems = pemsOf(host, ca);
      return PATHS.map((remotePath, index) => {
        const inputs = { connection: { host }, remotePath, source: { ...STRING_ASSET, text: pems[index] } };
        return resourceOf("command:remote:CopyToRemote", `${host}-${remotePath.split("/").at(-1)}`, inputs);
      });
    }),
    ...NAMES.map((host, index) => {
      const create = index === 0 ? "kubeadm init --config /root/kubeadm.yaml" : "kubeadm join --control-plane";
      return resourceOf("command:remote:Command", host, { connection: { host }, create });
    }),
  ];
  return { version: 3, deployment: { manifest: {}, resources } };
}

function resourceOf(type, name, inputs) {
  const urn = `urn:pulumi:dev::bench::${type}::${name}`;
  return { urn, custom: true, id: name, type, inputs, outputs: inputs };
}

/** What the schema of Kubernetes says of a ConfigMap, as far as these manifests use it. */
const SCHEMA = {
  type: "object",
  required: ["apiVersion", "kind", "metadata"],
  additionalProperties: false,
  properties: {
    apiVersion: { type: "string" },
    kind: { enum: ["ConfigMap"] },
    metadata: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    data: { type: "object", additionalProperties: { type: "string" } },
  },
};

/** A pack of awsguard's policies, in JavaScript; undefined where npm cannot install it. */
export async function awsGuardPack(folder) {
  const installed = join(FOLDER, "awsguard");
  const modules = join(installed, "node_modules");
  if (!existsSync(join(modules, "@pulumi/awsguard"))) {
    await mkdir(installed, { recursive: true });
    await writeFile(
      join(installed, "package.json"),
      JSON.stringify({ private: true, dependencies: { "@pulumi/awsguard": "0.3.1" } }),
    );
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
    const { code, output } = await run("npm", args, { cwd: installed, title: "installing awsguard" });
    if (code !== 0) {
      progress(`awsguard is not measured, since it could not be installed:\n${output}`);
      return undefined;
    }
  }
  const pack = join(folder, "awsguard-pack");
  await mkdir(pack);
  await symlink(modules, join(pack, "node_modules"));
  await writeFile(join(pack, "package.json"), JSON.stringify({ name: "aws", version: "0.0.1", main: "index.js" }));
  await writeFile(join(pack, "index.js"), 'const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard();\n');
  return { pack, launcher: join(modules, "@pulumi/pulumi/cmd/run-policy-pack/index.js") };
}
