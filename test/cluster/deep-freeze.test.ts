import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../cluster/deep-freeze";

describe("data that is frozen", () => {
  const data = { text: "a", nothing: null, list: [{ deep: { deeper: 1 } }] };

  it("is the same, frozen at every depth", () => {
    expect(deepFreeze(data)).toBe(data);
    expect([data, data.list, data.list[0], data.list[0]?.deep].map((one) => Object.isFrozen(one))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("may hold itself", () => {
    const circle: { self?: object } = {};
    circle.self = circle;
    expect(deepFreeze(circle)).toBe(circle);
  });

  it.each([null, undefined, "text", 1])("may be no object: %s", (value) => {
    expect(deepFreeze(value)).toBe(value);
  });

  it("may hold functions, which are left alone", () => {
    const call = () => undefined;
    deepFreeze({ call });
    expect(Object.isFrozen(call)).toBe(false);
  });
});
