import { baseName, parent } from "../../machine/paths";

/** True if the file's name carries this node's name as a word of its own: `node-master01-key.pem` carries `master01`, not `master0`. */
export function carriesName(path: string, name: string): boolean {
  return spot(path, name) !== undefined;
}

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
    const [before, after] = [file[at - 1] ?? "-", file[at + wanted.length] ?? "-"];
    if (!/[a-z0-9]/.test(before) && !/[a-z0-9]/.test(after)) return at;
  }
  return undefined;
}

/** The node whose name the file's name carries; of several the one with the longest name, as `m1` is in `node-m1-lab.pem`. */
export function ownerOf<One extends { readonly name: string }>(path: string, nodes: readonly One[]): One | undefined {
  return nodes
    .filter(({ name }) => carriesName(path, name))
    .sort((one, other) => other.name.length - one.name.length)[0];
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
