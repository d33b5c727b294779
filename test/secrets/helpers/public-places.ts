import type { Form, Mark } from "./marks";

/** A place whose text may come out if it has the form that such a thing has. */
interface PublicPlace {
  readonly place: RegExp;
  readonly form: Form;
  /** Why somebody who reads a report may see it. */
  readonly why: string;
}

/** All that may come out, in the form that such a thing has. Nothing else may. */
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
  {
    place: /^(?:cm|record|accept|compare)\.yaml.* key /,
    form: "key",
    why: "'did you mean' quotes a key that is not known",
  },
  {
    place: /^(?:cm\.yaml|kubectl\[0\]\.data\.ClusterConfiguration) word \d+: [a-z][A-Za-z-]*$/,
    form: "key",
    why: "kubeadm quotes a field that it does not know",
  },
  {
    place: /^(?:cm\.yaml|kubectl\[0\]\.data\.ClusterConfiguration) word |^record\.yaml\.configuration\./,
    form: "value",
    why: "a difference shows the old value and the new one",
  },
  {
    place:
      /^listing\.yaml\.(?:controlPlane|etcdHosts)\[\d+\]\.name$|^kubectl\[[12]\]\.items\[\d+\]\.(?:metadata\.name|spec\.nodeName)$/,
    form: "name",
    why: "the name of a node",
  },
  {
    place: /^(?:accept\.yaml\.accept|baseline\.json\.findings)\[0\]\.(?:node|cluster)$|^record\.yaml\.cluster$/,
    form: "name",
    why: "the name of a node or a cluster",
  },
  {
    place: /^(?:record\.yaml|accept\.yaml\.accept\[0\])\.cluster$/,
    form: "prose",
    why: "the name of a cluster, which may have spaces",
  },
  { place: /^(?:accept\.yaml\.accept|baseline\.json\.findings)\[0\]\.path$/, form: "path", why: "the path of a file" },
  { place: /^cluster$/, form: "prose", why: "the name of a cluster, which may have spaces" },
  { place: /^record\.yaml\.filesOnEveryNode\[0\]$/, form: "path", why: "the path of a file" },
  {
    place: /^kubectl\[2\]\..*hostPath\.path$|^kubectl\[2\]\..*\.command\[[345]\]/,
    form: "path",
    why: "the path of a file",
  },
  { place: /^listing\.yaml\.files\.master01\[\d+\]\.link$/, form: "path", why: "where a link leads" },
  { place: /^compare\.yaml\.record$/, form: "path", why: "the path of a file" },
  { place: /^compare\.yaml\.record$/, form: "prose", why: "the path of a file, which may have spaces" },
  { place: /^compare\.yaml\.allow\[0\]\.field$/, form: "key", why: "the field in which environments may differ" },
  {
    place:
      /^(?:record\.yaml\.history\[0\]\.(?:reason|by)|(?:accept\.yaml\.accept|compare\.yaml\.allow)\[\d+\]\.reason)$/,
    form: "prose",
    why: "what somebody wrote for readers of reports",
  },
  {
    place: /^inventory\.ini word \d+: (?:kube_control_plane|k8s_cluster|etcd)$/,
    form: "key",
    why: "the name of a group",
  },
  {
    place: /^hosts\.yaml\..*(?:hosts key [a-z]+\d+|\.ansible_host|\.(?:access_)?ip)$/,
    form: "name",
    why: "the name or the address of a machine",
  },
  {
    place: /^hosts\.yaml\..* key (?:vars|hosts|children|all|etcd|kube_control_plane|k8s_cluster)$/,
    form: "key",
    why: "the name of a group, or a key that is not known",
  },
  {
    place: /^export\.json\.deployment\.resources\[\d+\]\.(?:urn|type|inputs\.(?:nodes\[\d+\]|name|cluster))/,
    form: "name",
    why: "the name or the type of a resource, or the name of a machine",
  },
  { place: /^kubectl\[0\]\.metadata\.name(?:space)?$/, form: "name", why: "the name of the ConfigMap that was read" },
  // Settings and what a pack is made with have the same parts.
  {
    place: /^(?:settings|options)(?:\..*)? key |^(?:settings|options)(?:\..*)?\.neverAccept/,
    form: "key",
    why: "'did you mean' quotes a key that is not known",
  },
  {
    place: /^(?:settings|options)\..*(?:name|nodes\[0\]|addresses\[0\]|\.node|\.cluster)$/,
    form: "name",
    why: "the name or the address of a machine, or the name of a cluster",
  },
  {
    place: /^(?:settings|options)\.(?:kubeadm-guard:)?(?:clusters\[0\]\.name|accept\[0\]\.cluster)$/,
    form: "prose",
    why: "the name of a cluster, which may have spaces",
  },
  {
    place: /^(?:settings|options)\..*\.reason$/,
    form: "prose",
    why: "what somebody wrote for readers of reports",
  },
  {
    place: /^(?:settings|options)\..*(?:baseline|reports\[\d\]|inventory|listing|record|\.path|\.link)$/,
    form: "path",
    why: "the path of a file",
  },
  {
    place: /^(?:settings|options)\..*(?:baseline|reports\[\d\]|inventory|listing|record)$/,
    form: "prose",
    why: "the path of a file, which may have spaces",
  },
  { place: /^(?:settings|options)\..*\.resource$/, form: "value", why: "the name of a resource" },
  {
    place: /^(?:check|record|baseline|report|collect|an? .*)(?: --live)? argument /,
    form: "key",
    why: "an option or a value that is not known",
  },
  {
    place:
      / argument (?:--(?:kubeadm-config|nodes|inventory|record|compare|accept|baseline|report|fix-script|out|kubeconfig)|report|baseline) [a-z]/,
    form: "path",
    why: "the path of a file",
  },
  {
    place:
      / argument (?:--(?:kubeadm-config|nodes|inventory|record|compare|accept|baseline|report|fix-script|out|kubeconfig|context|explain|reason|by)|report|baseline) [A-Za-z]/,
    form: "prose",
    why: "the path of a file or a text, which may have spaces",
  },
  { place: /^explain argument /, form: "prose", why: "what somebody looks for" },
  { place: /word \d+: (?:root@10\.0\.0\.2|10\.0\.0\.2)$/, form: "name", why: "the machine that ssh and scp reach" },
];

/** True where the mark has the form of what is public in that place. */
export function isPublic(place: string, { looksLike }: Mark): boolean {
  return PUBLIC_PLACES.some((one) => one.place.test(place) && looksLike.includes(one.form));
}
