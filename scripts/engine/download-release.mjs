import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { progress } from "../lib/progress.mjs";
import { run } from "../lib/run.mjs";
import { placeFolder } from "./place-folder.mjs";

const TO_ANSWER_MS = 10_000;
const TO_DOWNLOAD_MS = 10 * 60_000;
const NAMES = ["pulumi", "pulumi-language-nodejs"];

/**
 * Gets the official release into `.engine/downloaded-VERSION` and gives that folder; `undefined` where there is none for
 * this machine or it cannot be reached.
 */
export async function downloadRelease(version) {
  const platform = { linux: "linux", darwin: "darwin" }[process.platform];
  const architecture = { x64: "x64", arm64: "arm64" }[process.arch];
  if (platform === undefined || architecture === undefined) return undefined;
  const url = `https://get.pulumi.com/releases/sdk/pulumi-v${version}-${platform}-${architecture}.tar.gz`;
  try {
    return await placeFolder(`downloaded-${version}`, async (folder) => {
      await answers(url);
      progress(`downloading ${url} ...`);
      const response = await fetch(url, { signal: AbortSignal.timeout(TO_DOWNLOAD_MS) });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      await unpack(Buffer.from(await response.arrayBuffer()), folder);
    });
  } catch (error) {
    progress(`the official download of Pulumi ${version} cannot be had (${error.cause?.code ?? error.message})`);
    return undefined;
  }
}

async function answers(url) {
  const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(TO_ANSWER_MS) });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
}

/** Keeps the two programs and drops the other languages. */
async function unpack(archive, folder) {
  const file = join(folder, "release.tar.gz");
  await writeFile(file, archive);
  const { code, output } = await run("tar", ["-xzf", file, "-C", folder, ...NAMES.map((name) => `pulumi/${name}`)]);
  if (code !== 0) throw new Error(output);
  for (const name of NAMES) await rename(join(folder, "pulumi", name), join(folder, name));
  await rm(join(folder, "pulumi"), { recursive: true });
  await rm(file);
}
