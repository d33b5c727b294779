import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CaseFile } from "../../helpers/recorded-clusters";
import { runProgram } from "./run-check";

export type Laid = Pick<CaseFile, "path" | "link" | "content"> & { readonly mode?: string };

/** Lays out one node's disk in a folder of its own below `place`. */
export function nodeDisk(place: string, files: readonly Laid[]): string {
  const root = mkdtempSync(join(place, "disk-"));
  for (const { path, link, content, mode } of files) {
    const file = `${root}${path}`;
    mkdirSync(dirname(file), { recursive: true });
    if (link === null) writeFileSync(file, content ?? "", { mode: Number.parseInt(mode ?? "0644", 8) });
    else symlinkSync(link, file);
  }
  return root;
}

/** What `kubeadm-guard collect` prints. */
export async function collectScript(...args: readonly string[]): Promise<string> {
  const { code, output } = await runProgram(["collect", ...args]);
  if (code !== 0) throw new Error(`collect ended with ${code}`);
  return output;
}

/** What that script prints on a node whose disk lies below `root`. */
export function collected(
  text: string,
  node: string,
  root: string,
  shell: readonly string[] = ["dash"],
  environment: Readonly<Record<string, string>> = {},
): string {
  const [program = "", ...args] = shell;
  return execFileSync(program, [...args, "-s"], {
    input: text,
    encoding: "utf8",
    env: {
      ...process.env,
      KUBEADM_GUARD_NODE: node,
      KUBEADM_GUARD_ROOT: root,
      KUBEADM_GUARD_ROLE: "controlPlane",
      ...environment,
    },
  });
}
