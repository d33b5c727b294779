import { join } from "node:path";
import { expect, it } from "vitest";
import type { Finding, Outcome, Undecided } from "../../cluster/outcome";
import { policies } from "../../policies/index";
import type { Policy } from "../../policies/support/policy";
import { POLICY_SCENARIOS } from "../helpers/policy-scenarios";

const NOW = { now: new Date("2026-11-23T12:00:00Z") };

/** After a change of an outcome: `npx vitest run --project unit test/policies/outcomes.test.ts --update`, and read the difference. */
it.each(policies.map((policy) => [policy.id, policy] as const))(
  "what %s makes of each cluster of the pages and of the recorded ones",
  async (id, policy) => {
    const titles = new Map<string, string[]>();
    for (const { title, cluster } of POLICY_SCENARIOS) {
      const text = outcomeText(policy, policy.check(cluster, NOW));
      titles.set(text, [...(titles.get(text) ?? []), title]);
    }
    const blocks = [...titles].sort().map(([text, some]) => `${text}\n${titlesText(some)}`);
    await expect(blocks.join("\n")).toMatchFileSnapshot(join(__dirname, "outcomes", `${id}.txt`));
  },
);

const SHOWN = 3;

function titlesText(titles: readonly string[]): string {
  const more = titles.length > SHOWN ? [`- and ${titles.length - SHOWN} more`] : [];
  return [...titles.slice(0, SHOWN).map((title) => `- ${title}`), ...more, ""].join("\n");
}

function outcomeText(policy: Policy, outcome: Outcome): string {
  const { kind } = outcome;
  return [
    kind === "not-applicable" ? `${kind}: ${outcome.why}` : kind,
    ...(kind === "fail" ? outcome.findings.map((finding) => findingText(finding, finding.level ?? policy.level)) : []),
    ...("undecided" in outcome ? outcome.undecided.map(undecidedText) : []),
    ...(kind === "not-applicable" ? [] : outcome.remarks.map((finding) => findingText(finding, "remark"))),
  ].join("\n");
}

function findingText({ message, node, path, group }: Finding, level: string): string {
  return `  ${level} ${message} ${JSON.stringify({ node, path, group })}`;
}

function undecidedText({ reason, node, path }: Undecided): string {
  return `  undecided ${reason.id} ${JSON.stringify({ node, path, ...reason.data })}`;
}
