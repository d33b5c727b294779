import { describe, expect, it } from "vitest";
import { closestName } from "../../cluster/closest-name";

describe("the name that was probably meant", () => {
  const known = ["controlPlaneNodes", "etcdHosts", "files"];
  it.each([
    ["files", "files"],
    ["file", "files"],
    ["fles", "files"],
    ["filesss", "files"],
    ["filessss", undefined],
    ["f", undefined],
    ["flies", "files"],
    ["etcd_hosts", "etcdHosts"],
    ["ETCD-HOSTS", "etcdHosts"],
    ["controlplanenode", "controlPlaneNodes"],
    ["", undefined],
    ["x".repeat(65), undefined],
  ])("of %j is %j", (name, expected) => {
    expect(closestName(name, known)).toBe(expected);
  });

  it("is the nearest of several", () => {
    expect(closestName("nodez", ["nodxy", "nodes", "modes"])).toBe("nodes");
  });

  it("has at most 64 letters", () => {
    const [longest, longer] = ["x".repeat(64), "x".repeat(65)];
    expect(closestName(longest, [longest])).toBe(longest);
    expect(closestName(longer, [longer])).toBeUndefined();
  });

  it("is none where none is known", () => {
    expect(closestName("files", [])).toBeUndefined();
  });
});
