import { describe, expect, it } from "vitest";
import { renameEtcdFiles } from "../../../kubeadm/config/rename-etcd-files";

const NAMES = { certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem", caFile: "/etc/etcd/ca.pem" };
const KUBESPRAY = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
etcd:
  external:
      endpoints:
      - https://10.0.0.21:2379
      caFile: /etc/ssl/etcd/ssl/ca.pem   # shared
      certFile: /etc/ssl/etcd/ssl/node-master03.pem
      keyFile: /etc/ssl/etcd/ssl/node-master03-key.pem
`;

describe("a kubeadm-config whose etcd files are renamed", () => {
  it.each<[string, string, string]>([
    [
      "as Kubespray writes it, with a comment",
      KUBESPRAY,
      KUBESPRAY.replace("/etc/ssl/etcd/ssl/ca.pem", NAMES.caFile)
        .replace("/etc/ssl/etcd/ssl/node-master03.pem", NAMES.certFile)
        .replace("/etc/ssl/etcd/ssl/node-master03-key.pem", NAMES.keyFile),
    ],
    [
      "with both kinds of quotes",
      `etcd:\n  external:\n    keyFile: 'a''b'\n    certFile: "a\\tb" # x\n`,
      `etcd:\n  external:\n    keyFile: '${NAMES.keyFile}'\n    certFile: "${NAMES.certFile}" # x\n`,
    ],
    [
      "in flow style",
      `etcd: {external: {certFile: /a, keyFile: "/b", caFile: /c}} # end`,
      `etcd: {external: {certFile: ${NAMES.certFile}, keyFile: "${NAMES.keyFile}", caFile: ${NAMES.caFile}}} # end`,
    ],
    [
      "as JSON",
      `{ "etcd": {"external": {"keyFile":"/b","certFile" : "\\u002fa"}} }\n`,
      `{ "etcd": {"external": {"keyFile":"${NAMES.keyFile}","certFile" : "${NAMES.certFile}"}} }\n`,
    ],
    [
      "with line ends of Windows and a byte of several units before it",
      `\ufeff# 🚀\r\netcd:\r\n  external:\r\n    certFile: /a\r\n    keyFile: /b\r\n`,
      `\ufeff# 🚀\r\netcd:\r\n  external:\r\n    certFile: ${NAMES.certFile}\r\n    keyFile: ${NAMES.keyFile}\r\n`,
    ],
    [
      "with the same words elsewhere",
      `x: /a\netcd:\n  external: {certFile: /a, keyFile: /b}\ny: {certFile: /a}\n`,
      `x: /a\netcd:\n  external: {certFile: ${NAMES.certFile}, keyFile: ${NAMES.keyFile}}\ny: {certFile: /a}\n`,
    ],
  ])("%s keeps every other byte", (_case, before, after) => {
    expect(renameEtcdFiles(before, NAMES)).toMatchObject({ kind: "renamed", text: after });
    expect(renameEtcdFiles(after, NAMES)).toEqual({ kind: "same" });
  });

  it("quotes a name that YAML would read as something else", () => {
    const certFile = "/etc/my certs/a: b #c.pem";
    expect(renameEtcdFiles("etcd: {external: {certFile: /a}}", { certFile })).toMatchObject({
      text: `etcd: {external: {certFile: "${certFile}"}}`,
    });
    const keyFile = `/it's "quoted"`;
    expect(renameEtcdFiles("etcd: {external: {keyFile: '/a'}}", { keyFile })).toMatchObject({
      text: `etcd: {external: {keyFile: '/it''s "quoted"'}}`,
    });
  });

  it("is not given a field that it does not have", () => {
    expect(renameEtcdFiles("etcd: {external: {caFile: /a}}", NAMES)).toEqual({
      kind: "renamed",
      text: `etcd: {external: {caFile: ${NAMES.caFile}}}`,
      fields: ["caFile"],
    });
  });

  it.each([
    ["without etcd.external", "etcd: {local: {}}"],
    ["that is empty", ""],
  ])("%s stays what it is", (_case, text) => {
    expect(renameEtcdFiles(text, NAMES)).toEqual({ kind: "same" });
  });

  it.each([
    ["it cannot be read", "etcd: ["],
    ["one word in one line", "etcd:\n  external:\n    certFile: >-\n      /a\n"],
    ["one word in one line", "etcd: {external: {certFile: 3}}"],
    ["one word in one line", "etcd:\n  external:\n    certFile: &x /a\n    keyFile: *x\n"],
    ["used for something else", "x: &x {certFile: /a, keyFile: /b}\netcd:\n  external: *x\n"],
    ["stands in it twice", "etcd:\n  external:\n    certFile: /a\n    certFile: /b\n"],
    ["more than one document", "etcd: {external: {certFile: /a}}\n---\na: b\n"],
  ])("is left alone where %s", (why, text) => {
    expect(renameEtcdFiles(text, NAMES)).toEqual({ kind: "refused", why: expect.stringContaining(why) });
  });
});
