import { goQuote } from "../../go/go-syntax";

/** The rules of kubeadm's validation. The ids are permanent from 1.0 on. */
export type RuleId =
  | "advertiseAddressInvalid"
  | "argumentWithoutName"
  | "bindPortInvalid"
  | "caCertPathInvalid"
  | "certificateKeyInvalid"
  | "criSocketInvalid"
  | "discoveryEndpointInvalid"
  | "discoveryEndpointMissing"
  | "discoveryFileInvalid"
  | "discoveryMissing"
  | "discoveryTwice"
  | "discoveryWithoutCaHashes"
  | "dnsDomainInvalid"
  | "encryptionAlgorithmUnknown"
  | "etcdCertificateWithoutCa"
  | "etcdCertificateWithoutKey"
  | "etcdEndpointNotHttps"
  | "etcdEndpointUnparsable"
  | "etcdEndpointWithoutScheme"
  | "etcdEndpointsMissing"
  | "etcdLocalAndExternal"
  | "featureGateUnknown"
  | "imagePullPolicyUnknown"
  | "imageRepositoryInvalid"
  | "nodeMaskNotANumber"
  | "nodeNameInvalid"
  | "pathNotAbsolute"
  | "podSubnetTooLarge"
  | "podSubnetTooSmall"
  | "sanInvalid"
  | "serviceSubnetTooLarge"
  | "subnetTooSmall"
  | "subnetUnparsable"
  | "subnetsNotDualStack"
  | "tokenGroupInvalid"
  | "tokenGroupsWithoutAuthentication"
  | "tokenInvalid"
  | "tokenTtlAndExpires"
  | "tokenUsageUnknown"
  | "unmountFlagUnknown";

/** What a rule of kubeadm's validation finds in one document. */
export interface RuleFault {
  readonly id: RuleId;
  /** The field in the document; for a fault of a whole struct, the struct. */
  readonly path: readonly (string | number)[];
  /** kubeadm's words, without secrets. */
  readonly message: string;
}

/** A fault in the form of apimachinery's field.Invalid: `etcd.local.dataDir: Invalid value: "x": path is not absolute`. */
export function invalid(id: RuleId, path: RuleFault["path"], value: string, detail: string): RuleFault {
  return invalidAs(id, path, goQuote(value), detail);
}

/** The same, with a value that is already printed as Go prints it. */
export function invalidAs(id: RuleId, path: RuleFault["path"], value: string, detail: string): RuleFault {
  return { id, path, message: `${path.join(".")}: Invalid value: ${value}: ${detail}` };
}

/** A list of texts as Go prints it: `%#v`, or JSON since 1.34 (k8s.io/apimachinery/pkg/util/validation/field/errors.go ErrorBody). */
export function printGoStrings(texts: readonly string[], minor: number): string {
  const quoted = texts.map(goQuote);
  return minor >= 34 ? `[${quoted.join(",")}]` : `[]string{${quoted.join(", ")}}`;
}
