import { describe, expect, it } from "vitest";
import { evidenceOfUnread, isolate } from "../../evidence/isolate";
import { readStack } from "../../evidence/read-stack";
import type { StackResource } from "../../evidence/stack-resource";
import type { ValueRecord } from "../../evidence/value";
import { stackResource } from "../helpers/stack-resource";

/** Properties at which everybody who reads them fails. */
const fail = (): never => {
  throw new TypeError("s3cret");
};
const POISON: ValueRecord = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail });
const COPY = "command:remote:CopyToRemote";
const copy = (name: string, inputs: ValueRecord, more: Partial<StackResource> = {}) =>
  stackResource(COPY, name, inputs, more);
const sound = copy("sound", { connection: { host: "10.0.0.1" }, remotePath: "/a" });
const odd = copy("odd", POISON);

describe("one resource that cannot be read", () => {
  it("might write anywhere on its machine, and the others are read", () => {
    const { evidence } = readStack([odd, sound]);
    expect(evidence.map(({ source, operations }) => [source.name, operations.map((one) => one.do)])).toEqual([
      ["sound", ["might-write"]],
      ["odd", ["might-write"]],
    ]);
    expect(evidence[1]).toMatchObject({
      machine: { by: "connection", host: undefined },
      operations: [
        {
          scope: { kind: "anywhere" },
          reason: {
            id: "resource-not-read",
            data: { problem: expect.stringContaining("internal error (TypeError)") },
          },
        },
      ],
    });
  });

  it("is on the machine that its connection comes from", () => {
    const { propertyDependencies } = copy("x", {}, { propertyDependencies: { connection: [sound.urn] } });
    const evidence = evidenceOfUnread({ resource: { ...odd, propertyDependencies }, why: "w" });
    expect(evidence.machine).toEqual({ by: "connection", host: undefined, resources: [sound.urn] });
  });

  it("is reported without the text of the error, which may quote a property", () => {
    expect(JSON.stringify(readStack([odd]).evidence)).not.toContain("s3cret");
  });

  it("that no reader would read does nothing on machines", () => {
    expect(readStack([stackResource("aws:s3:Bucket", "odd", POISON), sound]).evidence).toHaveLength(1);
  });
});

describe("isolating resources", () => {
  it("reads all at once where nothing throws", () => {
    let times = 0;
    const { reading, unread } = isolate([sound], (some) => {
      times += 1;
      return some.length;
    });
    expect([reading, unread, times]).toEqual([1, [], 1]);
  });

  it("throws where reading fails for none of them alone", () => {
    const read = (some: readonly StackResource[]) => {
      if (some.length > 1) throw new Error("both");
    };
    expect(() => isolate([sound, odd], read)).toThrow("both");
  });
});
