import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CONFORMANCE_FOLDER } from "./binaries.mjs";

const FOLDER = join(CONFORMANCE_FOLDER, "disagreements");

/** Keeps a case with kubeadm's answers, and says what differs. Moved to `test/conformance`, the file is a test. */
export async function keepDisagreement(one, differences) {
  await mkdir(FOLDER, { recursive: true });
  const file = join(FOLDER, `${one.id}.json`);
  await writeFile(file, `${JSON.stringify(one, null, 1)}\n`);
  console.error([`${one.id}: see ${file}`, ...differences.map((text) => `  ${text}`)].join("\n"));
}
