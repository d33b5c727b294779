import type { ConfigurationApiVersion } from "../cluster-configuration";
import { goDuration } from "../go/go-duration";
import { goTime } from "../go/go-time";
import {
  type GoType,
  goBool,
  goInt32,
  goList,
  goParsed,
  goPointer,
  goString,
  goStringNamed,
  goStruct,
} from "../go/go-type";
import { extraArgsType } from "./cluster-configuration-type";

/** NodeRegistrationOptions, as far as a rule looks at it. */
export function nodeRegistrationType(version: ConfigurationApiVersion, minor: number) {
  return goStruct(`${version}.NodeRegistrationOptions`, (field) => {
    field("taints", goList(taintType));
    field("ignorePreflightErrors", goList(goString));
    if (version !== "v1beta3" && minor >= 30) field("imagePullSerial", goPointer(goBool));
    return {
      name: field("name", goString),
      criSocket: field("criSocket", goString),
      kubeletExtraArgs: field("kubeletExtraArgs", extraArgsType(version, minor)),
      imagePullPolicy: field("imagePullPolicy", goStringNamed("v1.PullPolicy")),
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

/**
 * BootstrapToken (apis/bootstraptoken/v1/types.go). The token has its own UnmarshalJSON; its value is not kept, and the
 * error does not repeat it.
 */
export const bootstrapTokenType = goStruct("v1.BootstrapToken", (field) => {
  field("token", goPointer(goParsed("v1.BootstrapTokenString", undefined, readToken)));
  field("description", goString);
  field("ttl", goPointer(goDuration));
  return {
    expires: field("expires", goPointer(goTime)),
    usages: field("usages", goList(goString)),
    groups: field("groups", goList(goString)),
  };
});

function readToken(token: string): { readonly value: undefined } | { readonly error: string } {
  return /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(token)
    ? { value: undefined }
    : { error: 'the bootstrap token "***" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"' };
}
