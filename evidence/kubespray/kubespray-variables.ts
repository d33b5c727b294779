import { UNKNOWN } from "../../shell/unknown";
import type { Value } from "../value";
import type { InventoryHost } from "./inventory";

/** A variable as text, or why it cannot be told: the end of a sentence that names the variable, never its value. */
type RenderedVariable =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "undecided"; readonly why: string };

export interface KubesprayVariables {
  /** The variable on a host, with Kubespray's default and simple templates rendered. */
  readonly text: (host: InventoryHost, name: string) => RenderedVariable;
  /** The same through Ansible's `bool`; undefined where it cannot be told. */
  readonly flag: (host: InventoryHost, name: string) => boolean | undefined;
}

/**
 * Renders what people and Kubespray's defaults write for paths: plain text with `{{ name }}` in it. Filters, lookups,
 * facts and blocks make a variable undecided.
 */
export function kubesprayVariables(valueOn: (host: InventoryHost, name: string) => Value): KubesprayVariables {
  const text = (host: InventoryHost, name: string): RenderedVariable => {
    const rendered = new Renderer(
      (variable) => builtIn(host, variable) ?? valueOn(host, variable) ?? DEFAULTS.get(variable),
    ).text(name);
    if (rendered.kind === "text" || rendered.why.startsWith(`${name} `)) return rendered;
    return undecided(`${name} cannot be told: ${rendered.why}`);
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
    if (this.depth >= MAX_DEPTH)
      return undecided(`${name} is made from variables of variables, more than ${MAX_DEPTH} deep`);
    this.rendered.set(name, undecided(`${name} is defined by itself`));
    this.depth++;
    const result = this.render(name, this.value(name));
    this.depth--;
    this.rendered.set(name, result);
    return result;
  }

  private render(name: string, value: Value): RenderedVariable {
    if (value === undefined) return undecided(`${name} is not set by anything that is read here`);
    if (value === UNKNOWN) return undecided(`${name} is encrypted with Ansible Vault`);
    const text = scalarText(value);
    if (text === undefined) return undecided(`${name} is a list or a mapping`);
    if (text.length > MAX_LENGTH) return undecided(`${name} is longer than ${MAX_LENGTH} characters`);
    const used = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
    if (/\{\{|\{%|\{#/u.test(text.replaceAll(PLACEHOLDER, "")))
      return undecided(`${name} is a template of more than plain variables`);
    const parts = new Map(used.map((variable) => [variable, this.text(variable)]));
    for (const part of parts.values()) if (part.kind === "undecided") return part;
    const result = text.replaceAll(PLACEHOLDER, (whole, variable: string) => {
      const part = parts.get(variable);
      return part?.kind === "text" ? part.text : whole;
    });
    return result.length > MAX_LENGTH
      ? undecided(`${name} is longer than ${MAX_LENGTH} characters`)
      : { kind: "text", text: result };
  }
}

function undecided(why: string): RenderedVariable {
  return { kind: "undecided", why };
}

/** As Python's str() writes it. */
function scalarText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "None" : undefined;
}
