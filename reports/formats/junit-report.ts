import { checkedByText } from "../checked-by-text";
import { messagesOf } from "../messages-of";
import type { ClusterReport, PolicyReport, Report } from "../report";
import { undecidedLines } from "../undecided-lines";
import { xmlText } from "./xml-text";

/**
 * The report as JUnit XML: a suite for each cluster, a test case for each policy. A mandatory finding fails it; one that is
 * undecided or not applicable is skipped, with the reason; advisory findings and remarks are its output.
 */
export function junitReport(report: Report): string {
  const { clusters } = report;
  const all = clusters.flatMap(({ outcomes }) => outcomes);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kubeadm-guard" ${counts(all)}>`,
    ...clusters.flatMap((cluster) => suite(cluster, report)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(cluster: ClusterReport, report: Report): readonly string[] {
  const { name, outcomes } = cluster;
  const timestamp = report.checkedAt.replace(/\.\d+Z$|Z$/, "");
  return [
    `  <testsuite name="${xmlText(name)}" ${counts(outcomes)} errors="0" timestamp="${timestamp}">`,
    `    <properties><property name="checked" value="${xmlText(checkedByText(cluster, report))}"/></properties>`,
    ...outcomes.flatMap((policy) => testCase(policy, name)),
    "  </testsuite>",
  ];
}

function counts(outcomes: readonly PolicyReport[]): string {
  const failures = outcomes.filter((one) => failureOf(one) !== undefined).length;
  const skipped = outcomes.filter((one) => skipOf(one) !== undefined).length;
  return `tests="${outcomes.length}" failures="${failures}" skipped="${skipped}"`;
}

function testCase(policy: PolicyReport, cluster: string): readonly string[] {
  const failure = failureOf(policy);
  const skip = skipOf(policy);
  const output = outputOf(policy);
  const inner = [
    ...(skip === undefined ? [] : [`      <skipped message="${xmlText(skip)}"/>`]),
    ...(failure === undefined
      ? []
      : [
          `      <failure type="${policy.severity}" message="${xmlText(failure.split("\n")[0] ?? "")}">${xmlText(failure)}</failure>`,
        ]),
    ...(output === "" ? [] : [`      <system-out>${xmlText(output)}</system-out>`]),
  ];
  const opening = `    <testcase classname="${xmlText(cluster)}" name="${xmlText(policy.policy)}" time="0"`;
  return inner.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...inner, "    </testcase>"];
}

function failureOf(policy: PolicyReport): string | undefined {
  const texts = textsOf(policy, ({ level }) => level === "mandatory");
  return texts.length === 0 ? undefined : texts.join("\n");
}

function skipOf(policy: PolicyReport): string | undefined {
  if (policy.outcome === "not-applicable") return `not applicable: ${policy.why}`;
  if (failureOf(policy) !== undefined || policy.undecided.length === 0) return undefined;
  return `undecided: ${undecidedLines([policy]).join("; ")}`;
}

function outputOf(policy: PolicyReport): string {
  const open = failureOf(policy) === undefined ? [] : undecidedLines([policy]).map((line) => `undecided: ${line}`);
  return [...textsOf(policy, ({ level }) => level !== "mandatory", true), ...open].join("\n");
}

type Message = ReturnType<typeof messagesOf>[number];

function textsOf(policy: PolicyReport, isMeant: (message: Message) => boolean, withLevel = false): readonly string[] {
  return messagesOf(policy)
    .filter(isMeant)
    .map(({ level, text, fix }) => `${withLevel ? `${level}: ` : ""}${text}${fix === null ? "" : `\nFix: ${fix}`}`);
}
