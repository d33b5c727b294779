import { parseGoUrl } from "../../go/net/go-url";
import type { Etcd, ExternalEtcd, LocalEtcd } from "../cluster-configuration";
import { validateImageRepository } from "./image";
import { invalid, type RuleFault } from "./rule-fault";
import { validateAbsolutePath } from "./validate-absolute-path";
import { validateExtraArgs } from "./validate-extra-args";
import { validateSans } from "./validate-sans";

/** validation.go ValidateEtcd (1.30.14 to 1.37.2). Neither of the two cannot happen: defaulting makes it local. */
export function validateEtcd({ local, external }: Etcd, minor: number): readonly RuleFault[] {
  if (local !== undefined && external !== undefined) {
    const words = ".Etcd.Local and .Etcd.External are mutually exclusive";
    return [invalid("etcdLocalAndExternal", ["etcd"], "", words)];
  }
  return [
    ...(local === undefined ? [] : validateLocal(local)),
    ...(external === undefined ? [] : validateExternal(external, minor)),
  ];
}

function validateLocal(local: LocalEtcd): readonly RuleFault[] {
  const at = (name: string) => ["etcd", "local", name];
  return [
    ...validateAbsolutePath(local.dataDir, at("dataDir")),
    ...validateSans(local.serverCertSANs, at("serverCertSANs")),
    ...validateSans(local.peerCertSANs, at("peerCertSANs")),
    ...(local.imageRepository === "" ? [] : validateImageRepository(local.imageRepository, at("imageRepository"))),
    ...validateExtraArgs(local.extraArgs, at("extraArgs")),
  ];
}

function validateExternal(external: ExternalEtcd, minor: number): readonly RuleFault[] {
  const { endpoints, httpEndpoints, caFile, certFile, keyFile } = external;
  const path = ["etcd", "external"];
  const faults: RuleFault[] = [];
  if ((certFile === "") !== (keyFile === "")) {
    const words = "either both or none of .Etcd.External.CertFile and .Etcd.External.KeyFile must be set";
    faults.push(invalid("etcdCertificateWithoutKey", path, "", words));
  }
  if (certFile !== "" && keyFile !== "" && caFile === "") {
    const words = "setting .Etcd.External.CertFile and .Etcd.External.KeyFile requires .Etcd.External.CAFile";
    faults.push(invalid("etcdCertificateWithoutCa", path, "", words));
  }
  // Since 1.35.
  if (endpoints.length === 0 && minor >= 35) {
    faults.push(invalid("etcdEndpointsMissing", [...path, "endpoints"], "", "at least one endpoint must be specified"));
  }
  const withFiles = caFile !== "" || certFile !== "" || keyFile !== "";
  faults.push(...validateUrls(endpoints, withFiles, [...path, "endpoints"]));
  faults.push(...validateUrls(httpEndpoints, false, [...path, "httpEndpoints"]));
  for (const [name, file] of Object.entries({ caFile, certFile, keyFile })) {
    if (file !== "") faults.push(...validateAbsolutePath(file, [...path, name]));
  }
  return faults;
}

/** A password in an endpoint is not repeated. */
function withoutUser(text: string): string {
  return text.replace(/\/\/[^/]*@/, "//***@");
}

/** ValidateURLs: without any certificate http is allowed. */
function validateUrls(urls: readonly string[], https: boolean, path: RuleFault["path"]): readonly RuleFault[] {
  return urls.flatMap((text) => {
    const url = parseGoUrl(text);
    const shown = withoutUser(text);
    if (url.kind === "error") {
      return [invalid("etcdEndpointUnparsable", path, shown, `URL parse error: ${withoutUser(url.words)}`)];
    }
    return [
      ...(https && url.scheme !== "https"
        ? [invalid("etcdEndpointNotHttps", path, shown, "the URL must be using the HTTPS scheme")]
        : []),
      ...(url.scheme === ""
        ? [invalid("etcdEndpointWithoutScheme", path, shown, "the URL without scheme is not allowed")]
        : []),
    ];
  });
}
