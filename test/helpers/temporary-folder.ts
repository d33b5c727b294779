import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PREFIX = "kubeadm-guard-tests-";

/**
 * One temporary folder for a run of vitest, removed at its end: what tests, the engine and its programs leave in theirs does not stay
 * on the machine. Workers and what they start inherit TMPDIR.
 */
export default function temporaryFolder(): (() => void) | undefined {
  if (basename(tmpdir()).startsWith(PREFIX)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
