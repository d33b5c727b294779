import { describe, expect, it } from "vitest";
import { isCertificateOrKey } from "../../cluster/is-certificate-or-key";
import type { Content } from "../../machine/content";
import { urn } from "../helpers/evidence";

const text = (value: string): Content => ({ kind: "text", text: value });

describe("a file that shows that the program brings the cluster's certificates", () => {
  it.each<readonly [string, Content | undefined, boolean]>([
    ["/etc/etcd/ca.pem", undefined, true],
    ["/etc/etcd/client.KEY", undefined, true],
    ["/etc/etcd/client.crt.bak", undefined, false],
    ["/etc/motd", undefined, false],
    ["/etc/motd", { kind: "tls", urn: urn("ca"), property: "certPem" }, true],
    ["/etc/motd", text("-----BEGIN CERTIFICATE-----"), true],
    ["/etc/motd", text("-----BEGIN RSA PRIVATE KEY-----"), true],
    ["/etc/motd", text("-----BEGIN PUBLIC KEY-----"), false],
    ["/etc/motd", text("hello"), false],
    ["/usr/local/share/ca-certificates/company.crt", undefined, false],
    ["/etc/docker/certs.d/registry/ca.crt", text("-----BEGIN CERTIFICATE-----"), false],
    ["/home/admin/.ssh/id.key", undefined, false],
    ["/opt/etc/containerd/ca.pem", undefined, true],
  ])("%s, %j: %s", (path, content, expected) => {
    expect(isCertificateOrKey(path, content)).toBe(expected);
  });
});
