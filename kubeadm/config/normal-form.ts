import { formatGoDuration } from "../go/go-duration";
import { compareGoStrings } from "../go/go-syntax";
import type {
  Arg,
  ClusterConfiguration,
  ControlPlaneComponent,
  EnvVar,
  ExternalEtcd,
  LocalEtcd,
} from "./cluster-configuration";

/** The value of one field: text, a switch, or a list whose order says nothing. */
export type NormalValue = string | boolean | readonly string[];

/** Stands for a value that may be a secret. */
export const NOT_RECORDED = "(may be secret, not recorded)";

/** A ClusterConfiguration as field paths with their values, in path order: `etcd.external.certFile: /etc/etcd/client.pem`. */
export type NormalForm = ReadonlyMap<string, NormalValue>;

/**
 * Brings a ClusterConfiguration into one form that does not depend on how it is written: defaults are explicit, the order
 * of fields and of lists is gone, arguments stand under their names, and the API version is left out. What is empty is
 * left out too.
 *
 * Re-marshalling by a newer kubeadm changes nothing here (util/config/common.go MigrateOldConfig, 1.30.14 to 1.37.2):
 * extraArgs are a map in v1beta3 and a list since v1beta4, and `apiServer.timeoutForControlPlane` of v1beta3 has left the
 * ClusterConfiguration, so it is not compared. A value that may be a secret is replaced by NOT_RECORDED: a digest of it could be
 * guessed from a committed file, so that only its presence is compared.
 */
export function normalForm(configuration: ClusterConfiguration): NormalForm {
  const { etcd, networking, dns, proxy, apiServer, controllerManager, scheduler } = configuration;
  const fields: readonly Field[] = [
    ["kubernetesVersion", configuration.kubernetesVersion],
    ["clusterName", configuration.clusterName],
    ["controlPlaneEndpoint", configuration.controlPlaneEndpoint],
    ["certificatesDir", configuration.certificatesDir],
    ["imageRepository", configuration.imageRepository],
    ["encryptionAlgorithm", configuration.encryptionAlgorithm ?? "RSA-2048"],
    ["certificateValidityPeriod", formatGoDuration(configuration.certificateValidityPeriod)],
    ["caCertificateValidityPeriod", formatGoDuration(configuration.caCertificateValidityPeriod)],
    ["networking.serviceSubnet", networking.serviceSubnet],
    ["networking.podSubnet", networking.podSubnet],
    ["networking.dnsDomain", networking.dnsDomain],
    ["dns.imageRepository", dns.imageRepository],
    ["dns.imageTag", dns.imageTag],
    ["dns.disabled", dns.disabled],
    ["proxy.disabled", proxy.disabled],
    ...Object.entries(configuration.featureGates).map(([gate, on]): Field => [`featureGates.${gate}`, on]),
    ["apiServer.certSANs", inOrder(apiServer.certSANs)],
    ...componentFields("apiServer", apiServer),
    ...componentFields("controllerManager", controllerManager),
    ...componentFields("scheduler", scheduler),
    ...(etcd.local === undefined ? [] : localEtcdFields(etcd.local)),
    ...(etcd.external === undefined
      ? []
      : [
          ["etcd.external.endpoints", inOrder(etcd.external.endpoints)] satisfies Field,
          ["etcd.external.httpEndpoints", inOrder(httpEndpoints(etcd.external))] satisfies Field,
          ["etcd.external.caFile", etcd.external.caFile] satisfies Field,
          ["etcd.external.certFile", etcd.external.certFile] satisfies Field,
          ["etcd.external.keyFile", etcd.external.keyFile] satisfies Field,
        ]),
  ];
  const recorded = fields.map(([path, value]): Field => [publicValue(path), publicField(value)]);
  return new Map(recorded.filter(([, value]) => !isEmpty(value)).sort(([a], [b]) => compareGoStrings(a, b)));
}

type Field = readonly [path: string, value: NormalValue];

function componentFields(name: string, component: ControlPlaneComponent): readonly Field[] {
  return [
    ...argFields(`${name}.extraArgs`, component.extraArgs),
    ...envFields(`${name}.extraEnvs`, component.extraEnvs),
    ...component.extraVolumes.flatMap(({ name: volume, hostPath, mountPath, readOnly, pathType }): readonly Field[] => [
      [`${name}.extraVolumes.${volume}.hostPath`, hostPath],
      [`${name}.extraVolumes.${volume}.mountPath`, mountPath],
      [`${name}.extraVolumes.${volume}.readOnly`, readOnly],
      [`${name}.extraVolumes.${volume}.pathType`, pathType],
    ]),
  ];
}

function localEtcdFields(local: LocalEtcd): readonly Field[] {
  return [
    ["etcd.local.dataDir", local.dataDir],
    ["etcd.local.imageRepository", local.imageRepository],
    ["etcd.local.imageTag", local.imageTag],
    ["etcd.local.serverCertSANs", inOrder(local.serverCertSANs)],
    ["etcd.local.peerCertSANs", inOrder(local.peerCertSANs)],
    ...argFields("etcd.local.extraArgs", local.extraArgs),
    ...envFields("etcd.local.extraEnvs", local.extraEnvs),
  ];
}

/** kubeadm 1.35 and newer write the endpoints here where nothing stands (v1beta4/defaults.go SetDefaults_ExternalEtcd). */
function httpEndpoints({ endpoints, httpEndpoints: own }: ExternalEtcd): readonly string[] {
  return inOrder(own).join() === inOrder(endpoints).join() ? [] : own;
}

/** An argument that is given several times keeps all its values, in their order: the component takes them so. */
function argFields(path: string, args: readonly Arg[]): readonly Field[] {
  const values = new Map<string, string[]>();
  for (const { name, value } of args) {
    const shown = SECRET_NAME.test(name) && !value.startsWith("/") ? hidden(value) : value;
    values.set(name, [...(values.get(name) ?? []), shown]);
  }
  return [...values].map(([name, [first = "", ...more]]) => [
    `${path}.${name}`,
    more.length === 0 ? first : [first, ...more],
  ]);
}

/** What an environment variable holds is never written down: proxies and registries carry passwords in them. */
function envFields(path: string, envs: readonly EnvVar[]): readonly Field[] {
  return envs.map(({ name, value }) => [`${path}.${name}`, hidden(value)]);
}

/** An argument of such a name holds a secret, unless its value is a path to one. */
const SECRET_NAME = /token|password|secret|credential/i;
/** `user:password@` before a host, or key material. */
const SECRET_VALUE = /@(?<=[^/\s:@]:[^/\s@]+@)|-----BEGIN|\n/;

/** Whatever the field is: a key may stand anywhere by mistake. */
function publicField(value: NormalValue): NormalValue {
  if (typeof value === "string") return publicValue(value);
  return typeof value === "object" ? value.map(publicValue) : value;
}

function publicValue(value: string): string {
  return SECRET_VALUE.test(value) || value.split(/[^A-Za-z\d+/=]+/).some(isKeyMaterial) ? hidden(value) : value;
}

/** A line of a PEM or another long word of base64; paths have neither its length nor its beginning. */
function isKeyMaterial(word: string): boolean {
  return word.length >= 32 && !word.startsWith("/") && [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(word));
}

function hidden(value: string): string {
  return value === "" ? "" : NOT_RECORDED;
}

function inOrder(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareGoStrings);
}

function isEmpty(value: NormalValue): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}
