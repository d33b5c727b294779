import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readRegularFile } from "../../settings/read-regular-file";

function file(content = ""): string {
  const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "nodes.yaml");
  writeFileSync(path, content);
  return path;
}

describe("a regular file", () => {
  it.each(["", "x", "x".repeat(70_000)])("is read whole", (content) => {
    expect(readRegularFile(file(content))).toEqual({ kind: "bytes", bytes: Buffer.from(content) });
  });

  it("is read to the bound, and not beyond", () => {
    const path = file();
    truncateSync(path, 16 * 1024 * 1024);
    expect(readRegularFile(path)).toMatchObject({ kind: "bytes", bytes: { length: 16 * 1024 * 1024 } });
    appendFileSync(path, "x");
    expect(readRegularFile(path)).toEqual({ kind: "unfit", why: "it is larger than 16 MiB" });
  });

  it.runIf(existsSync("/proc/self/status"))("without a size is read to its end", () => {
    expect(readRegularFile("/proc/self/status")).toMatchObject({ kind: "bytes" });
  });
});

/**
 * Puts one thing after another at the path, as fast as it can: a file, a pipe, a folder, a file that is too large, nothing.
 * Whoever waits for a writer of the pipe gets one and reads an empty text, which no test here allows.
 */
const CHANGES = `
path=$1
while :; do
  printf 'files: {}' > "$path.new"; mv "$path.new" "$path"
  for _ in 1 2 3 4 5 6 7 8; do :; done
  mkfifo "$path.pipe"; mv "$path.pipe" "$path"
  mv "$path" "$path.pipe"; : <> "$path.pipe"; rm "$path.pipe"
  mkdir "$path"
  rmdir "$path"
  truncate -s 17M "$path.large"; mv "$path.large" "$path"
  rm -f "$path"
done`;

/** Bash on Linux: elsewhere a pipe that is opened for both may not be there. */
describe.runIf(existsSync("/proc/self/status"))("a path that becomes something else while it is read", () => {
  it("gives the file or says why not, and never waits", async () => {
    const path = file("files: {}");
    const changes = spawn("bash", ["-c", CHANGES, "changes", path], { stdio: "ignore" });
    const seen = new Set<string>();
    try {
      for (let reading = 0; reading < 20_000; reading += 1) seen.add(outcome(path));
    } finally {
      changes.kill();
      await once(changes, "exit");
    }
    const allowed = [
      "files: {}",
      "ENOENT",
      "it is a folder; name a file in it",
      "it is not a regular file",
      "it is larger than 16 MiB",
      "it changed while it was read; try again",
    ];
    expect([...seen].filter((one) => !allowed.includes(one))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
  });
});

function outcome(path: string): string {
  try {
    const reading = readRegularFile(path);
    return reading.kind === "unfit" ? reading.why : reading.bytes.toString();
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}
