import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { policies } from "../../policies/index";
import type { Policy } from "../../policies/support/policy";
import { findingGroups } from "../../reports/finding-groups";
import { POLICY_SCENARIOS } from "../helpers/policy-scenarios";

const NOW = { now: new Date("2026-11-23T12:00:00Z") };

/** Each message of a policy where it is first about one thing, where it is first about several, and its variants. */
function said(policy: Policy): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const headings = new Set<string>();
  const told = new Set<string>();
  for (const { title, cluster, isForVariants } of POLICY_SCENARIOS) {
    const outcome = policy.check(cluster, NOW);
    const findings = outcome.kind === "fail" ? outcome.findings : [];
    const remarks = outcome.kind === "not-applicable" ? [] : outcome.remarks;
    for (const group of [...findingGroups(findings, new Map()), ...findingGroups(remarks, new Map())]) {
      const [finding] = group;
      const level = findings.includes(finding) ? (finding.level ?? policy.level) : "remark";
      const heading = `${finding.message}, ${level}, about ${group.length === 1 ? "one" : "several"}`;
      const text = policy.messages[finding.message]?.(group, cluster) ?? "";
      if (!headings.has(heading) || (isForVariants && !told.has(text))) texts.set(`${heading}: ${title}`, text);
      headings.add(heading);
      told.add(text);
    }
  }
  return texts;
}

/** What needs more than a configuration and settings to be said: the tests of these policies have it. */
const SAID_ELSEWHERE = new Set([
  "acceptances-current forbidden",
  "acceptances-current gone",
  "acceptances-current unusable",
  "acceptances-current unused",
  "etcd-topology-matches-nodes externalButKubeadms",
  "kubeadm-config-upgradeable pathEndsEarly",
  "kubeadm-config-upgradeable pathStops",
  "private-keys-protected keyInUserData",
]);

/** After a change of the wording: `npx vitest run -u test/policies/messages.test.ts`, and read the difference. */
describe("what a policy says", () => {
  it.each(policies.map((policy) => [policy.id, policy] as const))("%s", async (id, policy) => {
    const texts = [...said(policy)].sort().map(([heading, text]) => `## ${heading}\n\n${text}\n`);
    await expect(texts.join("\n")).toMatchFileSnapshot(join(__dirname, "messages", `${id}.txt`));
  });

  it("no message is left out", () => {
    const all = policies.flatMap(({ id, messages }) => Object.keys(messages).map((message) => `${id} ${message}`));
    const here = policies.flatMap((policy) =>
      [...said(policy).keys()].map((key) => `${policy.id} ${key.split(",")[0]}`),
    );
    expect(new Set(all)).toEqual(new Set([...here, ...SAID_ELSEWHERE]));
  });
});
