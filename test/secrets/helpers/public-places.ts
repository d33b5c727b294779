import type { Form, Mark } from "./marks";

/** A place whose text may come out if it has the form that such a thing has. */
interface PublicPlace {
  readonly place: RegExp;
  readonly form: Form;
  /** Why somebody who reads a report may see it. */
  readonly why: string;
}

/** Where a stack's configuration and a pack's own code have the same settings. */
const OF = String.raw`(?:settings\.kubeadm-guard:|options\.)`;
/** The maps of the settings, whose keys are known. */
const MAPS = [
  String.raw`clusters\[0\](?:\.(?:compareWith(?:\.allow\[0\])?|kubespray|renameEtcdFiles|upgradeTo))?`,
  String.raw`clusters\[0\]\.(?:controlPlaneNodes|etcdHosts|otherHosts|files)\[\d\]`,
  String.raw`accept\[\d\]`,
].join("|");

/** All that may come out, in the form that such a thing has. Nothing else may. */
const PUBLIC_PLACES: readonly PublicPlace[] = [
  // Resources of a stack.
  {
    place: /^a (?:remote command|command [a-z ]+|copy(?: of a file)?): connection\.host$/,
    form: "name",
    why: "the address of a machine",
  },
  {
    place:
      /^a (?:remote command: create|script on Hetzner: userData|startup script on Google: metadataStartupScript) word \d+: root@10\.0\.0\.2$/,
    form: "name",
    why: "the machine that ssh and scp reach",
  },
  {
    place:
      /^a KubeadmControlPlane: spec\.kubeadmConfigSpec\.clusterConfiguration\.etcd\.external\.(?:ca|cert|key)File$/,
    form: "path",
    why: "the path of a file",
  },
  {
    place:
      /^a KubeadmControlPlane: spec\.kubeadmConfigSpec\.clusterConfiguration\.etcd\.external\.endpoints\[0\](?: word \d+: \/\/10\.0\.0\.9)?$/,
    form: "name",
    why: "the address of etcd",
  },
  { place: /^a (?:node component: name|file component: nodes\[0\])$/, form: "name", why: "the name of a node" },
  { place: /^a (?:node|file) component: cluster$/, form: "prose", why: "the name of a cluster, which may have spaces" },

  // A kubeadm-config, in a file and in a ConfigMap.
  {
    place:
      /^(?:cm\.yaml|kubectl\[0\]\.data\.ClusterConfiguration) word \d+: (?:(?:ca|cert|key)File|endpoints|external|etcd|kubernetesVersion|kind|ClusterConfiguration)$/,
    form: "key",
    why: "kubeadm quotes a field or a kind that it does not know",
  },
  {
    place:
      /^cm\.yaml word \d+: (?:clusterName|controlPlaneEndpoint|imageRepository|networking|podSubnet|serviceSubnet|dnsDomain|featureGates|apiServer|certSANs|extraArgs|extraVolumes|InitConfiguration|bootstrapTokens|token|ttl|certificateKey|nodeRegistration|name|kubeletExtraArgs)$/,
    form: "key",
    why: "kubeadm quotes a field or a kind that it does not know",
  },
  {
    place: /^cm\.yaml word \d+: (?:PublicKeysECDSA|oidc-client-secret|etcd-servers|audit)$/,
    form: "key",
    why: "the name of a feature gate, an argument of the API server or a volume",
  },
  {
    place: /^(?:cm\.yaml|kubectl\[0\]\.data\.ClusterConfiguration) word \d+: \/etc\/(?:ssl\/etcd\/ssl\/|audit)/,
    form: "path",
    why: "the path of a file or a folder",
  },
  {
    place:
      /^(?:cm\.yaml|kubectl\[0\]\.data\.ClusterConfiguration) word \d+: (?:kubeadm\.k8s\.io\/v1beta3|v1\.29\.10|2379|6443)$/,
    form: "value",
    why: "kubeadm quotes a version or a port that it cannot use",
  },
  {
    place:
      /^cm\.yaml word \d+: (?:\/\/192\.168\.10\.21|https|prod|registry\.example\.com\/k8s|10\.244\.0\.0\/16|10\.96\.0\.0\/12|cluster\.local|24h)$/,
    form: "value",
    why: "a difference shows the old value and the new one, where it has the form of one",
  },
  { place: /^cm\.yaml word \d+: lb\.example\.com$/, form: "name", why: "the name of the API servers' load balancer" },

  // What kubectl prints.
  { place: /^kubectl\[0\]\.metadata\.name(?:space)?$/, form: "name", why: "the name of the ConfigMap that was read" },
  {
    place: /^kubectl\[[12]\]\.items\[\d\]\.(?:metadata\.name|spec\.nodeName)$/,
    form: "name",
    why: "the name of a node, or of a Pod that is named after it",
  },
  {
    place:
      /^kubectl\[2\]\.items\[0\]\.spec\.(?:volumes\[0\]\.hostPath\.path|containers\[0\]\.command\[[234]\] word \d+: \/etc\/ssl\/etcd\/ssl\/[\w.-]+)$/,
    form: "path",
    why: "the path of a file",
  },

  // Listings, inventories and exports.
  { place: /^listing\.yaml\.(?:controlPlane|etcdHosts)\[\d\]\.name$/, form: "name", why: "the name of a node" },
  { place: /^listing\.yaml\.files\.master01\[1\]\.link$/, form: "path", why: "where a link leads" },
  {
    place: /^inventory\.ini (?:word \d+: (?:kube_control_plane|children|all|vars)|after line 1[01])$/,
    form: "key",
    why: "the name of a group, or of what a section holds of one",
  },
  {
    place: /^hosts\.yaml\.all\.children\.(?:etcd|kube_control_plane)\.hosts key (?:etcd1|master0[12])$/,
    form: "name",
    why: "the name of a machine",
  },
  {
    place: /^hosts\.yaml\.all(?:\.children\.(?:etcd|kube_control_plane|k8s_cluster))? key (?:vars|hosts|children)$/,
    form: "key",
    why: "a key of a group that is not known",
  },
  {
    place:
      /^(?:hosts\.yaml\.all\.vars|group_vars\/(?:all\/etcd\.yaml|kube_control_plane\.json|etcd)|host_vars\/master0[12](?:\/vault\.yml)?)\.kube_etcd_cert_file word 3: vault_pw$/,
    form: "name",
    why: "the name of a variable that a template takes",
  },
  {
    place: /^export\.json\.deployment\.resources\[1[2345]\]\.type word 0: (?:kubeadm-guard|openstack)$/,
    form: "name",
    why: "the type of a resource that no reader knows",
  },
  {
    place: /^export\.json\.deployment\.resources\[\d+\](?:\.urn word \d+: (?:m2|m3|key|ca)|\.inputs\.name)$/,
    form: "name",
    why: "the name of a resource or of the machine that it makes",
  },

  // What a team has agreed on.
  {
    place: /^(?:accept\.yaml\.accept\[\d\]|compare\.yaml(?:\.allow\[0\])?) key [a-z]+$/,
    form: "key",
    why: "'did you mean' quotes a key that is not known",
  },
  {
    place: /^(?:accept\.yaml\.accept|baseline\.json\.findings)\[0\]\.node$/,
    form: "name",
    why: "the name of a node",
  },
  { place: /^(?:accept\.yaml\.accept|baseline\.json\.findings)\[0\]\.path$/, form: "path", why: "the path of a file" },
  {
    place: /^(?:accept\.yaml\.accept\[0\]|record\.yaml)\.cluster$/,
    form: "prose",
    why: "the name of a cluster, which may have spaces",
  },
  { place: /^compare\.yaml\.record$/, form: "path", why: "the path of a file" },
  { place: /^compare\.yaml\.record$/, form: "prose", why: "the path of a file, which may have spaces" },
  { place: /^compare\.yaml\.allow\[0\]\.field$/, form: "key", why: "the field in which environments may differ" },
  {
    place: /^record\.yaml\.configuration\.(?:etcd\.external\.keyFile|clusterName|networking\.dnsDomain)$/,
    form: "value",
    why: "a difference shows the old value and the new one",
  },
  { place: /^record\.yaml\.filesOnEveryNode\[0\]$/, form: "path", why: "the path of a file" },
  {
    place: /^record\.yaml\.history\[0\]\.(?:reason|by)$/,
    form: "prose",
    why: "what somebody wrote for readers of reports",
  },

  // Settings, and what a pack is made with.
  {
    place: new RegExp(`^${OF}(?:${MAPS}) key \\w+$`),
    form: "key",
    why: "'did you mean' quotes a key that is not known",
  },
  {
    place:
      /^settings\.control-plane-nodes-known(?:\.clusters\[0\](?:\.(?:controlPlaneNodes|etcdHosts)\[\d\]|\.kubespray)?)? key \w+$/,
    form: "key",
    why: "'did you mean' quotes a key that is not known",
  },
  { place: /^options key \w+$/, form: "key", why: "'did you mean' quotes an option that is not known" },
  { place: /^options\.levels key private-keys-protected$/, form: "key", why: "'did you mean' quotes a policy" },
  {
    place: /^(?:settings\.control-plane-nodes-known|options)\.neverAccept\[0\]$/,
    form: "key",
    why: "'did you mean' quotes a policy or a severity",
  },
  {
    place: new RegExp(
      `^${OF}(?:clusters\\[0\\]\\.(?:(?:controlPlaneNodes|etcdHosts)\\[\\d\\]\\.name|files\\[0\\]\\.nodes\\[0\\])|accept\\[0\\]\\.node)$`,
    ),
    form: "name",
    why: "the name of a machine",
  },
  {
    place: new RegExp(`^(?:${OF}clusters\\[0\\]\\.name|settings\\.kubeadm-guard:accept\\[0\\]\\.cluster)$`),
    form: "prose",
    why: "the name of a cluster, which may have spaces",
  },
  ...(["path", "prose"] as const).map((form) => ({
    place: new RegExp(
      `^(?:${OF}(?:clusters\\[0\\]\\.(?:compareWith\\.record|kubespray\\.inventory|listing|record)|baseline|reports\\[\\d\\])|settings\\.control-plane-nodes-known\\.baseline)$`,
    ),
    form,
    why: "the path of a file, which may have spaces",
  })),
  { place: new RegExp(`^${OF}accept\\[0\\]\\.path$`), form: "path", why: "the path of a file" },
  {
    place: new RegExp(`^${OF}clusters\\[0\\]\\.otherHosts\\[0\\]\\.resource$`),
    form: "value",
    why: "the name of a resource",
  },

  // The command line.
  { place: / argument (?: [a-z]+|\S+ --[a-z-]+)$/, form: "key", why: "an option or a command that is not known" },
  {
    place: / argument --(?:format|step|kubeadm|upgrade-to|kubespray|upgrade-kubespray-to|fail-on|explain) \S+$/,
    form: "key",
    why: "a value that the option does not have",
  },
  { place: / argument explain (?:private-keys-protected$|open )/, form: "key", why: "a policy that is not known" },
  ...(["path", "prose"] as const).map((form) => ({
    place:
      / argument (?:--(?:accept|baseline|compare|inventory|kubeadm-config|nodes|record|out) [a-z.]+|(?:report|baseline) old\.json)$/,
    form,
    why: "the path of a file, which may have spaces",
  })),
  { place: / argument --(?:report r\.json|kubeconfig kubeconfig\.yaml)$/, form: "path", why: "the path of a file" },
  {
    place: / argument --context prod$/,
    form: "prose",
    why: "the name of a context, as the command that is run has it",
  },
];

/** True where the mark has the form of what is public in that place. */
export function isPublic(place: string, { looksLike }: Mark): boolean {
  return PUBLIC_PLACES.some((one) => one.place.test(place) && looksLike.includes(one.form));
}
