import { goDuration } from "../../go/go-duration";
import { goBool, goList, goPointer, goString, goStruct } from "../../go/json/go-type";
import type { ConfigurationApiVersion } from "../cluster-configuration";
import { isBeforeV1beta4 } from "../kubeadm-versions";
import { apiEndpointType, nodeRegistrationType, patchesType, timeoutsType } from "./common-types";

/** JoinConfiguration (apis/kubeadm/VERSION/types.go, 1.28.15 to 1.37.2), as far as a rule looks at it. */
export function joinConfigurationType(version: ConfigurationApiVersion, minor: number) {
  const bootstrapToken = goStruct(`${version}.BootstrapTokenDiscovery`, (field) => ({
    token: field("token", goString),
    apiServerEndpoint: field("apiServerEndpoint", goString),
    caCertHashes: field("caCertHashes", goList(goString)),
    unsafeSkipCAVerification: field("unsafeSkipCAVerification", goBool),
  }));
  const file = goStruct(`${version}.FileDiscovery`, (field) => ({ kubeConfigPath: field("kubeConfigPath", goString) }));
  const discovery = goStruct(`${version}.Discovery`, (field) => {
    if (isBeforeV1beta4(version) || minor < 30) field("timeout", goPointer(goDuration));
    return {
      bootstrapToken: field("bootstrapToken", goPointer(bootstrapToken)),
      file: field("file", goPointer(file)),
      tlsBootstrapToken: field("tlsBootstrapToken", goString),
    };
  });
  const controlPlane = goStruct(`${version}.JoinControlPlane`, (field) => ({
    localAPIEndpoint: field("localAPIEndpoint", apiEndpointType(version)),
    certificateKey: field("certificateKey", goString),
  }));
  return goStruct(`${version}.JoinConfiguration`, (field) => {
    for (const name of ["apiVersion", "kind"]) field(name, goString);
    field("skipPhases", goList(goString));
    field("patches", goPointer(patchesType(version)));
    if (!isBeforeV1beta4(version) && minor >= 29) field("dryRun", goBool);
    if (!isBeforeV1beta4(version) && minor >= 30) field("timeouts", goPointer(timeoutsType(version)));
    return {
      nodeRegistration: field("nodeRegistration", nodeRegistrationType(version, minor)),
      caCertPath: field("caCertPath", goString),
      discovery: field("discovery", discovery),
      controlPlane: field("controlPlane", goPointer(controlPlane)),
    };
  });
}
