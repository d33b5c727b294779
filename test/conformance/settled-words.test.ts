import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const script = pathToFileURL(join(__dirname, "../../scripts/conformance/settled-words.mjs")).href;

describe("what kubeadm says, whenever it says it", () => {
  it.each([
    [
      "a TLS alert that net/http saw before it had written the request",
      'Get "https://192.168.10.21:2379/version": readLoopPeekFailLocked: remote error: tls: bad certificate',
      'Get "https://192.168.10.21:2379/version": remote error: tls: bad certificate',
    ],
    [
      "a certificate that has expired by the clock of the node",
      "certificate has expired or is not yet valid: current time 2026-11-26T12:00:00Z is after 2025-01-01T00:00:00Z",
      "certificate has expired or is not yet valid: current time NOW is after 2025-01-01T00:00:00Z",
    ],
    [
      "any other text",
      "open /etc/etcd/ca.pem: no such file or directory",
      "open /etc/etcd/ca.pem: no such file or directory",
    ],
  ])("is the same for %s", async (_title, said, settled) => {
    const { settledWords }: { settledWords: (text: string) => string } = await import(script);
    expect(settledWords(said)).toBe(settled);
  });
});
