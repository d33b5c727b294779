import type { Form, Mark } from "./marks";

/** A place whose text may come out if it has the form that such a thing has. */
interface PublicPlace {
  readonly place: RegExp;
  readonly form: Form;
  /** Why somebody who reads a report may see it. */
  readonly why: string;
}

/** All that may come out: names of machines and paths of files, which a report is about. Nothing else may. */
const PUBLIC_PLACES: readonly PublicPlace[] = [
  { place: /(?:^|\.)(?:host|privateIp|connection\.host)$/, form: "name", why: "the address of a machine" },
  { place: /etcd\.external\.(?:ca|cert|key)File$/, form: "path", why: "the path of a file" },
  {
    place: /etcd\.external\.endpoints\[\d+\](?: word \d+: \/\/10\.0\.0\.9)?$/,
    form: "name",
    why: "the address of etcd",
  },
  { place: /^(?:name|cluster|nodes\[\d+\]|addresses\[\d+\])$/, form: "name", why: "the name of a node or a cluster" },
  { place: /^path$/, form: "path", why: "the path of a file" },
  { place: /word \d+: (?:root@10\.0\.0\.2|10\.0\.0\.2)$/, form: "name", why: "the machine that ssh and scp reach" },
];

/** True where the mark has the form of what is public in that place. */
export function isPublic(place: string, { looksLike }: Mark): boolean {
  return PUBLIC_PLACES.some((one) => one.place.test(place) && looksLike.includes(one.form));
}
