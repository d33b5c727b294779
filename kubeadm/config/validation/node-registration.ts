import { goQuote } from "../../go/go-syntax";
import { goToLower, goTrimSpace } from "../../go/go-text";
import { dnsSubdomainFaults } from "../../go/net/dns-name";
import { parseGoUrl } from "../../go/net/go-url";
import type { Arg } from "../cluster-configuration";
import { validateImagePullPolicy } from "./image";
import { invalid, type RuleFault } from "./rule-fault";
import { validateExtraArgs } from "./validate-extra-args";

export interface NodeRegistration {
  readonly name: string;
  readonly criSocket: string;
  readonly kubeletExtraArgs: readonly Arg[];
  readonly imagePullPolicy: string;
}

/**
 * validation.go ValidateNodeRegistrationOptions (1.30.14 to 1.37.2) after SetNodeRegistrationDynamicDefaults: the name
 * is trimmed and in lower case; without one the machine's own is taken, which is not known here and taken as valid.
 */
export function validateNodeRegistration(node: NodeRegistration): readonly RuleFault[] {
  const at = (name: string) => ["nodeRegistration", name];
  const name = goToLower(goTrimSpace(node.name));
  return [
    ...(node.name === "" ? [] : dnsSubdomainFaults(name)).map((fault) =>
      invalid("nodeNameInvalid", at("name"), name, fault),
    ),
    ...validateCriSocket(node.criSocket, at("criSocket")),
    ...validateExtraArgs(node.kubeletExtraArgs, at("kubeletExtraArgs")),
    ...validateImagePullPolicy(node.imagePullPolicy, at("imagePullPolicy")),
  ];
}

/** component-helpers GetHostname. */
export function nodeNameFault(name: string): string | undefined {
  return name !== "" && goTrimSpace(name) === "" ? "empty hostname is invalid" : undefined;
}

/** validation.go ValidateSocketPath; an empty socket stands for the default, one without `unix` gets it. */
export function validateCriSocket(given: string, path: RuleFault["path"]): readonly RuleFault[] {
  if (given === "") return [];
  const socket = given.startsWith("unix") ? given : `unix://${given}`;
  const url = parseGoUrl(socket);
  if (url.kind === "error") return [invalid("criSocketInvalid", path, socket, `URL parsing error: ${url.words}`)];
  if (url.scheme === "unix") return [];
  return [invalid("criSocketInvalid", path, socket, `only URL scheme "unix" is supported, got ${goQuote(url.scheme)}`)];
}
