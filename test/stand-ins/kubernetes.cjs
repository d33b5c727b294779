// A stand-in for pulumi-resource-kubernetes, because the real plugin comes from no package registry. It changes no
// cluster: it behaves as the real one does with `renderYamlToDirectory`, and renders nothing. What a program gets (`ConfigMap.get`), it
// reads from the API server of the `kubeconfig`, by plain http.
"use strict";

const { existsSync, globSync, readFileSync } = require("node:fs");
const yaml = require("js-yaml");
const { ConstructResponse } = require("@pulumi/pulumi/proto/provider_pb");
const { ResourceMonitorClient } = require("@pulumi/pulumi/proto/resource_grpc_pb");
const { RegisterResourceOutputsRequest, RegisterResourceRequest } = require("@pulumi/pulumi/proto/resource_pb");
const { digest, grpc, hasUnknown, nameOf, plain, serveProvider, struct, typeOf } = require("./serve-provider.cjs");

const { version } = require("@pulumi/kubernetes/package.json");
const CLUSTER_SCOPED = new Set([
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "Namespace",
  "Node",
  "PersistentVolume",
  "StorageClass",
]);
let settings = {};

serveProvider({
  version,
  configure: (given) => {
    settings = given;
  },
  check: (urn, inputs, old) =>
    isPlainObject(inputs.metadata ?? {}) ? { ...inputs, metadata: metadata(urn, inputs, old) } : inputs,
  computed: ({ inputs }) => ({
    id: [inputs.metadata.namespace, inputs.metadata.name].filter(Boolean).join("/"),
    outputs: {},
  }),
  // A ConfigMap is replaced when its data changes, unless the provider has enableConfigMapMutable (provider/diff.go).
  replaces: (urn, changed, inputs) => {
    const isConfigMap = typeOf(urn) === "kubernetes:core/v1:ConfigMap";
    const mutable = String(settings.enableConfigMapMutable) === "true" && inputs.immutable !== true;
    const keys = isConfigMap && !mutable ? changed.filter((key) => key === "data" || key === "binaryData") : [];
    return {
      keys,
      deleteFirst: keys.length > 0 && inputs.metadata?.annotations?.["pulumi.com/autonamed"] === undefined,
    };
  },
  read,
  invoke: (token, { text, defaultNamespace }) => {
    if (token !== "kubernetes:yaml:decode")
      throw new Error(`the stand-in for the Kubernetes provider has no function ${token}`);
    return { result: decode(text).map((object) => withNamespace(object, defaultNamespace)) };
  },
  construct,
});

/** An object of the live cluster; undefined where the API server answers 404, as the real one's Read. */
async function read(urn, id) {
  const [, version, kind] = typeOf(urn).split(":");
  const [name, namespace] = id.split("/").reverse();
  const group = version.startsWith("core/") ? `api/${version.slice("core/".length)}` : `apis/${version}`;
  const place = namespace === undefined ? "" : `/namespaces/${namespace}`;
  const answer = await fetch(`${serverOf(settings.kubeconfig)}/${group}${place}/${kind.toLowerCase()}s/${name}`);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.json()).message}`);
  return answer.json();
}

/** The API server of the current context; the setting is a kubeconfig or the path of one. */
function serverOf(kubeconfig = "") {
  const text = existsSync(kubeconfig) ? readFileSync(kubeconfig, "utf8") : kubeconfig;
  const { contexts = [], clusters = [], "current-context": current } = yaml.load(text) ?? {};
  const context = contexts.find(({ name }) => name === current)?.context;
  const server = clusters.find(({ name }) => name === context?.cluster)?.cluster.server;
  if (server === undefined) throw new Error("configured Kubernetes cluster is unreachable");
  return server;
}

function metadata(urn, inputs, old) {
  const given = inputs.metadata ?? {};
  const named = given.name !== undefined ? given : { ...given, ...autoname(urn, given, old.metadata) };
  if (typeOf(urn).endsWith("Patch") && named !== given)
    throw new Error("patch resources require the `.metadata.name` field to be set");
  const namespaced = !CLUSTER_SCOPED.has(inputs.kind) && named.namespace === undefined;
  return namespaced ? { ...named, namespace: settings.namespace || "default" } : named;
}

function autoname(urn, given, old) {
  const name =
    old?.annotations?.["pulumi.com/autonamed"] === "true" ? old.name : `${nameOf(urn)}-${digest(urn).slice(0, 8)}`;
  return { name, annotations: { ...given.annotations, "pulumi.com/autonamed": "true" } };
}

function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decode(text) {
  const documents = yaml.loadAll(text, { schema: yaml.CORE_SCHEMA });
  return documents.filter((document) => isPlainObject(document) && document.kind && document.apiVersion);
}

function withNamespace(object, namespace) {
  if (!namespace || CLUSTER_SCOPED.has(object.kind) || object.metadata?.namespace) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** The remote components `yaml/v2:ConfigGroup` and `ConfigFile`: the children are registered from here (yaml/v2/yaml.go). */
async function construct(request) {
  if (!request.getType().startsWith("kubernetes:yaml/v2:")) {
    throw new Error(`the stand-in for the Kubernetes provider cannot render ${request.getType()}`);
  }
  const inputs = plain(request.getInputs());
  const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure());
  const component = await register(monitor, request, {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: false,
    object: {},
  });
  for (const object of objectsOf(inputs)) {
    const { name, namespace } = object.metadata;
    const prefix = inputs.resourcePrefix ?? request.getName();
    await register(monitor, request, {
      type: `kubernetes:${object.apiVersion.includes("/") ? "" : "core/"}${object.apiVersion}:${object.kind}`,
      name: `${prefix}:${namespace === undefined ? "" : `${namespace}/`}${name}`,
      parent: component,
      custom: true,
      object,
    });
  }
  const outputs = new RegisterResourceOutputsRequest();
  outputs.setUrn(component);
  outputs.setOutputs(struct({ resources: [] }));
  await call(monitor, "registerResourceOutputs", outputs);
  const response = new ConstructResponse();
  response.setUrn(component);
  response.setState(struct({ resources: [] }));
  return response;
}

/** Nothing in a preview in which an input is unknown: the real provider warns that such a preview is incomplete. */
function objectsOf(inputs) {
  if (hasUnknown(inputs)) return [];
  const patterns = [inputs.files, inputs.file].flat().filter((file) => file !== undefined);
  const texts = patterns
    .flatMap((file) => (globSync ? globSync(file) : [file]))
    .map((file) => readFileSync(file, "utf8"));
  const objects = [...texts, inputs.yaml ?? ""].flatMap(decode).concat(inputs.objs ?? []);
  return objects.map((object) => withNamespace(object, settings.namespace || "default"));
}

async function register(monitor, construction, { type, name, parent, custom, object }) {
  const request = new RegisterResourceRequest();
  request.setType(type);
  request.setName(name);
  request.setParent(parent);
  request.setCustom(custom);
  request.setObject(struct(object));
  request.setVersion(custom ? version : "");
  request.setProvider(construction.getProvidersMap().get("kubernetes") ?? "");
  request.setDependenciesList(construction.getDependenciesList());
  const response = await call(monitor, "registerResource", request);
  return response.getUrn();
}

function call(client, method, request) {
  return new Promise((resolve, reject) => {
    client[method](request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}
