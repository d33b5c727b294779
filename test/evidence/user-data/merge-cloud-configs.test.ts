import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CloudInitPart } from "../../../evidence/user-data/decode-user-data";
import { mergeCloudConfigs } from "../../../evidence/user-data/merge-cloud-configs";
import { BOUNDED_MS, cpuTime } from "../../helpers/cpu-time";
import { withText } from "../../helpers/with-text";

interface MergeCase {
  readonly name: string;
  /** Text and merge header of each part. */
  readonly parts: readonly (readonly [text: string, mergeType: string | null])[];
  readonly merged: unknown;
}

/** What cloud-init's own mergers and PyYAML make of these parts. */
const cases: readonly MergeCase[] = JSON.parse(readFileSync(join(__dirname, "merge-cases.json"), "utf8"));

function part(text: string, mergeType?: string): CloudInitPart {
  return { kind: "cloud-config", name: "part-001", text, mergeType };
}

describe("cloud-configs merge as cloud-init merges them", () => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, { parts, merged }) => {
    const reading = mergeCloudConfigs(parts.map(([text, mergeType]) => part(text, mergeType ?? undefined)));
    expect(reading).toEqual({ kind: "config", config: merged });
  });

  it("a cloud-config of comments only is an empty one", () => {
    expect(mergeCloudConfigs([part("#cloud-config\n# nothing yet\n")])).toEqual({ kind: "config", config: {} });
  });
});

describe("what cannot be merged says why, and shows nothing of it", () => {
  it.each<[string, string, string | undefined, string]>([
    ["a text that is not YAML", "#cloud-config\na: [secret\n", undefined, "its cloud-config is not valid YAML"],
    ["a list", "#cloud-config\n- a\n", undefined, "its cloud-config is not valid YAML"],
    ["a tag that nobody knows", "#cloud-config\na: !vault x\n", undefined, "its cloud-config is not valid YAML"],
    [
      "a merge type without brackets",
      "#cloud-config\na: 1\n",
      "append",
      "its cloud-config has a merge type that cannot be read",
    ],
    [
      "a merge type that is a number",
      "#cloud-config\nmerge_how: 3\n",
      undefined,
      "its cloud-config has a merge type that cannot be read",
    ],
  ])("%s", (_, text, mergeType, why) => {
    expect(withText(mergeCloudConfigs([part(text, mergeType)]))).toEqual({ kind: "undecided", why });
  });

  it("aliases that multiply while they are merged", () => {
    const bomb = `#cloud-config\na0: &a0 {x: 1}\n${Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} {p: *a${n}, q: *a${n}}`).join("\n")}\n`;
    const spent = cpuTime();
    expect(withText(mergeCloudConfigs([part(bomb), part(bomb, "dict(recurse_array)+list(append)")]))).toEqual({
      kind: "undecided",
      why: "its cloud-configs are too large to merge",
    });
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});
