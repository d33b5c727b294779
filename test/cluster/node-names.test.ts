import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Node } from "../../cluster/node";
import { NodeNames } from "../../cluster/node-names";

const SETTINGS = { kind: "settings", name: "kubeadm-guard:clusters" } as const;
const name = fc.constantFrom("m1", "M1", "m1.", "m1.a", "m1.b", "m2", "m2.a", "10.0.0.1", "[::1]", "0:0::1", "");
const node: fc.Arbitrary<Node> = fc.record({
  name,
  otherNames: fc.array(name, { maxLength: 2 }),
  addresses: fc.array(name, { maxLength: 2 }),
  declaredBy: fc.constant(SETTINGS),
});

describe("names that a node among many might go by", () => {
  it("are those by which one of them is found alone", () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 4 }), name, (nodes, asked) => {
        const alone = nodes.some((one) => new NodeNames([one]).named(asked).length > 0);
        expect(new NodeNames(nodes).includes(asked)).toBe(alone);
      }),
    );
  });

  it("count where several nodes share a short name, by which none is found", () => {
    const names = new NodeNames(
      ["m1.a", "m1.b"].map((name) => ({ name, otherNames: [], addresses: [], declaredBy: SETTINGS })),
    );
    expect([names.named("m1"), names.includes("m1")]).toEqual([[], true]);
  });
});
