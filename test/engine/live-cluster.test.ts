import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { ModuleKind, transpileModule } from "typescript";
import { describe, expect, it, onTestFinished } from "vitest";
import { apiServerPod, kubeadmConfigMap, nodeObject } from "../helpers/kubectl-output";
import { clusters, externalEtcd, FOLDER, MASTERS, NAMED, NEUTRAL, OF_MASTER03, PRESENCE } from "./helpers/programs";
import { levels, saidBy } from "./helpers/said";
import { testStack } from "./helpers/test-stack";

const checkout = resolve(__dirname, "../..");
const DECLARED = "apiservers-use-declared-etcd-files";

/** The example itself, as its project would run it. */
const EXAMPLE = transpileModule(readFileSync(join(checkout, "examples/live-cluster/index.ts"), "utf8"), {
  compilerOptions: { module: ModuleKind.CommonJS, esModuleInterop: true },
}).outputText.replace('"kubeadm-guard/components"', JSON.stringify(join(checkout, "dist/components")));

type Files = typeof NEUTRAL;

/** What the API server of a cluster answers, by path: each API server runs with the files that `runs` gives for its node. */
function objects(declared: Files, runs: (node: string) => Files): ReadonlyMap<string, object> {
  const ofNodes = MASTERS.flatMap(({ name, addresses }): readonly (readonly [string, object])[] => [
    [`/api/v1/nodes/${name}`, nodeObject(name, addresses[0] ?? "", "control-plane")],
    [
      `/api/v1/namespaces/kube-system/pods/kube-apiserver-${name}`,
      apiServerPod(name, { ...runs(name), etcdServers: ["https://192.168.10.21:2379"] }),
    ],
  ]);
  return new Map([
    ["/api/v1/namespaces/kube-system/configmaps/kubeadm-config", kubeadmConfigMap(externalEtcd(declared))],
    ...ofNodes,
  ]);
}

const own = (name: string): Files => ({
  caFile: NEUTRAL.caFile,
  certFile: `${FOLDER}/node-${name}.pem`,
  keyFile: `${FOLDER}/node-${name}-key.pem`,
});

/** A preview of the example against a cluster that answers with these objects. */
async function preview(cluster: ReadonlyMap<string, object>, settings: object = {}) {
  const server = createServer(({ url = "" }, response) => {
    const found = cluster.get(url);
    response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { message: "not found" }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const stack = await testStack({
    program: 'require("./live-cluster.js");',
    files: { "live-cluster.js": EXAMPLE },
    config: {
      ...clusters(settings),
      "program:kubeconfig": JSON.stringify({
        "current-context": "live",
        contexts: [{ name: "live", context: { cluster: "live" } }],
        clusters: [{ name: "live", cluster: { server: `http://127.0.0.1:${address.port}` } }],
      }),
    },
  });
  return stack.preview({ standIns: true, languageHost: true });
}

describe("examples/live-cluster", () => {
  it("says nothing of a healthy cluster: each API server runs with the files that are named", async () => {
    const seen = await preview(objects(NEUTRAL, () => NEUTRAL));
    expect([seen.exitCode, levels(seen)], seen.output).toEqual([0, []]);
  });

  it("sees the signature of kubespray 11500: each API server runs with its own node's files", async () => {
    const seen = await preview(objects(OF_MASTER03, own));
    expect(seen.exitCode, seen.output).toBe(0);
    expect(levels(seen)).toEqual([`${DECLARED} advisory`, `${NAMED} advisory`, `${PRESENCE} advisory`]);
    expect(saidBy(DECLARED, seen)).toContain("node-master01.pem (the configuration names node-master03.pem)");
    expect(saidBy(DECLARED, seen)).toContain("on 2 of 3 control-plane nodes");
  });

  it("passes where links of these names are declared", async () => {
    const links = MASTERS.flatMap(({ name }) =>
      ["certFile", "keyFile"].flatMap((field) => {
        const [path, link] =
          field === "certFile" ? [OF_MASTER03.certFile, own(name).certFile] : [OF_MASTER03.keyFile, own(name).keyFile];
        return path === link ? [] : [{ nodes: [name], path, link }];
      }),
    );
    const seen = await preview(objects(OF_MASTER03, own), { files: links });
    expect(seen.exitCode, seen.output).toBe(0);
    expect(levels(seen), seen.output).toEqual([`${DECLARED} advisory`, `${NAMED} advisory`]);
    expect(saidBy(DECLARED, seen)).toContain("Each of these nodes has them, as copies or links");
  });

  it("fails where the cluster has no kubeadm-config", async () => {
    const { exitCode, output } = await preview(new Map());
    expect(exitCode).not.toBe(0);
    expect(output).toContain("kube-system/kubeadm-config");
  });
});
