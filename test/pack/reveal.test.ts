import { unknownCheckingProxy } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Asset } from "../../evidence/value";
import { reveal } from "../../pack/reveal";
import { UNKNOWN } from "../../shell/unknown";

/** What the engine sends in place of an unknown text. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("properties as the SDK hands them over", () => {
  it("an unknown is a value, at any depth, and its neighbors stay known", async () => {
    const props = unknownCheckingProxy({
      data: { ClusterConfiguration: UNKNOWN_TEXT, other: "x" },
      list: [UNKNOWN_TEXT, 1, null, true],
    });
    expect(await reveal(props)).toEqual({
      data: { ClusterConfiguration: UNKNOWN, other: "x" },
      list: [UNKNOWN, 1, null, true],
    });
  });

  it("a connection that is unknown as a whole is unknown", async () => {
    expect(await reveal(unknownCheckingProxy({ connection: UNKNOWN_TEXT }))).toEqual({ connection: UNKNOWN });
  });

  it.each([
    ["a text asset", new asset.StringAsset("PEM"), { kind: "text", text: "PEM" }],
    ["a file asset", new asset.FileAsset("certs/ca.pem"), { kind: "file", path: "certs/ca.pem" }],
    [
      "a remote asset",
      new asset.RemoteAsset("https://host/ca.pem"),
      { kind: "uri", uri: "https://host/ca.pem", archive: false },
    ],
    [
      "an archive by path",
      new asset.FileArchive("certs"),
      { kind: "archive-path", path: "certs", entries: "not-listed" },
    ],
    [
      "a remote archive",
      new asset.RemoteArchive("https://host/a.tgz"),
      { kind: "uri", uri: "https://host/a.tgz", archive: true },
    ],
    ["an archive without entries, as engines 3.249 and 3.250 send them", new asset.AssetArchive({}), { kind: "empty" }],
  ])("%s shows what it holds although its fields are promises behind a proxy", async (_title, source, shape) => {
    const { source: shown } = await reveal(unknownCheckingProxy({ source }));
    expect(shown).toBeInstanceOf(Asset);
    expect(shown instanceof Asset && shown.shape).toEqual(shape);
  });

  it("the entries of an archive are shown one by one", async () => {
    const archive = new asset.AssetArchive({ "ca.pem": new asset.StringAsset("PEM") });
    const { source } = await reveal(unknownCheckingProxy({ source: archive }));
    const shape = source instanceof Asset ? source.shape : undefined;
    const entry = shape?.kind === "archive-entries" ? shape.entries.get("ca.pem") : undefined;
    expect(entry instanceof Asset && entry.shape).toEqual({ kind: "text", text: "PEM" });
  });

  it("a structure that never ends is cut, not followed", async () => {
    const endless: Record<string, unknown> = {};
    endless["self"] = endless;
    await expect(reveal(endless)).resolves.toBeDefined();
  });
});
