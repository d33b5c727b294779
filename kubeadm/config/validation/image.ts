import { invalid, type RuleFault } from "./rule-fault";

/** validation.go ValidateImageRepository (1.30.14 to 1.37.2), with the expression of distribution/reference 0.5.0 and 0.6.0. */
export function validateImageRepository(text: string, path: RuleFault["path"]): readonly RuleFault[] {
  return REFERENCE.test(`${text}/name:tag`)
    ? []
    : [invalid("imageRepositoryInvalid", path, text, "invalid image repository format")];
}

/** validation.go ValidateImagePullPolicy (1.30.14 to 1.37.2). */
export function validateImagePullPolicy(policy: string, path: RuleFault["path"]): readonly RuleFault[] {
  return ["", "Always", "IfNotPresent", "Never"].includes(policy)
    ? []
    : [invalid("imagePullPolicyUnknown", path, policy, "invalid pull policy")];
}

const DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const HOST = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_PART = "[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*";
const DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}";
const REFERENCE = new RegExp(`^(?:${HOST}/)?${PATH_PART}(?:/${PATH_PART})*(?::\\w[\\w.-]{0,127})?(?:@${DIGEST})?$`);
