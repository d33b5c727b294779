/** `stack-in-process.mjs empty|guard N`: N ConfigMaps through the SDK's calls Analyze and AnalyzeStack, as the engine sends them. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";
import { tellCost } from "./cost.mjs";

const fromPack = createRequire(join(projectFolder, "dist/pack/index.js"));
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = fromPack("@pulumi/policy/server");
const { AnalyzerService } = fromPack("@pulumi/pulumi/proto/analyzer_grpc_pb");
const analyzer = fromPack("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = createRequire(fromPack.resolve("@pulumi/policy"))("google-protobuf/google/protobuf/struct_pb");

const [pack, count] = process.argv.slice(2);
const TYPE = "kubernetes:core/v1:ConfigMap";
const policies = pack === "guard" ? fromPack("./index.js").kubeadmGuard().policies : [emptyPolicy()];
const names = Array.from({ length: Number(count) }, (_, index) => `settings-${index}`);
const requests = names.map(requestOf);
const stack = stackOf(names);

await tellCost(async () => {
  const analyze = makeAnalyzeRpcFun(pack, "0.0.0", "advisory", policies);
  for (const request of requests) await call(analyze, AnalyzerService.analyze, request);
  await call(makeAnalyzeStackRpcFun(pack, "0.0.0", "advisory", policies), AnalyzerService.analyzeStack, stack);
});

function emptyPolicy() {
  return { name: "nothing", description: "Nothing.", enforcementLevel: "advisory", validateStack: () => {} };
}

function call(rpc, { requestDeserialize }, bytes) {
  return new Promise((resolve, reject) => {
    rpc({ request: requestDeserialize(bytes) }, (error) => (error ? reject(error) : resolve()));
  });
}

function requestOf(name) {
  return Buffer.from(filled(new analyzer.AnalyzeRequest(), name).serializeBinary());
}

function stackOf(all) {
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(all.map((name) => filled(new analyzer.AnalyzerResource(), name)));
  return Buffer.from(request.serializeBinary());
}

function filled(message, name) {
  message.setType(TYPE);
  message.setName(name);
  message.setUrn(`urn:pulumi:dev::bench::${TYPE}::${name}`);
  const metadata = { name, namespace: "default", labels: { app: name, team: "platform" } };
  const data = { "settings.yaml": "level: info\nreplicas: 3\n", region: "eu-west-1" };
  message.setProperties(Struct.fromJavaScript({ apiVersion: "v1", kind: "ConfigMap", metadata, data }));
  const options = new analyzer.AnalyzerResourceOptions();
  options.setCustomtimeouts(new analyzer.AnalyzerResourceOptions.CustomTimeouts());
  message.setOptions(options);
  return message;
}
