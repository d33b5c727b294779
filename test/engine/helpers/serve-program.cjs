// Serves a program to one run of `pulumi --client`, as the Automation API does for inline programs: with the same language
// server of the SDK. The engine sees the same registrations as from a process of the program's own, which would spend two
// seconds of CPU on loading the same SDKs in every test.
"use strict";

const { createRequire } = require("node:module");
const { join } = require("node:path");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");

// The copy that the language server's messages are made with.
const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");
const checkout = join(__dirname, "../../..");
const AsyncFunction = (async () => {}).constructor;

/** The modules that programs find under these names. */
const modules = {
  pulumi: require("@pulumi/pulumi"),
  kubernetes: require("@pulumi/kubernetes"),
  command: require("@pulumi/command"),
  tls: require("@pulumi/tls"),
  guard: require(join(checkout, "dist/components")),
  clouds: require(join(checkout, "test/stand-ins/cloud-sdks.cjs")),
};

/** Resolves to `{ address, close }`: the argument of `--client`, and what ends the server. */
module.exports = async function serveProgram(source) {
  const program = new AsyncFunction(...Object.keys(modules), `"use strict";\n${source}`);
  const server = new grpc.Server();
  server.addService(LanguageRuntimeService, new LanguageServer(() => program(...Object.values(modules))));
  const port = await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
};
