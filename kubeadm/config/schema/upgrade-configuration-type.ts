import {
  type FieldReader,
  goBool,
  goInt,
  goList,
  goPointer,
  goString,
  goStringNamed,
  goStruct,
} from "../../go/json/go-type";
import type { ConfigurationApiVersion } from "../cluster-configuration";
import { patchesType, timeoutsType } from "./common-types";

/** UpgradeConfiguration (v1beta4 and later, since 1.30; apis/kubeadm/VERSION/types.go, 1.30.14 to 1.37.2). */
export function upgradeConfigurationType(version: ConfigurationApiVersion, minor: number) {
  const flags = (field: FieldReader, names: readonly string[]) => {
    for (const name of names) field(name, goPointer(goBool));
  };
  const pull = (field: FieldReader) => {
    if (minor < 31) return "";
    field("imagePullSerial", goPointer(goBool));
    return field("imagePullPolicy", goStringNamed("v1.PullPolicy"));
  };
  const patches = (field: FieldReader) => field("patches", goPointer(patchesType(version)));
  const apply = goStruct(`${version}.UpgradeApplyConfiguration`, (field) => {
    field("kubernetesVersion", goString);
    flags(field, ["allowExperimentalUpgrades", "allowRCUpgrades", "certificateRenewal", "dryRun"]);
    flags(field, ["etcdUpgrade", "forceUpgrade", "printConfig"]);
    field("ignorePreflightErrors", goList(goString));
    // Without a json tag in 1.30.
    field(minor < 31 ? "SkipPhases" : "skipPhases", goList(goString));
    return { patches: patches(field), imagePullPolicy: pull(field) };
  });
  const node = goStruct(`${version}.UpgradeNodeConfiguration`, (field) => {
    flags(field, ["certificateRenewal", "dryRun", "etcdUpgrade"]);
    for (const name of ["ignorePreflightErrors", "skipPhases"]) field(name, goList(goString));
    return { patches: patches(field), imagePullPolicy: pull(field) };
  });
  const diff = goStruct(`${version}.UpgradeDiffConfiguration`, (field) => {
    field("kubernetesVersion", goString);
    field("contextLines", goInt("int", 64));
    return undefined;
  });
  const plan = goStruct(`${version}.UpgradePlanConfiguration`, (field) => {
    field("kubernetesVersion", goString);
    flags(field, ["allowExperimentalUpgrades", "allowRCUpgrades", "dryRun", "printConfig"]);
    if (minor >= 33) flags(field, ["etcdUpgrade"]);
    field("ignorePreflightErrors", goList(goString));
    return undefined;
  });
  return goStruct(`${version}.UpgradeConfiguration`, (field) => {
    for (const name of ["apiVersion", "kind"]) field(name, goString);
    field("diff", diff);
    field("plan", plan);
    field("timeouts", goPointer(timeoutsType(version)));
    return { apply: field("apply", apply), node: field("node", node) };
  });
}
