import { goDuration } from "../../go/go-duration";
import { compareGoStrings } from "../../go/go-syntax";
import {
  type FieldReader,
  type GoType,
  goBool,
  goList,
  goMap,
  goPointer,
  goString,
  goStringNamed,
  goStruct,
} from "../../go/json/go-type";
import type { Arg, ConfigurationApiVersion } from "../cluster-configuration";
import { isBeforeV1beta4 } from "../kubeadm-versions";
import { envVarType } from "./env-var-type";

/** What a field of this API version decodes to before defaulting. */
export type VersionedClusterConfiguration = ReturnType<typeof clusterConfigurationType>["zero"];

/**
 * kubeadm's ClusterConfiguration of one API version, as the given minor release declares it
 * (cmd/kubeadm/app/apis/kubeadm/VERSION/types.go, read at every minor release from 1.27 to 1.37, and at 1.21.14 and 1.26.15
 * for v1beta1 and v1beta2).
 */
export function clusterConfigurationType(version: ConfigurationApiVersion, minor: number) {
  const extraArgs = extraArgsType(version, minor);
  // v1beta4 was born as a copy of v1beta3 in 1.28 and took shape until 1.30.
  const beforeBeta4 = isBeforeV1beta4(version) || minor < 29;
  const envs = (field: FieldReader) =>
    isBeforeV1beta4(version) ? [] : field("extraEnvs", goList(envVarType(version, minor)));
  const component = (field: FieldReader) => ({
    extraArgs: field("extraArgs", extraArgs),
    extraVolumes: field("extraVolumes", goList(hostPathMountType(version))),
    extraEnvs: envs(field),
  });
  // Go's messages name the embedded struct since sigs.k8s.io/json of 1.35.
  const embedded =
    (struct: string, fields: FieldReader): FieldReader =>
    (name, type) =>
      fields(name, type, minor >= 35 ? struct : undefined);
  const image = (fields: FieldReader) => {
    const field = embedded("ImageMeta", fields);
    return { imageRepository: field("imageRepository", goString), imageTag: field("imageTag", goString) };
  };
  const periods = !isBeforeV1beta4(version) && minor >= 31;
  const period = (field: FieldReader, name: string) => (periods ? field(name, goPointer(goDuration)) : undefined);
  const disabled = (field: FieldReader) => (beforeBeta4 ? false : field("disabled", goBool));

  const isEarly = version === "v1beta1" || version === "v1beta2";
  const hyperKube = (field: FieldReader): Record<never, never> => {
    if (isEarly) field("useHyperKubeImage", goBool);
    return {};
  };

  return goStruct(`${version}.ClusterConfiguration`, (field) => ({
    apiVersion: field("apiVersion", goString),
    kind: field("kind", goString),
    etcd: field(
      "etcd",
      goStruct(`${version}.Etcd`, (field) => ({
        local: field(
          "local",
          goPointer(
            goStruct(`${version}.LocalEtcd`, (field) => ({
              ...image(field),
              dataDir: field("dataDir", goString),
              extraArgs: field("extraArgs", extraArgs),
              extraEnvs: envs(field),
              serverCertSANs: field("serverCertSANs", goList(goString)),
              peerCertSANs: field("peerCertSANs", goList(goString)),
            })),
          ),
        ),
        external: field(
          "external",
          goPointer(
            goStruct(`${version}.ExternalEtcd`, (field) => ({
              endpoints: field("endpoints", goList(goString)),
              httpEndpoints: !isBeforeV1beta4(version) && minor >= 35 ? field("httpEndpoints", goList(goString)) : [],
              caFile: field("caFile", goString),
              certFile: field("certFile", goString),
              keyFile: field("keyFile", goString),
            })),
          ),
        ),
      })),
    ),
    networking: field(
      "networking",
      goStruct(`${version}.Networking`, (field) => ({
        serviceSubnet: field("serviceSubnet", goString),
        podSubnet: field("podSubnet", goString),
        dnsDomain: field("dnsDomain", goString),
      })),
    ),
    kubernetesVersion: field("kubernetesVersion", goString),
    controlPlaneEndpoint: field("controlPlaneEndpoint", goString),
    apiServer: field(
      "apiServer",
      goStruct(`${version}.APIServer`, (field) => ({
        ...component(embedded("ControlPlaneComponent", field)),
        certSANs: field("certSANs", goList(goString)),
        timeoutForControlPlane:
          isBeforeV1beta4(version) || minor < 30 ? field("timeoutForControlPlane", goPointer(goDuration)) : undefined,
      })),
    ),
    controllerManager: field("controllerManager", goStruct(`${version}.ControlPlaneComponent`, component)),
    scheduler: field("scheduler", goStruct(`${version}.ControlPlaneComponent`, component)),
    dns: field(
      "dns",
      goStruct(`${version}.DNS`, (field) => {
        if (isEarly) field("type", goStringNamed(`${version}.DNSAddOnType`));
        return { ...image(field), disabled: disabled(field) };
      }),
    ),
    proxy: beforeBeta4
      ? { disabled: false }
      : field(
          "proxy",
          goStruct(`${version}.Proxy`, (field) => ({ disabled: disabled(field) })),
        ),
    certificatesDir: field("certificatesDir", goString),
    imageRepository: field("imageRepository", goString),
    featureGates: field("featureGates", goMap(goBool)),
    clusterName: field("clusterName", goString),
    ...hyperKube(field),
    encryptionAlgorithm: beforeBeta4
      ? undefined
      : field("encryptionAlgorithm", goStringNamed(`${version}.EncryptionAlgorithmType`)),
    certificateValidityPeriod: period(field, "certificateValidityPeriod"),
    caCertificateValidityPeriod: period(field, "caCertificateValidityPeriod"),
  }));
}

/** `map[string]string` up to v1beta3, which kubeadm turns into a list sorted by name; a list since v1beta4 (of 1.29). */
export function extraArgsType(version: ConfigurationApiVersion, minor: number): GoType<readonly Arg[]> {
  if (!isBeforeV1beta4(version) && minor >= 29) {
    return goList(
      goStruct(`${version}.Arg`, (field) => {
        const arg = { name: field("name", goString), value: field("value", goString) };
        if (version === "v1") field("mergeMethod", goStringNamed("v1.ArgMergeMethod"));
        return arg;
      }),
    );
  }
  const map = goMap(goString);
  return {
    name: map.name,
    zero: [],
    decode: (node, place) =>
      Array.from(map.decode(node, place), ([name, value]) => ({ name, value })).sort((a, b) =>
        compareGoStrings(a.name, b.name),
      ),
  };
}

export function hostPathMountType(version: ConfigurationApiVersion) {
  return goStruct(`${version}.HostPathMount`, (field) => ({
    name: field("name", goString),
    hostPath: field("hostPath", goString),
    mountPath: field("mountPath", goString),
    readOnly: field("readOnly", goBool),
    pathType: field("pathType", goStringNamed("v1.HostPathType")),
  }));
}
