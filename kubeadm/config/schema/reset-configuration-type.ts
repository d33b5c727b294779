import { goBool, goList, goPointer, goString, goStruct } from "../../go/json/go-type";
import type { ConfigurationApiVersion } from "../cluster-configuration";
import { timeoutsType } from "./common-types";

/** ResetConfiguration (v1beta4 and later; apis/kubeadm/VERSION/types.go, 1.28.15 to 1.37.2). */
export function resetConfigurationType(version: ConfigurationApiVersion, minor: number) {
  return goStruct(`${version}.ResetConfiguration`, (field) => {
    for (const name of ["apiVersion", "kind"]) field(name, goString);
    for (const name of ["cleanupTmpDir", "dryRun", "force"]) field(name, goBool);
    for (const name of ["ignorePreflightErrors", "skipPhases"]) field(name, goList(goString));
    if (minor >= 30) field("timeouts", goPointer(timeoutsType(version)));
    return {
      certificatesDir: field("certificatesDir", goString),
      criSocket: field("criSocket", goString),
      unmountFlags: minor >= 30 ? field("unmountFlags", goList(goString)) : [],
    };
  });
}
