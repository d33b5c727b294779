import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIp, parseIp } from "../../../../kubeadm/go/x509/ip-address";

describe("addresses as Go reads and prints them", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["::1", "::1"],
    ["::", "::"],
    ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["fe80::1:2", "fe80::1:2"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
  ])("%s is %s", (text, printed) => {
    const address = parseIp(text);
    expect(address && formatIp(address)).toBe(printed);
  });

  it.each([
    "",
    "10.0.0",
    "10.0.0.01",
    "10.0.0.256",
    "1:2",
    ":::",
    "1::2::3",
    "12345::",
    "fe80::1%eth0",
    "etcd1",
    "1.2.3.4:80",
  ])("%j is not an address", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("an address that is printed is read back", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = parseIp(text) ?? expect.unreachable(text);
        expect(parseIp(formatIp(address))).toEqual(address);
      }),
    );
  });
});
