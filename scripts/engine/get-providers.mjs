import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { progress } from "../lib/progress.mjs";
import { projectFolder } from "../lib/project-folder.mjs";
import { pulumiEnvironment, pulumiHome } from "../lib/pulumi-environment.mjs";
import { run } from "../lib/run.mjs";
import { findProgram, foldersOnPath } from "./find-program.mjs";
import { engineRoot, placeFolder } from "./place-folder.mjs";

/** Their plugins come the usual way, where they can be downloaded. */
const PROVIDERS = ["kubernetes", "command", "tls"];

/** Providers of machines: always stand-ins, since the real ones need an account. */
const CLOUDS = [
  "aws",
  "aws-native",
  "azure",
  "azure-native",
  "cloudinit",
  "digitalocean",
  "equinix",
  "exoscale",
  "gcp",
  "hcloud",
  "libvirt",
  "linode",
  "oci",
  "openstack",
  "proxmoxve",
  "random",
  "scaleway",
  "vsphere",
  "vultr",
];

/** The folder with a stand-in for every provider plugin. */
export async function getStandIns() {
  return placeStandIns("stand-ins", [...PROVIDERS, ...CLOUDS]);
}

/**
 * What programs need on PATH beside the engine: `{ folder, standIns }`. With the real plugins only the stand-ins for
 * clouds are in the folder; else all are, and one line on stderr says so.
 */
export async function getProviders(engine) {
  if (await haveRealProviders(engine)) {
    return { folder: await placeStandIns("stand-ins-for-clouds", CLOUDS), standIns: false };
  }
  progress(
    `provider plugins (${PROVIDERS.join(", ")}) cannot be downloaded here: stand-ins from test/stand-ins take their place`,
  );
  return { folder: await getStandIns(), standIns: true };
}

async function placeStandIns(name, providers) {
  return placeFolder(name, async (folder) => {
    for (const provider of providers) {
      const own = join(projectFolder, "test/stand-ins", `${provider}.cjs`);
      const script = existsSync(own) ? own : join(projectFolder, "test/stand-ins/any-cloud.cjs");
      const file = join(folder, `pulumi-resource-${provider}`);
      await writeFile(file, `#!/bin/sh\nexec node '${script.replaceAll("'", "'\\''")}' "$@"\n`);
      await chmod(file, 0o755);
    }
  });
}

async function haveRealProviders(engine) {
  for (const provider of PROVIDERS) {
    if (findProgram(`pulumi-resource-${provider}`, foldersOnPath()) !== undefined) continue;
    const version = await versionOf(provider);
    if (existsSync(join(await pulumiHome(), "plugins", `resource-${provider}-v${version}`))) continue;
    if (!(await canDownload())) return false;
    const env = await pulumiEnvironment({ path: [engine], backend: join(engineRoot, "no-state") });
    const title = `downloading the ${provider} provider ${version}`;
    const { code } = await run("pulumi", ["plugin", "install", "resource", provider, version], {
      env,
      title,
      timeoutMs: 600_000,
    });
    if (code !== 0) return false;
  }
  return true;
}

async function versionOf(provider) {
  const file = join(projectFolder, "node_modules/@pulumi", provider, "package.json");
  return JSON.parse(await readFile(file, "utf8")).version.replace(/^v/, "");
}

async function canDownload() {
  try {
    await fetch("https://get.pulumi.com/", { method: "HEAD", signal: AbortSignal.timeout(5_000) });
    return true;
  } catch {
    return false;
  }
}
