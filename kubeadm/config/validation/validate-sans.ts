import { dnsSubdomainFaults, wildcardDnsFaults } from "../../go/net/dns-name";
import { parseIpSloppy } from "../../go/net/ip-address";
import { invalid, type RuleFault } from "./rule-fault";

/** validation.go ValidateCertSANs (1.30.14 to 1.37.2): DNS names, wildcards and IP addresses. */
export function validateSans(names: readonly string[], path: RuleFault["path"]): readonly RuleFault[] {
  return names.flatMap((name) => {
    const faults = dnsSubdomainFaults(name);
    const wildcardFaults = wildcardDnsFaults(name);
    if (faults.length === 0 || wildcardFaults.length === 0 || parseIpSloppy(name) !== undefined) return [];
    const words = `${faults.join("; ")}; ${wildcardFaults.join("; ")}`;
    return [
      invalid(
        "sanInvalid",
        path,
        name,
        `altname is not a valid IP address, DNS label or a DNS label with subdomain wildcards: ${words}`,
      ),
    ];
  });
}
