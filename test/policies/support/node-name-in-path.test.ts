import { describe, expect, it } from "vitest";
import { nameInPair, neutralPath, ownerOf } from "../../../policies/support/node-name-in-path";

describe("a path without the name of a node", () => {
  it.each([
    ["/etc/ssl/node-m1.pem", "m1", "/etc/ssl/node.pem"],
    ["/etc/ssl/node-m1-key.pem", "m1", "/etc/ssl/node-key.pem"],
    ["/etc/ssl/node-M1.pem", "m1", "/etc/ssl/node.pem"],
    ["/etc/ssl/m1.pem", "m1", "/etc/ssl/etcd-client.pem"],
    ["/etc/ssl/m1.key", "m1", "/etc/ssl/etcd-client.key"],
    ["/etc/ssl/m1", "m1", "/etc/ssl/etcd-client.pem"],
    ["/etc/ssl/m1-etcd.crt", "m1", "/etc/ssl/etcd.crt"],
    ["/etc/ssl/a.m1-b.pem", "m1", "/etc/ssl/a-b.pem"],
    ["/etc/ssl/node-m10.pem", "m1", "/etc/ssl/node-m10.pem"],
    ["/etc/ssl/xm1-m1.pem", "m1", "/etc/ssl/xm1.pem"],
    ["/etc/m1/node.pem", "m1", "/etc/m1/node.pem"],
    ["/etc/ssl/node.pem", "", "/etc/ssl/node.pem"],
  ])("%s, %s: %s", (path, name, expected) => {
    expect(neutralPath(path, name)).toBe(expected);
  });
});

describe("the owner of a file, by its name", () => {
  const nodes = ["m1", "m1-lab", "M2.example.com", "cp"].map((name) => ({ name }));
  it.each([
    ["/etc/ssl/node-m1.pem", "m1"],
    ["/etc/ssl/node-M1-key.pem", "m1"],
    ["/etc/ssl/node-m1-lab.pem", "m1-lab"],
    ["/etc/ssl/m1-lab-m1.pem", "m1-lab"],
    ["/etc/ssl/node-m2.example.com.pem", "M2.example.com"],
    ["/etc/ssl/node-m2.pem", undefined],
    ["/etc/ssl/node-m10.pem", undefined],
    ["/etc/ssl/nodem1.pem", undefined],
    ["/etc/m1/node.pem", undefined],
    ["/etc/ssl/cp", "cp"],
    ["/etc/ssl/cp_.pem", "cp"],
  ])("%s: %s", (path, expected) => {
    expect(ownerOf(path, nodes)?.name).toBe(expected);
  });

  it("is the first of two nodes of one name, and none where there are none", () => {
    const [one, other] = [
      { name: "m1", at: 1 },
      { name: "M1", at: 2 },
    ];
    expect(ownerOf("/m1.pem", [one, other])).toBe(one);
    expect(ownerOf("/m1.pem", [])).toBeUndefined();
  });
});

describe("the name in the name of a pair", () => {
  it.each([
    ["/etc/ssl/node-m1.pem", "m1"],
    ["/etc/ssl/node-m1-key.pem", "m1"],
    ["/etc/ssl/ADMIN-m1.crt", "m1"],
    ["/etc/ssl/member-m1.cer", "m1"],
    ["/etc/ssl/member-m1.key", "m1"],
    ["/etc/ssl/node-m1.conf", undefined],
    ["/etc/ssl/worker-m1.pem", undefined],
    ["/etc/ssl/old-node-m1.pem", undefined],
    ["/etc/ssl/node-.pem", undefined],
    ["/etc/ssl/node-client.pem", undefined],
    ["/etc/ssl/node-etcd-client-key.pem", undefined],
    ["/etc/ssl/node-client1.pem", "client1"],
    ["/etc/ssl/node-my-client.pem", "my-client"],
  ])("%s: %s", (path, expected) => {
    expect(nameInPair(path)).toBe(expected);
  });
});
