import { goDuration } from "../../go/go-duration";
import { goTime } from "../../go/go-time";
import {
  type GoType,
  goBool,
  goInt32,
  goList,
  goPointer,
  goString,
  goStringNamed,
  goStruct,
} from "../../go/json/go-type";
import type { ConfigurationApiVersion } from "../cluster-configuration";
import { isBeforeV1beta4 } from "../kubeadm-versions";
import { extraArgsType } from "./cluster-configuration-type";

/** NodeRegistrationOptions, as far as a rule looks at it. */
export function nodeRegistrationType(version: ConfigurationApiVersion, minor: number) {
  return goStruct(`${version}.NodeRegistrationOptions`, (field) => {
    field("taints", goList(taintType));
    field("ignorePreflightErrors", goList(goString));
    if (!isBeforeV1beta4(version) && minor >= 30) field("imagePullSerial", goPointer(goBool));
    return {
      name: field("name", goString),
      criSocket: field("criSocket", goString),
      kubeletExtraArgs: field("kubeletExtraArgs", extraArgsType(version, minor)),
      // Older versions have no such field, and nothing in it is ever refused.
      imagePullPolicy:
        version === "v1beta1" || version === "v1beta2" ? "" : field("imagePullPolicy", goStringNamed("v1.PullPolicy")),
    };
  });
}

/** corev1.Taint. */
export const taintType: GoType<undefined> = goStruct("v1.Taint", (field) => {
  field("key", goString);
  field("value", goString);
  field("effect", goStringNamed("v1.TaintEffect"));
  field("timeAdded", goPointer(goTime));
  return undefined;
});

export function apiEndpointType(version: ConfigurationApiVersion) {
  return goStruct(`${version}.APIEndpoint`, (field) => ({
    advertiseAddress: field("advertiseAddress", goString),
    bindPort: field("bindPort", goInt32),
  }));
}

export function patchesType(version: ConfigurationApiVersion) {
  return goStruct(`${version}.Patches`, (field) => ({ directory: field("directory", goString) }));
}

export function timeoutsType(version: ConfigurationApiVersion) {
  return goStruct(`${version}.Timeouts`, (field) => {
    for (const name of TIMEOUTS) field(name, goPointer(goDuration));
    return undefined;
  });
}

const TIMEOUTS = [
  "controlPlaneComponentHealthCheck",
  "kubeletHealthCheck",
  "kubernetesAPICall",
  "etcdAPICall",
  "tlsBootstrap",
  "discovery",
  "upgradeManifests",
];

/** BootstrapTokenString.UnmarshalJSON: any text that is not a token is an error. */
const tokenType: GoType<undefined> = {
  name: "v1.BootstrapTokenString",
  zero: undefined,
  decode(node, place) {
    if (node.kind === "string" && /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(node.value)) return undefined;
    const words = 'the bootstrap token "***" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"';
    place.problems.push({ kind: "abort", words, path: place.path, found: node.kind, at: node.at, order: place.order });
    return undefined;
  },
};

/**
 * BootstrapToken (apis/bootstraptoken/v1/types.go). The token's value is not kept, and no
 * error repeats it.
 */
export const bootstrapTokenType = goStruct("v1.BootstrapToken", (field) => {
  field("token", goPointer(tokenType));
  field("description", goString);
  field("ttl", goPointer(goDuration));
  return {
    expires: field("expires", goPointer(goTime)),
    usages: field("usages", goList(goString)),
    groups: field("groups", goList(goString)),
  };
});
