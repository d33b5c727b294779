import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An installed package has tens of thousands of files. */
const REMOVAL_MS = 120_000;

/** An empty folder for the test that runs, removed when it has finished. */
export function folderOfItsOwn(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-install-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), REMOVAL_MS);
  return folder;
}
