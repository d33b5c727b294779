import { describe, expect, it } from "vitest";
import { publicData } from "../../machine/public-data";

describe("data as it may be printed", () => {
  it("shares what it shared before, so that a list of nodes is copied once and not for each finding", () => {
    let reads = 0;
    const others = {
      get nodes() {
        reads += 1;
        return ["master01", "master02"];
      },
    };
    const shown = publicData(Array.from({ length: 1000 }, (_, index) => ({ node: `master${index}`, others })));
    expect(reads).toBe(1);
    expect(shown[999]).toEqual({ node: "master999", others: { nodes: ["master01", "master02"] } });
    expect(shown[999]?.others).toBe(shown[0]?.others);
  });

  it.each([
    ["a name", { node: "two words" }, { node: "(a text of 9 characters that is not a name)" }],
    ["a path", { path: "two!&words" }, { path: "(a text of 10 characters that is not a path)" }],
    ["another word", { field: "two words" }, { field: "two words" }],
  ])("prints one text by its key, also where another key was before it: %s", (_, data, shown) => {
    expect(publicData([{ field: "two words", node: "m1", path: "/m1" }, data]).at(1)).toEqual(shown);
  });
});
