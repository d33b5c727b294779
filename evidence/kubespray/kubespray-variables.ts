import type { ReasonOf, VariableProblem } from "../../reasons/reason";
import { UNKNOWN } from "../../shell/unknown";
import type { Value } from "../value";
import type { InventoryHost } from "./inventory";

/** A variable as text, or why that is not known. */
type RenderedVariable =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "undecided"; readonly reason: ReasonOf<"kubespray-variable-unknown"> };

export interface KubesprayVariables {
  /** The variable on a host, with Kubespray's default and simple templates rendered. */
  readonly text: (host: InventoryHost, name: string) => RenderedVariable;
  /** The same through Ansible's `bool`; undefined where it is not known. */
  readonly flag: (host: InventoryHost, name: string) => boolean | undefined;
}

/**
 * Renders what people and Kubespray's defaults write for paths: plain text with `{{ name }}` in it. Filters, lookups,
 * facts and blocks make a variable undecided.
 */
export function kubesprayVariables(valueOn: (host: InventoryHost, name: string) => Value): KubesprayVariables {
  const text = (host: InventoryHost, name: string): RenderedVariable => {
    const rendered = new Renderer((variable) => {
      const value = builtIn(host, variable) ?? valueOn(host, variable);
      return value === undefined ? DEFAULTS.get(variable) : value;
    }).text(name);
    if (rendered.kind === "text") return rendered;
    const { id, data } = rendered.reason;
    return { kind: "undecided", reason: { id, data: { ...data, variable: name } } };
  };
  return {
    text,
    flag: (host, name) => {
      const rendered = text(host, name);
      return rendered.kind === "text" ? TRUTH.get(rendered.text.toLowerCase()) : undefined;
    },
  };
}

/**
 * Kubespray's defaults, the same from v2.15 to v2.31 but for etcd_deployment_type, which was docker and makes no difference
 * here (roles/kubespray-defaults, roles/etcd, roles/kubernetes/control-plane: defaults/main.yml).
 */
const DEFAULTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["cert_management", "script"],
  ["etcd_deployment_type", "host"],
  ["etcd_kubeadm_enabled", false],
  ["etcd_config_dir", "/etc/ssl/etcd"],
  ["etcd_cert_dir", "{{ etcd_config_dir }}/ssl"],
  ["kube_config_dir", "/etc/kubernetes"],
  ["kube_cert_dir", "{{ kube_config_dir }}/ssl"],
  ["kube_etcd_cacert_file", "ca.pem"],
  ["kube_etcd_cert_file", "node-{{ inventory_hostname }}.pem"],
  ["kube_etcd_key_file", "node-{{ inventory_hostname }}-key.pem"],
]);

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "on", "1", "y", "t"].map((word) => [word, true] as const),
  ...["false", "no", "off", "0", "n", "f", "none", ""].map((word) => [word, false] as const),
]);

function builtIn(host: InventoryHost, variable: string): string | undefined {
  if (variable === "inventory_hostname") return host.name;
  return variable === "inventory_hostname_short" ? host.name.split(".", 1)[0] : undefined;
}

/** Text that paths are made of stays short; longer is hostile. */
const MAX_LENGTH = 4096;
const MAX_DEPTH = 20;
const PLACEHOLDER = /\{\{-?\s*([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}/gu;

class Renderer {
  private readonly rendered = new Map<string, RenderedVariable>();
  private depth = 0;

  constructor(private readonly value: (variable: string) => Value) {}

  text(name: string): RenderedVariable {
    const known = this.rendered.get(name);
    if (known !== undefined) return known;
    if (this.depth >= MAX_DEPTH) return undecided(name, "too-deep", MAX_DEPTH);
    this.rendered.set(name, undecided(name, "defined-by-itself"));
    this.depth++;
    const result = this.render(name, this.value(name));
    this.depth--;
    this.rendered.set(name, result);
    return result;
  }

  private render(name: string, value: Value): RenderedVariable {
    // Set to nothing, it is not Kubespray's default either.
    if (value === undefined || value === null) return undecided(name, "not-set");
    if (value === UNKNOWN) return undecided(name, "vault");
    const text = scalarText(value);
    if (text === undefined) return undecided(name, "not-a-scalar");
    if (text.length > MAX_LENGTH) return undecided(name, "too-long", MAX_LENGTH);
    const used = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
    if (/\{\{|\{%|\{#/u.test(text.replaceAll(PLACEHOLDER, ""))) return undecided(name, "template");
    const parts = new Map(used.map((variable) => [variable, this.text(variable)]));
    for (const part of parts.values()) if (part.kind === "undecided") return part;
    const result = text.replaceAll(PLACEHOLDER, (whole, variable: string) => {
      const part = parts.get(variable);
      return part?.kind === "text" ? part.text : whole;
    });
    return result.length > MAX_LENGTH ? undecided(name, "too-long", MAX_LENGTH) : { kind: "text", text: result };
  }
}

function undecided(culprit: string, problem: VariableProblem, limit: number | null = null): RenderedVariable {
  const data = { variable: culprit, culprit, problem, limit };
  return { kind: "undecided", reason: { id: "kubespray-variable-unknown", data } };
}

/** As Python's str() writes it. */
function scalarText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return typeof value === "boolean" ? (value ? "True" : "False") : undefined;
}
