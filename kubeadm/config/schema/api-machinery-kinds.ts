import { type GoType, goAny, goStruct } from "../../go/json/go-type";

/**
 * Kinds that apimachinery registers in every scheme (meta/v1 register.go AddToGroupVersion), so that kubeadm knows them;
 * nobody puts them into a file. Strict decoding knows their fields (0.30.14 to 0.37.2); values are not looked into.
 */
export function apiMachineryKindType(kind: string): GoType<unknown> | undefined {
  const fields = FIELDS.get(kind);
  if (fields === undefined) return undefined;
  return goStruct<unknown>(`v1.${kind}`, (field) => {
    for (const name of fields) field(name, goAny);
    return undefined;
  });
}

/** Registered without a version: known in whatever group and version. */
export function isUnversionedKind(kind: string): boolean {
  return UNVERSIONED.has(kind);
}

const KIND = ["apiVersion", "kind"];
const WRITE = [...KIND, "dryRun", "fieldManager", "fieldValidation"];

const UNVERSIONED: ReadonlySet<string> = new Set([
  "Status",
  "APIVersions",
  "APIGroupList",
  "APIGroup",
  "APIResourceList",
]);

const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Status", [...KIND, "metadata", "status", "message", "reason", "details", "code"]],
  ["APIVersions", [...KIND, "versions", "serverAddressByClientCIDRs"]],
  ["APIGroupList", [...KIND, "groups"]],
  ["APIGroup", [...KIND, "name", "versions", "preferredVersion", "serverAddressByClientCIDRs"]],
  ["APIResourceList", [...KIND, "groupVersion", "resources"]],
  ["WatchEvent", ["type", "object"]],
  [
    "ListOptions",
    [
      ...KIND,
      ...["labelSelector", "fieldSelector", "watch", "allowWatchBookmarks", "resourceVersion", "resourceVersionMatch"],
      ...["timeoutSeconds", "limit", "continue", "sendInitialEvents"],
    ],
  ],
  ["GetOptions", [...KIND, "resourceVersion"]],
  [
    "DeleteOptions",
    [...KIND, "gracePeriodSeconds", "preconditions", "orphanDependents", "propagationPolicy", "dryRun"],
  ],
  ["CreateOptions", WRITE],
  ["UpdateOptions", WRITE],
  ["PatchOptions", [...WRITE, "force"]],
]);
