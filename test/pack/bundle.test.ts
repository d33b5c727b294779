import { beforeAll, describe, expect, it } from "vitest";
import { type BundledPackage, bundle, bundledPackages } from "../../scripts/lib/bundle.mjs";
import { thirdPartyLicenses } from "../../scripts/lib/third-party-licenses.mjs";

let packages: readonly BundledPackage[] = [];
beforeAll(async () => {
  const { inputs } = await bundle({ write: false });
  packages = await bundledPackages(inputs);
});

describe("the bundles of the package", () => {
  it("hold the SDK without what only programs need", () => {
    const names = packages.map(({ name }) => name);
    expect(names).toContain("@pulumi/policy");
    expect(names.filter((name) => /typescript|ts-node|arborist/.test(name))).toEqual([]);
  });

  it("come with the license of each package in them", async () => {
    const text = await thirdPartyLicenses(packages);
    const titles = packages.map(({ name, version, license }) => `\n${name} ${version} (${license})\n`);
    expect(titles.filter((title) => !text.includes(title))).toEqual([]);
    expect(text).toContain("Copyright (c) Lars Kappert");
  });
});
