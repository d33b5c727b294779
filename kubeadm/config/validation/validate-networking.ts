import { goQuote } from "../../go/go-syntax";
import { dnsSubdomainFaults } from "../../go/net/dns-name";
import { type Cidr, isIpv6, parseCidrSloppy, printCidr } from "../../go/net/ip-address";
import type { Arg, ClusterConfiguration } from "../cluster-configuration";
import { invalid, type RuleFault } from "./rule-fault";
import { argValue } from "./validate-extra-args";

/** constants.go (1.30.14 to 1.37.2). */
const MIN_SERVICE_ADDRESSES = 10n;
const MIN_POD_ADDRESSES = 14n;
const MAX_SERVICE_HOST_BITS = 20;
const MAX_NODE_MASK_DIFFERENCE = 16;

/** validation.go ValidateNetworking (1.30.14 to 1.37.2). */
export function validateNetworking({ networking, controllerManager }: ClusterConfiguration): readonly RuleFault[] {
  const { dnsDomain, serviceSubnet, podSubnet } = networking;
  return [
    ...dnsSubdomainFaults(dnsDomain).map((fault) => invalid("dnsDomainInvalid", DNS_DOMAIN, dnsDomain, fault)),
    ...validateSubnets(serviceSubnet, MIN_SERVICE_ADDRESSES, SERVICE_SUBNET),
    ...serviceSubnetSize(serviceSubnet),
    ...(podSubnet === "" ? [] : validateSubnets(podSubnet, MIN_POD_ADDRESSES, POD_SUBNET)),
    ...(podSubnet === "" || argValue(controllerManager.extraArgs, "allocate-node-cidrs") === "false"
      ? []
      : podSubnetNodeMask(podSubnet, controllerManager.extraArgs)),
  ];
}

const DNS_DOMAIN = ["networking", "dnsDomain"];
const SERVICE_SUBNET = ["networking", "serviceSubnet"];
const POD_SUBNET = ["networking", "podSubnet"];

/** ValidateIPNetFromString: one network, or one of each family. */
function validateSubnets(text: string, minimum: bigint, path: RuleFault["path"]): readonly RuleFault[] {
  const subnets = parseSubnets(text);
  if (subnets === undefined) return [invalid("subnetUnparsable", path, text, "couldn't parse subnet")];
  const families = new Set(subnets.map(({ address }) => isIpv6(address)));
  const tooMany = subnets.length > 2 || (subnets.length === 2 && families.size !== 2);
  return [
    ...(tooMany
      ? [
          invalid(
            "subnetsNotDualStack",
            path,
            text,
            "expected one (IPv4 or IPv6) CIDR or two CIDRs from each family for dual-stack networking",
          ),
        ]
      : []),
    ...subnets.flatMap((subnet) => {
      const size = rangeSize(subnet);
      if (size >= minimum) return [];
      const words = `subnet with ${size} address(es) is too small, the minimum is ${minimum}`;
      return [invalid("subnetTooSmall", path, printCidr(subnet), words)];
    }),
  ];
}

/** ValidateServiceSubnetSize. */
function serviceSubnetSize(text: string): readonly RuleFault[] {
  return (parseSubnets(text) ?? []).flatMap((subnet) => {
    if (subnet.bits - subnet.ones <= MAX_SERVICE_HOST_BITS) return [];
    const words = `specified service subnet is too large; for ${subnet.bits}-bit addresses, the mask must be >= ${subnet.bits - MAX_SERVICE_HOST_BITS}`;
    return [invalid("serviceSubnetTooLarge", SERVICE_SUBNET, printCidr(subnet), words)];
  });
}

/** ValidatePodSubnetNodeMask: every node gets a network of its own out of the pods' network. */
function podSubnetNodeMask(text: string, args: readonly Arg[]): readonly RuleFault[] {
  return (parseSubnets(text) ?? []).flatMap((subnet) => {
    const printed = printCidr(subnet);
    const ipv6 = isIpv6(subnet.address);
    const flag = `node-cidr-mask-size-${ipv6 ? "ipv6" : "ipv4"}`;
    const given = argValue(args, flag);
    const nodeMask = given === "" ? (ipv6 ? 64 : 24) : parseInteger(given);
    if (typeof nodeMask === "string") {
      const words = `could not parse the value of the kube-controller-manager flag ${flag} as an integer: ${nodeMask}`;
      return [invalid("nodeMaskNotANumber", POD_SUBNET, printed, words)];
    }
    if (subnet.ones > nodeMask) {
      const words = `the size of pod subnet with mask ${subnet.ones} is smaller than the size of node subnet with mask ${nodeMask}`;
      return [invalid("podSubnetTooSmall", POD_SUBNET, printed, words)];
    }
    if (nodeMask - subnet.ones > MAX_NODE_MASK_DIFFERENCE) {
      const words = `pod subnet mask (${subnet.ones}) and node-mask (${nodeMask}) difference is greater than ${MAX_NODE_MASK_DIFFERENCE}`;
      return [invalid("podSubnetTooLarge", POD_SUBNET, printed, words)];
    }
    return [];
  });
}

/** k8s.io/utils/net ParseCIDRs of a list with commas and without spaces. */
function parseSubnets(text: string): readonly Cidr[] | undefined {
  const subnets = text.split(",").map(parseCidrSloppy);
  const valid = subnets.filter((subnet) => subnet !== undefined);
  return valid.length === subnets.length ? valid : undefined;
}

/** k8s.io/utils/net RangeSize: 0 for the very largest networks, and never more than an int64 holds. */
function rangeSize({ bits, ones }: Cidr): bigint {
  const free = bits - ones;
  if ((bits === 32 && free >= 31) || (bits === 128 && free >= 127)) return 0n;
  return free >= 63 ? 2n ** 63n - 1n : 2n ** BigInt(free);
}

/** strconv.Atoi; a text is its error. */
function parseInteger(text: string): number | string {
  if (!/^[-+]?\d+$/.test(text)) return `strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`;
  const value = BigInt(text.replace("+", ""));
  return value >= -(2n ** 63n) && value < 2n ** 63n
    ? Number(value)
    : `strconv.Atoi: parsing ${goQuote(text)}: value out of range`;
}
