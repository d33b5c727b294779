import { parseGoUrl } from "../../go/net/go-url";
import { splitHostPort } from "../../go/net/host-port";
import { invalid, type RuleFault } from "./rule-fault";

export interface Discovery {
  readonly bootstrapToken: BootstrapTokenDiscovery | undefined;
  readonly file: { readonly kubeConfigPath: string } | undefined;
  readonly tlsBootstrapToken: string;
}

export interface BootstrapTokenDiscovery {
  readonly token: string;
  readonly apiServerEndpoint: string;
  readonly caCertHashes: readonly string[];
  readonly unsafeSkipCAVerification: boolean;
}

/**
 * validation.go ValidateDiscovery (1.30.14 to 1.37.2). Whether the file of `discovery.file` exists is a question to the
 * machine, not to the configuration: it is not asked here. Tokens are not repeated.
 */
export function validateDiscovery({ bootstrapToken, file, tlsBootstrapToken }: Discovery): readonly RuleFault[] {
  const faults: RuleFault[] = [];
  if (bootstrapToken === undefined && file === undefined) {
    faults.push(invalid("discoveryMissing", PATH, "", "bootstrapToken or file must be set"));
  }
  if (bootstrapToken !== undefined && file !== undefined) {
    faults.push(invalid("discoveryTwice", PATH, "", "bootstrapToken and file cannot both be set"));
  }
  const tlsToken = tlsBootstrapToken === "" ? (bootstrapToken?.token ?? "") : tlsBootstrapToken;
  if (bootstrapToken !== undefined) {
    faults.push(...validateBootstrapToken(bootstrapToken), ...validateToken(tlsToken, [...PATH, "tlsBootstrapToken"]));
  }
  if (file !== undefined) {
    faults.push(...validateKubeconfig(file.kubeConfigPath));
    if (tlsToken !== "") faults.push(...validateToken(tlsToken, [...PATH, "tlsBootstrapToken"]));
  }
  return faults;
}

const PATH = ["discovery"];

function validateBootstrapToken(discovery: BootstrapTokenDiscovery): readonly RuleFault[] {
  const { token, apiServerEndpoint, caCertHashes, unsafeSkipCAVerification } = discovery;
  const path = [...PATH, "bootstrapToken"];
  const faults: RuleFault[] = [];
  if (apiServerEndpoint === "") {
    const message = "discovery.bootstrapToken: Required value: APIServerEndpoint is not set";
    faults.push({ id: "discoveryEndpointMissing", path, message });
  }
  if (caCertHashes.length === 0 && !unsafeSkipCAVerification) {
    const words =
      "using token-based discovery without caCertHashes can be unsafe. Set unsafeSkipCAVerification as true in your kubeadm config file or pass --discovery-token-unsafe-skip-ca-verification flag to continue";
    faults.push(invalid("discoveryWithoutCaHashes", [...path, "caCertHashes"], "", words));
  }
  faults.push(...validateToken(token, [...path, "token"]));
  const endpoint = splitHostPort(apiServerEndpoint);
  if (endpoint.kind === "error") {
    faults.push(invalid("discoveryEndpointInvalid", [...path, "apiServerEndpoint"], apiServerEndpoint, endpoint.words));
  }
  return faults;
}

function validateToken(token: string, path: RuleFault["path"]): readonly RuleFault[] {
  return /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(token)
    ? []
    : [invalid("tokenInvalid", path, "***", "the bootstrap token is invalid")];
}

function validateKubeconfig(kubeconfig: string): readonly RuleFault[] {
  const path = [...PATH, "file", "kubeConfigPath"];
  const url = parseGoUrl(kubeconfig);
  if (url.kind === "error" || kubeconfig === "") {
    return [invalid("discoveryFileInvalid", path, kubeconfig, "not a valid HTTPS URL or a file on disk")];
  }
  // Defaulting makes a path of a file URL (SetDefaults_FileDiscovery); without one, no file is named.
  if (url.scheme === "file" && url.path === "") {
    return [invalid("discoveryFileInvalid", path, "", "not a valid HTTPS URL or a file on disk")];
  }
  return ["", "file", "https"].includes(url.scheme)
    ? []
    : [invalid("discoveryFileInvalid", path, kubeconfig, "if a URL is used, the scheme must be https")];
}
