import { describe, expect, it } from "vitest";
import { distinctFingerprints, fingerprint } from "../../../policies/support/fingerprint";

const FINDING = { message: "missing", group: "", node: "m1", path: "/etc/etcd/ca.pem" };
const ONE = fingerprint("prod", "policy", FINDING);

describe("the fingerprint of a finding", () => {
  it("is always the same, of 32 hexadecimal digits", () => {
    expect(ONE).toBe("0c26ec51bb9f10c4a45abb0be132af76");
    expect(fingerprint("prod", "policy", { ...FINDING })).toBe(ONE);
  });

  it.each([
    ["cluster", fingerprint("test", "policy", FINDING)],
    ["policy", fingerprint("prod", "other", FINDING)],
    ["message", fingerprint("prod", "policy", { ...FINDING, message: "m" })],
    ["group", fingerprint("prod", "policy", { ...FINDING, group: "g" })],
    ["node", fingerprint("prod", "policy", { ...FINDING, node: null })],
    ["path", fingerprint("prod", "policy", { ...FINDING, path: null })],
  ])("is another for another %s", (_part, other) => {
    expect(other).not.toBe(ONE);
    expect(other).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is numbered where several are the same", () => {
    const distinct = distinctFingerprints();
    const named = [distinct(ONE), distinct(ONE), distinct("other"), distinct(ONE)];
    expect(named[0]).toBe(ONE);
    expect(named[2]).toBe("other");
    expect(new Set(named).size).toBe(4);
    const again = distinctFingerprints();
    expect([again(ONE), again(ONE), again("other"), again(ONE)]).toEqual(named);
    expect(named[1]).toMatch(/^[0-9a-f]{32}$/);
  });
});
