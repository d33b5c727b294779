import { memoizeObject } from "../../machine/memoize";
import { baseName, parent } from "../../machine/paths";

/** The path with the node's name taken out of the file's name: `/etc/ssl/etcd/ssl/node.pem`. */
export function neutralPath(path: string, name: string): string {
  const found = spot(path, name);
  if (found === undefined) return path;
  const file = baseName(path);
  const rest = `${file.slice(0, found)}${file.slice(found + name.length)}`.replace(
    /[-_.]{2,}/g,
    (run) => run.at(-1) ?? run,
  );
  const clean = rest.replace(/^[-_.]+/, "");
  return `${parent(path)}/${clean === "" || /^(pem|crt|key|cer)$/.test(clean) ? `etcd-client.${clean || "pem"}` : clean}`;
}

/** Where in the file's name the node's name stands as a whole word, compared without case. */
function spot(path: string, name: string): number | undefined {
  const [file, wanted] = [baseName(path).toLowerCase(), name.toLowerCase()];
  if (wanted === "") return undefined;
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
    if (isEdge(file[at - 1]) && isEdge(file[at + wanted.length])) return at;
  }
  return undefined;
}

/**
 * The node whose name the file's name carries as a word of its own: `node-master01-key.pem` carries `master01`, not `master0`. Of several the one
 * with the longest name, as `m1` is in `node-m1-lab.pem`.
 */
export function ownerOf<One extends { readonly name: string }>(path: string, nodes: readonly One[]): One | undefined {
  const file = baseName(path).toLowerCase();
  const { at, longest } = nameIndex(nodes);
  let owner: One | undefined;
  for (let start = 0; start < file.length; start++) {
    if (!isEdge(file[start - 1])) continue;
    for (let end = start + 1; end <= Math.min(file.length, start + longest); end++) {
      const index = isEdge(file[end]) ? at.get(file.slice(start, end)) : undefined;
      const found = index === undefined ? undefined : nodes[index];
      if (found !== undefined && found.name.length > (owner?.name.length ?? 0)) owner = found;
    }
  }
  return owner;
}

interface NameIndex {
  /** Where in the list each name stands, in lower case; of equal names the first. */
  readonly at: ReadonlyMap<string, number>;
  readonly longest: number;
}

/** Ten thousand nodes are asked about ten thousand files. */
const nameIndex = memoizeObject((nodes: readonly { readonly name: string }[]): NameIndex => {
  const at = new Map<string, number>();
  for (const [index, { name }] of nodes.entries()) {
    const key = name.toLowerCase();
    if (!at.has(key)) at.set(key, index);
  }
  return { at, longest: [...at.keys()].reduce((most, { length }) => Math.max(most, length), 0) };
});

function isEdge(letter: string | undefined): boolean {
  return letter === undefined || !/[a-z0-9]/.test(letter);
}

/**
 * The name in a file's name of the form that Kubespray gives each node's own pair (roles/etcd: `node-NAME.pem`,
 * `node-NAME-key.pem`, likewise `admin-` and `member-`); undefined for other forms, and for words that name no machine.
 */
export function nameInPair(path: string): string | undefined {
  const name = /^(?:node|admin|member)-(.+?)(?:-key)?\.(?:pem|crt|cer|key)$/i.exec(baseName(path))?.[1];
  return name === undefined || NO_NAMES.test(name) ? undefined : name;
}

const NO_NAMES = /^(?:ca|cert|client|crt|etcd|key|kube|peer|server|tls)(?:-cert|-client|-key)?$/i;
