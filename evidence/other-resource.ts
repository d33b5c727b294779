import type { Evidence, Machine } from "../cluster/evidence";
import type { FileOperation, Scope } from "../machine/file-operation";
import { baseName, normalize } from "../machine/paths";
import { urnType } from "../machine/urn";
import type { Reason } from "../reasons/reason";
import { hostsIn } from "./reach";
import type { FindResource, Reader, Reading } from "./reader";
import { leadsToMachine, resourceReach } from "./resource-reach";
import type { StackResource } from "./stack-resource";
import { userData } from "./user-data/user-data";
import { isMachineType } from "./user-data/user-data-sources";
import { Asset, isRecord, type Value } from "./value";

/**
 * Resources of types without a reader: dynamic providers, ssh and coreutils providers, components of packages, charts. What they
 * name, they may write: the paths in their inputs, and anything on a machine that these name or come from.
 */
export const otherResource: Reader = {
  id: "other-resources",
  reads: (type) => resourceReach(type) !== "none" && !userData.reads(type) && !isClusterApi(type),
  read: (resource, find, budget) => {
    const texts = [...textsIn(resource.inputs), ...textsOfProvider(resource, find)];
    const size = texts.reduce((sum, text) => sum + text.length, 0);
    if (size > LONGEST || budget?.takeSteps(size / CHARACTERS_PER_STEP) === false)
      return readingOf(resource, [{ machine: anyMachine(resource), operations: [anywhere(nameless(resource))] }]);
    return readingOf(resource, reachOf(resource, texts));
  },
};

/** More text than this is not looked through. */
const LONGEST = 1_048_576;
const CHARACTERS_PER_STEP = 256;
/** More names than these are not compared. */
const MOST_WORDS = 5_000;
const MOST_PATHS = 2_000;

function isClusterApi(type: string): boolean {
  return /^kubernetes:(?:controlplane|bootstrap)\.cluster\.x-k8s\.io\/v\w+:Kubeadm/.test(type);
}

type Reached = Pick<Evidence, "machine" | "operations">;

function readingOf({ name, type, urn }: StackResource, reached: readonly Reached[]): Reading {
  const source = { name, kind: type, urn };
  return { evidence: reached.map((one) => ({ source, ...one })), kubeadmRuns: [] };
}

function reachOf(resource: StackResource, texts: readonly string[]): readonly Reached[] {
  const scopes = scopesIn(texts);
  const named =
    scopes.length === 0 ? [] : [{ machine: anyMachine(resource), operations: scopes.map(mayWrite(resource, "path")) }];
  if (resourceReach(resource.type) !== "named-machines") return named;
  const reason = reasonOf(resource, "node");
  const words = [...new Set(texts.flatMap(hostsIn))].slice(0, MOST_WORDS);
  const resources = resource.dependencies.filter((urn) => leadsTo(urnType(urn)));
  if (words.length + resources.length === 0) return named;
  const machine: Machine = { by: "words", words, resources, reason };
  // Where it names machines, it is these whose paths it names.
  const elsewhere = named.map(
    (one): Reached => ({ ...one, machine: { ...machine, reason: reasonOf(resource, "path"), orAny: true } }),
  );
  return [{ machine, operations: [anywhere(reason)] }, ...elsewhere];
}

function leadsTo(type: string): boolean {
  return isMachineType(type) || leadsToMachine(type);
}

function anyMachine(resource: StackResource): Machine {
  return { by: "unknown", reason: reasonOf(resource, "path") };
}

function reasonOf({ type }: StackResource, names: "path" | "node" | "too-much"): Reason {
  return { id: "resource-type-not-read", data: { type, names } };
}

function nameless(resource: StackResource): Reason {
  return reasonOf(resource, "too-much");
}

function anywhere(reason: Reason): FileOperation {
  return { do: "might-write", scope: { kind: "anywhere" }, reason };
}

function mayWrite(resource: StackResource, names: "path"): (scope: Scope) => FileOperation {
  const reason = reasonOf(resource, names);
  return (scope) => ({ do: "might-write", scope, reason });
}

/** All texts in a value but the code of a dynamic provider, which Pulumi keeps beside the inputs. */
function textsIn(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Asset) return textsOfAsset(value);
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "__provider" ? [] : [key, ...textsIn(inner)]));
}

function textsOfAsset({ shape }: Asset): readonly string[] {
  switch (shape.kind) {
    case "text":
      return [shape.text];
    case "file":
      return [baseName(shape.path)];
    case "archive-path":
      return shape.entries === "not-listed" ? [] : shape.entries.map(baseName);
    case "archive-entries":
      return [...shape.entries].flatMap(([name, inner]) => [baseName(name), ...textsIn(inner)]);
    case "uri":
    case "empty":
      return [];
  }
}

/** What an explicit provider is given: the host that its resources are about. */
function textsOfProvider({ provider }: StackResource, find: FindResource): readonly string[] {
  const found = provider === undefined ? undefined : find(provider.urn);
  return found === undefined ? [] : textsIn(found.inputs);
}

/** The places that texts name: paths and all below them, and the names of certificates and keys. */
function scopesIn(texts: readonly string[]): readonly Scope[] {
  const scopes = new Map<string, Scope>();
  for (const text of texts)
    for (const word of text.split(/[\s"'`=,;:|&<>()[\]]+/)) {
      const scope = scopeOf(word);
      if (scope !== undefined && scopes.size < MOST_PATHS) scopes.set(JSON.stringify(scope), scope);
    }
  return [...scopes.values()];
}

function scopeOf(word: string): Scope | undefined {
  // What comes after a variable or a pattern may be anything.
  const known = word.replace(/[*?{}$].*/s, "");
  const path = known === word ? word : known.slice(0, known.lastIndexOf("/") + 1);
  if (path.startsWith("/")) {
    const place = normalize(path);
    return place === "/" ? undefined : { kind: "below", path: place };
  }
  const name = baseName(word);
  return CERTIFICATE.test(name) ? { kind: "named", name } : undefined;
}

const CERTIFICATE = /^[\w.@-]+\.(?:pem|crt|cer|cert|key)$/i;
