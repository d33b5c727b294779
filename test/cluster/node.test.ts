import { describe, expect, it } from "vitest";
import { describeNode } from "../../cluster/node";

describe("a node as messages name it", () => {
  it.each([
    [{ name: "master01" }, "master01"],
    [{ name: "masters", group: { size: 3 } }, "group masters (3 nodes)"],
    [{ name: "masters", group: { size: 1 } }, "group masters (1 node)"],
    [{ name: "masters", group: { size: undefined } }, "group masters"],
  ])("%j: %s", (node, expected) => {
    expect(describeNode(node)).toBe(expected);
  });
});
