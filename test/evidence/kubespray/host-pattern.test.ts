import { expect, it } from "vitest";
import { hostPattern } from "../../../evidence/kubespray/host-pattern";

it.each([
  { pattern: "m1", names: ["m1"] },
  { pattern: "m1:2222", names: ["m1"], port: 2222 },
  { pattern: "node[1:3]", names: ["node1", "node2", "node3"] },
  { pattern: "node[01:05:2]", names: ["node01", "node03", "node05"] },
  {
    pattern: "node[8:11].example.org:22",
    names: ["node8", "node9", "node10", "node11"].map((n) => `${n}.example.org`),
    port: 22,
  },
  { pattern: "db-[a:c]", names: ["db-a", "db-b", "db-c"] },
  { pattern: "db-[y:B]", names: ["db-y", "db-z", "db-A", "db-B"] },
  { pattern: "x[1:2]-[a:b]", names: ["x1-a", "x1-b", "x2-a", "x2-b"] },
  { pattern: "n[:2]", names: ["n0", "n1", "n2"] },
  { pattern: "n[3:1]", names: [] },
  { pattern: "10.0.0.[9:11]", names: ["10.0.0.9", "10.0.0.10", "10.0.0.11"] },
  { pattern: "fd00::5", names: ["fd00::5"] },
  { pattern: "[fd00::1]:22", names: ["fd00::1"], port: 22 },
  { pattern: "h:", names: ["h:"] },
  { pattern: "host_:22", names: ["host_:22"] },
])("$pattern stands for $names", ({ pattern, names, port }) => {
  expect(hostPattern(pattern, { left: 100 })).toEqual(port === undefined ? { names } : { names, port });
});

it.each([
  "n[1:",
  "n[1]",
  "n[1:2:3:4]",
  "n[1:]",
  "n[001:3]",
  "n[1:3:0]",
  "n[a:3]",
  "n[b:a]",
  "a|b[1:2]",
  "a".repeat(1001),
])("%s is refused", (pattern) => {
  expect(() => hostPattern(pattern, { left: 100 })).toThrow();
});

it("the names of several patterns are counted together", () => {
  const budget = { left: 5 };
  hostPattern("a[1:3]", budget);
  expect(() => hostPattern("b[1:3]", budget)).toThrow("more hosts than");
});
