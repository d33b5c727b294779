import { describe, expect, test } from "vitest";
import { memoizeByDigest } from "../../../../kubeadm/go/x509/memoize-by-digest";

describe("what is read of bytes", () => {
  test("is read once for equal bytes, whichever buffer holds them", () => {
    const { read, times } = counted();
    expect(read(Buffer.from("ca"))).toBe(read(Buffer.from("a ca").subarray(2)));
    expect(times()).toBe(1);
  });

  test("is read for all others", () => {
    const { read } = counted();
    expect([read(Buffer.from("ca")).text, read(Buffer.from("node")).text, read(Buffer.alloc(0)).text]).toEqual([
      "ca",
      "node",
      "",
    ]);
  });

  test("is kept for a few thousand, and read again after that", () => {
    const { read, times } = counted();
    const texts = Array.from({ length: 10_000 }, (_, index) => `${index}`);
    expect(texts.map((text) => read(Buffer.from(text)).text)).toEqual(texts);
    expect(read(Buffer.from("0")).text).toBe("0");
    expect(times()).toBe(10_001);
  });
});

function counted() {
  let times = 0;
  const read = memoizeByDigest((bytes) => {
    times += 1;
    return { text: bytes.toString() };
  });
  return { read, times: () => times };
}
