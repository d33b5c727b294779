import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";
import { run } from "../lib/run.mjs";
import { UserError } from "../lib/user-error.mjs";
import { placeFolder } from "./place-folder.mjs";
import { LANGUAGE_HOST } from "./versions.mjs";

/** Builds an engine and the language host from Go modules into `.engine/built-VERSION`, and gives that folder. */
export async function buildFromModules(version) {
  return placeFolder(`built-${version}`, async (folder) => {
    const host = await buildLanguageHost();
    await copyFile(host, join(folder, "pulumi-language-nodejs"));
    await goBuild({
      module: `pulumi-${version}`,
      package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      version,
      output: join(folder, "pulumi"),
    });
  });
}

async function buildLanguageHost() {
  const folder = await placeFolder(`language-host-${LANGUAGE_HOST}`, (unfinished) =>
    goBuild({
      module: `language-host-${LANGUAGE_HOST}`,
      package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      version: LANGUAGE_HOST,
      output: join(unfinished, "pulumi-language-nodejs"),
    }),
  );
  return join(folder, "pulumi-language-nodejs");
}

/** Go's own cache makes a second build of the same module take seconds. */
async function goBuild({ module, package: name, version, output }) {
  const cwd = join(projectFolder, "scripts/engine", module);
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOTOOLCHAIN: "local", GOWORK: "off" };
  const title = `building ${module} from Go modules (minutes the first time, seconds later)`;
  const { code, output: said } = await run("go", ["build", "-trimpath", "-ldflags", flags, "-o", output, name], {
    cwd,
    env,
    title,
  });
  if (code !== 0) throw new UserError(`go build of ${module} failed:\n${said}`);
}
