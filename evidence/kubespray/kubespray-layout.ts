import type { Completeness } from "../../cluster/completeness";
import type { Evidence } from "../../cluster/evidence";
import type { Node } from "../../cluster/node";
import type { FileOperation } from "../../machine/file-operation";
import { isAtOrBelow, join } from "../../machine/paths";
import type { Source } from "../../machine/source";
import type { Reason } from "../../reasons/reason";
import { clientFiles } from "./client-files";
import { hostAddresses } from "./host-addresses";
import type { InventoryHost } from "./inventory";
import { type EtcdPlace, type KubesprayFacts, type KubesprayInput, kubesprayFacts } from "./kubespray-facts";
import type { KubesprayRelease } from "./kubespray-release";

/** What Kubespray puts on the hosts of an inventory. */
export interface KubesprayLayout {
  /** In the order of the groups; addresses come from the inventory, group_vars and host_vars. */
  readonly controlPlane: readonly Node[];
  readonly etcdHosts: readonly Node[];
  /** Hosts of kube_node that are neither, and those that are in no group. */
  readonly otherHosts: readonly Node[];
  /** One for each control-plane and etcd host, named by its name; none where nothing is known. */
  readonly evidence: readonly Evidence[];
  /** For each control-plane and etcd host by name: complete below etcd_cert_dir, or open and why. */
  readonly completeness: ReadonlyMap<string, Completeness>;
  /** Whether kubeadm's etcd is external (on the hosts of the group etcd) or kubeadm's own. */
  readonly etcd: EtcdPlace;
  /** Where the layout rests on something that is not known or not read, in words. */
  readonly remarks: readonly string[];
}

/**
 * The certificates that the role etcd of `input.release` distributes for this inventory.
 *
 * An etcd host has the CA with its key, the pairs of all etcd hosts and those of all control-plane nodes. A control-plane
 * node that is not an etcd host has the CA without its key and its own pair; in v2.26.1, v2.27.1 and from v2.28.0 on also
 * links from the other nodes' names to it. Whether a join has copied the first node's pair, an inventory cannot say.
 *
 * Source: roles/etcd/tasks/gen_certs_script.yml and gen_nodes_certs_script.yml, v2.15.1 to v2.31.0. Never throws.
 */
export function kubesprayLayout(input: KubesprayInput, source: Source): KubesprayLayout {
  const facts = kubesprayFacts(input);
  const node = (host: InventoryHost): Node => nodeOf(host, facts, source);
  const outside = new Set(facts.hosts);
  const { controlPlane, etcd, nodes, hosts, groups } = facts.inventory;
  const grouped = new Set(
    [...groups.values()].flatMap((group) => (group.name === "all" || group.name === "ungrouped" ? [] : group.hosts)),
  );
  const others = hosts.filter((host) => nodes.includes(host) || !grouped.has(host.name));
  return {
    controlPlane: controlPlane.map(node),
    etcdHosts: etcd.map(node),
    otherHosts: others.filter((host) => !outside.has(host)).map(node),
    etcd: facts.etcd,
    remarks: facts.remarks,
    ...filesOf(facts, source),
  };
}

function nodeOf(host: InventoryHost, { variables }: KubesprayFacts, declaredBy: Source): Node {
  const text = (name: string): string | undefined => {
    const rendered = variables.text(host, name);
    return rendered.kind === "text" ? rendered.text : undefined;
  };
  const override = text("kube_override_hostname");
  return {
    name: host.name,
    otherNames: override === undefined || override === "" || override === host.name ? [] : [override],
    addresses: hostAddresses(text),
    declaredBy,
  };
}

type Files = Pick<KubesprayLayout, "evidence" | "completeness">;

/** Beyond this, pairs and links multiply to more than is of use; etcd's own advice is seven members. */
const MAX_HOSTS = 300;

function filesOf(facts: KubesprayFacts, source: Source): Files {
  const { etcd, hosts, release } = facts;
  if (etcd.kind === "undecided") return unknownLayout(hosts, etcd.reason);
  if (etcd.kind === "kubeadm") {
    const { variable, value } = etcd;
    return unknownLayout(hosts, { id: "kubespray-etcd-by-kubeadm", data: { variable, value } });
  }
  if (hosts.length > MAX_HOSTS) {
    const data = { problem: "too-many-hosts", limit: MAX_HOSTS } as const;
    return unknownLayout(hosts, { id: "kubespray-layout-unknown", data });
  }
  const plan = new Plan(facts, etcd.certDir);
  const completeness: Completeness = {
    kind: "complete-below",
    known: [{ by: "kubespray", title: release.title, folders: [etcd.certDir] }],
  };
  return {
    evidence: hosts.map((host) => ({
      source,
      machine: { by: "name", name: host.name },
      operations: plan.operations(host),
    })),
    completeness: new Map(hosts.map((host) => [host.name, completeness])),
  };
}

function unknownLayout(hosts: readonly InventoryHost[], reason: Reason): Files {
  return { evidence: [], completeness: new Map(hosts.map((host) => [host.name, { kind: "unknown", reason }])) };
}

/** The files of each host, for an etcd on the hosts of the group etcd. */
class Plan {
  private readonly controlPlane: readonly string[];
  private readonly etcd: readonly string[];
  private readonly release: KubesprayRelease;
  /** What might lie on any control-plane node because the variables name it, or are not known. */
  private readonly named: readonly FileOperation[];
  private readonly everyPair: readonly string[];
  /** What a join copies from the first node. */
  private readonly joined: readonly string[];

  constructor(
    private readonly facts: KubesprayFacts,
    private readonly certDir: string,
  ) {
    this.controlPlane = facts.inventory.controlPlane.map((host) => host.name);
    this.etcd = facts.inventory.etcd.map((host) => host.name);
    this.release = facts.release;
    this.everyPair = [
      ...this.etcd.flatMap((name) => [...pair("admin", name), ...pair("member", name)]),
      ...this.controlPlane.flatMap((name) => pair("node", name)),
    ].map((file) => join(certDir, file));
    const files = facts.inventory.controlPlane.map((host) => clientFiles(host, certDir, facts.variables));
    this.named = this.namedFiles(files);
    const [first] = files;
    this.joined = first?.kind === "known" ? [first.certFile, first.keyFile] : [];
  }

  operations(host: InventoryHost): readonly FileOperation[] {
    const isNode = this.facts.inventory.controlPlane.includes(host);
    const isEtcd = this.facts.inventory.etcd.includes(host);
    const shared = [...this.kubeadmsOwn(), ...(isNode ? this.named : [])];
    return isEtcd ? [...this.onEtcdHost(host.name), ...shared] : [...this.onNode(host.name), ...shared];
  }

  private onEtcdHost(name: string): readonly FileOperation[] {
    const files = [join(this.certDir, "ca.pem"), join(this.certDir, "ca-key.pem"), ...this.everyPair];
    return [
      ...files.map((path) => this.put(path, name)),
      // Nothing deletes them there, and releases and network plugins differ in whether workers get pairs.
      mightWrite(this.certDir, { id: "kubespray-leaves-pairs", data: {} }),
    ];
  }

  private onNode(name: string): readonly FileOperation[] {
    const own = pair("node", name).map((file) => join(this.certDir, file));
    return [
      ...[join(this.certDir, "ca.pem"), ...own].map((path) => this.put(path, name)),
      ...this.controlPlane.filter((other) => other !== name).flatMap((other) => this.othersPair(name, other)),
      ...this.copiedByJoin(name),
    ];
  }

  private othersPair(name: string, other: string): readonly FileOperation[] {
    const files = pair("node", other).map((file) => join(this.certDir, file));
    const targets = pair("node", name).map((file) => join(this.certDir, file));
    if (this.release.links === undefined)
      return files.map((path) => mightWrite(path, { id: "kubespray-links-unknown", data: { earlier: null } }));
    if (!this.release.links) {
      const { linksOf: earlier } = this.release;
      if (earlier === undefined || this.facts.isWalked) return [];
      return files.map((path) => mightWrite(path, { id: "kubespray-links-unknown", data: { earlier } }));
    }
    return files.map((path, index) => ({
      do: "link",
      to: { kind: "file", path },
      target: targets[index] ?? path,
      replace: false,
    }));
  }

  /** With links nothing is left undecided: each of these names exists, be it a link or a copy. */
  private copiedByJoin(name: string): readonly FileOperation[] {
    const [first] = this.controlPlane;
    if (first === name || first === undefined || this.release.links === true) return [];
    return this.joined.map((path) => mightWrite(path, { id: "kubespray-join-may-copy", data: { node: first } }));
  }

  /** Files that kube_etcd_*_file name and Kubespray does not make: whoever set the variables has to put them there. */
  private namedFiles(files: readonly ReturnType<typeof clientFiles>[]): readonly FileOperation[] {
    const made = new Set([join(this.certDir, "ca.pem"), join(this.certDir, "ca-key.pem"), ...this.everyPair]);
    const named = new Map<string, string>();
    for (const file of files) {
      if (file.kind === "undecided") return [mightWrite(this.certDir, file.reason)];
      named
        .set(file.caFile, "kube_etcd_cacert_file")
        .set(file.certFile, "kube_etcd_cert_file")
        .set(file.keyFile, "kube_etcd_key_file");
    }
    return [...named].flatMap(([path, variable]) =>
      made.has(path) ? [] : [mightWrite(path, { id: "kubespray-file-not-made", data: { variable } })],
    );
  }

  /** Where etcd's certificates share a folder with Kubernetes' own, kubeadm writes there too. */
  private kubeadmsOwn(): readonly FileOperation[] {
    const [host] = this.facts.hosts;
    const kubeDir = host === undefined ? undefined : this.facts.variables.text(host, "kube_config_dir");
    const folders = [kubeDir?.kind === "text" ? kubeDir.text : "/etc/kubernetes", "/etc/kubernetes"];
    const shared = folders.some((folder) => isAtOrBelow(this.certDir, folder) || isAtOrBelow(folder, this.certDir));
    return shared ? [mightWrite(this.certDir, { id: "kubespray-shared-folder", data: {} })] : [];
  }

  /** On etcd hosts other than the first one the task copies with mode 0640; openssl makes keys with 0600, and tar keeps that. */
  private put(path: string, host: string): FileOperation {
    const copied = this.etcd.includes(host) && host !== this.etcd[0];
    const made = copied ? "0640" : path.endsWith("-key.pem") ? "0600" : undefined;
    const mode = this.release.modes === "all 0700" ? "0700" : this.release.modes === "as made" ? made : undefined;
    const put = { do: "put", to: { kind: "file", path }, content: { kind: "not-shown" } } as const;
    return mode === undefined ? put : { ...put, mode };
  }
}

function pair(kind: "admin" | "member" | "node", host: string): readonly string[] {
  return [`${kind}-${host}.pem`, `${kind}-${host}-key.pem`];
}

function mightWrite(path: string, reason: Reason): FileOperation {
  return { do: "might-write", scope: { kind: "below", path }, reason };
}
