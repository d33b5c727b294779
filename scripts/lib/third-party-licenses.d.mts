import type { BundledPackage } from "./bundle.mjs";

export function thirdPartyLicenses(packages: readonly BundledPackage[]): Promise<string>;
