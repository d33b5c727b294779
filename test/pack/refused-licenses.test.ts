import { describe, expect, it } from "vitest";
import { refusedLicenses } from "../../scripts/lib/refused-licenses.mjs";

describe("the license of a package that users get", () => {
  it.each<[string, { license?: string; dev?: boolean }, readonly string[]]>([
    ["is agreed to", { license: "MIT" }, []],
    ["is one of several that may be chosen", { license: "(GPL-3.0 OR MIT)" }, []],
    ["is several that all hold", { license: "(MIT AND GPL-3.0)" }, ["a: (MIT AND GPL-3.0)"]],
    ["is one that asks for more", { license: "AGPL-3.0-only" }, ["a: AGPL-3.0-only"]],
    ["is not named", {}, ["a: none named"]],
    ["does not matter in development", { license: "AGPL-3.0-only", dev: true }, []],
  ])("%s", (_title, entry, refused) => {
    expect(refusedLicenses({ packages: { "": {}, "node_modules/b/node_modules/a": entry } })).toEqual(refused);
  });
});
