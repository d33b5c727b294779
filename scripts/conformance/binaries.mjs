import { existsSync } from "node:fs";
import { join } from "node:path";
import { progress } from "../lib/progress.mjs";
import { projectFolder } from "../lib/project-folder.mjs";
import { run } from "../lib/run.mjs";
import { UserError } from "../lib/user-error.mjs";

/** The releases of kubeadm that we compare ourselves with, and the API version that each of them writes. */
export const KUBEADM_RELEASES = [
  { version: "1.30.14", minor: 30, patch: 14, apiVersion: "v1beta3" },
  { version: "1.34.2", minor: 34, patch: 2, apiVersion: "v1beta4" },
  { version: "1.37.2", minor: 37, patch: 2, apiVersion: "v1beta4" },
];

/** Where binaries are built, and where what was found is kept. Another folder of binaries is named by the environment. */
export const CONFORMANCE_FOLDER = join(projectFolder, ".conformance");
const GIVEN_FOLDER = process.env.KUBEADM_GUARD_BINARIES;

const BINARIES = [
  ...KUBEADM_RELEASES.map(({ version }) => kubernetes("kubeadm", version)),
  kubernetes("kube-apiserver", "1.30.14"),
  kubernetes("kubectl", "1.30.14"),
  { name: "etcd-3.5.21", package: ".", flags: "-s -w" },
];

/** Their version must be built in: kubeadm's rules on kubernetesVersion compare with it. */
function kubernetes(program, version) {
  const [major, minor] = version.split(".");
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const flags = Object.entries(values).map(([key, value]) => `-X k8s.io/component-base/version.${key}=${value}`);
  return {
    name: `${program}-${version}`,
    package: `k8s.io/kubernetes/cmd/${program}`,
    flags: ["-s", "-w", ...flags].join(" "),
  };
}

/** The names of the binaries that are not built yet. */
export function missingBinaries() {
  return BINARIES.map(({ name }) => name).filter((name) => foundBinary(name) === undefined);
}

/** The path of a binary, such as `kubeadm-1.30.14`; built from the Go modules pinned beside this file, if need be. */
export async function binary(name) {
  const found = foundBinary(name);
  if (found !== undefined) return found;
  const { package: source, flags } = BINARIES.find((one) => one.name === name);
  progress(`building ${name} (some minutes) ...`);
  const file = join(CONFORMANCE_FOLDER, name);
  const { code } = await run("go", ["build", "-mod=readonly", "-ldflags", flags, "-o", file, source], {
    cwd: join(projectFolder, "scripts/conformance", name),
    env: { ...process.env, GOTOOLCHAIN: "local", CGO_ENABLED: "0" },
    show: "both",
  });
  if (code !== 0) throw new UserError(`${name} could not be built; Go 1.26 or newer must be on PATH.`);
  return file;
}

function foundBinary(name) {
  const folders = [...(GIVEN_FOLDER === undefined ? [] : [GIVEN_FOLDER]), CONFORMANCE_FOLDER];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
