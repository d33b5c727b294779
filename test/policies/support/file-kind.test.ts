import { describe, expect, it } from "vitest";
import type { Content } from "../../../machine/content";
import { type FileKind, keyNamesOf, kindByName, mayBeOfKind } from "../../../policies/support/file-kind";

describe("the kind of a file by its name", () => {
  it.each<readonly [string, FileKind]>([
    ["/etc/etcd/client.pem", "certificate"],
    ["/etc/etcd/client.crt", "certificate"],
    ["/etc/etcd/client", "certificate"],
    ["/etc/etcd/client.key", "key"],
    ["/etc/etcd/client-key.pem", "key"],
    ["/etc/etcd/key_client.pem", "key"],
    ["/etc/etcd/client.key.pem", "key"],
    ["/etc/etcd/keyless.pem", "certificate"],
    ["/etc/etcd/monkey.pem", "certificate"],
    ["/etc/etcd/ca.pem", "ca"],
    ["/etc/etcd/CA.crt", "ca"],
    ["/etc/etcd/etcd-ca.crt", "ca"],
    ["/etc/etcd/ca", "ca"],
    ["/etc/etcd/cacert.pem", "ca"],
    ["/etc/etcd/ca-key.pem", "ca-key"],
    ["/etc/etcd/ca.key", "ca-key"],
    ["/etc/etcd/cat.pem", "certificate"],
    ["/etc/etcd/alpaca.pem", "certificate"],
    ["/etc/ca/client.pem", "certificate"],
    ["/etc/etcd/client.csr", "other"],
    ["/etc/etcd/ca.srl", "other"],
    ["/etc/etcd/client.csr.pem", "certificate"],
    ["/etc/etcd/ca-config.json", "other"],
  ])("%s: %s", (path, kind) => {
    expect(kindByName(path)).toBe(kind);
  });
});

describe("a content that may be of a kind", () => {
  const text = (value: string): Content => ({ kind: "text", text: value });
  const [certificate, key] = [text("-----BEGIN CERTIFICATE-----"), text("-----BEGIN EC PRIVATE KEY-----")];
  it.each<readonly [Content, FileKind, boolean]>([
    [certificate, "certificate", true],
    [certificate, "ca", true],
    [certificate, "key", false],
    [certificate, "ca-key", false],
    [key, "key", true],
    [key, "ca-key", true],
    [key, "certificate", false],
    [text("-----BEGIN PRIVATE KEY-----"), "key", true],
    [text("-----BEGIN PUBLIC KEY-----"), "key", false],
    [text(""), "certificate", false],
    [{ kind: "not-shown" }, "key", true],
  ])("%j, %s: %s", (content, kind, expected) => {
    expect(mayBeOfKind(content, kind)).toBe(expected);
  });
});

describe("the names of a certificate's key", () => {
  it.each<readonly [string, readonly string[]]>([
    ["/e/client.pem", ["/e/client-key.pem", "/e/client.key", "/e/client-key.key"]],
    ["/e/client.crt", ["/e/client-key.crt", "/e/client.key", "/e/client-key.pem", "/e/client-key.key"]],
    ["/e/client-cert.pem", ["/e/client-key.pem", "/e/client.key", "/e/client-key.key"]],
    ["/e/client.cert.cer", ["/e/client-key.cer", "/e/client.key", "/e/client-key.pem", "/e/client-key.key"]],
    ["/e/client.der", []],
    ["/e/client.pem.bak", []],
  ])("%s", (path, expected) => {
    expect(keyNamesOf(path)).toEqual(expected);
  });
});
