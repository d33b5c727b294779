import { goDuration } from "../../go/go-duration";
import { goQuantity } from "../../go/go-quantity";
import { goQuote } from "../../go/go-syntax";
import { goTime } from "../../go/go-time";
import {
  type GoType,
  goBool,
  goFloat,
  goInt,
  goList,
  goMap,
  goPointer,
  goString,
  goStringNamed,
  goStruct,
  goUint,
} from "../../go/json/go-type";
import fieldsOfTypes from "./component-config-fields.json";

/**
 * The fields of KubeletConfiguration and KubeProxyConfiguration, by Go type: name and type, and the minor release since which
 * there is the field where not all of 1.28 to 1.37 have it. Type notation: `*T`, `[]T`, `map[K]T`, `string(NAME)` for a named
 * string, `!NAME` for a type with its own UnmarshalJSON, else a basic type or another type of this table.
 *
 * Made by scripts/component-config.mjs from k8s.io/kubelet/config/v1beta1 and k8s.io/kube-proxy/config/v1alpha1.
 */
const FIELDS: ReadonlyMap<string, readonly ComponentConfigField[]> = new Map(Object.entries(fieldsOfTypes));

interface ComponentConfigField {
  readonly name: string;
  readonly type: string;
  /** The first minor release that has it. */
  readonly since?: number;
}

/** KubeletConfiguration or KubeProxyConfiguration of a minor release, for strict decoding only. */
export function componentConfigType(
  name: "v1beta1.KubeletConfiguration" | "v1alpha1.KubeProxyConfiguration",
  minor: number,
): GoType<unknown> {
  return parseType(name, minor);
}

function parseType(notation: string, minor: number): GoType<unknown> {
  if (notation.startsWith("*")) return goPointer(parseType(notation.slice(1), minor));
  if (notation.startsWith("[]")) return goList(parseType(notation.slice(2), minor));
  const [, key, value] = /^map\[([^\]]+)\](.+)$/.exec(notation) ?? [];
  if (value !== undefined) return goMap(parseType(value, minor), key);
  const [, basic, named] = /^(string|uint32)\(([^)]+)\)$/.exec(notation) ?? [];
  if (named !== undefined) return basic === "string" ? goStringNamed(named) : goUint(named, 32);
  return PARTS.get(notation) ?? structType(notation, minor);
}

function structType(name: string, minor: number): GoType<unknown> {
  const fields = FIELDS.get(name) ?? [];
  return goStruct<unknown>(name, (field) => {
    for (const { name, type, since = 0 } of fields) if (minor >= since) field(name, parseType(type, minor));
    return undefined;
  });
}

/** component-base logs TimeOrMetaDuration: a duration as text, or nanoseconds. */
const goTimeOrDuration: GoType<unknown> = {
  name: "v1.TimeOrMetaDuration",
  zero: undefined,
  decode(node, place) {
    if (node.kind === "string") return goDuration.decode(node, place);
    if (node.kind === "null" || (node.kind === "number" && /^-?\d+$/.test(node.literal))) return undefined;
    const given = node.kind === "number" ? node.literal : node.kind;
    const value = node.kind === "number" ? `number ${node.literal}` : node.kind;
    const words = `invalid duration ${goQuote(given)}: json: cannot unmarshal ${value} into Go value of type time.Duration`;
    place.problems.push({ kind: "abort", words, path: place.path, found: node.kind, at: node.at, order: place.order });
    return undefined;
  },
};

const PARTS: ReadonlyMap<string, GoType<unknown>> = new Map<string, GoType<unknown>>([
  ["string", goString],
  ["bool", goBool],
  ["int32", goInt("int32", 32)],
  ["int64", goInt("int64", 64)],
  ["float32", goFloat("float32", 3.4028235677973366e38)],
  ["float64", goFloat("float64", Number.POSITIVE_INFINITY)],
  ["!v1.Duration", goDuration],
  ["!v1.Time", goTime],
  ["!v1.TimeOrMetaDuration", goTimeOrDuration],
  ["!resource.Quantity", goQuantity],
  ["!resource.QuantityValue", goQuantity],
]);
