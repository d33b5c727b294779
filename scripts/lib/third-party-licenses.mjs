import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "./user-error.mjs";

/** The text of dist/THIRD-PARTY-LICENSES.txt: each bundled package with the license and the notices that it ships. */
export async function thirdPartyLicenses(packages) {
  const parts = await Promise.all(packages.map(licenseOf));
  const title = "The files in this folder contain code of the packages below, each under its own license.";
  return `${[title, ...parts].join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

async function licenseOf({ folder, name, version, license }) {
  if (typeof license !== "string") throw new UserError(`${name} ${version} names no license`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  if (files.length === 0) throw new UserError(`${name} ${version} ships no text of its license`);
  const texts = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), "utf8")).trim()));
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}
