import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { policies } from "../../policies/index";
import { policyIndex, policyTable, searchWords } from "../../scripts/lib/policy-index.mjs";
import { pageExamples, policyPage } from "../helpers/page-examples";

const ROOT = join(__dirname, "..", "..");
const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const ids = policies.map((policy) => policy.id).sort();
const named = (folder: string, ending: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length));

const pageNames = named("docs/policies", ".md").filter((name) => name !== "README");

/** Tests that no one policy owns. */
const ABOUT_ALL_POLICIES = new Set([
  "completeness",
  "evaluate",
  "false-alarms",
  "fixes-fix",
  "internal-error",
  "known-faults",
  "messages",
  "outcomes",
]);

describe("one name, four places", () => {
  it("every policy of the list has a file, a test and a page, and every page and test a policy", () => {
    expect(pageNames.sort()).toEqual(ids);
    expect(named("policies", ".ts")).toEqual(expect.arrayContaining(ids));
    expect(
      named("test/policies", ".test.ts")
        .filter((name) => !ABOUT_ALL_POLICIES.has(name))
        .sort(),
    ).toEqual(ids);
  });

  it("the README's table is what npm run docs makes of them", () => {
    const table = policyTable(policies, "docs/policies/").join("\n");
    expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(`<!-- policies -->\n${table}\n<!-- /policies -->`);
  });

  it("the index is what npm run docs makes of their pages", () => {
    const pages = new Map(ids.map((id) => [id, policyPage(id)]));
    expect(readFileSync(join(ROOT, "docs", "policies", "README.md"), "utf8")).toBe(policyIndex(policies, pages));
  });

  it("control-plane-nodes-known stands first: it carries the settings", () => {
    expect(policies[0]?.id).toBe("control-plane-nodes-known");
  });
});

describe.each(policies.map((policy) => [policy.id, policy] as const))("%s", (id, policy) => {
  it("its page begins with its name and its own description", () => {
    expect(policyPage(id).startsWith(`# ${id}\n\n${policy.description}\n`)).toBe(true);
  });

  it("its page has search words, each once", () => {
    const words = searchWords(policyPage(id));
    expect(words.length).toBeGreaterThan(2);
    expect(new Set(words).size).toBe(words.length);
  });

  it("its description and remediation end in a period, and it has a severity and a level", () => {
    expect([policy.description, policy.remediation]).toEqual([
      expect.stringMatching(/\.$/),
      expect.stringMatching(/\.$/),
    ]);
    expect(["low", "medium", "high", "critical"]).toContain(policy.severity);
  });

  it("its page has a program that fails and one that passes", () => {
    expect(new Set(pageExamples(id).map(({ verdict }) => verdict))).toEqual(new Set(["fail", "pass"]));
  });

  it.each(pageExamples(id).map((example, index) => [index + 1, example.heading, example] as const))(
    "program %i of its page: %s",
    (_index, _heading, { verdict, cluster }) => {
      expect(policy.check(cluster, NOW).kind).toBe(verdict);
    },
  );
});
