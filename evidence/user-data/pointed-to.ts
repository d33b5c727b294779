import type { Reason } from "../../reasons/reason";
import type { FindResource } from "../reader";
import type { StackResource } from "../stack-resource";
import { at, type Value } from "../value";
import { type Carrier, carrierOf, type Pointer } from "./carriers";
import { decodeUserData } from "./decode-user-data";
import { valuesAt } from "./property-paths";
import { unreadable } from "./unreadable";

export interface PointedTo {
  readonly carriers: readonly { readonly resource: StackResource; readonly carrier: Carrier }[];
  /** Set where something is pointed to that cannot be told. */
  readonly doubt?: Reason;
}

/** The templates and fragments from which a machine or a group gets its user data, by the resources its inputs came from. */
export function pointedTo(resource: StackResource, carrier: Carrier, find: FindResource): PointedTo {
  const found = new Map<string, { readonly resource: StackResource; readonly carrier: Carrier }>();
  let doubt: Reason | undefined;
  for (const pointer of carrier.pointers ?? []) {
    if (valuesAt(resource, pointer.at ?? [pointer.property]).every((value) => value === "")) continue;
    const targets = targetsOf(resource, pointer, find);
    for (const target of targets) found.set(target.resource.urn, target);
    if (targets.length === 0 && !pointer.alsoOthers) {
      doubt = { id: "user-data-elsewhere", data: { property: pointer.property } };
    }
    if (targets.length > 1 && pointer.at !== undefined) {
      return { carriers: [], doubt: unreadable("ambiguous-until-update") };
    }
  }
  return { carriers: [...found.values()], ...(doubt === undefined ? {} : { doubt }) };
}

function targetsOf(resource: StackResource, pointer: Pointer, find: FindResource): PointedTo["carriers"] {
  const direct = (resource.propertyDependencies[pointer.property] ?? []).flatMap((urn) => find(urn) ?? []);
  const through = pointer.alsoOthers ? direct.flatMap((one) => one.dependencies.flatMap((urn) => find(urn) ?? [])) : [];
  const targets = [...direct, ...through].flatMap((one) => {
    const carrier = carrierOf(one.type);
    return carrier?.makes === "template" || carrier?.makes === "fragment" ? [{ resource: one, carrier }] : [];
  });
  return targets.length > 1 && pointer.at !== undefined
    ? theOneMeant(targets, valuesAt(resource, pointer.at))
    : targets;
}

/** Of several files (user data, meta data, network configuration) the one with the id that is asked for, else those that read as user data. */
function theOneMeant(targets: PointedTo["carriers"], ids: readonly Value[]): PointedTo["carriers"] {
  const exact = targets.filter((target) => ids.includes(at(target.resource.outputs, "id")));
  if (exact.length > 0) return exact;
  const readable = targets.filter(({ resource, carrier }) =>
    carrier.userData.flatMap((slot) => valuesAt(resource, slot.path)).some(isUserData),
  );
  return readable.length > 0 ? readable : targets;
}

function isUserData(value: Value): boolean {
  return typeof value === "string" && decodeUserData(value, "plain").kind !== "undecided";
}
