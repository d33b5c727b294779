/** The packages whose code is in the bundles. */
export interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

export function bundle(options?: {
  readonly write?: boolean;
}): Promise<{ readonly outputs: readonly string[]; readonly inputs: readonly string[] }>;
export function bundleOfExecutable(entry?: string): Promise<string>;
export function bundledPackages(inputs: readonly string[]): Promise<readonly BundledPackage[]>;
