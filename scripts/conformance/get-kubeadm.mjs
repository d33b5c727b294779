import { access } from "node:fs/promises";
import { join } from "node:path";
import { progress } from "../lib/progress.mjs";
import { projectFolder } from "../lib/project-folder.mjs";
import { run } from "../lib/run.mjs";
import { UserError } from "../lib/user-error.mjs";

/**
 * The real kubeadm of a release, built once into `folder` from the Go modules pinned beside this file. Its version must be
 * built in: the rules on kubernetesVersion compare with it.
 */
export async function getKubeadm({ version, minor }, folder) {
  const file = join(folder, `kubeadm-${version}`);
  if (
    await access(file).then(
      () => true,
      () => false,
    )
  )
    return file;
  progress(`building kubeadm ${version} (some minutes) ...`);
  const name = "k8s.io/component-base/version";
  const values = { gitVersion: `v${version}`, gitMajor: "1", gitMinor: String(minor), gitTreeState: "clean" };
  const flags = ["-s", "-w", ...Object.entries(values).map(([key, value]) => `-X ${name}.${key}=${value}`)].join(" ");
  const { code } = await run(
    "go",
    ["build", "-mod=readonly", "-ldflags", flags, "-o", file, "k8s.io/kubernetes/cmd/kubeadm"],
    {
      cwd: join(projectFolder, "scripts/conformance", `kubeadm-${version}`),
      env: { ...process.env, GOTOOLCHAIN: "local", CGO_ENABLED: "0" },
      show: "both",
    },
  );
  if (code !== 0) throw new UserError(`kubeadm ${version} could not be built; Go 1.26 or newer must be on PATH.`);
  return file;
}
