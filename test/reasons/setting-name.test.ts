import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SETTING_OPTIONS, settingName } from "../../reasons/setting-name";
import { clusterShape } from "../../settings/cluster-shape";

const PAGE = readFileSync(join(__dirname, "../../docs/settings.md"), "utf8");
/** The keys of the table of settings, and the options in its last column. */
const ROWS = new Map(
  PAGE.split("\n").flatMap((line) => {
    const [, key, options = ""] = /^\| `(\w+)` \| [^|]* \| ([^|]*)\|$/.exec(line) ?? [];
    return key === undefined ? [] : [[key, optionsIn(options)] as const];
  }),
);

function optionsIn(text: string): readonly string[] {
  return text.match(/--[a-z-]+/g) ?? [];
}

describe("the options of check that settings have", () => {
  it.each(Object.entries(SETTING_OPTIONS).filter(([name]) => !name.includes(".")))(
    "docs/settings.md gives those of %s",
    (name, option) => {
      expect(ROWS.get(name)).toEqual(optionsIn(option ?? ""));
    },
  );

  it("are said of each setting of a cluster", () => {
    const known = Object.keys(SETTING_OPTIONS).filter((name) => !name.includes("."));
    expect(Object.keys(Object(clusterShape.schema["properties"])).sort()).toEqual(["name", ...known].sort());
  });

  it.each([
    ["preview", "clusters[].listing"],
    ["check", "--nodes LISTING"],
    ["both", "clusters[].listing (check: --nodes LISTING)"],
  ] as const)("what %s calls a listing", (audience, name) => {
    expect(settingName("listing", audience)).toBe(name);
  });
});
