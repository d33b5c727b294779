import { goQuote } from "../../go/go-syntax";
import { invalid, invalidAs, printGoStrings, type RuleFault } from "./rule-fault";

/** A token of an InitConfiguration, without the secret itself, whose form decoding has checked. */
export interface BootstrapToken {
  readonly expires: boolean | undefined;
  readonly usages: readonly string[];
  readonly groups: readonly string[];
}

const USAGES = ["signing", "authentication"];
const DEFAULT_GROUPS = ["system:bootstrappers:kubeadm:default-node-token"];

/** validation.go ValidateBootstrapTokens (1.30.14 to 1.37.2) after defaulting (apis/bootstraptoken/v1/defaults.go). */
export function validateBootstrapTokens(tokens: readonly BootstrapToken[], minor: number): readonly RuleFault[] {
  return tokens.flatMap(({ expires, usages, groups }, index) => {
    const at = ["bootstrapTokens", index];
    const wrong = usages.filter((usage) => !USAGES.includes(usage));
    const printedUsages = printGoStrings(usages, minor);
    const printedGroups = printGoStrings(groups.length > 0 ? groups : DEFAULT_GROUPS, minor);
    const faults: RuleFault[] = [];
    if (wrong.length > 0) {
      const words = `invalid bootstrap token usage string: ${[...new Set(wrong)].sort().join(",")}, valid usage options: ${USAGES.join(",")}`;
      faults.push(invalidAs("tokenUsageUnknown", [...at, "usages"], printedUsages, words));
    }
    // Groups have a default, so that usages without authentication are always a fault.
    if (usages.length > 0 && !usages.includes("authentication")) {
      const words = `token groups cannot be specified unless --usages includes "authentication"`;
      faults.push(invalidAs("tokenGroupsWithoutAuthentication", [...at, "groups"], printedGroups, words));
    }
    for (const group of groups) {
      if (GROUP.test(group)) continue;
      const words = `bootstrap group ${goQuote(group)} is invalid (must match \\Asystem:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]\\z)`;
      faults.push(invalidAs("tokenGroupInvalid", [...at, "groups"], printedGroups, words));
    }
    // The ttl has a default, so that an expiry date is always one too many.
    if (expires !== undefined) {
      const words = "the BootstrapToken .TTL and .Expires fields are mutually exclusive";
      faults.push(invalid("tokenTtlAndExpires", at, "", words));
    }
    return faults;
  });
}

const GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;
