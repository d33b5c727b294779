/** Permissive licenses, which ask for no more than that their text goes along. */
const AGREED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
]);

/** Packages that name a file instead of a license, with what that file is. */
const READ = new Map([["@logdna/tail-file", "MIT"]]);

/** The packages of a package-lock.json that users get and whose license is not among these: `name: LICENSE`. */
export function refusedLicenses({ packages }) {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true)
    .map(([path, { license }]) => ({ name: path.replace(/^.*node_modules\//, ""), license }))
    .filter(({ name, license }) => !isAgreed(READ.get(name) ?? license))
    .map(({ name, license }) => `${name}: ${license ?? "none named"}`);
}

/** Of a choice, `(MIT OR GPL-3.0)`, one is enough; where all hold, `MIT AND Zlib`, each has to be agreed. */
function isAgreed(license = "") {
  const alternatives = license.replace(/[()]/g, "").split(" OR ");
  return alternatives.some((one) => one.split(" AND ").every((name) => AGREED.has(name)));
}
