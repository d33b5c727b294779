/** The packages of a package-lock.json that users get and whose license is not among those agreed to: `name: LICENSE`. */
export declare function refusedLicenses(lock: {
  readonly packages: Readonly<Record<string, { readonly license?: string; readonly dev?: boolean }>>;
}): readonly string[];
