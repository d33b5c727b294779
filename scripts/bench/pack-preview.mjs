import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getEngine } from "../engine/get-engine.mjs";
import { getProviders } from "../engine/get-providers.mjs";
import { projectFolder } from "../lib/project-folder.mjs";
import { pulumiEnvironment } from "../lib/pulumi-environment.mjs";
import { run } from "../lib/run.mjs";
import { ended } from "./measure.mjs";

const LAUNCHER = join(projectFolder, "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");

/** Makes a program of that many ConfigMaps, and gives what a whole preview of it with a pack costs, program and engine included. */
export async function packPreview(folder, count) {
  const engine = await getEngine();
  const env = await pulumiEnvironment({
    path: [engine, (await getProviders(engine)).folder],
    backend: join(folder, "backend"),
  });
  const program = join(folder, "program");
  await mkdir(program);
  await symlink(join(projectFolder, "node_modules"), join(program, "node_modules"));
  await writeFile(
    join(program, "Pulumi.yaml"),
    "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  await writeFile(join(program, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
  await writeFile(join(program, "index.js"), programOf(count));
  await succeed(["stack", "init", "dev", "--non-interactive"], program, env);
  return async (pack) => {
    const cost = await ended(["pulumi", "preview", "--stack", "dev", "--non-interactive", "--policy-pack", pack], {
      cwd: program,
      env,
    });
    if (cost.code !== 0) throw new Error(`a preview with ${pack} ended with ${cost.code}`);
    return cost;
  };
}

/** An executable that starts a pack's folder as the language host does: PolicyPack reads the package.json of its working folder. */
export async function executableOf(pack) {
  const file = join(pack, "start");
  await writeFile(file, `#!/bin/sh\ncd '${pack}'\nexec node '${LAUNCHER}' "$1" '${pack}'\n`);
  await chmod(file, 0o755);
  return file;
}

function programOf(count) {
  return `const kubernetes = require("@pulumi/kubernetes");
const provider = new kubernetes.Provider("manifests", { renderYamlToDirectory: "manifests" });
for (let index = 0; index < ${count}; index += 1)
  new kubernetes.core.v1.ConfigMap("settings-" + index, {
    metadata: { name: "settings-" + index, namespace: "default", labels: { app: "settings-" + index, team: "platform" } },
    data: { "settings.yaml": "level: info\\nreplicas: 3\\n", region: "eu-west-1" },
  }, { provider });
`;
}

async function succeed(args, cwd, env) {
  const { code, output } = await run("pulumi", args, { cwd, env });
  if (code !== 0) throw new Error(`pulumi ${args[0]} failed:\n${output}`);
}
