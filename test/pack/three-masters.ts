import { asset } from "@pulumi/pulumi";
import type { FakeStack, FakeViolation } from "../../pack/testing";

const PRESENCE = "external-etcd-files-on-every-control-plane-node";
export const DIR = "/etc/ssl/etcd/ssl";
export const MASTERS = ["master01", "master02", "master03"].map((name, index) => ({
  name,
  addresses: [`10.0.0.${index + 1}`],
}));
export const ON_FIRST = { connection: { host: "10.0.0.1" } };

/** What the files of a node are called after. */
export type Named = (node: string) => string;
export const OWN_NAME: Named = (node) => node;
export const ONE_NAME: Named = () => "shared";

/** Gives each master its certificates, called after it (as Kubespray does) or after none. */
export function withCertificates(stack: FakeStack, named: Named): FakeStack {
  for (const { name, addresses } of MASTERS)
    for (const file of ["ca.pem", `node-${named(name)}.pem`, `node-${named(name)}-key.pem`])
      stack.add("command:remote:CopyToRemote", `${name}-${file}`, {
        connection: { host: addresses[0] },
        source: new asset.FileAsset(`certs/${file}`),
        remotePath: `${DIR}/${file}`,
      });
  return stack;
}

/** How and of which resource it is said that a file is missing: the certificate, then its key. */
export function presence(violations: readonly FakeViolation[]): readonly string[] {
  return violations
    .filter(({ policy }) => policy === PRESENCE)
    .map(({ level, urn }) => `${level} ${urn.split("::").at(-1)}`);
}

export function said(violations: readonly FakeViolation[]): string {
  return violations.map(({ message }) => message).join("\n");
}
