import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Reason, ReasonId } from "../../reasons/reason";
import { namesNodes, REASON_TEXTS, reasonText, settledBy } from "../../reasons/reason-texts";
import { REASON_SAMPLES } from "./reason-samples";

const PAGE = readFileSync(join(__dirname, "../../docs/undecided.md"), "utf8");
const SAMPLES = Object.keys(REASON_SAMPLES)
  .filter((id): id is ReasonId => id in REASON_TEXTS)
  .map(sampleOf);

function sampleOf<Id extends ReasonId>(id: Id) {
  const text = REASON_TEXTS[id].text(REASON_SAMPLES[id], "the control-plane nodes");
  const ofNodes = REASON_TEXTS[id].text(REASON_SAMPLES[id], "m1, m2");
  return { id, text, ofNodes, settledBy: settledBy({ id }, "both"), data: Object.keys(REASON_SAMPLES[id]) };
}

/** The rows of docs/undecided.md: `| id | data | text | what settles it |`. */
const ROWS = PAGE.split("\n").flatMap((line) => {
  const [, id = "", data = "", text = "", settles = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  const name = /^`([a-z-]+)`$/.exec(id)?.[1];
  const keys = data.split(", ").flatMap((key) => /^`(\w+)`$/.exec(key)?.[1] ?? []);
  return name === undefined ? [] : [{ id: name, text: unescaped(text), settledBy: unescaped(settles), data: keys }];
});

function unescaped(cell: string): string {
  return cell.replaceAll("\\|", "|");
}

/** Which machine a resource reaches is unknown in programs only, and the settings alone can name it. */
const PROGRAM_ONLY: ReadonlySet<string> = new Set([
  "host-unknown-until-update",
  "machine-unknown",
  "unknown-host",
  "shared-address",
  "shared-by-port",
]);

describe("docs/undecided.md", () => {
  it("lists each reason with its data, a case of it and what settles it", () => {
    expect(ROWS).toEqual(SAMPLES.map(({ ofNodes: _, ...row }) => row));
  });
});

describe("the text of a reason", () => {
  it.each(SAMPLES)("$id: $text", ({ text, settledBy: settles }) => {
    expect(text).not.toMatch(/undefined|null|\{limit\}|\n/);
    expect(settles).toMatch(/^[A-Z].*\.$/);
  });

  it.each<[string, Reason, string]>([
    [
      "a script that a shell reads from a pipe",
      { id: "script-not-shown", data: { how: "pipes", script: null, dependsOn: "the output of curl" } },
      "runs the output of curl as a script",
    ],
    [
      "a script that a variable names",
      { id: "script-not-shown", data: { how: "reads", script: null, dependsOn: "$RC" } },
      "reads a script that $RC names",
    ],
    [
      "a reason for a reason",
      {
        id: "control-plane-nodes-unknown",
        data: { source: null, because: { id: "listing-without-node", data: { listing: "listing nodes.yaml" } } },
      },
      "which machines are control-plane nodes: the listing nodes.yaml has no entry for m1, m2",
    ],
    [
      "a listing that searched nowhere",
      {
        id: "outside-known-folders",
        data: { known: [{ by: "listing", title: "listing nodes.yaml", folders: [] }] },
      },
      "the listing nodes.yaml was made in no folder only",
    ],
    [
      "a long list",
      {
        id: "compared-files-undecided",
        data: { other: "staging", paths: Array.from({ length: 21 }, (_, index) => `/f${index}`) },
      },
      expect.stringMatching(/\/f19 and 1 more$/),
    ],
  ])("%s", (_title, reason, text) => {
    expect(reasonText(reason, "m1, m2")).toEqual(text);
  });

  it("names the nodes only where it says so", () => {
    const naming = SAMPLES.filter(({ id }) => namesNodes({ id }));
    const inText = SAMPLES.filter(({ ofNodes }) => ofNodes.includes("m1, m2"));
    expect(naming.map(({ id }) => id)).toEqual(inText.map(({ id }) => id));
  });

  it.each(SAMPLES.filter(({ id }) => !PROGRAM_ONLY.has(id)))("what settles $id names no setting to check", ({ id }) => {
    expect(settledBy({ id }, "check")).not.toMatch(/clusters\[\]|NodeFile|ControlPlaneNode/);
  });

  it.each(SAMPLES)("what settles $id names no option of check to a preview", ({ id }) => {
    expect(settledBy({ id }, "preview")).not.toMatch(/--(nodes|inventory|kubespray)/);
  });

  it.each<[ReasonId, "preview" | "check" | "both", string]>([
    [
      "kubespray-links-unknown",
      "preview",
      "Set clusters[].kubespray.release, the one that last ran on the cluster. Or give a listing of what is on the nodes, which decides where v2.26.1 may have run before v2.27.0.",
    ],
    [
      "kubespray-links-unknown",
      "check",
      "Give --kubespray RELEASE, the one that last ran on the cluster. Or give a listing of what is on the nodes, which decides where v2.26.1 may have run before v2.27.0.",
    ],
    [
      "kubespray-links-unknown",
      "both",
      "Set clusters[].kubespray.release (check: --kubespray RELEASE), the one that last ran on the cluster. Or give a listing of what is on the nodes, which decides where v2.26.1 may have run before v2.27.0.",
    ],
    ["control-plane-nodes-unknown", "check", "Name the nodes with --nodes LISTING or --inventory FILE."],
  ])("%s in the words of %s", (id, audience, text) => {
    expect(settledBy({ id }, audience)).toBe(text);
  });

  it("an unknown program is settled by showing the script", () => {
    expect(settledBy({ id: "program-not-modeled" }, "preview")).toContain("StringAsset");
  });
});
