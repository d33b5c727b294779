import { goQuote } from "../../go/go-syntax";
import { type IpBytes, isIpv6, parseIpSloppy } from "../../go/net/ip-address";
import { invalidAs, type RuleFault } from "./rule-fault";

/**
 * Why kubeadm does not take this advertiseAddress, or undefined (util/config/initconfiguration.go
 * SetAPIEndpointDynamicDefaults, 1.30.14 to 1.37.2). A loopback address asks for an address of the loopback interface
 * that is not a loopback address, which machines do not have.
 */
export function advertiseAddressFault(address: string): string | undefined {
  if (address === "") return undefined;
  const ip = parseIpSloppy(address);
  if (ip === undefined) {
    return `couldn't use ${goQuote(address)} as "apiserver-advertise-address", must be ipv4 or ipv6 address`;
  }
  return isLoopback(ip) ? "unable to select an IP from lo network interface" : undefined;
}

/** validation.go ValidatePort; 0 stands for the default. */
export function validateBindPort(port: number, path: RuleFault["path"]): readonly RuleFault[] {
  return port >= 0 && port <= 65_535
    ? []
    : [invalidAs("bindPortInvalid", path, String(port), "port number is not valid")];
}

function isLoopback(ip: IpBytes): boolean {
  if (isIpv6(ip)) return ip.slice(0, 15).every((byte) => byte === 0) && ip[15] === 1;
  return ip.at(-4) === 127;
}
