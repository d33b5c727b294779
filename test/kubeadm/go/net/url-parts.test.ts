import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urlParts } from "../../../../kubeadm/go/net/url-parts";

describe("URLs as Go splits them", () => {
  it.each([
    ["https://10.0.0.1:2379", { scheme: "https", host: "10.0.0.1:2379", hostName: "10.0.0.1", port: "2379", path: "" }],
    ["HTTPS://etcd1/x?y=1", { scheme: "https", host: "etcd1", hostName: "etcd1", port: "", path: "/x" }],
    ["https://[fd00::1]:2379/", { host: "[fd00::1]:2379", hostName: "fd00::1", port: "2379", path: "/" }],
    ["etcd1:2379", { scheme: "etcd1", host: "", path: "" }],
    ["//etcd1:2379", { scheme: "", hostName: "etcd1", port: "2379" }],
    ["https://user:word@etcd1", { host: "etcd1" }],
    ["https://etcd%c3%a9/", { host: "etcd\u00e9" }],
    ["/a/b", { scheme: "", host: "", path: "/a/b" }],
  ])("%s", (text, expected) => {
    expect(urlParts(text)).toMatchObject({ ok: true, value: expected });
  });

  it.each([
    ["10.0.0.1:2379", 'parse "10.0.0.1:2379": first path segment in URL cannot contain colon'],
    [":2379", 'parse ":2379": missing protocol scheme'],
    ["https://etcd1:x", 'parse "https://etcd1:x": invalid port ":x" after host'],
    ["https://fd00::1:2379", 'parse "https://fd00::1:2379": invalid port "::1:2379" after host'],
    ["https://[fd00::1", "parse \"https://[fd00::1\": missing ']' in host"],
    ["https://etcd 1", 'parse "https://etcd 1": invalid character " " in host name'],
    ["https://{{ host }}", 'parse "https://{{ host }}": invalid character "{" in host name'],
    ["https://etcd1/%zz", 'parse "https://etcd1/%zz": invalid URL escape "%zz"'],
    ["https://etcd1\n", 'parse "https://etcd1\\n": net/url: invalid control character in URL'],
  ])("%j is refused", (text, error) => {
    expect(urlParts(text)).toEqual({ ok: false, error });
  });

  it("any text is checked", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.webUrl()), (text) => {
        expect(() => urlParts(text)).not.toThrow();
      }),
    );
  });
});
