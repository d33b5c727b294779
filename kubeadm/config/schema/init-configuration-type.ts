import { goBool, goList, goPointer, goString, goStruct } from "../../go/json/go-type";
import type { ConfigurationApiVersion } from "../cluster-configuration";
import { isBeforeV1beta4 } from "../kubeadm-versions";
import { apiEndpointType, bootstrapTokenType, nodeRegistrationType, patchesType, timeoutsType } from "./common-types";

/** InitConfiguration (apis/kubeadm/VERSION/types.go, 1.28.15 to 1.37.2), as far as a rule looks at it. */
export function initConfigurationType(version: ConfigurationApiVersion, minor: number) {
  return goStruct(`${version}.InitConfiguration`, (field) => {
    for (const name of ["apiVersion", "kind"]) field(name, goString);
    field("skipPhases", goList(goString));
    field("patches", goPointer(patchesType(version)));
    if (!isBeforeV1beta4(version) && minor >= 29) field("dryRun", goBool);
    if (!isBeforeV1beta4(version) && minor >= 30) field("timeouts", goPointer(timeoutsType(version)));
    return {
      bootstrapTokens: field("bootstrapTokens", goList(bootstrapTokenType)),
      nodeRegistration: field("nodeRegistration", nodeRegistrationType(version, minor)),
      localAPIEndpoint: field("localAPIEndpoint", apiEndpointType(version)),
      certificateKey: field("certificateKey", goString),
    };
  });
}
