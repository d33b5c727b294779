/**
 * The ClusterConfiguration of kubeadm, after decoding and defaulting, in one shape for every API version.
 * Fields as in kubeadm's apis/kubeadm/v1beta3 and v1beta4 types.go (read at 1.30.14, 1.34.2 and 1.37.2); what an API
 * version does not have is undefined or empty here.
 */
export interface ClusterConfiguration {
  readonly apiVersion: ConfigurationApiVersion;
  readonly etcd: Etcd;
  readonly networking: Networking;
  readonly kubernetesVersion: string;
  readonly controlPlaneEndpoint: string;
  readonly apiServer: ApiServer;
  readonly controllerManager: ControlPlaneComponent;
  readonly scheduler: ControlPlaneComponent;
  readonly dns: Dns;
  readonly proxy: { readonly disabled: boolean };
  readonly certificatesDir: string;
  readonly imageRepository: string;
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly clusterName: string;
  /** v1beta4 and later. */
  readonly encryptionAlgorithm: string | undefined;
  /** In nanoseconds. A text can give it since v1beta4 of kubeadm 1.31; before, it is what kubeadm uses. */
  readonly certificateValidityPeriod: bigint;
  readonly caCertificateValidityPeriod: bigint;
}

/**
 * The API versions of kubeadm.k8s.io that are read here. `etcd.external` has the same fields in all of them. Of the older
 * ones, v1alpha1 to v1alpha3, only the names are known.
 */
export type ConfigurationApiVersion = "v1beta1" | "v1beta2" | "v1beta3" | "v1beta4" | "v1";

/** Both may be set in a text that kubeadm only reads: then external wins (as kubeadm 1.30.14 was seen to do). */
export interface Etcd {
  readonly local: LocalEtcd | undefined;
  readonly external: ExternalEtcd | undefined;
}

export interface ExternalEtcd {
  readonly endpoints: readonly string[];
  /** Since kubeadm 1.35, which without them takes `endpoints`. */
  readonly httpEndpoints: readonly string[];
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

export interface LocalEtcd extends ImageMeta {
  readonly dataDir: string;
  readonly extraArgs: readonly Arg[];
  readonly extraEnvs: readonly EnvVar[];
  readonly serverCertSANs: readonly string[];
  readonly peerCertSANs: readonly string[];
}

export interface ImageMeta {
  readonly imageRepository: string;
  readonly imageTag: string;
}

export interface Dns extends ImageMeta {
  readonly disabled: boolean;
}

export interface Networking {
  readonly serviceSubnet: string;
  readonly podSubnet: string;
  readonly dnsDomain: string;
}

export interface ControlPlaneComponent {
  /** A map up to v1beta3 (sorted by name here), a list since v1beta4. */
  readonly extraArgs: readonly Arg[];
  readonly extraVolumes: readonly HostPathMount[];
  readonly extraEnvs: readonly EnvVar[];
}

export interface ApiServer extends ControlPlaneComponent {
  readonly certSANs: readonly string[];
  /** In nanoseconds. Up to v1beta3. */
  readonly timeoutForControlPlane: bigint | undefined;
}

export interface Arg {
  readonly name: string;
  readonly value: string;
}

export interface EnvVar {
  readonly name: string;
  readonly value: string;
}

export interface HostPathMount {
  readonly name: string;
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly pathType: string;
}
