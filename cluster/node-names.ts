import { formatIp, parseIp } from "../kubeadm/go/x509/ip-address";
import type { Urn } from "../machine/source";
import type { Node } from "./node";

/** Finds nodes by any of their names: without case, and by short name where that is unique. */
export class NodeNames {
  private readonly exact = new Map<string, Node[]>();
  /** Nodes with a dotted name, and nodes with a plain one, by first label. */
  private readonly dotted = new Map<string, Node[]>();
  private readonly plain = new Map<string, Node[]>();
  private readonly resources = new Map<Urn, Node>();

  constructor(nodes: readonly Node[]) {
    for (const node of new Set(nodes)) {
      if (node.resource !== undefined) this.resources.set(node.resource, node);
      for (const name of new Set([node.name, ...node.otherNames, ...node.addresses].map(hostText))) {
        add(this.exact, name, node);
        if (isAddress(name)) continue;
        add(name.includes(".") ? this.dotted : this.plain, firstLabel(name), node);
      }
    }
  }

  /** The nodes that go by this name or address. More than one where a name is ambiguous, none where it is unknown. */
  named(name: string): readonly Node[] {
    const wanted = hostText(name);
    const exact = this.exact.get(wanted);
    if (exact !== undefined) return exact;
    if (isAddress(wanted)) return [];
    const short = (wanted.includes(".") ? this.plain : this.dotted).get(firstLabel(wanted)) ?? [];
    return short.length === 1 ? short : [];
  }

  /** True where one of the nodes goes by this name when it is compared alone, whatever the others are called. */
  includes(name: string): boolean {
    const wanted = hostText(name);
    if (this.exact.has(wanted)) return true;
    return !isAddress(wanted) && (wanted.includes(".") ? this.plain : this.dotted).has(firstLabel(wanted));
  }

  ofResource(urn: Urn): Node | undefined {
    return this.resources.get(urn);
  }
}

/** A host as it is compared: without case, brackets and a final dot, an IPv6 address in its shortest form. */
export function hostText(host: string): string {
  const text = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
  const address = text.includes(":") ? parseIp(text) : undefined;
  return address === undefined ? text : formatIp(address);
}

/** True for an IPv4 or IPv6 address: it has no short name. */
export function isAddress(host: string): boolean {
  return /^[0-9.]+$/.test(host) || host.includes(":");
}

function firstLabel(name: string): string {
  return name.split(".")[0] ?? name;
}

function add(map: Map<string, Node[]>, key: string, node: Node): void {
  const nodes = map.get(key);
  if (nodes === undefined) map.set(key, [node]);
  // Nodes come one after the other, so one that is among them is the last.
  else if (nodes.at(-1) !== node) nodes.push(node);
}
