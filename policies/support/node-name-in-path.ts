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
