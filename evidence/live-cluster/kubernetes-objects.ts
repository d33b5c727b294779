import { readYamlOrJson } from "../yaml-or-json";

/** An object of the Kubernetes API, as kubectl prints it. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

/**
 * The objects in what kubectl printed: any number of documents one after the other, in YAML or JSON, and the items of
 * Lists. Undefined where the text is something else, such as a kubeadm file. Never throws.
 */
export function kubernetesObjects(text: string): readonly KubernetesObject[] | undefined {
  const objects: KubernetesObject[] = [];
  for (const document of documentsOf(text.replace(/^\ufeff/, ""))) {
    const reading = readYamlOrJson(document);
    if (reading.kind === "problem" || !isObject(reading.value)) return undefined;
    objects.push(...itemsOf(reading.value));
  }
  return objects;
}

/** A List's items; everything else is one object. Items of a typed List (NodeList) may leave out their own kind. */
function itemsOf(value: KubernetesObject): readonly KubernetesObject[] {
  const { kind, items } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) return [value];
  const own = kind.slice(0, -"List".length);
  const list: readonly unknown[] = items;
  return list.filter(isObject).map((item) => (own === "" || "kind" in item ? item : { kind: own, ...item }));
}

/** `kubectl get -o json` and `-o yaml`, run several times, print documents without a separator between them. */
function documentsOf(text: string): readonly string[] {
  if (/^\s*\{/.test(text)) return jsonDocuments(text);
  const documents: string[][] = [[]];
  for (const line of text.split("\n")) {
    const current = documents.at(-1) ?? [];
    if (/^---(\s|$)/.test(line)) documents.push([]);
    else if (line.startsWith("apiVersion:") && current.some((one) => one.startsWith("apiVersion:")))
      documents.push([line]);
    else current.push(line);
  }
  return documents.map((lines) => lines.join("\n")).filter((document) => /^[^\s#]/m.test(document));
}

/** Cuts `{…}{…}` after each closing brace that is not inside a string. */
function jsonDocuments(text: string): readonly string[] {
  const documents: string[] = [];
  let [depth, start, inString] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) {
        documents.push(text.slice(start, index + 1));
        start = index + 1;
      }
    }
  }
  const rest = text.slice(start);
  return rest.trim() === "" ? documents : [...documents, rest];
}

export function isObject(value: unknown): value is KubernetesObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
