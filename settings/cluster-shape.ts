import type { ClusterSettings, EtcdFileSettings } from "../cluster/cluster-settings";
import {
  anyText,
  decisive,
  list,
  map,
  mapOfAnything,
  namedList,
  notBlank,
  oneOf,
  optional,
  required,
  type Shape,
  text,
  wholeNumber,
} from "./shape";

const path = text({ pattern: /^\//, must: "must be an absolute path" });
const release = text({ pattern: /^v?\d+\.\d+(\.\d+)?$/, must: "must be a release such as v2.26.0" });
const mode = text({ pattern: /^[0-7]{3,4}$/, must: 'must be octal digits in quotes, such as "0600"' });
const sha256 = text({ pattern: /^[0-9a-fA-F]{64}$/, must: "must be 64 hexadecimal digits" });

const machine = map(
  {
    name: required(text(), "The name of the machine; a node's own name where it is a node."),
    addresses: optional(
      list(text(), "must be a list of addresses: [192.168.10.11]"),
      "All its addresses and other names.",
    ),
    resource: optional(text(), "The URN or Pulumi name of its VM or scaling group."),
  },
  "{name: master01, addresses: [192.168.10.11]}",
);
const machines = namedList(machine, "must be a list of machines: [{name: master01, addresses: [192.168.10.11]}]");

const file = map(
  {
    nodes: decisive(
      list(text(), "must be a list of node names: [master01]"),
      "The nodes that it is on; every control-plane node unless given.",
    ),
    path: required(path, "Its absolute path on the node."),
    link: decisive(text(), "Its target, if it is a symbolic link."),
    mode: optional(mode, 'Its mode in octal digits, such as "0600".'),
    content: optional(anyText, "Its content; for certificates, never for keys."),
    sha256: optional(sha256, "The SHA-256 of its content in hexadecimal digits."),
  },
  "{path: /etc/ssl/etcd/ssl/ca.pem}",
);

const kubespray = map(
  {
    inventory: required(text(), "Path of the inventory file; group_vars and host_vars beside it are read as well."),
    release: optional(release, "The Kubespray release that last ran on the cluster, such as v2.26.0."),
    variables: decisive(
      mapOfAnything("must map variable names to values"),
      "Variables that take precedence over group_vars and host_vars.",
    ),
  },
  "{inventory: inventory.ini, release: v2.26.0}",
);

const comparison = map(
  {
    record: required(text(), "Path of the other environment's record."),
    allow: optional(
      list(
        map(
          {
            field: required(text(), "The field that may differ, such as networking.podSubnet."),
            reason: required(notBlank, "Why it may differ."),
          },
          "{field: networking.podSubnet, reason: test has its own network}",
        ),
        "must be a list of allowed differences: [{field: networking.podSubnet, reason: test has its own network}]",
      ),
      "Where this environment may differ.",
    ),
  },
  "{record: prod.record.yaml}",
);

/** The names that a remediation writes into a kubeadm-config; a pair goes together, so neither is left out alone. */
export const etcdFilesShape: Shape<EtcdFileSettings> = map(
  {
    certFile: required(path, "Absolute path of the client certificate on every control-plane node."),
    keyFile: required(path, "Absolute path of its private key."),
    caFile: decisive(path, "Absolute path of etcd's CA; as it is in the kubeadm-config unless given."),
  },
  "{certFile: /etc/ssl/etcd/ssl/client.pem, keyFile: /etc/ssl/etcd/ssl/client-key.pem}",
);

/** One entry of `kubeadm-guard:clusters`. */
export const clusterShape: Shape<ClusterSettings> = map(
  {
    name: required(
      text(),
      "The cluster's name in messages; settings of the same name are joined. * stands for every cluster.",
    ),
    kubeadmConfig: optional(
      text(),
      "Which kubeadm-config it is about, if the stack has several: its URN, or the Pulumi name of its provider or a parent.",
    ),
    controlPlaneNodes: optional(machines, "The control-plane nodes."),
    etcdHosts: optional(machines, "Machines that run etcd and are not control-plane nodes."),
    otherHosts: optional(machines, "Other machines, such as workers and bastions."),
    kubespray: optional(kubespray, "The Kubespray inventory of the cluster."),
    files: optional(
      list(file, "must be a list of files: [{path: /etc/ssl/etcd/ssl/ca.pem}]"),
      "Files that another tool puts on the nodes.",
    ),
    listing: optional(text(), "Path of a listing of what is on each node, or of a stack export."),
    unlisted: optional(
      oneOf(["undecided", "missing"]),
      "The state of a file that no source mentions. Default: undecided.",
    ),
    undecided: optional(
      oneOf(["advisory", "mandatory"]),
      "Whether an undecided outcome stops a preview. Default: advisory.",
    ),
    minRemainingDays: optional(
      wholeNumber("days", 0, 36_500),
      "A certificate that expires within this many days is an advisory finding. Default: 30.",
    ),
    record: optional(text(), "Path of the record of the kubeadm-config that drift is measured against."),
    compareWith: optional(comparison, "Another environment, and where this one may differ from it."),
    renameEtcdFiles: optional(
      etcdFilesShape,
      "The names that the policy external-etcd-files-renamed writes into a declared kubeadm-config.",
    ),
    upgradeTo: optional(
      map(
        {
          kubernetes: optional(text(), "The Kubernetes release, such as v1.31.4."),
          kubespray: optional(text(), "The Kubespray release, such as v2.27.0."),
        },
        "{kubernetes: v1.31.4}",
      ),
      "The target releases of the next upgrade.",
    ),
  },
  "{name: prod}",
);
