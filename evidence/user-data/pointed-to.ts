import type { Reason } from "../../reasons/reason";
import type { FindResource } from "../reader";
import type { StackResource } from "../stack-resource";
import { at, type Value } from "../value";
import { decodeUserData } from "./decode-user-data";
import { valuesAt } from "./property-paths";
import { unreadable } from "./unreadable";
import { type Pointer, type UserDataSource, userDataSourceOf } from "./user-data-sources";

export interface PointedTo {
  readonly sources: readonly { readonly resource: StackResource; readonly source: UserDataSource }[];
  /** Set where it is not known what is pointed to. */
  readonly undecided?: Reason;
}

/** The templates and fragments from which a machine or a group gets its user data, by the resources its inputs came from. */
export function pointedTo(resource: StackResource, source: UserDataSource, find: FindResource): PointedTo {
  const found = new Map<string, { readonly resource: StackResource; readonly source: UserDataSource }>();
  let undecided: Reason | undefined;
  for (const pointer of source.pointers ?? []) {
    if (valuesAt(resource, pointer.at ?? [pointer.property]).every((value) => value === "")) continue;
    const targets = targetsOf(resource, pointer, find);
    for (const target of targets) found.set(target.resource.urn, target);
    if (targets.length === 0 && !pointer.alsoOthers) {
      undecided = { id: "user-data-elsewhere", data: { property: pointer.property } };
    }
    if (targets.length > 1 && pointer.at !== undefined) {
      return { sources: [], undecided: unreadable("ambiguous-until-update") };
    }
  }
  return { sources: [...found.values()], ...(undecided === undefined ? {} : { undecided }) };
}

function targetsOf(resource: StackResource, pointer: Pointer, find: FindResource): PointedTo["sources"] {
  const direct = (resource.propertyDependencies[pointer.property] ?? []).flatMap((urn) => find(urn) ?? []);
  const through = pointer.alsoOthers ? direct.flatMap((one) => one.dependencies.flatMap((urn) => find(urn) ?? [])) : [];
  const targets = [...direct, ...through].flatMap((one) => {
    const source = userDataSourceOf(one.type);
    return source?.makes === "template" || source?.makes === "fragment" ? [{ resource: one, source }] : [];
  });
  return targets.length > 1 && pointer.at !== undefined
    ? theOneMeant(targets, valuesAt(resource, pointer.at))
    : targets;
}

/** Of several files (user data, meta data, network configuration) the one with the id that is asked for, else those that read as user data. */
function theOneMeant(targets: PointedTo["sources"], ids: readonly Value[]): PointedTo["sources"] {
  const exact = targets.filter((target) => ids.includes(at(target.resource.outputs, "id")));
  if (exact.length > 0) return exact;
  const readable = targets.filter(({ resource, source }) =>
    source.userData.flatMap((slot) => valuesAt(resource, slot.path)).some(isUserData),
  );
  return readable.length > 0 ? readable : targets;
}

function isUserData(value: Value): boolean {
  return typeof value === "string" && decodeUserData(value, "plain").kind !== "undecided";
}
