// Stand-ins for provider plugins: what they have in common, because the real plugins come from no package registry.
// `@pulumi/pulumi/provider` would do, but it hides whether a create is a preview, and starts slower.
"use strict";

const { createHash } = require("node:crypto");
const { createRequire } = require("node:module");
const { isDeepStrictEqual } = require("node:util");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");
const messages = require("@pulumi/pulumi/proto/provider_pb");

// The copies that the messages above are made with.
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = requireOfSdk("@grpc/grpc-js");
const { Empty } = requireOfSdk("google-protobuf/google/protobuf/empty_pb");
const { Struct } = requireOfSdk("google-protobuf/google/protobuf/struct_pb");

/** How a value that is not known yet travels (`UnknownStringValue` of the engine). */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The key that marks an asset, an archive or a secret, and its value for a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Serves one provider until the engine ends the process.
 *
 * `check(urn, inputs, oldInputs)` gives the inputs, or throws an error that becomes a check failure;
 * `computed({ urn, inputs, preview, old })` gives `{ id, outputs }`, where `outputs` are added to the inputs, and `old` are the
 * outputs of what is updated;
 * `replaces(urn, changedKeys, inputs)` says which changed inputs replace the resource, and whether the old one goes first;
 * `read(urn, id)` gives the outputs of what a program gets, or undefined where it does not exist; without it, what the request holds;
 * `configure`, `invoke(token, args)` and `construct(request)` are optional.
 */
function serveProvider(provider) {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(ResourceProviderService, handlers(provider));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(String(port));
  });
}

function handlers(provider) {
  return {
    getPluginInfo: answer(() => set(new PluginInfo(), { Version: provider.version })),
    getSchema: answer(() => set(new messages.GetSchemaResponse(), { Schema: "{}" })),
    attach: answer(() => new Empty()),
    cancel: answer(() => new Empty()),
    checkConfig: answer((request) => set(new messages.CheckResponse(), { Inputs: request.getNews() })),
    diffConfig: answer(() =>
      set(new messages.DiffResponse(), { Changes: messages.DiffResponse.DiffChanges.DIFF_NONE }),
    ),
    configure: answer((request) => {
      provider.configure?.(plain(request.getArgs()));
      // The engine wants secrets to be accepted where components are constructed; then it leaves marks to the provider.
      return set(new messages.ConfigureResponse(), { Supportspreview: true, Acceptsecrets: true });
    }),
    check: answer((request) => {
      const inputs = provider.check(request.getUrn(), plain(request.getNews()), plain(request.getOlds()));
      return set(new messages.CheckResponse(), { Inputs: struct(withMarksOf(inputs, request.getNews())) });
    }),
    diff: answer((request) => diff(provider, request)),
    create: answer((request) => {
      const inputs = plain(request.getProperties());
      const { id, outputs } = provider.computed({ urn: request.getUrn(), inputs, preview: request.getPreview() });
      const properties = struct(withMarksOf({ ...inputs, ...outputs }, request.getProperties()));
      return set(new messages.CreateResponse(), { Id: request.getPreview() ? "" : id, Properties: properties });
    }),
    update: answer((request) => {
      const inputs = plain(request.getNews());
      const { outputs } = provider.computed({
        urn: request.getUrn(),
        inputs,
        preview: request.getPreview(),
        old: plain(request.getOlds()),
      });
      const properties = struct(withMarksOf({ ...inputs, ...outputs }, request.getNews()));
      return set(new messages.UpdateResponse(), { Properties: properties });
    }),
    read: answer((request) => read(provider, request)),
    delete: answer(() => new Empty()),
    invoke: answer((request) => {
      const outputs = provider.invoke(request.getTok(), plain(request.getArgs()));
      return set(new messages.InvokeResponse(), { Return: struct(outputs) });
    }),
    construct: answer((request) => provider.construct(request)),
  };
}

/** To the engine, an answer without an id says that there is no such resource. */
async function read(provider, request) {
  if (provider.read === undefined) {
    const [properties, inputs] = [request.getProperties(), request.getInputs()];
    return set(new messages.ReadResponse(), { Id: request.getId(), Properties: properties, Inputs: inputs });
  }
  const found = await provider.read(request.getUrn(), request.getId());
  if (found === undefined) return new messages.ReadResponse();
  return set(new messages.ReadResponse(), { Id: request.getId(), Properties: struct(found), Inputs: struct(found) });
}

function diff(provider, request) {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const old = plain(request.getOldInputs());
  const inputs = plain(request.getNews());
  const changed = [...new Set([...Object.keys(old), ...Object.keys(inputs)])].filter(
    (key) => !isDeepStrictEqual(old[key], inputs[key]),
  );
  const response = set(new messages.DiffResponse(), { Changes: changed.length > 0 ? DIFF_SOME : DIFF_NONE });
  const { keys, deleteFirst } = provider.replaces(request.getUrn(), changed, inputs);
  response.setReplacesList(keys);
  response.setDeletebeforereplace(deleteFirst);
  return response;
}

function answer(handle) {
  return async (call, callback) => {
    try {
      callback(null, await handle(call.request));
    } catch (error) {
      callback({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  };
}

function set(message, fields) {
  for (const [name, value] of Object.entries(fields)) message[`set${name}`](value);
  return message;
}

function plain(message) {
  return message === undefined ? {} : withoutSecrets(message.toJavaScript());
}

/** The values with the marks that they have in the request: who accepts secrets gives them back. */
function withMarksOf(values, message) {
  return message === undefined ? values : marked(values, message.toJavaScript());
}

function marked(value, original) {
  if (value === undefined || typeof original !== "object" || original === null) return value;
  if (original[SIGNATURE] === SECRET) return { [SIGNATURE]: SECRET, value };
  if (typeof value !== "object" || value === null || SIGNATURE in value) return value;
  if (Array.isArray(value)) return value.map((item, index) => marked(item, original[index]));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, marked(part, original[key])]));
}

function withoutSecrets(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value[SIGNATURE] === SECRET) return withoutSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutSecrets(part)]));
}

function struct(values) {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));
}

/** True where the value or a part of it is not known yet. */
function hasUnknown(value) {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

function typeOf(urn) {
  return urn.split("::")[2].split("$").at(-1);
}

function nameOf(urn) {
  return urn.split("::").slice(3).join("::");
}

/** Hexadecimal digits that are always the same for one resource. */
function digest(urn) {
  return createHash("sha256").update(urn).digest("hex");
}

module.exports = { digest, grpc, hasUnknown, nameOf, plain, serveProvider, SIGNATURE, struct, typeOf, UNKNOWN };
