import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../lib/run.mjs";
import { findProgram, foldersOnPath } from "./find-program.mjs";
import { placeFolder } from "./place-folder.mjs";
import { OLDEST_ENGINE } from "./versions.mjs";

/**
 * A folder with links to the Pulumi of this machine, if one is on PATH that is new enough and has its Node language host:
 * `{ folder }`, or `{ why }` it cannot be used.
 */
export async function findInstalled() {
  const pulumi = findProgram("pulumi", foldersOnPath());
  if (pulumi === undefined) return { why: "no pulumi on PATH" };
  const { code, output } = await run(pulumi, ["version"], { timeoutMs: 30_000 });
  const version = /^v?(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  if (code !== 0 || version === undefined) return { why: `${pulumi} does not tell its version` };
  if (isOlder(version, OLDEST_ENGINE)) {
    return { why: `${pulumi} is ${version}; an executable policy pack needs ${OLDEST_ENGINE} or newer` };
  }
  const beside = [dirname(pulumi), dirname(realpathSync(pulumi)), join(homedir(), ".pulumi/bin")];
  const host = findProgram("pulumi-language-nodejs", beside);
  if (host === undefined) return { why: `no pulumi-language-nodejs beside ${pulumi}` };
  const paths = createHash("sha256")
    .update(`${realpathSync(pulumi)}:${realpathSync(host)}`)
    .digest("hex");
  const folder = await placeFolder(`installed-${version}-${paths.slice(0, 8)}`, async (unfinished) => {
    await symlink(realpathSync(pulumi), join(unfinished, "pulumi"));
    await symlink(realpathSync(host), join(unfinished, "pulumi-language-nodejs"));
  });
  return { folder };
}

function isOlder(version, than) {
  const [major, minor] = version.split(".").map(Number);
  const [thanMajor, thanMinor] = than.split(".").map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
